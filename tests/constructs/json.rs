//! JSON in, value, JSON out.

use std::fmt::Debug;

use envoi_runtime::serde::Serialize;
use envoi_runtime::serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fixtures::{
    all_of, any_of, constants, formats, maps, names, nullable, one_of, openapi31, read_write, recursion, references,
    swagger2,
};
use crate::interpreted;

fn read<T: DeserializeOwned>(input: &Value) -> Result<T, String> {
    serde_json::from_str(&input.to_string()).map_err(|error| error.to_string())
}

/// Reads the input as a `T`, writes it again, and compares.
pub(crate) fn check<T: DeserializeOwned + Serialize + Debug>(input: &Value, output: &Value) {
    let value: T = read(input).unwrap_or_else(|error| panic!("{input} cannot be read: {error}"));
    let written = serde_json::to_value(&value).expect("it can be written");
    assert_eq!(&written, output, "of {input}, read as {value:?}");
    interpreted::check::<T>(input, |input| {
        let value: T = read(input)?;
        serde_json::to_value(&value).map_err(|error| error.to_string())
    });
}

/// Reads and writes each input as it is.
pub(crate) fn check_same<T: DeserializeOwned + Serialize + Debug>(inputs: &[Value]) {
    for input in inputs {
        check::<T>(input, input);
    }
}

/// The input is no `T`, and the message says why.
pub(crate) fn check_refused<T: DeserializeOwned + Debug>(input: &Value, reasons: &[&str]) {
    let error = read::<T>(input).expect_err("it cannot be read");
    for reason in reasons {
        assert!(error.contains(reason), "`{error}` does not mention `{reason}`");
    }
    interpreted::check_refused::<T>(input);
}

#[test]
fn null_and_absence_are_kept_apart() {
    use nullable::models::Thing;
    check_same::<Thing>(&[
        json!({"a": "x", "b": "y"}),
        json!({"a": "x", "b": null}),
        json!({"a": "x", "b": null, "c": "z", "d": null, "e": null, "f": [1, null], "g": null}),
        json!({"a": "x", "b": null, "d": "z", "e": "w", "f": [], "g": 0.5}),
    ]);
    check::<Thing>(&json!({"a": "x"}), &json!({"a": "x", "b": null}));
    check::<Thing>(&json!({"a": "x", "c": null}), &json!({"a": "x", "b": null}));
    check::<Thing>(&json!({"a": "x", "later": [1]}), &json!({"a": "x", "b": null}));
    check_refused::<Thing>(&json!({"b": "y"}), &["missing field `a`"]);
    check_refused::<Thing>(&json!({"a": null}), &["null"]);
    check_refused::<Thing>(&json!([]), &["Thing"]);
}

#[test]
fn all_parts_of_an_all_of_are_there() {
    use all_of::models::{Crate, Lid, Renamed, Snake, Tail, Tiny};
    let whole = json!({
        "made_at": "now", "label": "tea", "grade": "fine", "lid": {"deep": true, "shallow": false},
        "attributes": {"weight": 3, "state": "dry", "height": 1.5},
    });
    check_same::<Crate>(&[
        whole.clone(),
        json!({"made_at": "now", "label": "tea", "attributes": {"height": 2.5}}),
    ]);
    check_same::<Renamed>(&[whole]);
    check_refused::<Crate>(&json!({"label": "tea"}), &["made_at"]);
    check_refused::<Crate>(
        &json!({"made_at": "now", "label": "tea", "attributes": {"weight": 3}}),
        &["height"],
    );
    check_same::<Lid>(&[json!({"deep": true}), json!({"deep": true, "shallow": true})]);
    check_refused::<Lid>(&json!({"shallow": true}), &["deep"]);
    check_same::<Tiny>(&[json!("abc")]);
    check_same::<Snake>(&[json!({"end": "a", "head": "b"}), json!({})]);
    check_same::<Tail>(&[json!({"end": "a", "head": "b"}), json!({})]);
}

