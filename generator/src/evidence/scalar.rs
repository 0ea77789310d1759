//! Decodes values of primitive types and enums.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use chrono::{DateTime, NaiveDate, SecondsFormat};
use serde_json::{Number, Value};
use uuid::Uuid;
use uuid::fmt::Hyphenated;

use super::forms;
use super::refusal::Reason;
use crate::config::{Dates, Formats, Uuids};
use crate::ir::{EnumValues, Primitive, Scalar};

type Read<'v> = Result<Cow<'v, Value>, Reason<'v>>;

/// Beyond 2^63 a float tells no integer from the next.
const BOUND: f64 = 9_223_372_036_854_775_808.0;

/// Base64 as the runtime reads it, once both alphabets are one.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A value of a primitive type.
pub(super) fn primitive<'v>(primitive: Primitive, value: &'v Value, formats: &Formats) -> Read<'v> {
    match primitive {
        Primitive::Bool | Primitive::BoolConstant(_) => match value {
            Value::Bool(_) => Ok(Cow::Borrowed(value)),
            _ => Err(kind("a boolean", value)),
        },
        Primitive::I64 => integer(value, "a 64-bit integer", |number| number.as_i64().is_some()),
        Primitive::I32 => integer(value, "a 32-bit integer", |number| {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }),
        Primitive::U32 => integer(value, "an unsigned 32-bit integer", |number| {
            number.as_u64().is_some_and(|number| u32::try_from(number).is_ok())
        }),
        Primitive::U64 => integer(value, "an unsigned 64-bit integer", |number| number.as_u64().is_some()),
        Primitive::I128 => long(value),
        Primitive::F64 => match value {
            Value::Number(number) if number.is_f64() => Ok(Cow::Borrowed(value)),
            Value::Number(number) => Ok(written(Value::from(number.as_f64()))),
            _ => Err(kind("a number", value)),
        },
        Primitive::String | Primitive::Secret => text(value, |_| Some(None), "a string"),
        Primitive::DateTime if formats.dates == Dates::Chrono => text(value, date_time, "an RFC 3339 `date-time`"),
        Primitive::Date if formats.dates == Dates::Chrono => text(value, date, "an RFC 3339 `date`"),
        Primitive::Uuid if formats.uuid == Uuids::Uuid => text(value, uuid, "a UUID"),
        Primitive::DateTime | Primitive::Date | Primitive::Uuid => text(value, |_| Some(None), "a string"),
        Primitive::Base64 => text(value, |text| base64(text, &STANDARD), "base64"),
        Primitive::Base64Url => text(value, |text| base64(text, &URL_SAFE_NO_PAD), "base64"),
        Primitive::Part => Err(Reason::Parts),
        // whatever it is, it is kept
        Primitive::Scalar(Scalar::IntegerOrDateTime) if formats.dates == Dates::Chrono && value.is_string() => {
            Ok(text(value, date_time, "").unwrap_or(Cow::Borrowed(value)))
        }
        Primitive::Scalar(Scalar::IntegerOrString | Scalar::IntegerOrDateTime) if value.is_number() => {
            Ok(integer(value, "", |number| number.as_i64().is_some()).unwrap_or(Cow::Borrowed(value)))
        }
        Primitive::Scalar(Scalar::Number) if !value.is_number() => Err(kind("a number", value)),
        Primitive::Scalar(_) => Ok(Cow::Borrowed(value)),
    }
}

/// Whether a text is read as something else, so that an empty one is none.
pub(super) fn is_parsed(primitive: Primitive, formats: &Formats) -> bool {
    match primitive {
        Primitive::DateTime | Primitive::Date => formats.dates == Dates::Chrono,
        Primitive::Uuid => formats.uuid == Uuids::Uuid,
        _ => false,
    }
}

