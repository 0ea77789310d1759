//! Names of listed values: made of the value alone.

use crate::fixtures::enum_names::models::ListPlacesSort as Sort;
use envoi_runtime::{BooleanOrString, Nullable};
use serde_json::json;

use crate::fixtures::enum_names::models::{
    Place, PlaceBlank as Blank, PlaceCharge as Charge, PlaceFactor, PlaceLanguage as Language, PlaceRatio as Ratio,
    PlaceRegion as Region, PlaceSize as Size, PlaceStatus, PlaceStep as Step, Zone,
};
use crate::json::check_same;

#[test]
fn signs_tell_values_apart() {
    for (zone, wire) in [
        (Zone::EtcGmt, "Etc/GMT"),
        (Zone::EtcGmt0, "Etc/GMT0"),
        (Zone::EtcGmtPlus0, "Etc/GMT+0"),
        (Zone::EtcGmtMinus0, "Etc/GMT-0"),
        (Zone::EtcGmtPlus1, "Etc/GMT+1"),
        (Zone::EtcGmtMinus1, "Etc/GMT-1"),
        (Zone::EtcGmtPlus12, "Etc/GMT+12"),
        (Zone::EtcGmtMinus12, "Etc/GMT-12"),
    ] {
        assert_eq!((zone.as_str(), Zone::from(wire)), (wire, zone.clone()));
    }
    let sorts = [
        Sort::IdLower,
        Sort::MinusId,
        Sort::PlusId,
        Sort::IdUpper,
        Sort::CreatedAt,
        Sort::MinusCreatedAt,
    ];
    assert_eq!(
        sorts.map(|sort| sort.to_string()),
        ["id", "-id", "+id", "ID", "created_at", "-created_at"]
    );
    let charges = [Charge::EPlus, Charge::EMinus, Charge::E];
    assert_eq!(charges.map(|charge| charge.to_string()), ["e+", "e-", "e"]);
    assert_eq!([Step::StepMinus1, Step::StepN1].map(|step| step.as_i64()), [-1, 1]);
}

#[test]
fn hyphens_between_words_do_not() {
    assert_eq!(
        [Region::UsEast1, Region::EuWest2].map(|region| region.to_string()),
        ["us-east-1", "eu-west-2"]
    );
}

#[test]
fn what_letters_do_not_tell_apart_is_spelled_out() {
    let languages = [Language::CUpper, Language::CPlusPlus, Language::CHash, Language::CLower];
    assert_eq!(languages.map(|language| language.to_string()), ["C", "C++", "C#", "c"]);
    let sizes = [
        Size::Less10,
        Size::Greater10,
        Size::GreaterEquals10,
        Size::N10Digits,
        Size::N10Plus,
        Size::N10Percent,
    ];
    assert_eq!(
        sizes.map(|size| size.to_string()),
        ["<10", ">10", ">=10", "10", "10+", "10%"]
    );
    let blanks = [
        Blank::EmptyString,
        Blank::Blank,
        Blank::EmptyLower,
        Blank::UnknownLower,
        Blank::UnknownTitle,
        Blank::SelfLower,
        Blank::SelfTitle,
    ];
    assert_eq!(
        blanks.map(|blank| blank.to_string()),
        ["", " ", "empty", "unknown", "Unknown", "self", "Self"]
    );
}

#[test]
fn numbers() {
    let ratios = [Ratio::Minus0_5, Ratio::N0_5, Ratio::N5, Ratio::N2_5eMinus8];
    assert_eq!(ratios.map(|ratio| ratio.as_f64()), [-0.5, 0.5, 5.0, 2.5e-8]);
}

/// As Django REST framework describes a choice that may be blank.
#[test]
fn a_choice_between_lists_is_one_list() {
    let read = |status: serde_json::Value| -> Place {
        let place: Place = serde_json::from_value(json!({"status": status})).expect("a place");
        assert_eq!(
            serde_json::to_value(&place).expect("written"),
            json!({"status": status})
        );
        place
    };
    assert_eq!(read(json!("")).status, Nullable::Value(PlaceStatus::Empty));
    assert_eq!(read(json!("live")).status, Nullable::Value(PlaceStatus::Live));
    assert_eq!(read(json!(null)).status, Nullable::Null);
    let later = read(json!("later")).status;
    assert!(matches!(later, Nullable::Value(PlaceStatus::Unknown(value)) if *value == "later"));
}

#[test]
fn numbers_and_booleans_of_a_choice() {
    check_same::<Place>(&[
        json!({"factor": 1, "flag": true, "maybe": false}),
        json!({"factor": 1.5, "flag": false, "maybe": "no"}),
        json!({"factor": 7.5, "maybe": true}),
    ]);
    let place: Place = serde_json::from_value(json!({"factor": 2.0, "maybe": true})).expect("a place");
    assert_eq!(place.factor, Some(PlaceFactor::N2));
    assert_eq!(place.maybe, Some(BooleanOrString::from(true)));
}