#[test]
fn an_any_of_is_what_it_amounts_to() {
    use any_of::models::Shelf;
    check_same::<Shelf>(&[
        json!({"size": {}}),
        json!({"size": {"depth": 1, "unit": "cm", "height": 2}, "finish": "oiled", "owner": null, "width": 3}),
        json!({"size": {"height": 2}, "finish": "gold leaf", "owner": {"name": "Ida"}, "width": "wide"}),
        json!({"size": {}, "mount": "https://example.com", "alone": true, "either": {"email": "a@example.com"}}),
    ]);
    check_refused::<Shelf>(&json!({"size": {}, "owner": {}}), &["name"]);
    check_same::<Shelf>(&[json!({"size": {}, "width": true})]);
}

#[test]
fn members_without_a_name_are_kept_where_the_document_wants_them() {
    use maps::models::{Bag, Keyed, Labels, Loose, Strict};
    check_same::<Bag>(&[json!({"owner": "Ida"}), json!({"owner": "Ida", "a": 1, "b": 2})]);
    check_refused::<Bag>(&json!({"owner": "Ida", "a": "one"}), &["integer"]);
    check_same::<Loose>(&[json!({"owner": "Ida", "additional_properties": "x", "a": [1], "b": null})]);
    check::<Strict>(&json!({"owner": "Ida", "a": 1}), &json!({"owner": "Ida"}));
    check_same::<Keyed>(&[json!({}), json!({"a": "b"})]);
    check_same::<Labels>(&[
        json!({"counts": {"a": 1}, "places": {"b": {"x": 1.5}}, "gaps": {"c": null, "d": "e"}}),
        json!({"nested": {"a": {"b": [true, false]}}, "inline": {"a": {"a": "b"}}, "free": {"a": [1]}, "open": {}}),
        json!({"anything": [1, "a", null], "noted": {"a": {}}, "keyed": {"a": "b"}}),
        json!({"anything": false, "noted": 1}),
    ]);
}

#[test]
fn null_is_a_value_of_optional_plain_json() {
    use maps::models::{Labels, Note};
    check_same::<Labels>(&[
        json!({"anything": null, "noted": null, "whatever": null}),
        json!({"noted": null}),
    ]);
    let labels: Labels = read(&json!({"anything": null, "open": null})).expect("it can be read");
    assert_eq!((labels.anything, labels.noted), (Some(Value::Null), None));
    // a map is not `null`
    check::<Labels>(&json!({"open": null}), &json!({}));
    check_same::<Note>(&[
        json!({"title": "a", "body": null}),
        json!({"title": "a", "body": 1, "extra": null, "whatever": null}),
        json!({"title": "a", "body": 1, "extra": {"a": null}, "whatever": false}),
    ]);
    check_refused::<Note>(&json!({"title": "a", "extra": null}), &["body"]);
}

#[test]
fn types_that_contain_themselves_hold_their_values() {
    use recursion::models::{Forest, Lists, Node};
    check_same::<Node>(&[
        json!({"value": 1}),
        json!({"value": 1, "next": {"value": 2, "next": {"value": 3, "previous": null}}, "previous": {"value": 0}}),
    ]);
    check_same::<Lists>(&[json!([]), json!([[], [[]]])]);
    check_same::<Forest>(&[
        json!({"hen": {"egg": {"hen": {"egg": {}}}}, "knot": {"inner": {"back": {"inner": {}}}}}),
        json!({"folder": {"name": "a", "folders": [{"name": "b", "folders": []}], "links": {"up": {"name": "c"}}}}),
        json!({"lists": [[[]]], "table": {"a": {"b": {}}}}),
    ]);
}

