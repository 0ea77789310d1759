//! What becomes a union: texts and numbers that find their branch, lists and maps in any form.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use envoi_runtime::serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fixtures::converted::models::{
    Code, Embedded, Extra, Image, Input, Labels, Large, Level, Metadata, Mixed, Model, NewAnswer, One, OpenFirst,
    Piece, Share, Small, Stages, Text, Two, Voice, Width, Within,
};

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("it can be read")
}

/// What a union is made of is what JSON is read as.
fn check_texts<T>(texts: &[&str])
where
    T: for<'a> From<&'a str> + From<String> + DeserializeOwned + PartialEq + Debug,
{
    for text in texts {
        let expected = read::<T>(&json!(text));
        assert_eq!(T::from(*text), expected);
        assert_eq!(T::from((*text).to_owned()), expected);
    }
}

/// The properties that were set beside the model.
fn set(answer: &NewAnswer) -> Value {
    let mut set = serde_json::to_value(answer).expect("an answer");
    set.as_object_mut().expect("an object").remove("model");
    set
}

fn answer() -> NewAnswer {
    NewAnswer::new("pro")
}

#[test]
fn a_text_finds_the_branch_that_lists_it() {
    assert_eq!(Model::from("pro"), Model::Large(Large::Pro));
    assert_eq!(Model::from("mini"), Model::Small(Small::Mini));
    assert_eq!(Model::from("other"), Model::Small(Small::from("other")));
    assert_eq!(Voice::from("nano"), Voice::Small(Small::Nano));
    assert_eq!(Voice::from("other"), Voice::Name("other".to_owned()));
    assert!(matches!(OpenFirst::from("pro"), OpenFirst::Word(_)));
    let texts = ["mini", "nano", "pro", "max", "other", ""];
    check_texts::<Model>(&texts);
    check_texts::<Voice>(&texts);
    check_texts::<OpenFirst>(&texts);
    check_texts::<Within>(&texts);
    assert_eq!(set(&answer().voice("nano")), json!({"voice": "nano"}));
    assert_eq!(set(&answer().voice(Some("x".to_owned()))), json!({"voice": "x"}));
    assert_eq!(NewAnswer::new("max").model, Model::Large(Large::Max));
}

#[test]
fn an_integer_finds_the_branch_that_lists_it() {
    assert_eq!(Level::from(1), Level::One(One::from(1)));
    assert_eq!(Level::from(3), Level::Two(Two::from(3)));
    for number in 0..5 {
        assert_eq!(Level::from(number), read(&json!(number)));
    }
    assert_eq!(Code::from(-1), read(&json!(-1)));
    assert_eq!(Code::from("none"), read(&json!("none")));
    assert_eq!(set(&answer().level(2).code(0)), json!({"level": 2, "code": 0}));
}

#[test]
fn literals_of_numbers_have_one_type() {
    assert_eq!(set(&answer().share(0.5)), json!({"share": 0.5}));
    assert_eq!(set(&answer().share(1)), json!({"share": 1}));
    assert_eq!(Share::from("rest"), read(&json!("rest")));
    assert_eq!(set(&answer().width(7)), json!({"width": 7}));
    assert_eq!(Width::from("auto"), read(&json!("auto")));
}

#[test]
fn lists_of_text_come_in_any_form() {
    let owned = vec!["a".to_owned(), "b".to_owned()];
    let expected = json!({"stop": ["a", "b"]});
    assert_eq!(set(&answer().stop(["a", "b"])), expected);
    let pair = &["a", "b"];
    assert_eq!(set(&answer().stop(pair)), expected);
    assert_eq!(set(&answer().stop(vec!["a", "b"])), expected);
    assert_eq!(set(&answer().stop(&owned[..])), expected);
    assert_eq!(set(&answer().stop(Some(owned.clone()))), expected);
    assert_eq!(set(&answer().stop("a")), json!({"stop": "a"}));
    assert_eq!(set(&answer().embedded(["a", "b"])), json!({"embedded": ["a", "b"]}));
    assert_eq!(Embedded::from(&owned[..]), Embedded::from(owned));
}

#[test]
fn lists_have_items_that_convert() {
    assert_eq!(
        set(&answer().stages(["mini", "nano"])),
        json!({"stages": ["mini", "nano"]})
    );
    assert_eq!(set(&answer().stages("all")), json!({"stages": "all"}));
    assert_eq!(Stages::from(vec!["mini"]), Stages::from([Small::Mini]));
    let stages: Stages = ["mini", "nano"].into_iter().filter(|stage| *stage != "nano").collect();
    assert_eq!(stages, Stages::from(&[Small::Mini]));
    let texts = [Text::new("a"), Text::new("b")];
    assert_eq!(
        set(&answer().input(texts.clone())),
        json!({"input": [{"text": "a"}, {"text": "b"}]})
    );
    assert_eq!(Input::from(&texts), texts.into_iter().collect());
    // items of several types are converted one by one
    let pieces = vec![Text::new("a").into(), Image::new("b").into()];
    assert_eq!(
        Input::from(pieces),
        Input::from([Piece::from(Text::new("a")), Image::new("b").into()])
    );
}

#[test]
fn several_lists_are_told_apart_by_their_items() {
    assert_eq!(set(&answer().embedded([1, 2])), json!({"embedded": [1, 2]}));
    assert_eq!(
        set(&answer().embedded([vec![1], vec![2, 3]])),
        json!({"embedded": [[1], [2, 3]]})
    );
    let collected: Embedded = (1..4).collect();
    assert_eq!(collected, Embedded::from(vec![1, 2, 3]));
    assert_eq!(Mixed::from(["a"]), read(&json!(["a"])));
    assert_eq!(Mixed::from([("a", 1)]), read(&json!({"a": 1})));
}

#[test]
fn maps_are_pairs() {
    let expected = json!({"metadata": {"k": "v"}});
    assert_eq!(set(&answer().metadata([("k", "v")])), expected);
    assert_eq!(set(&answer().metadata(vec![("k".to_owned(), "v")])), expected);
    assert_eq!(
        set(&answer().metadata(HashMap::from([("k", "v".to_owned())]))),
        expected
    );
    let owned = BTreeMap::from([("k".to_owned(), "v".to_owned())]);
    assert_eq!(set(&answer().metadata(owned.clone())), expected);
    assert_eq!(owned.clone().into_iter().collect::<Metadata>(), Metadata::from(owned));
    assert_eq!(set(&answer().metadata("")), json!({"metadata": ""}));
    assert_eq!(Extra::from([("n", json!(1))]), read(&json!({"n": 1})));
    assert_eq!(Extra::from([("n", "v")]), read(&json!({"n": "v"})));
}

#[test]
fn what_becomes_a_union_becomes_the_one_around_it() {
    assert_eq!(Labels::from([Small::Mini]), Labels::Stages([Small::Mini].into()));
    assert_eq!(Labels::from([("a", true)]), read(&json!({"a": true})));
    assert_eq!(Labels::from("all"), read(&json!("all")));
}
