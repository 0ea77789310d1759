//! Tuples, and maps whose names follow a pattern.

use envoi_runtime::{IntegerOrString, Scalar};
use serde_json::json;

use crate::fixtures::tuples::models::{Position, Route, Tree};
use crate::json::{check_refused, check_same};

#[test]
fn places_of_a_tuple_have_their_own_types() {
    let position: Position = (8.5, 47.4);
    let route = Route::new(position).gap((None, 3));
    let written = serde_json::to_value(&route).expect("it can be written");
    assert_eq!(written, json!({"start": [8.5, 47.4], "gap": [null, 3]}));
    check_same::<Route>(&[
        json!({"start": [1.5, 2.5], "stops": [[1.5, 2.5], [3.5, 4.5]]}),
        json!({"start": [1.5, 2.5], "leg": [[1.5, 2.5], [3.5, 4.5], {"by": "foot"}]}),
    ]);
    check_refused::<Route>(&json!({"start": [1.5]}), &["length"]);
    check_refused::<Route>(&json!({"start": [1.5, 2.5, 3.5]}), &["invalid length 3"]);
}

#[test]
fn what_may_be_short_or_go_on_is_a_list() {
    check_same::<Route>(&[
        json!({"start": [1.5, 2.5], "loose": ["a", 1, true, false], "short": ["a"], "open": ["a", 1, {}], "same": [0.5]}),
        json!({"start": [1.5, 2.5], "loose": [], "short": ["a", 1]}),
    ]);
    let loose = vec![Scalar::from("a"), Scalar::from(1), Scalar::from(true)];
    let route = Route::new((0.5, 0.5)).loose(loose);
    assert_eq!(
        serde_json::to_value(route).expect("it can be written"),
        json!({"start": [0.5, 0.5], "loose": ["a", 1, true]})
    );
}

#[test]
fn a_tuple_may_contain_itself() {
    check_same::<Tree>(&[json!(["root", ["branch", ["leaf", null]]])]);
}

#[test]
fn members_hold_what_the_patterns_of_their_names_say() {
    check_same::<Route>(&[json!({
        "start": [1.5, 2.5],
        "labels": {"x-a": "b"},
        "either": {"s1": "a", "n1": 2},
        "both": {"name": "a", "n_1": 2},
        "anything": {"n_1": 2, "other": [null]},
        "rest": {"name": "a", "count": 3},
    })]);
    let route: Route = serde_json::from_value(json!({"start": [0.5, 0.5], "either": {"n1": 2}})).expect("a route");
    let either = route.either.expect("it is there");
    assert_eq!(either.get("n1"), Some(&IntegerOrString::Integer(2)));
}