#[test]
fn formats_are_written_as_they_came() {
    use formats::models::Sample;
    check_same::<Sample>(&[
        json!({"at": "2024-02-29T12:30:00Z", "day": "2024-02-29", "key": "67e55044-10b1-426f-9247-bb680e5fe0c8"}),
        json!({"at": "2024-02-29T12:30:00.125+05:30", "untyped": "2024-01-01T00:00:00Z"}),
        json!({"octets": "AAEC", "file": "as it is", "small": -2_147_483_648_i64, "large": i64::MIN, "plain": -1}),
        json!({"count": u64::MAX, "port": 65535, "wide": 4_294_967_295_i64, "flag": true}),
        json!({"single": 0.1, "double": 1e300, "number": 2.5, "password": "hush", "address": "no address", "odd": ""}),
        json!({"times": ["2024-02-29T12:30:00Z"], "key_sets": {"a": "67e55044-10b1-426f-9247-bb680e5fe0c8"}}),
    ]);
    check::<Sample>(&json!({"octets": "_-8"}), &json!({"octets": "/+8="}));
    check_refused::<Sample>(&json!({"day": "29.2.2024"}), &[]);
    check_refused::<Sample>(&json!({"count": -1}), &["-1"]);
    check_refused::<Sample>(&json!({"small": 2_147_483_648_i64}), &["2147483648"]);
}

#[test]
fn what_goes_one_way_is_not_missed_on_the_other() {
    use read_write::models::{Account, Announcement};
    check_same::<Account>(&[
        json!({"id": "1", "email": "a@example.com"}),
        json!({"email": "a", "secret": "b"}),
    ]);
    let visit: read_write::models::Visit = read(&json!({"id": "1", "at": "noon"})).expect("a visit");
    assert_eq!(visit.at, "noon");
    check_refused::<read_write::models::Visit>(&json!({"at": "noon"}), &["missing field `id`"]);
    let announcement = serde_json::to_value(Announcement::new("x")).expect("it can be written");
    assert_eq!(announcement, json!({"code": "x"}));
}

#[test]
fn constants_are_read_as_they_come() {
    use constants::models::{Marker, Ticket};
    check_same::<Ticket>(&[
        json!({"kind": "ticket", "version": 3, "seat": "1a", "ref": "refs"}),
        json!({"kind": "other", "version": 4, "seat": "1a", "ref": "later", "filled": "silk", "maybe": null}),
    ]);
    check_refused::<Ticket>(&json!({"version": 3, "seat": "1a", "ref": "refs"}), &["kind"]);
    check_same::<Marker>(&[json!({}), json!({"type": "refs"})]);
}

#[test]
fn numbers_of_a_list_are_written_as_the_document_lists_them() {
    use constants::models::{Toggle, ToggleGain, ToggleLevels};
    let toggle = |ok: bool, volts: f64, levels: Value| {
        json!({"ok": ok, "failed": false, "untyped": true, "gone": true, "either": true, "label": "a", "volts": volts,
            "whole": 42, "bare": 2.0, "levels": levels})
    };
    check_same::<Toggle>(&[
        toggle(true, 43.125, json!(1)),
        toggle(false, 7.25, json!(2.5)),
        toggle(true, 43.125, json!(u64::MAX)),
    ]);
    let read: Toggle = serde_json::from_value(toggle(true, 43.125, json!(1.0))).expect("a toggle");
    assert_eq!(read.levels, ToggleLevels::N1);
    assert_eq!(
        serde_json::to_value(read).expect("it can be written")["levels"],
        json!(1)
    );
    assert_eq!(
        [ToggleGain::default(), ToggleGain::from(-0.0)],
        [ToggleGain::N0, ToggleGain::N0]
    );
    let unlisted = ToggleLevels::from(f64::NAN);
    assert!(serde_json::to_value(unlisted).is_err(), "JSON has no NaN");
}

