//! `Nullable` has the methods of `Option`, and keeps `Absent` and `Null` apart wherever its result can.

use envoi_runtime::Nullable::{self, Absent, Null, Value};
use serde_json::json;

use super::decoded;

const ALL: [Nullable<i64>; 3] = [Absent, Null, Value(1)];

fn name() -> Nullable<String> {
    "Tom".into()
}

#[test]
fn null_and_values_are_json() {
    assert_eq!(decoded("null"), Ok(Nullable::<i64>::Null));
    assert_eq!(decoded("1"), Ok(Nullable::Value(1)));
    assert_eq!(ALL.map(|value| json!(value)), [json!(null), json!(null), json!(1)]);
}

#[test]
fn each_state_is_known() {
    assert_eq!(ALL.map(|value| value.is_absent()), [true, false, false]);
    assert_eq!(ALL.map(|value| value.is_null()), [false, true, false]);
    assert_eq!(ALL.map(|value| value.is_value()), [false, false, true]);
    assert_eq!(
        ALL.map(|value| value.is_value_and(|value| value > 0)),
        [false, false, true]
    );
    assert!(!Value(1).is_value_and(|value| value > 1));
}

#[test]
fn conversions_lead_both_ways() {
    assert_eq!(Nullable::<i64>::default(), Absent);
    let values: [Nullable<i64>; 3] = [None.into(), Some(1).into(), 1.into()];
    assert_eq!(values, [Absent, Value(1), Value(1)]);
    assert_eq!(ALL.map(Nullable::or_null), [Null, Null, Value(1)]);
    assert_eq!(ALL.map(Option::from), [None, None, Some(1)]);
    assert_eq!(ALL.map(Nullable::into_option), [None, None, Some(1)]);
    assert_eq!(ALL.map(Nullable::into_nested), [None, Some(None), Some(Some(1))]);
    assert_eq!(ALL.map(|value| Nullable::from_nested(value.into_nested())), ALL);
}

#[test]
fn nullables_lead_to_nullables_of_the_same_state() {
    assert_eq!(ALL.map(|value| value.map(|value| value + 1)), [Absent, Null, Value(2)]);
    assert_eq!(
        ALL.map(|value| value.and_then(|_| Nullable::<()>::Null)),
        [Absent, Null, Null]
    );
    assert_eq!(ALL.map(|value| value.as_ref().copied()), ALL);
    assert_eq!(name().as_ref().cloned(), name());
    assert_eq!(name().as_deref(), Value("Tom"));
    assert_eq!(Nullable::<String>::Null.as_deref(), Null);
}

#[test]
fn another_is_in_place_of_what_has_no_value() {
    assert_eq!(ALL.map(|value| value.or(7)), [Value(7), Value(7), Value(1)]);
    assert_eq!(ALL.map(|value| value.or(Null)), [Null, Null, Value(1)]);
    assert_eq!(ALL.map(|value| value.or_else(|| Absent)), [Absent, Absent, Value(1)]);
    assert_eq!(
        ALL.map(|value| value.filter(|value| *value > 1)),
        [Absent, Null, Absent]
    );
    assert_eq!(ALL.map(|value| value.filter(|value| *value == 1)), ALL);
}

#[test]
fn neither_absent_nor_null_has_a_value() {
    assert_eq!(ALL.map(|value| value.unwrap_or(7)), [7, 7, 1]);
    assert_eq!(ALL.map(|value| value.unwrap_or_else(|| 7)), [7, 7, 1]);
    assert_eq!(ALL.map(Nullable::unwrap_or_default), [0, 0, 1]);
    assert_eq!(ALL.map(|value| value.map_or(7, |value| value + 1)), [7, 7, 2]);
    assert_eq!(ALL.map(|value| value.map_or_else(|| 7, |value| value + 1)), [7, 7, 2]);
    assert_eq!(ALL.map(|value| value.ok_or("none")), [Err("none"), Err("none"), Ok(1)]);
    assert_eq!(ALL.map(|value| value.ok_or_else(|| 7)), [Err(7), Err(7), Ok(1)]);
    assert_eq!(ALL.map(|value| value.iter().count()), [0, 0, 1]);
    assert_eq!(
        ALL.into_iter().filter_map(Nullable::into_option).collect::<Vec<_>>(),
        [1]
    );
    assert_eq!((Value(1).unwrap(), Value(2).expect("a number")), (1, 2));
}

#[test]
#[should_panic(expected = "a nickname")]
fn expect_panics_with_its_message() {
    Nullable::<String>::Null.expect("a nickname");
}

#[test]
fn values_change_in_place() {
    let mut name = name();
    name.as_deref_mut().map(str::make_ascii_uppercase);
    assert_eq!(name, "TOM");
    if let Value(name) = name.as_mut() {
        name.push('!');
    }
    for name in &mut name {
        name.push('?');
    }
    assert_eq!(name.replace("Ann".to_owned()), "TOM!?");
    assert_eq!(name.take(), "Ann");
    assert_eq!((&name).into_iter().next(), None);
    assert_eq!(name, Absent);
}

#[test]
fn values_are_compared() {
    assert_eq!(Value(1), 1);
    assert_eq!(name(), "Tom");
    assert_eq!(name(), *"Tom");
    assert_eq!(name(), "Tom".to_owned());
    assert_ne!(Nullable::<String>::Null, "");
    assert_ne!(Nullable::<i64>::Absent, 0);
    assert!(ALL.is_sorted() && Value(0) < Value(1));
}
