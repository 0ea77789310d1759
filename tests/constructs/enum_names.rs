//! Names of listed values: made of the value alone.

use crate::fixtures::enum_names::models::ListPlacesSort as Sort;
use crate::fixtures::enum_names::models::{
    PlaceBlank as Blank, PlaceCharge as Charge, PlaceLanguage as Language, PlaceRatio as Ratio, PlaceRegion as Region,
    PlaceSize as Size, PlaceStep as Step, Zone,
};

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