/// Whether a value is read though it has not the declared form, in which it is written again.
pub(super) fn is_other_form(primitive: Primitive, value: &Value, formats: &Formats) -> bool {
    match (primitive, value) {
        (Primitive::DateTime, Value::String(text)) => {
            formats.dates == Dates::Chrono && DateTime::parse_from_rfc3339(text).is_err()
        }
        (Primitive::Date, Value::String(text)) => formats.dates == Dates::Chrono && text.parse::<NaiveDate>().is_err(),
        (Primitive::Uuid, Value::String(text)) => formats.uuid == Uuids::Uuid && text.len() != Hyphenated::LENGTH,
        (Primitive::Base64, Value::String(text)) => {
            !text.len().is_multiple_of(4) || text.contains(|c: char| matches!(c, '-' | '_') || c.is_ascii_whitespace())
        }
        (Primitive::Base64Url, Value::String(text)) => {
            text.contains(|c: char| matches!(c, '+' | '/' | '=') || c.is_ascii_whitespace())
        }
        (Primitive::F64, Value::Number(number)) => {
            let integer = number
                .as_i64()
                .map(i128::from)
                .or_else(|| number.as_u64().map(i128::from));
            integer.is_some_and(|integer| integer as f64 as i128 != integer)
        }
        _ => false,
    }
}

/// A value of an enum, and whether it is one of those listed.
pub(super) fn listed<'v>(values: &EnumValues, value: &'v Value) -> Result<(Cow<'v, Value>, bool), Reason<'v>> {
    match values {
        EnumValues::Strings(values) => {
            let read = text(value, |_| Some(None), "a string")?;
            let listed = value
                .as_str()
                .is_some_and(|text| values.iter().any(|one| one.wire == text));
            Ok((read, listed))
        }
        EnumValues::Integers(values) => {
            let read = integer(value, "a 64-bit integer", |number| number.as_i64().is_some())?;
            let listed = read
                .as_i64()
                .is_some_and(|number| values.iter().any(|one| one.wire == number));
            Ok((read, listed))
        }
        EnumValues::Numbers(list) => match (value, values.position(value)) {
            (Value::Number(_), Some(index)) => Ok((values.json(index).map_or(Cow::Borrowed(value), written), true)),
            (Value::Number(number), None) => Ok((written(Value::from(number.as_f64())), list.is_empty())),
            _ => Err(kind("a number", value)),
        },
    }
}

fn kind<'v>(expected: &'static str, found: &'v Value) -> Reason<'v> {
    Reason::Kind { expected, found }
}

fn written<'v>(value: Value) -> Cow<'v, Value> {
    Cow::Owned(value)
}

/// An integer that `fits`; a number like `10.0` is one too.
fn integer<'v>(value: &'v Value, expected: &'static str, fits: fn(&Number) -> bool) -> Read<'v> {
    let Value::Number(number) = value else {
        return Err(kind(expected, value));
    };
    if !number.is_f64() {
        return match fits(number) {
            true => Ok(Cow::Borrowed(value)),
            false => Err(kind(expected, value)),
        };
    }
    match number.as_f64().and_then(whole) {
        Some(number) if fits(&number) => Ok(written(Value::Number(number))),
        _ => Err(kind(expected, value)),
    }
}

/// The integer that a float is.
fn whole(value: f64) -> Option<Number> {
    let whole = value.fract() == 0.0 && (-BOUND..BOUND).contains(&value);
    whole.then(|| Number::from(value as i64))
}

/// An integer of up to 128 bits; a document does not keep more than 64 of them.
fn long(value: &Value) -> Read<'_> {
    match value {
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) if float.fract() != 0.0 => Err(kind("an integer", value)),
            Some(float) => Ok(whole(float).map_or(Cow::Borrowed(value), |number| written(Value::Number(number)))),
            None => Ok(Cow::Borrowed(value)),
        },
        _ => Err(kind("an integer", value)),
    }
}

/// A text, which `read` may refuse, or write differently.
fn text<'v>(value: &'v Value, read: impl Fn(&str) -> Option<Option<String>>, expected: &'static str) -> Read<'v> {
    let Value::String(text) = value else {
        return Err(kind(expected, value));
    };
    match read(text) {
        Some(Some(again)) if again != *text => Ok(written(Value::String(again))),
        Some(_) => Ok(Cow::Borrowed(value)),
        None => Err(Reason::Format { expected, found: value }),
    }
}

fn date_time(text: &str) -> Option<Option<String>> {
    Some(Some(forms::time(text)?.to_rfc3339_opts(SecondsFormat::AutoSi, true)))
}

fn date(text: &str) -> Option<Option<String>> {
    Some(Some(forms::date(text)?.to_string()))
}

fn uuid(text: &str) -> Option<Option<String>> {
    Some(Some(Uuid::parse_str(text).ok()?.hyphenated().to_string()))
}

fn base64(text: &str, writer: &GeneralPurpose) -> Option<Option<String>> {
    let standard: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    Some(Some(writer.encode(LENIENT.decode(standard).ok()?)))
}
