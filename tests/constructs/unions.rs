//! One of several schemas.

use serde_json::json;

use crate::fixtures::one_of::models::{
    ByConst, ByKeys, Circle, Everything, EverythingByType, Gift, Heavy, Load, Pet, Shape, Square, Tree,
};
use crate::json::{check, check_refused, check_same};

fn read<T: envoi_runtime::serde::de::DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).expect("it can be read")
}

fn everything(value: serde_json::Value) -> Everything {
    read(value)
}

#[test]
fn the_tag_decides() {
    let shape = |value| read::<Shape>(value);
    for kind in ["edged", "boxy"] {
        assert!(
            matches!(shape(json!({"kind": kind, "side": 1.5})), Shape::Square(_)),
            "{kind}"
        );
    }
    assert!(matches!(
        shape(json!({"kind": "round", "radius": 1.5})),
        Shape::Circle(_)
    ));
    check_same::<Shape>(&[
        json!({"kind": "round", "radius": 1.5}),
        json!({"kind": "boxy", "side": 2.5}),
        json!({"kind": "edged", "side": 2.5}),
    ]);
    check_refused::<Shape>(&json!({"kind": "round", "side": 1.5}), &["radius"]);
}

#[test]
fn an_unknown_tag_is_kept() {
    for value in [
        json!({"kind": "hexagonal", "sides": [1, 2]}),
        json!({"radius": 1}),
        json!({"kind": 3}),
        json!("no object"),
    ] {
        assert!(matches!(read::<Shape>(value.clone()), Shape::Unknown(kept) if *kept == value));
        check::<Shape>(&value, &value);
    }
}

#[test]
fn json_becomes_its_variant() {
    for value in [
        json!({"kind": "round", "radius": 1.5}),
        json!({"kind": "hexagonal", "sides": [1, 2]}),
    ] {
        assert_eq!(Shape::from(value.clone()), read(value));
    }
    assert!(matches!(
        Shape::from(json!({"kind": "round", "radius": 1.5})),
        Shape::Circle(_)
    ));
    // a variant that cannot be read is none
    let broken = json!({"kind": "round", "side": 1.5});
    assert!(matches!(Shape::from(broken.clone()), Shape::Unknown(kept) if *kept == broken));
}

#[test]
fn a_default_takes_what_the_tags_leave() {
    for value in [
        json!({"wrapped": true}),
        json!({"kind": "later", "wrapped": true}),
        json!({"kind": "Surprise"}),
    ] {
        let gift = everything(json!({"gift": value})).gift;
        assert!(matches!(gift, Some(Gift::Surprise(_))), "{gift:?}");
    }
    assert!(matches!(
        read::<Gift>(json!({"kind": "Book", "title": "Emma"})),
        Gift::Book(_)
    ));
}

#[test]
fn without_a_mapping_the_tag_is_the_name_of_the_schema() {
    let Some(Pet::Cat(cat)) = everything(json!({"pet": {"species": "Cat", "lives": 9}})).pet else {
        panic!("a cat was expected");
    };
    assert_eq!((cat.species.as_str(), cat.lives), ("Cat", Some(9)));
    assert!(matches!(read::<Pet>(json!({"species": "Dog"})), Pet::Dog(_)));
    assert!(matches!(read::<Pet>(json!({"species": "Emu"})), Pet::Unknown(_)));
}

#[test]
fn branches_are_told_apart_by_type() {
    for (value, expected) in [
        (json!("a"), EverythingByType::String("a".to_owned())),
        (json!(1), EverythingByType::Integer(1)),
        (json!(true), EverythingByType::Boolean(true)),
        (json!(["a"]), EverythingByType::StringList(vec!["a".to_owned()])),
    ] {
        assert_eq!(read::<EverythingByType>(value), expected);
    }
    for value in [json!({}), json!([1]), json!(1.5)] {
        assert!(matches!(
            read::<EverythingByType>(value.clone()),
            EverythingByType::Unknown(kept) if *kept == value
        ));
    }
}

#[test]
fn branches_are_told_apart_by_what_they_require() {
    assert!(matches!(read::<ByKeys>(json!({"address": "a"})), ByKeys::Letter(_)));
    assert!(matches!(
        read::<ByKeys>(json!({"email": "e", "subject": "s"})),
        ByKeys::Message(_)
    ));
    let neither = json!({"email": "e"});
    assert!(matches!(read::<ByKeys>(neither.clone()), ByKeys::Unknown(kept) if *kept == neither));
}

#[test]
fn branches_are_told_apart_by_their_constants() {
    assert!(matches!(
        read::<ByConst>(json!({"unit": "metre", "size": 1.5})),
        ByConst::Metre(_)
    ));
    assert!(matches!(
        read::<ByConst>(json!({"unit": "foot", "size": 1.5})),
        ByConst::Foot(_)
    ));
    assert!(matches!(read(json!({"unit": "ell"})), ByConst::Unknown(_)));
}

#[test]
fn unions_nest_and_contain_themselves() {
    for value in [json!("a"), json!(1), json!(true)] {
        assert!(everything(json!({"nested": value})).nested.is_some());
    }
    let nested = everything(json!({"nested": true})).nested;
    assert_eq!(nested, Some(envoi_runtime::Scalar::from(true)));
    let tree: Tree = read(json!({"left": "a", "right": {"left": "b", "right": "c"}}));
    let Tree::Branch(branch) = tree else {
        panic!("a branch was expected");
    };
    assert_eq!(*branch.left, Tree::Leaf("a".to_owned()));
    assert!(matches!(read(json!({"left": "a"})), Tree::Unknown(_)));
}

#[test]
fn a_large_branch_does_not_make_the_union_large() {
    assert!(std::mem::size_of::<Load>() < std::mem::size_of::<Heavy>() / 2);
    let all = json!({"a": "", "b": "", "c": "", "d": "", "e": "", "f": "", "g": "", "h": "", "i": ""});
    assert!(matches!(read::<Load>(all), Load::Heavy(_)));
    assert_eq!(read::<Load>(json!("light")), Load::from("light".to_owned()));
}

#[test]
fn values_become_branches() {
    let circle = Circle::new(1.5);
    assert_eq!(Shape::from(circle.clone()), Shape::Circle(circle));
    assert!(matches!(Shape::from(Square::new("boxy", 1.5)), Shape::Square(_)));
}

#[test]
fn lists_of_one_kind_are_one_list() {
    use crate::fixtures::one_of::models::{EverythingCode, EverythingColour, EverythingLevel};
    let all = everything(json!({"level": 3, "colour": "blue", "code": 0}));
    assert_eq!(all.level, Some(EverythingLevel::N3));
    assert_eq!(all.colour, Some(EverythingColour::Blue));
    assert!(matches!(all.code, Some(EverythingCode::Integer(_))));
    assert!(matches!(EverythingLevel::from(4), EverythingLevel::Unknown(value) if *value == 4));
}
