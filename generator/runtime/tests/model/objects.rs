//! Objects member by member.

use std::collections::BTreeMap;

use envoi_runtime::object::{Members, Read, Reader, Writer, required};
use envoi_runtime::serde::de::MapAccess;
use envoi_runtime::serde::{Deserialize, Deserializer, Serialize, Serializer};
use envoi_runtime::serde_json::{self, Value, json};
use envoi_runtime::{Nullable, scalar};

use super::read;

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
        deserializer.deserialize_map(Reader::<Self>::new("Account"))
    }
}

impl<'de> Read<'de> for Account {
    fn read<A: MapAccess<'de>>(mut object: Members<'de, A>) -> Result<Self, A::Error> {
        let mut id = None;
        let mut any = None;
        let mut note = None;
        let mut parent = None;
        let mut nick: Option<Nullable<_>> = None;
        let mut role = None;
        let mut extra = BTreeMap::new();
        while let Some(name) = object.next_name()? {
            match name.as_ref() {
                "id" => object.required_into(&mut id)?,
                "any" => object.required_into(&mut any)?,
                "note" => object.value_into(&mut note)?,
                "parent" => object.value_into(&mut parent)?,
                "nick" => object.required_into(&mut nick)?,
                "role" => object.value_into(&mut role)?,
                "skipped" => object.skip()?,
                _ => object.extra_into(name, &mut extra)?,
            }
        }
        Ok(Self {
            id: required(id, "id")?,
            any: required(any, "any")?,
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
        let mut object = Writer::new(serializer)?;
        object.required("id", &self.id)?;
        object.required("any", &self.any)?;
        object.optional("note", &self.note)?;
        object.required("parent", &self.parent)?;
        object.nullable("nick", &self.nick)?;
        object.optional("role", &self.role)?;
        object.extra(&self.extra)?;
        object.end()
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Role {
    User,
    Unknown(String),
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::string(deserializer, |text| match text {
            "user" => Self::User,
            other => Self::Unknown(other.to_owned()),
        })
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
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
        (r#"{"i\u0064":1,"any":null,"skipped":[{"x":{}}]}"#, account()),
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
    ];
    for (json, expected) in table {
        assert_eq!(read::<Account>(json), Ok(expected.clone()), "{json}");
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
        (r#"{"id":null,"any":1}"#, "invalid type: null, expected i64"),
        (
            r#"{"id":1,"any":1,"x":"text"}"#,
            "invalid type: string \"text\", expected i64",
        ),
        (
            r#"{"id":1,"any":1,"role":7}"#,
            "invalid type: integer `7`, expected a string",
        ),
        (r#"{"id":1,"any":1"#, "EOF while parsing an object"),
    ];
    for (json, reason) in table {
        let error = read::<Account>(json).expect_err(json);
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
