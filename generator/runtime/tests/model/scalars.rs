//! Integers, nullable members, octets and secrets.

use envoi_runtime::serde::{Deserialize, Deserializer};
use envoi_runtime::serde_json::json;
use envoi_runtime::{Base64, Nullable, Read, Refusal, Secret, Source, read, scalar};

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
        fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
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
fn nullable() {
    assert_eq!(Nullable::<i64>::default(), Nullable::Absent);
    assert_eq!(Nullable::<i64>::from(None), Nullable::Null);
    assert_eq!(Nullable::<i64>::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::from(1).as_option(), Some(&1));
    assert_eq!(
        Nullable::from("a".to_owned())
            .as_ref()
            .into_option()
            .map(String::as_str),
        Some("a")
    );
    assert!(Nullable::<i64>::Absent.is_absent() && !Nullable::<i64>::Null.is_absent());
    assert_eq!(decoded("null"), Ok(Nullable::<i64>::Null));
    assert_eq!(decoded("1"), Ok(Nullable::Value(1)));
    let written = [Nullable::Absent, Nullable::Null, Nullable::Value(1)].map(|value| json!(value));
    assert_eq!(written, [json!(null), json!(null), json!(1)]);
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
        assert_eq!(read.as_ref().ok().map(|octets| &octets[..]), expected, "{text}");
        assert!(!read.is_err_and(|error| error.contains("secret")));
    }
    let octets = Base64::from(&[0xfb, 0xff][..]);
    assert_eq!(json!(octets), json!("+/8="));
    assert_eq!(format!("{octets:?}"), "Base64(2 bytes)");
}

#[test]
fn secrets_are_not_shown() {
    let secret: Secret = decoded("\"canary\"").expect("secret");
    assert_eq!(format!("{secret:?}"), "Secret(***)");
    assert_eq!((secret.expose(), json!(secret)), ("canary", json!("canary")));
}
