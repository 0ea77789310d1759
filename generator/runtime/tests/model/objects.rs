//! Objects member by member.

use std::collections::BTreeMap;

use envoi_runtime::read::{self, Read, Source, ValueError};
use envoi_runtime::serde::{Deserialize, Deserializer, Serialize, Serializer};
use envoi_runtime::serde_json::{self, Value, json};
use envoi_runtime::write::{self, Sink, Write};
use envoi_runtime::{Nullable, object, scalar};

use super::decoded;

#[derive(Clone, Debug, PartialEq)]
struct Account {
    id: i64,
    any: Value,
    note: Option<String>,
    parent: Option<i64>,
    nick: Nullable<String>,
    role: Option<Role>,
    extra: BTreeMap<String, i64>,
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}

impl Read for Account {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let mut id = None;
        let mut any = None;
        let mut note = None;
        let mut parent = None;
        let mut nick: Option<Nullable<_>> = None;
        let mut role = None;
        let mut extra = BTreeMap::new();
        object::read_with(
            source,
            "Account",
            &mut [
                object::required("id", &mut id),
                object::required("any", &mut any),
                object::optional("note", &mut note),
                object::optional("parent", &mut parent),
                object::nullable("nick", &mut nick),
                object::optional("role", &mut role),
            ],
            &mut extra,
        )?;
        Ok(Self {
            id: object::present(id),
            any: object::present(any),
            note,
            parent,
            nick: nick.unwrap_or_default(),
            role,
            extra,
        })
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::serialize(self, serializer)
    }
}

impl Write for Account {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        object::write_with(
            sink,
            &[
                object::always("id", &self.id),
                object::always("any", &self.any),
                object::unless_absent("note", &self.note),
                object::always("parent", &self.parent),
                object::unless_absent("nick", &self.nick),
                object::unless_absent("role", &self.role),
            ],
            &self.extra,
        )
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Role {
    User,
    Unknown(String),
}

impl Read for Role {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        scalar::string(source, |text| match text {
            "user" => Self::User,
            other => Self::Unknown(other.to_owned()),
        })
    }
}

impl Write for Role {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(match self {
            Self::User => "user",
            Self::Unknown(other) => other,
        })
    }
}

fn account() -> Account {
    Account {
        id: 1,
        any: Value::Null,
        note: None,
        parent: None,
        nick: Nullable::Absent,
        role: None,
        extra: BTreeMap::new(),
    }
}

