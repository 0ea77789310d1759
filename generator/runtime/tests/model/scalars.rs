//! Integers, nullable members, bytes and secrets.

use std::collections::BTreeMap;

use envoi_runtime::chrono::{DateTime, FixedOffset, NaiveDate};
use envoi_runtime::serde::{Deserialize, Deserializer};
use envoi_runtime::serde_json::{self, Value, json};
use envoi_runtime::uuid::Uuid;
use envoi_runtime::{Base64, Nullable, Read, Secret, Source, ValueError, read, scalar, write};

use super::decoded;

#[test]
fn integers() {
    struct Level(i64);
    impl<'de> Deserialize<'de> for Level {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read::deserialize(deserializer)
        }
    }
    impl Read for Level {
        fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
            scalar::integer(source, Self)
        }
    }
    let table = [
        ("7", Some(7)),
        ("-7", Some(-7)),
        ("10.0", Some(10)),
        ("1e3", Some(1000)),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("9.3e18", None),
        ("1.5", None),
        ("\"7\"", None),
        ("null", None),
    ];
    for (json, expected) in table {
        assert_eq!(decoded::<Level>(json).ok().map(|level| level.0), expected, "{json}");
    }
}

#[test]
fn integers_within_their_bounds() {
    fn reads<T: Read>(json: &str) -> Result<T, String> {
        read::deserialize(&mut serde_json::Deserializer::from_str(json))
            .map_err(|error: serde_json::Error| error.to_string())
    }
    assert_eq!(reads::<u64>("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(reads::<u64>("1e3"), Ok(1000));
    assert_eq!(reads::<i128>("-170141183460469231731687303715884105728"), Ok(i128::MIN));
    let refused = [
        (reads::<u64>("-1").err(), "invalid value: integer `-1`, expected u64"),
        (reads::<u32>("-1").err(), "invalid value: integer `-1`, expected u32"),
        (
            reads::<i32>("2147483648").err(),
            "invalid value: integer `2147483648`, expected i32",
        ),
        (
            reads::<i64>("9223372036854775808").err(),
            "invalid value: integer `9223372036854775808`, expected i64",
        ),
        (
            reads::<u64>("0.5").err(),
            "invalid value: floating point `0.5`, expected an integer",
        ),
    ];
    for (error, reason) in refused {
        assert!(
            error.as_ref().is_some_and(|error| error.starts_with(reason)),
            "{error:?}"
        );
    }
}

/// RFC 3339, the forms that chrono takes beyond it, and those that servers write.
#[test]
fn times() {
    type Time = DateTime<FixedOffset>;
    let table = [
        ("2026-03-04T05:06:07Z", Some("2026-03-04T05:06:07Z")),
        ("2026-03-04t05:06:07.5+02:00", Some("2026-03-04T05:06:07.500+02:00")),
        ("2026-03-04 05:06:07z", Some("2026-03-04T05:06:07Z")),
        ("2026-3-4T5:6:7 UTC", Some("2026-03-04T05:06:07Z")),
        ("+12026-03-04T05:06:07Z", Some("+12026-03-04T05:06:07Z")),
        ("2026-03-04T05:06:07", Some("2026-03-04T05:06:07Z")),
        ("2026-03-04 05:06:07.25", Some("2026-03-04T05:06:07.250Z")),
        ("2026-03-04T05:06:07+0000", Some("2026-03-04T05:06:07Z")),
        ("2026-03-04T05:06:07-0330", Some("2026-03-04T05:06:07-03:30")),
        ("2026-03-04T05:06:07+01", Some("2026-03-04T05:06:07+01:00")),
        ("2026-03-04 05:06:07 UTC", Some("2026-03-04T05:06:07Z")),
        ("2026-03-04T05:06", Some("2026-03-04T05:06:00Z")),
        ("2026-03-04T05:06Z", Some("2026-03-04T05:06:00Z")),
        ("2026-03-04", Some("2026-03-04T00:00:00Z")),
        ("2026-03-04T", None),
        ("2026-03-04T05:06:07+25:00", None),
        ("2026-03-04T05:06:07 and more", None),
        ("04.03.2026", None),
        ("zwölf Uhr", None),
        ("2026-02-30T05:06:07Z", None),
        ("", None),
    ];
    for (text, expected) in table {
        let read: Result<Time, serde_json::Error> = read::deserialize(&json!(text));
        let written = read.ok().map(|time| {
            let mut written = Vec::new();
            write::serialize(&time, &mut serde_json::Serializer::new(&mut written)).expect("written");
            String::from_utf8(written).expect("UTF-8")
        });
        assert_eq!(written, expected.map(|text| format!("\"{text}\"")), "{text}");
        let strict: Result<Time, serde_json::Error> = read::deserialize_strictly(&json!(text));
        assert_eq!(strict.is_ok(), DateTime::parse_from_rfc3339(text).is_ok(), "{text}");
    }
}

#[test]
fn dates() {
    let read = |text: &str| {
        read::deserialize::<_, NaiveDate>(&json!(text))
            .map(|date| date.to_string())
            .ok()
    };
    for text in [
        "2026-03-04",
        "2026-03-04T05:06:07Z",
        "2026-03-04 05:06",
        "2026-03-04T23:59:59+02:00",
    ] {
        assert_eq!(read(text).as_deref(), Some("2026-03-04"), "{text}");
        let strict = read::deserialize_strictly::<_, NaiveDate>(&json!(text));
        assert_eq!(strict.is_ok(), text.len() == 10, "{text}");
    }
    assert_eq!(read("2026-02-30"), None);
    assert_eq!(read(""), None);
}

/// An empty text stands for an optional date that is not there; where one has to be there, it is none.
#[test]
fn empty_texts_for_dates() {
    type Time = DateTime<FixedOffset>;
    let empty = || json!("");
    assert_eq!(read::deserialize::<_, Option<Time>>(&empty()).expect("none"), None);
    assert_eq!(read::deserialize::<_, Option<Uuid>>(&empty()).expect("none"), None);
    assert_eq!(
        read::deserialize::<_, Nullable<NaiveDate>>(&empty()).expect("none"),
        Nullable::Null
    );
    read::deserialize::<_, Time>(&empty()).expect_err("no date");
    read::deserialize_strictly::<_, Option<Time>>(&empty()).expect_err("no date");
    // texts are texts
    assert_eq!(
        read::deserialize::<_, Option<String>>(&empty()).expect("text"),
        Some(String::new())
    );
}

/// What servers in Go write for an empty slice.
#[test]
fn null_for_what_is_empty() {
    assert_eq!(
        read::deserialize::<_, Vec<i64>>(&Value::Null).expect("empty"),
        [0_i64; 0]
    );
    assert!(
        read::deserialize::<_, BTreeMap<String, i64>>(&Value::Null)
            .expect("empty")
            .is_empty()
    );
    assert_eq!(serde_json::from_str::<Value>("null").ok(), Some(Value::Null));
    read::deserialize_strictly::<_, Vec<i64>>(&Value::Null).expect_err("no array");
    read::deserialize_strictly::<_, BTreeMap<String, i64>>(&Value::Null).expect_err("no object");
    read::deserialize::<_, Vec<i64>>(&json!("null")).expect_err("no array");
}

/// The whole path, whatever is in between.
#[test]
fn errors_say_where() {
    type Deep = BTreeMap<String, Vec<Option<NaiveDate>>>;
    let error =
        read::deserialize::<_, Deep>(&json!({"a": [], "b": [null, "2026-01-01", "soon"]})).expect_err("no date");
    assert_eq!(
        error.to_string(),
        "b[2]: invalid value: string \"soon\", expected a date (RFC 3339)"
    );
    let error = read::deserialize::<_, BTreeMap<String, Base64>>(&json!({"a b": "!"})).expect_err("no base64");
    assert_eq!(error.to_string(), "[\"a b\"]: invalid base64 text");
}

#[test]
fn base64() {
    let table: [(&str, Option<&[u8]>); 9] = [
        ("", Some(b"")),
        ("+/8=", Some(&[0xfb, 0xff])),
        ("-_8", Some(&[0xfb, 0xff])),
        ("+_8=", Some(&[0xfb, 0xff])),
        ("YW\\r\\nJj", Some(b"abc")),
        ("YQ", Some(b"a")),
        ("Y", None),
        ("Y*==", None),
        ("secret!", None),
    ];
    for (text, expected) in table {
        let read = decoded::<Base64>(&format!("\"{text}\""));
        assert_eq!(read.as_ref().ok().map(|bytes| &bytes[..]), expected, "{text}");
        assert!(!read.is_err_and(|error| error.contains("secret")));
    }
    let bytes = Base64::from(&[0xfb, 0xff][..]);
    assert_eq!(json!(bytes), json!("+/8="));
    assert_eq!(format!("{bytes:?}"), "Base64(2 bytes)");
}

#[test]
fn secrets_are_not_shown() {
    let secret: Secret = decoded("\"canary\"").expect("secret");
    assert_eq!(format!("{secret:?}"), "Secret(***)");
    assert_eq!((secret.expose(), json!(secret)), ("canary", json!("canary")));
}

#[test]
fn numbers_are_read_exactly() {
    let mut state: u64 = 7;
    for _ in 0..1000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let text = format!("{}.{:015}", state >> 57, state % 1_000_000_000_000_000);
        let nearest: f64 = text.parse().expect("a number");
        assert_eq!(decoded::<f64>(&text), Ok(nearest), "{text}");
    }
}
