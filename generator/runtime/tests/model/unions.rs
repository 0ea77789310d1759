//! Enums that hold one of several schemas.

use std::collections::BTreeMap;

use envoi_runtime::object;
use envoi_runtime::read::{self, Read, Refusal, Source};
use envoi_runtime::serde::{Deserialize, Deserializer};
use envoi_runtime::serde_json::{self, Value, json};
use envoi_runtime::union;
use envoi_runtime::union::{Attempts, Shape};

use super::decoded;

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

impl Read for Dog {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let mut friend = None;
        let mut bark = None;
        let members = &mut [
            object::optional("friend", &mut friend),
            object::required("bark", &mut bark),
        ];
        object::read(source, "Dog", members)?;
        Ok(Self {
            friend,
            bark: object::present(bark),
        })
    }
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}

impl Read for Pet {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let value = source.any()?;
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
        if let Some(Value::Null) = attempts.branch("Nothing", Shape::NULL) {
            return Ok(Self::Nothing);
        }
        Err(attempts.into_refusal())
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
        assert_eq!(decoded::<Pet>(&json.to_string()), Ok(expected), "{json}");
    }
}

#[test]
fn a_union_tells_why_no_branch_fits() {
    let error = decoded::<Pet>(r#"{"type": "dog", "bark": "loud"}"#).expect_err("no branch");
    for part in [
        "no variant of Pet fits",
        "Cat: missing field `meow`",
        "Dog: invalid type: string \"loud\", expected an integer",
        "Hound: invalid type",
        "Name: not a string",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    let error = decoded::<Pet>("true").expect_err("no branch");
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
    let error = decoded::<Pet>(&json).expect_err("no branch");
    assert!(error.len() < 4000, "{}", error.len());
    // the budget is that of one value
    assert_eq!(decoded::<Pet>("7"), Ok(Pet::Age(7)));
}

#[test]
fn tags_and_branches() {
    let value = json!({"type": "cat", "age": 3});
    assert_eq!(union::tag(&value, "type"), Some("cat"));
    assert_eq!(union::tag(&value, "age"), None);
    assert_eq!(union::tag(&json!("cat"), "type"), None);
    let age: Result<i64, Refusal> = union::branch(&value["age"]);
    assert_eq!(age.ok(), Some(3));
    let age: Result<i64, Refusal> = union::branch(&value);
    assert!(age.is_err_and(|error| error.to_string().contains("expected an integer")));
}