#[test]
fn objects_are_read() {
    let table = [
        (r#"{"id":1,"any":null}"#, account()),
        (
            r#"{"any":{},"id":1,"note":null,"parent":null}"#,
            Account {
                any: json!({}),
                ..account()
            },
        ),
        (
            r#"{"id":9,"any":null,"note":"a","id":1,"note":"b"}"#,
            Account {
                note: Some("b".into()),
                ..account()
            },
        ),
        (r#"{"id":1,"any":null,"note":"a","note":null}"#, account()),
        (
            r#"{"id":1,"any":null,"nick":null}"#,
            Account {
                nick: Nullable::Null,
                ..account()
            },
        ),
        (
            r#"{"id":1,"any":null,"nick":"n"}"#,
            Account {
                nick: "n".to_owned().into(),
                ..account()
            },
        ),
        (r#"{"i\u0064":1,"any":null}"#, account()),
        (
            r#"{"id":1,"any":null,"role":"user"}"#,
            Account {
                role: Some(Role::User),
                ..account()
            },
        ),
        (
            r#"{"id":1,"any":null,"role":"root"}"#,
            Account {
                role: Some(Role::Unknown("root".into())),
                ..account()
            },
        ),
        (
            r#"{"id":1,"any":null,"x":2}"#,
            Account {
                extra: [("x".to_owned(), 2)].into(),
                ..account()
            },
        ),
        (
            r#"{"x":1,"id":1,"\u0079":2,"any":null,"note":"a","x":3}"#,
            Account {
                note: Some("a".into()),
                extra: [("x".to_owned(), 3), ("y".to_owned(), 2)].into(),
                ..account()
            },
        ),
    ];
    for (json, expected) in table {
        assert_eq!(decoded::<Account>(json), Ok(expected.clone()), "{json}");
        // buffered input, as in the branches of a union
        let value: Value = serde_json::from_str(json).expect("value");
        assert_eq!(Account::deserialize(&value).ok(), Some(expected), "{json}");
    }
}

#[test]
fn objects_that_are_refused() {
    let table = [
        ("[]", "invalid type: sequence, expected Account"),
        ("null", "invalid type: null, expected Account"),
        (r#"{"any":1}"#, "missing field `id`"),
        (r#"{"id":1}"#, "missing field `any`"),
        (r#"{"id":null,"any":1}"#, "id: invalid type: null, expected an integer"),
        (
            r#"{"id":1,"any":1,"x":"text"}"#,
            "x: invalid type: string \"text\", expected an integer",
        ),
        (
            r#"{"id":1,"any":1,"role":7}"#,
            "role: invalid type: integer `7`, expected a string",
        ),
        (r#"{"id":1,"any":1"#, "EOF while parsing an object"),
    ];
    for (json, reason) in table {
        let error = decoded::<Account>(json).expect_err(json);
        assert!(error.starts_with(reason), "{json}: {error}");
    }
}

#[test]
fn objects_are_written() {
    let full = Account {
        note: Some("n".into()),
        parent: Some(2),
        nick: Nullable::Value("k".into()),
        role: Some(Role::Unknown("root".into())),
        extra: [("x".to_owned(), 2)].into(),
        ..account()
    };
    let table = [
        (account(), r#"{"id":1,"any":null,"parent":null}"#),
        (
            Account {
                nick: Nullable::Null,
                ..account()
            },
            r#"{"id":1,"any":null,"parent":null,"nick":null}"#,
        ),
        (
            full,
            r#"{"id":1,"any":null,"note":"n","parent":2,"nick":"k","role":"root","x":2}"#,
        ),
    ];
    for (account, expected) in table {
        assert_eq!(serde_json::to_string(&account).ok().as_deref(), Some(expected));
    }
}

/// Members in another order than that of the type, and some that it does not know.
#[test]
fn members_may_come_in_any_order_among_others() {
    struct Point {
        x: i64,
        y: f64,
    }
    impl Read for Point {
        fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
            let (mut x, mut y) = (None, None);
            let members = &mut [object::required("x", &mut x), object::required("y", &mut y)];
            object::read(source, "Point", members)?;
            Ok(Self {
                x: object::present(x),
                y: object::present(y),
            })
        }
    }
    let mut deserializer = serde_json::Deserializer::from_str(r#"{"a":[{"x":{}}],"y":2,"b":"x","x":1.0,"c":null}"#);
    let point: Point = read::deserialize(&mut deserializer).expect("a point");
    assert_eq!((point.x, point.y), (1, 2.0));
}

#[test]
fn values_are_read_and_written_like_serde_does_it() {
    #[derive(Debug, PartialEq)]
    struct Held<T>(T);
    impl<'de, T: Read> Deserialize<'de> for Held<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read::deserialize(deserializer).map(Self)
        }
    }
    fn there_and_back<T: Read + Write + Serialize + PartialEq + std::fmt::Debug>(value: T) {
        let json = serde_json::to_string(&value).expect("written by serde");
        assert_eq!(
            decoded::<Held<T>>(&json).as_ref().map(|held| &held.0),
            Ok(&value),
            "{json}"
        );
        let mut written = Vec::new();
        write::serialize(&value, &mut serde_json::Serializer::new(&mut written)).expect("written");
        assert_eq!(String::from_utf8_lossy(&written), json);
    }
    there_and_back(i32::MIN);
    there_and_back(u32::MAX);
    there_and_back(u64::MAX);
    there_and_back(i128::from(u64::MAX) * 1000);
    there_and_back(vec![Some(1.5), None]);
    there_and_back((true, "a\"b".to_owned()));
    there_and_back(BTreeMap::from([("k".to_owned(), vec![json!({"a": [1]})])]));
    there_and_back(
        "2026-01-02T03:04:05.6+01:00"
            .parse::<envoi_runtime::chrono::DateTime<_>>()
            .expect("a time"),
    );
    there_and_back(
        "2026-01-02T03:04:05Z"
            .parse::<envoi_runtime::chrono::DateTime<envoi_runtime::chrono::FixedOffset>>()
            .expect("a time"),
    );
    there_and_back(
        "2026-01-02"
            .parse::<envoi_runtime::chrono::NaiveDate>()
            .expect("a date"),
    );
    there_and_back(envoi_runtime::uuid::Uuid::from_u128(7));
    for (json, reason) in [
        ("2147483648", "expected i32"),
        ("1.5", "expected an integer"),
        ("-2147483649", "expected i32"),
    ] {
        let error = decoded::<Held<i32>>(json).expect_err(json);
        assert!(error.contains(reason), "{json}: {error}");
    }
    for json in ["[true]", r#"[true,"a",1]"#] {
        assert!(decoded::<Held<(bool, String)>>(json).is_err_and(|error| error.contains("invalid length")));
    }
}

#[test]
fn numbers_that_json_does_not_have_are_refused() {
    for value in [f64::NAN, f64::INFINITY] {
        let mut written = Vec::new();
        let error = write::serialize(&vec![value], &mut serde_json::Serializer::new(&mut written));
        assert!(error.is_err_and(|error| error.to_string().contains("not finite")));
    }
}
