//! Models written as the generator writes them, over the helpers of the runtime.

use std::collections::BTreeMap;

use envoi_runtime::object::{Members, Read, Reader, Writer, required};
use envoi_runtime::serde::de::{DeserializeOwned, MapAccess};
use envoi_runtime::serde::{Deserialize, Deserializer, Serialize, Serializer};
use envoi_runtime::serde_json::{self, Value, json};
use envoi_runtime::union::{Attempts, Shape};
use envoi_runtime::{Base64, Nullable, Secret, scalar, union};

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

fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
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

#[test]
fn integers() {
    struct Level(i64);
    impl<'de> Deserialize<'de> for Level {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            scalar::integer(deserializer, Self)
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
        assert_eq!(read::<Level>(json).ok().map(|level| level.0), expected, "{json}");
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
    assert_eq!(read("null"), Ok(Nullable::<i64>::Null));
    assert_eq!(read("1"), Ok(Nullable::Value(1)));
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
        let read = read::<Base64>(&format!("\"{text}\""));
        assert_eq!(read.as_ref().ok().map(|octets| &octets[..]), expected, "{text}");
        assert!(!read.is_err_and(|error| error.contains("secret")));
    }
    let octets = Base64::from(&[0xfb, 0xff][..]);
    assert_eq!(json!(octets), json!("+/8="));
    assert_eq!(format!("{octets:?}"), "Base64(2 bytes)");
}

#[test]
fn secrets_are_not_shown() {
    let secret: Secret = read("\"canary\"").expect("secret");
    assert_eq!(format!("{secret:?}"), "Secret(***)");
    assert_eq!((secret.expose(), json!(secret)), ("canary", json!("canary")));
}

#[derive(Debug, PartialEq)]
enum Pet {
    Cat(BTreeMap<String, Value>),
    Dog(Box<Dog>),
    Name(String),
    Age(i64),
    Weight(f64),
    Pack(Vec<Pet>),
    Nothing,
}

#[derive(Debug, PartialEq)]
struct Dog {
    friend: Option<Pet>,
    bark: i64,
}

impl<'de> Deserialize<'de> for Dog {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader::<Self>::new("Dog"))
    }
}

impl<'de> Read<'de> for Dog {
    fn read<A: MapAccess<'de>>(mut object: Members<'de, A>) -> Result<Self, A::Error> {
        let mut friend = None;
        let mut bark = None;
        while let Some(name) = object.next_name()? {
            match &*name {
                "friend" => object.value_into(&mut friend)?,
                "bark" => object.required_into(&mut bark)?,
                _ => object.skip()?,
            }
        }
        Ok(Self {
            friend,
            bark: required(bark, "bark")?,
        })
    }
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = union::read(deserializer)?;
        let mut attempts = Attempts::new("Pet", &value);
        const CAT: Shape = Shape::object(&["type", "meow"]).constants(&[("type", "cat")]);
        if let Some(cat) = attempts.branch("Cat", CAT) {
            return Ok(Self::Cat(cat));
        }
        if let Some(dog) = attempts.branch("Dog", Shape::object(&["bark"])) {
            return Ok(Self::Dog(dog));
        }
        // overlaps with the branch before: what fails there is decoded once more here
        if let Some(dog) = attempts.branch("Hound", Shape::object(&[]).constants(&[("type", "dog")])) {
            return Ok(Self::Dog(dog));
        }
        if let Some(name) = attempts.branch("Name", Shape::STRING) {
            return Ok(Self::Name(name));
        }
        if let Some(age) = attempts.branch("Age", Shape::INTEGER) {
            return Ok(Self::Age(age));
        }
        if let Some(weight) = attempts.branch("Weight", Shape::NUMBER) {
            return Ok(Self::Weight(weight));
        }
        if let Some(pack) = attempts.branch("Pack", Shape::ARRAY) {
            return Ok(Self::Pack(pack));
        }
        if let Some(()) = attempts.branch("Nothing", Shape::NULL) {
            return Ok(Self::Nothing);
        }
        Err(attempts.into_error())
    }
}

#[test]
fn unions_by_shape() {
    let dog = |friend, bark| Pet::Dog(Box::new(Dog { friend, bark }));
    let cat = json!({"type": "cat", "meow": 1});
    let table = [
        (cat.clone(), Pet::Cat(serde_json::from_value(cat).expect("map"))),
        (json!({"type": "lion", "meow": 1, "bark": 2}), dog(None, 2)),
        (json!({"bark": 1, "friend": {"bark": 2, "friend": "Tom"}}), {
            dog(Some(dog(Some(Pet::Name("Tom".into())), 2)), 1)
        }),
        (json!("Tom"), Pet::Name("Tom".into())),
        (json!(7), Pet::Age(7)),
        (json!(7.5), Pet::Weight(7.5)),
        (json!([1, "a"]), Pet::Pack(vec![Pet::Age(1), Pet::Name("a".into())])),
        (Value::Null, Pet::Nothing),
    ];
    for (json, expected) in table {
        assert_eq!(read::<Pet>(&json.to_string()), Ok(expected), "{json}");
    }
}

#[test]
fn a_union_tells_why_no_branch_fits() {
    let error = read::<Pet>(r#"{"type": "dog", "bark": "loud"}"#).expect_err("no branch");
    for part in [
        "no variant of Pet fits",
        "Cat: missing field `meow`",
        "Dog: invalid type: string \"loud\", expected i64",
        "Hound: invalid type",
        "Name: not a string",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    let error = read::<Pet>("true").expect_err("no branch");
    assert!(
        error.contains("Dog: not an object") && error.contains("Nothing: not null"),
        "{error}"
    );
}

/// Each level fails in two branches, so that without a limit the time doubles with every level.
#[test]
fn overlapping_recursive_unions_end() {
    let mut json = r#"{"type":"dog","bark":"loud"}"#.to_owned();
    for _ in 0..60 {
        json = format!(r#"{{"type":"dog","bark":1,"friend":{json}}}"#);
    }
    let error = read::<Pet>(&json).expect_err("no branch");
    assert!(error.len() < 4000, "{}", error.len());
    // the budget is that of one value
    assert_eq!(read::<Pet>("7"), Ok(Pet::Age(7)));
}

#[test]
fn tags_and_branches() {
    let value = json!({"type": "cat", "age": 3});
    assert_eq!(union::tag(&value, "type"), Some("cat"));
    assert_eq!(union::tag(&value, "age"), None);
    assert_eq!(union::tag(&json!("cat"), "type"), None);
    let age: Result<i64, serde_json::Error> = union::branch(&value["age"]);
    assert_eq!(age.ok(), Some(3));
    let age: Result<i64, serde_json::Error> = union::branch(&value);
    assert!(age.is_err_and(|error| error.to_string().contains("expected i64")));
}
