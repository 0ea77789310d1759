//! Schemas that are among their own branches: such a branch adds nothing, and what is left can be read.

use serde_json::{Value, json};

use crate::fixtures::own_branches::models::{
    All, Attachment, Direct, File, Gets, Included, Leaf, List, Members, Nested, One, Only, Other, Parcel, Sends, Third,
    ThroughAllOf, ThroughName,
};
use crate::json::{check_refused, check_same};

fn read<T: envoi_runtime::serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("it can be read")
}

#[test]
fn a_branch_that_is_the_schema_itself_adds_nothing() {
    check_same::<Direct>(&[json!("a"), json!(1)]);
    check_same::<ThroughName>(&[json!("a"), json!(true)]);
    check_same::<ThroughAllOf>(&[json!("a"), json!(1)]);
    check_same::<Nested>(&[json!("a"), json!(1)]);
    check_same::<Direct>(&[json!(true)]);
    let only: Only = "a".to_owned();
    assert_eq!(read::<Only>(json!("a")), only);
}

#[test]
fn members_beside_such_a_branch_stay() {
    check_same::<Members>(&[json!({ "b": "b" }), json!({ "b": "b", "a": "a" })]);
    check_refused::<Members>(&json!({ "a": "a" }), &["b"]);
    let included: Included = Leaf::default().leaf("a");
    assert_eq!(read::<Leaf>(json!({ "leaf": "a" })), included);
}

#[test]
fn recursion_that_goes_on_with_another_value_stays() {
    assert_eq!(read::<List>(json!([[], []])), List(vec![List(vec![]), List(vec![])]));
    check_same::<All>(&[
        json!({ "list": [[], [[]]] }),
        json!({ "value": ["a", { "a": ["b"] }, []] }),
        json!({ "inline": [["a"], "b"] }),
    ]);
}

#[test]
fn branches_of_each_other_are_one_type() {
    let one: One = read(json!([1, "a", [2]]));
    let other: Other = one.clone();
    let third: Third = other.clone();
    assert_eq!(third, one);
    for value in [json!(1), json!("a"), json!([1, ["a"]])] {
        check_same::<All>(&[json!({ "one": value, "other": value, "third": value })]);
    }
    check_same::<Third>(&[json!(true)]);
}

#[test]
fn null_that_one_of_them_admits_all_admit() {
    let all: All = read(json!({ "perhaps": "a" }));
    assert_eq!(all.perhaps, envoi_runtime::Nullable::Value("a".to_owned()));
    check_same::<All>(&[json!({ "perhaps": null })]);
}

#[test]
fn what_is_nothing_but_itself_is_any_value() {
    check_same::<All>(&[json!({ "nothing": { "a": [1] }, "circle": [null] })]);
}

#[test]
fn a_discriminator_that_all_have_is_kept() {
    let parcel: Sends = read(json!({ "kind": "parcel", "weight": 1 }));
    let expected: Gets = Sends::Parcel(Parcel::default().weight(1));
    assert_eq!(parcel, expected);
    check_same::<Gets>(&[
        json!({ "kind": "letter", "text": "a" }),
        json!({ "kind": "parcel", "weight": 1 }),
        json!({ "kind": "sends" }),
    ]);
}

#[test]
fn a_mapping_to_the_schema_itself_is_the_schema_alone() {
    check_same::<Attachment>(&[
        json!({ "@type": "Attachment", "name": "a" }),
        json!({ "@type": "other" }),
    ]);
    let plain: File = read(json!({ "@type": "plain", "name": "a" }));
    assert!(matches!(plain, File::Base(_)), "{plain:?}");
    let image: File = read(json!({ "@type": "image", "name": "a", "width": 3 }));
    assert!(matches!(image, File::Image(_)), "{image:?}");
}
