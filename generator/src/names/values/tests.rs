use std::collections::BTreeMap;

use super::{SPELLINGS, Value, variants};
use crate::ir::{EnumValue, EnumValues};

fn names(wires: &[&str]) -> Vec<String> {
    let value = |wire: &&str| EnumValue {
        wire: (*wire).to_owned(),
        name: None,
        description: String::new(),
    };
    let names = variants(&EnumValues::Strings(wires.iter().map(value).collect()));
    names.iter().map(ToString::to_string).collect()
}

/// Lists whose values are told apart by little.
const LISTS: [&[&str]; 9] = [
    &[
        "Etc/GMT+1",
        "Etc/GMT-1",
        "Etc/GMT+12",
        "Etc/GMT 1",
        "etc_gmt_1",
        "EtcGmt12",
        "Etc/GMT0",
        "Etc/GMT-0",
        "Etc/GMT+0",
    ],
    &["-1", "+1", "1", "12", "+12", "-12", "--1", "1-", "1+"],
    &["id", "-id", "+id", "ID", "Id", "iD", "-ID", "id-", "id+"],
    &["=", "!=", "==", "<", "<=", ">", ">=", "<>", "=="],
    &[
        "",
        " ",
        "  ",
        "empty",
        "EMPTY",
        "blank",
        "value",
        "unknown",
        "Unknown",
        "unknown_value",
        "self",
        "Self",
    ],
    &[
        "c", "C", "c++", "C++", "c#", "C#", "c hash", "c_upper", "C_lower", "clower",
    ],
    &[
        "ROUND_TRIP",
        "roundTrip",
        "round_trip",
        "round-trip",
        "round trip",
        "RoundTrip",
        "round.trip",
    ],
    &["EAN_13", "ean13", "EAN13", "EAN 13", "ean_13"],
    &["é", "e", "E", "É", "ё", "日本", "日", "10%", "10", "<10", ">10", "10 %"],
];

#[test]
fn ordinary_names() {
    for (wire, name) in [
        ("in_progress", "InProgress"),
        ("us-east-1", "UsEast1"),
        ("2020-01-01", "N20200101"),
        ("application/vnd.api+json", "ApplicationVndApiJson"),
        ("s3:ObjectCreated:*", "S3ObjectCreated"),
        ("10%", "N10"),
        ("unknown", "UnknownValue"),
        ("Self", "Self_"),
        ("", "Empty"),
        (" ", "Blank"),
        ("'", "Apostrophe"),
    ] {
        assert_eq!(names(&[wire]), [name], "{wire}");
    }
}

#[test]
fn signs_are_part_of_a_name() {
    for (wire, name) in [
        ("+1", "Plus1"),
        ("-1", "Minus1"),
        ("-created_at", "MinusCreatedAt"),
        ("Etc/GMT+1", "EtcGmtPlus1"),
        ("Etc/GMT-1", "EtcGmtMinus1"),
        ("UTC-05:30", "UtcMinus0530"),
        ("reactions--1", "ReactionsMinus1"),
        ("reactions-+1", "ReactionsPlus1"),
        ("C++", "CPlusPlus"),
        ("A-", "AMinus"),
        ("18+", "N18Plus"),
        (">=10", "GreaterEquals10"),
        ("!=", "NotEquals"),
        ("-", "Minus"),
    ] {
        assert_eq!(names(&[wire]), [name], "{wire}");
    }
}

#[test]
fn values_that_want_one_name_are_named_by_more() {
    assert_eq!(
        names(&["asc", "ASC", "Asc", "up"]),
        ["AscLower", "AscUpper", "AscTitle", "Up"]
    );
    assert_eq!(
        names(&["roundTrip", "ROUND_TRIP"]),
        ["RoundTripCamel", "RoundTripUpper"]
    );
    assert_eq!(names(&["a.b", "a-b"]), ["ADotBLower", "ADashBLower"]);
    assert_eq!(names(&["c", "c#"]), ["CLower", "CHash"]);
    assert_eq!(names(&["1", "N1"]), ["N1Digits", "N1Upper"]);
    assert_eq!(names(&["", "empty"]), ["EmptyString", "EmptyLower"]);
}

#[test]
fn names_given_by_the_document_are_told_apart_too() {
    let value = |wire: i64, name: &str| EnumValue {
        wire,
        name: Some(name.to_owned()),
        description: String::new(),
    };
    let values = EnumValues::Integers(vec![value(1, "LOW"), value(2, "HIGH"), value(3, "HIGH"), value(4, "_")]);
    let names: Vec<String> = variants(&values).iter().map(ToString::to_string).collect();
    assert_eq!(names, ["Low", "HighN2", "HighN3", "Underscore"]);
}

/// Some of the values, by chance.
fn some<'w>(wires: &[&'w str], seed: &mut u64) -> Vec<&'w str> {
    let mut chosen = Vec::new();
    for wire in wires {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        if *seed >> 62 != 0 {
            chosen.push(*wire);
        }
    }
    chosen
}

fn by_name<'w>(wires: &[&'w str]) -> BTreeMap<String, &'w str> {
    let names = names(wires);
    let by_name: BTreeMap<String, &str> = names.into_iter().zip(wires.iter().copied()).collect();
    assert_eq!(by_name.len(), wires.len(), "{by_name:?}");
    by_name
}

#[test]
fn edits_never_make_a_name_mean_another_value() {
    let mut seed = 1;
    for list in LISTS {
        let mut whole: Vec<&str> = Vec::new();
        for wire in list {
            if !whole.contains(wire) {
                whole.push(wire);
            }
        }
        for _ in 0..200 {
            whole.rotate_left(1);
            let many = some(&whole, &mut seed);
            let few = some(&many, &mut seed);
            let (before, after) = (by_name(&many), by_name(&few));
            // adding values and taking some away
            for (name, wire) in &after {
                let meant = before.get(name);
                assert!(
                    meant.is_none_or(|meant| meant == wire),
                    "`{name}` of {many:?} and {few:?}"
                );
            }
            // another order
            let mut turned = many.clone();
            turned.reverse();
            assert_eq!(by_name(&turned), before);
            // both: what is in each list keeps its names to itself
            let other = some(&whole, &mut seed);
            for (name, wire) in by_name(&other) {
                let meant = before
                    .get(&name)
                    .filter(|meant| other.contains(*meant) && many.contains(&wire));
                assert!(
                    meant.is_none_or(|meant| *meant == wire),
                    "`{name}` of {many:?} and {other:?}"
                );
            }
        }
    }
}

#[test]
fn every_spelling_is_a_name() {
    for wire in LISTS.concat() {
        for spelling in 0..SPELLINGS {
            let value = Value {
                given: None,
                wire: wire.to_owned(),
                is_text: true,
            };
            let name = value.spelled(spelling);
            let valid =
                name.chars().all(|c| c.is_ascii_alphanumeric()) && name.starts_with(|c: char| c.is_ascii_uppercase());
            assert!(valid, "{wire}: {name}");
        }
    }
}