#[test]
fn odd_names_keep_their_wire_names() {
    use names::models;
    check_same::<models::Holder>(&[json!({
        "string": {"a": "b"}, "option": {"a": "b"}, "vec": [{"a": ["b"]}], "self": {}, "twin": {"box": {"a": "b"}},
    })]);
    check_same::<models::BoxModel>(&[json!({"next": {"next": {}}})]);
    check_same::<models::Value>(&[json!({"a": {"b": [null]}}), json!({})]);
    check_same::<models::NullableModel>(&[json!({"a": null}), json!({})]);
    check_same::<models::Std>(&[json!({"a": {"b": "c"}})]);
    check_same::<models::N3d>(&[json!("Self"), json!("type"), json!("Ok"), json!("None"), json!("else")]);
    let kept = json!({
        "type": "1", "self": "2", "Self": "3", "crate": "4", "2fa": true, "@id": "5", "$ref-like": "6",
        "fooBar": "7", "foo_bar": "8", "foo-bar": "9", "x.y/z": "10", "": "11", "object": "12", "members": "13",
        "name": "14", "new": "15", "value": "16", "deserializer": "17", "gen": "18", "_": "19",
    });
    let read: models::Kept = read(&kept).expect("every field is known");
    assert_eq!(
        (read.r#type.as_str(), read.self_title.as_str(), read.self_.as_deref()),
        ("1", "3", Some("2"))
    );
    let twins = [&read.foo_bar_camel, &read.foo_bar, &read.foo_bar_lower].map(|twin| twin.as_deref());
    assert_eq!(twins, [Some("7"), Some("8"), Some("9")]);
    let others = [&read.field, &read.new, &read.members, &read.underscore].map(|other| other.as_deref());
    assert_eq!(others, [Some("11"), Some("15"), Some("13"), Some("19")]);
}

#[test]
fn references_of_every_kind_lead_to_one_type() {
    let room: references::models::Room = read(&json!({
        "name": "hall", "odd": {"x": "y"}, "size": {"area": 2.5, "unit": "ft2"}, "beside": {"name": "den"},
    }))
    .expect("a room");
    let same: references::models::A = room.clone();
    assert_eq!(same.beside.map(|beside| beside.name), Some("den".to_owned()));
    check_same::<references::models::Room>(&[json!({"name": "hall", "size": {"area": 2.5}})]);
}

#[test]
fn swagger_2_has_the_same_types() {
    use swagger2::models::{Book, Novel};
    check_same::<Book>(&[
        json!({"kind": "Novel", "title": "t", "lent": null}),
        json!({"kind": "Novel", "title": "t", "lent": "2024-02-29", "example": {"message": "m"}}),
    ]);
    check_same::<Novel>(&[json!({"kind": "Novel", "title": "t", "pages": 3})]);
}

#[test]
fn integers_may_come_with_a_fraction_of_zero() {
    use one_of::models::EverythingByType;
    let value: EverythingByType = read(&json!(10)).expect("an integer");
    assert_eq!(value, EverythingByType::Integer(10));
}

#[test]
fn openapi_3_1_has_the_same_types() {
    use openapi31::models::{Parcel, Size};
    check_same::<Parcel>(&[
        json!({"id": "1", "kind": "parcel", "note": null}),
        json!({"id": "1", "kind": "parcel", "note": "n", "later": null, "either": "e", "any": 1, "sender": null}),
        json!({"id": "1", "kind": "parcel", "note": "n", "later": 1, "either": 2, "any": null, "size": "l"}),
        json!({"id": "1", "kind": "parcel", "note": "n", "stamp": "AAEC", "scan": "raw", "pair": ["a", 1]}),
        json!({"id": "1", "kind": "parcel", "note": "n", "whatever": [1], "extras": {"x-a": "b"}, "inner": {}}),
        json!({"id": "1", "kind": "parcel", "note": "n", "size": null}),
    ]);
    let sizes: [Size; 3] = ["s", "l", "xl"].map(Size::from);
    assert_eq!(sizes, [Size::S, Size::L, Size::from("xl")]);
}
