//! Which values types without a name of their own can have, and which are made up for them.

use serde_json::Value;

use crate::ir::Primitive;

/// Text longer than this shows nothing.
const LONGEST: usize = 160;

/// The value, if the type can hold it.
pub(super) fn value(primitive: Primitive, given: &Value) -> Option<Value> {
    let text = |fits: fn(&str) -> bool| {
        given
            .as_str()
            .filter(|text| text.chars().count() <= LONGEST && fits(text))
            .is_some()
    };
    let fits = match primitive {
        Primitive::Bool => given.is_boolean(),
        Primitive::BoolConstant(only) => *given == Value::Bool(only),
        Primitive::I32 => given.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Primitive::I64 | Primitive::I128 => given.is_i64(),
        Primitive::U32 => given.as_u64().is_some_and(|number| u32::try_from(number).is_ok()),
        Primitive::U64 => given.is_u64(),
        Primitive::F64 => given.is_number(),
        Primitive::String | Primitive::Secret => text(|_| true),
        Primitive::DateTime => text(is_date_time),
        Primitive::Date => text(is_date),
        Primitive::Uuid => text(is_uuid),
        Primitive::Scalar(scalar) => scalar.kinds().iter().any(|kind| value(*kind, given).is_some()),
        // what is written as base64 is made from other bytes
        Primitive::Base64 | Primitive::Base64Url | Primitive::Part => false,
    };
    fits.then(|| given.clone())
}

/// A value that the type can hold, with the name of its place in place of text.
pub(super) fn made_up(primitive: Primitive, name: &str) -> Value {
    match primitive {
        Primitive::Bool => Value::from(true),
        Primitive::BoolConstant(only) => Value::from(only),
        Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 | Primitive::I128 => Value::from(1),
        Primitive::F64 => Value::from(1.5),
        Primitive::Secret => Value::from("secret"),
        Primitive::DateTime => Value::from("2025-06-01T12:30:00Z"),
        Primitive::Date => Value::from("2025-06-01"),
        Primitive::Uuid => Value::from("67e55044-10b1-426f-9247-bb680e5fe0c8"),
        Primitive::Base64 | Primitive::Base64Url => Value::from("aGVsbG8="),
        Primitive::String | Primitive::Part => Value::from(text(name)),
        Primitive::Scalar(scalar) => made_up(scalar.kinds().first().copied().unwrap_or(Primitive::F64), name),
    }
}

/// Text for a place of this name.
fn text(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let ends = |words: &[&str]| words.iter().any(|word| lower == *word || lower.ends_with(word));
    if lower.contains("email") {
        return "ada@example.com".to_owned();
    }
    if ends(&["url", "uri", "href", "website"]) {
        return "https://example.com".to_owned();
    }
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(40)
        .collect();
    match plain.trim_matches('-') {
        "" => "text".to_owned(),
        plain => plain.to_owned(),
    }
}

/// Whether each character is what the pattern says: `9` stands for a digit, `x` for a hexadecimal one.
fn matches(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, wanted)| match wanted {
            b'9' => c.is_ascii_digit(),
            b'x' => c.is_ascii_hexdigit(),
            other => c == other,
        })
}

fn is_uuid(text: &str) -> bool {
    matches(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

fn is_date(text: &str) -> bool {
    let number = |range| text.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    // days that not every month has are not worth a calendar
    matches(text, "9999-99-99")
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=28).contains(&day))
}

/// Whether a text is a point in time as RFC 3339 writes it.
fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(time), Some(rest)) = (text.get(..10), text.get(10..19), text.get(19..)) else {
        return false;
    };
    let fraction = rest.strip_prefix('.').map_or("", |digits| {
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        &digits[..end]
    });
    let offset = if fraction.is_empty() {
        rest
    } else {
        &rest[fraction.len() + 1..]
    };
    let number = |range| time.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    let offset_fits = offset == "Z"
        || (matches(offset, "+99:99") || matches(offset, "-99:99"))
            && offset.get(1..3).and_then(|hours| hours.parse::<u32>().ok()) < Some(24)
            && offset.get(4..6).and_then(|minutes| minutes.parse::<u32>().ok()) < Some(60);
    is_date(date)
        && fraction.len() <= 9
        && matches(time, "T99:99:99")
        && number(1..3) < Some(24)
        && number(4..6) < Some(60)
        && number(7..9) < Some(60)
        && offset_fits
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_date_time, is_uuid, text};

    #[test]
    fn dates_are_told_from_other_text() {
        for fits in [
            "2020-03-15T20:10:09.000Z",
            "2019-07-14T09:30:00+02:00",
            "2020-04-09T18:14:30Z",
        ] {
            assert!(is_date_time(fits), "{fits}");
        }
        for not in [
            "2020-03-15",
            "2020-13-15T20:10:09Z",
            "2020-03-15T20:10:09",
            "now",
            "2020-03-15T25:10:09Z",
            "",
        ] {
            assert!(!is_date_time(not), "{not}");
        }
        assert!(is_date("2020-02-28") && !is_date("2020-02-30"));
        assert!(is_uuid("67e55044-10b1-426f-9247-bb680e5fe0c8") && !is_uuid("67e5"));
    }

    #[test]
    fn made_up_text_says_what_it_stands_for() {
        let table = [
            ("owner", "owner"),
            ("email_address", "ada@example.com"),
            ("callbackUrl", "https://example.com"),
            ("$`{", "text"),
        ];
        for (name, expected) in table {
            assert_eq!(text(name), expected);
        }
    }
}
