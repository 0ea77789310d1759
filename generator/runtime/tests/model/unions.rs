//! Enums that hold one of several schemas.

use std::collections::BTreeMap;

use envoi_runtime::Unlisted;
use envoi_runtime::object;
use envoi_runtime::read::{self, Read, Source, ValueError};
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
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
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
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let value = source.buffer()?;
        let mut attempts = Attempts::new("Pet", &value);
        const CAT: Shape = Shape::object(&["type", "meow"]).constants(&[("type", "cat")]);
        attempts.branch("Cat", CAT, Self::Cat);
        attempts.branch("Dog", Shape::object(&["bark"]), Self::Dog);
        // overlaps with the branch before: what fails there is decoded once more here
        attempts.branch("Hound", Shape::object(&[]).constants(&[("type", "dog")]), Self::Dog);
        attempts.branch("Name", Shape::STRING, Self::Name);
        attempts.branch("Weight", Shape::NUMBER, Self::Weight);
        attempts.branch("Age", Shape::INTEGER, Self::Age);
        attempts.branch("Pack", Shape::ARRAY, Self::Pack);
        attempts.branch("Nothing", Shape::NULL, |_: Option<bool>| Self::Nothing);
        attempts.best()
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
        "Dog: bark: invalid type: string \"loud\", expected an integer",
        "Hound: bark: invalid type",
        "Name: not a string",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
    let error = decoded::<Pet>(r#"["Tom", 7, {"type": "dog", "bark": true}]"#).expect_err("no branch");
    assert!(
        error.starts_with("[2]: no variant of Pet fits") && error.contains("(as variant Pack of Pet)"),
        "{error}"
    );
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

/// A tree whose branches all fit at every level, so that without a limit the time doubles with every level.
#[derive(Debug)]
enum Tree {
    Pine(Box<Trunk>),
    Fir(Box<Trunk>),
    Unknown(Unlisted<Value>),
}

#[derive(Debug)]
struct Trunk {
    next: Option<Tree>,
}

impl Read for Trunk {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let mut next = None;
        object::read(source, "Trunk", &mut [object::optional("next", &mut next)])?;
        Ok(Self { next })
    }
}

impl Read for Tree {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let value = source.buffer()?;
        let mut attempts = Attempts::new("Tree", &value);
        attempts.branch("Pine", Shape::object(&[]), Self::Pine);
        attempts.branch("Fir", Shape::object(&[]), Self::Fir);
        attempts.best_or(Self::Unknown)
    }
}

#[test]
fn recursive_unions_that_always_fit_end() {
    let mut json = json!({"undeclared": true});
    for _ in 0..60 {
        json = json!({"next": json, "undeclared": true});
    }
    let mut tree: Tree = read::deserialize(&json).expect("it is a tree");
    let mut depth = 0;
    while let Tree::Pine(trunk) | Tree::Fir(trunk) = tree {
        depth += 1;
        tree = trunk.next.unwrap_or(Tree::Unknown(Unlisted::new(Value::Null)));
    }
    let Tree::Unknown(last) = tree else {
        panic!("the end was expected");
    };
    assert!(depth > 0 && !last.is_string());
}

#[test]
fn tags_and_branches() {
    let value = json!({"type": "cat", "age": 3});
    assert_eq!(union::tag(&value, "type").as_deref(), Some("cat"));
    assert_eq!(union::tag(&value, "age").as_deref(), Some("3"));
    assert_eq!(union::tag(&value, "name"), None);
    assert_eq!(union::tag(&json!("cat"), "type"), None);
    assert_eq!(union::tag(&json!({"a": 1.0}), "a").as_deref(), Some("1"));
    assert_eq!(union::tag(&json!({"a": true}), "a").as_deref(), Some("true"));
    let age: Result<i64, ValueError> = union::branch(&value["age"]);
    assert_eq!(age.ok(), Some(3));
    let age: Result<i64, ValueError> = union::branch(&value);
    assert!(age.is_err_and(|error| error.to_string().contains("expected an integer")));
}
