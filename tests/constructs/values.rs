//! Constructors, setters, `Default` and `Debug`.

use envoi_runtime::Nullable;
use envoi_runtime::serde::Serialize;
use serde_json::{Value, json};

use crate::fixtures::{all_of, any_of, constants, deprecated, formats, maps, nullable, read_write, recursion};

/// A value that was put together is what it should be on the wire.
fn check(value: &impl Serialize, expected: &Value) {
    assert_eq!(&serde_json::to_value(value).expect("it can be written"), expected);
}

#[test]
fn constructors_take_what_is_required_and_setters_the_rest() {
    use nullable::models::Thing;
    check(&Thing::new("x"), &json!({"a": "x", "b": null}));
    check(
        &Thing::new("x").c("y").f(vec![Some(1), None]),
        &json!({"a": "x", "b": null, "c": "y", "f": [1, null]}),
    );
    let some = all_of::models::Crate::new("now", "tea").grade(all_of::models::CrateGrade::Fine);
    check(&some, &json!({"made_at": "now", "label": "tea", "grade": "fine"}));
    check(
        &read_write::models::Account::new("a").secret("b"),
        &json!({"email": "a", "secret": "b"}),
    );
    check(&maps::models::Bag::new("Ida"), &json!({"owner": "Ida"}));
    // required, and `null` unless it is set
    check(&Thing::new("x").b("y"), &json!({"a": "x", "b": "y"}));
}

/// Models are keys as long as there are no floats in them.
#[test]
fn models_are_compared_and_hashed() {
    use std::collections::HashSet;
    let bags = ["x", "y", "x"].map(maps::models::Bag::new);
    assert_eq!(HashSet::from(bags).len(), 2);
    // plain JSON is compared and hashed without regard to the order of its members
    let notes = [json!({"a": 1, "b": 2}), json!({"b": 2, "a": 1})].map(|body| maps::models::Note::new("x", body));
    assert_eq!(HashSet::from(notes).len(), 1);
}

#[test]
fn what_may_be_null_and_absent_is_set_in_three_ways() {
    use nullable::models::Thing;
    for (value, expected) in [
        (
            Thing::new("x").d("y".to_owned()),
            json!({"a": "x", "b": null, "d": "y"}),
        ),
        (
            Thing::new("x").d(Nullable::Null),
            json!({"a": "x", "b": null, "d": null}),
        ),
        (Thing::new("x").d(Nullable::Absent), json!({"a": "x", "b": null})),
    ] {
        check(&value, &expected);
    }
    let thing = Thing::new("x").d(Some("y".to_owned()));
    assert_eq!(thing.d.as_option().map(String::as_str), Some("y"));
    let owner = any_of::models::Owner::new("Ida");
    check(
        &any_of::models::Shelf::new(any_of::models::Size::default()).owner(owner),
        &json!({"size": {}, "owner": {"name": "Ida"}}),
    );
}

#[test]
fn default_is_there_where_nothing_is_required() {
    check(&any_of::models::Size::default(), &json!({}));
    check(&formats::models::Sample::default(), &json!({}));
    check(&maps::models::Labels::default(), &json!({}));
    check(&recursion::models::Hen::default(), &json!({}));
}

#[test]
fn constants_are_filled_in() {
    use constants::models::{Marker, Ticket};
    let ticket = json!({"kind": "ticket", "version": 3, "seat": "1a", "ref": "refs", "filled": "paper"});
    check(&Ticket::new("1a"), &ticket);
    check(&Marker::default(), &json!({"type": "refs"}));
    let toggle = json!({"ok": true, "failed": false, "untyped": true, "gone": true, "either": false, "preset": true,
        "label": "a", "volts": 43.125, "whole": 42, "bare": 2.0, "levels": 2.5});
    check(
        &constants::models::Toggle::new(false, "a", constants::models::ToggleLevels::N2_5),
        &toggle,
    );
}

#[test]
fn values_that_contain_themselves_can_be_made() {
    use recursion::models::{Egg, Hen, Node};
    let node = Node {
        next: Some(Box::new(Node::new(2))),
        ..Node::new(1)
    };
    check(&node, &json!({"value": 1, "next": {"value": 2}}));
    check(&Hen::default().egg(Egg::default()), &json!({"egg": {}}));
}

#[test]
fn secrets_are_not_shown() {
    let login = formats::models::Login::new("ida", "open sesame")
        .pin("0123")
        .api_key("0123")
        .access_token("0123")
        .next_token("page 2")
        .prompt("why?");
    let sample = formats::models::Sample::default()
        .password("open sesame")
        .octets(vec![1, 2, 3]);
    for shown in [format!("{login:?} {login:#?}"), format!("{sample:?} {sample:#?}")] {
        assert!(
            !shown.contains("sesame") && !shown.contains("0123") && !shown.contains("1, 2"),
            "{shown}"
        );
    }
    let shown = format!("{login:?}");
    assert!(shown.contains("page 2") && shown.contains("why?"), "{shown}");
    check(
        &login,
        &json!({"user": "ida", "password": "open sesame", "pin": "0123", "apiKey": "0123", "access_token": "0123",
            "next-token": "page 2", "prompt": "why?"}),
    );
}

#[test]
fn deprecated_fields_can_still_be_used() {
    #![expect(deprecated, reason = "they are what is tested")]
    let lamp = deprecated::models::Lamp::new("copper").colour("red").hue("warm");
    check(&lamp, &json!({"wire": "copper", "colour": "red", "hue": "warm"}));
}

#[test]
fn numbers_that_json_cannot_hold_are_refused() {
    for double in [f64::NAN, f64::NEG_INFINITY] {
        let sample = formats::models::Sample::default().double(double);
        let error = serde_json::to_string(&sample).expect_err("no number");
        assert!(error.to_string().contains("`double`"), "{error}");
    }
}
