//! Values that are one of several scalars.

use std::fmt::{Debug, Display};

use envoi_runtime::chrono::{DateTime, Utc};
use envoi_runtime::serde::Serialize;
use envoi_runtime::serde::de::DeserializeOwned;
use envoi_runtime::serde_json;
use envoi_runtime::{
    BooleanOrNumber, BooleanOrString, IntegerOrDateTime, IntegerOrString, Number, NumberOrString, Numbers, Scalar,
};

use super::decoded;

/// Whatever comes is read, and written as it came; `kinds` says what it was taken for.
#[track_caller]
fn check<T: DeserializeOwned + Serialize + Debug + Display>(table: &[(&str, &str)]) {
    for (json, kind) in table {
        let value: T = decoded(json).expect("every value is kept");
        let written = serde_json::to_string(&value).expect("written");
        assert_eq!(&written, json, "{value:?}");
        assert!(format!("{value:?}").starts_with(kind), "{json} is {value:?}");
        let shown = json.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        assert_eq!(value.to_string(), shown.unwrap_or(json));
    }
}

#[test]
fn values_come_back_as_they_came() {
    let other = [("null", "Unknown"), ("[1]", "Unknown"), ("{\"a\":1}", "Unknown")];
    check::<IntegerOrString>(&other);
    check::<IntegerOrString>(&[
        ("80", "Integer"),
        ("-9223372036854775808", "Integer"),
        ("18446744073709551615", "Unknown"),
        ("1.5", "Unknown"),
        ("true", "Unknown"),
        ("\"80\"", "String"),
        ("\"\"", "String"),
    ]);
    check::<NumberOrString>(&other);
    check::<NumberOrString>(&[
        ("3", "Number(3)"),
        ("3.0", "Number(3.0)"),
        ("18446744073709551615", "Number(18446744073709551615)"),
        ("9007199254740993", "Number(9007199254740993)"),
        ("0.1", "Number(0.1)"),
        ("false", "Unknown"),
        ("\"3\"", "String"),
    ]);
    check::<BooleanOrString>(&[("true", "Boolean(true)"), ("\"true\"", "String"), ("1", "Unknown")]);
    check::<BooleanOrNumber>(&[("false", "Boolean"), ("1", "Number(1)"), ("\"1\"", "Unknown")]);
    check::<Scalar>(&[
        ("false", "Boolean"),
        ("1.0", "Number"),
        ("\"x\"", "String"),
        ("[]", "Unknown"),
    ]);
    check::<IntegerOrDateTime>(&[
        ("1772600767", "Integer"),
        ("\"2026-03-04T05:06:07Z\"", "DateTime"),
        ("\"soon\"", "Unknown"),
    ]);
}

#[test]
fn a_whole_number_is_an_integer() {
    let value: IntegerOrString = decoded("10.0").expect("read");
    assert_eq!(value, IntegerOrString::from(10));
    assert_eq!(value.as_i64(), Some(10));
}

#[test]
fn numbers() {
    for json in [
        "3",
        "3.0",
        "-1",
        "18446744073709551615",
        "9007199254740993",
        "0.1",
        "-0.0",
    ] {
        let number: Number = decoded(json).expect("a number");
        assert_eq!(serde_json::to_string(&number).expect("written"), json);
        assert_eq!(number.to_string(), json);
    }
    assert_eq!(
        decoded::<Number>("\"3\"")
            .err()
            .as_deref()
            .map(|reason| reason.split(" at ").next()),
        Some(Some("invalid type: string, expected a number"))
    );
    let (small, large) = (Number::from(3), Number::from(u64::MAX));
    assert_eq!(
        (small.as_i64(), small.as_u64(), small.as_f64()),
        (Some(3), Some(3), 3.0)
    );
    assert_eq!((large.as_i64(), large.as_u64()), (None, Some(u64::MAX)));
    assert_eq!(
        (Number::from(-3.0).as_i64(), Number::from(-3.0).as_u64()),
        (Some(-3), None)
    );
    assert_eq!((Number::from(0.5).as_i64(), Number::from(1e300).as_i64()), (None, None));
    assert_eq!(
        (Number::from(3), Number::from(3)),
        (Number::from(3.0), Number::from(3_u64))
    );
    assert!(Number::from(9_007_199_254_740_993_i64) != Number::from(9_007_199_254_740_992.0));
    assert!(Number::from(2) < Number::from(2.5) && large > Number::from(1e19));
}

#[test]
fn numbers_that_json_cannot_hold_are_refused() {
    let (finite, nan) = (Scalar::from(1.5), Scalar::from(f64::NAN));
    assert!(finite.are_finite() && !nan.are_finite() && !Number::from(f64::INFINITY).are_finite());
    assert!(serde_json::to_string(&nan).is_err() && serde_json::to_string(&Number::from(f64::NAN)).is_err());
}

#[test]
fn conversions() {
    assert_eq!(IntegerOrString::from("a"), IntegerOrString::String("a".to_owned()));
    assert_eq!(IntegerOrString::from("a").as_str(), Some("a"));
    assert_eq!(NumberOrString::from(1).as_number(), Some(Number::from(1)));
    assert_eq!(BooleanOrString::from(true).as_bool(), Some(true));
    let time: DateTime<Utc> = DateTime::UNIX_EPOCH;
    let value = IntegerOrDateTime::from(time);
    assert_eq!(
        (value.as_date_time().map(|time| time.to_utc()), value.as_i64()),
        (Some(time), None)
    );
}
