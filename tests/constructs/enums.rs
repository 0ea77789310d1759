//! Listed values: open, and exact on the wire.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use serde_json::json;

use crate::fixtures::enums::models::{Level, Mode, Odd, Settings, SettingsSortsItem, SettingsVersion, Signed};
use crate::json::{check_refused, check_same};

/// Every text becomes its variant and the variant the text, in all the ways there are.
fn check<T>(pairs: &[(&str, T)])
where
    T: for<'a> From<&'a str> + FromStr + Display + Debug + PartialEq,
    <T as FromStr>::Err: Debug,
{
    for (text, variant) in pairs {
        assert_eq!(&T::from(*text), variant);
        assert_eq!(&text.parse::<T>().expect("every text is a value"), variant);
        assert_eq!(&variant.to_string(), text);
    }
}

#[test]
fn texts() {
    check(&[("slow", Mode::Slow), ("quick", Mode::Quick)]);
    check(&[
        ("+1", Signed::Plus1),
        ("-1", Signed::Minus1),
        ("", Signed::Empty),
        ("unknown", Signed::UnknownValue),
        ("*", Signed::Star),
        ("Self", Signed::Self_),
    ]);
    check(&[
        ("Asc", Odd::AscTitle),
        ("ASC", Odd::AscUpper),
        ("asc", Odd::AscLower),
        ("in progress", Odd::InProgressLower),
        ("IN_PROGRESS", Odd::InProgressUpper),
        ("3d", Odd::N3d),
        ("<=", Odd::LessEquals),
        ("a\"b", Odd::AB),
    ]);
    check(&[
        ("name", SettingsSortsItem::Name),
        ("-name", SettingsSortsItem::MinusName),
    ]);
    check(&[("1", SettingsVersion::N1), ("2", SettingsVersion::N2)]);
}

/// However a value is made, it is `Unknown` only if the document does not list it.
#[test]
fn values_that_are_not_listed() {
    for text in ["Slow", ""] {
        let mode = Mode::from(text);
        assert!(matches!(&mode, Mode::Unknown(value) if value.as_str() == text));
        assert_eq!(mode, serde_json::from_value(json!(text)).expect("any text"));
        assert_eq!((mode.as_str(), mode.to_string()), (text, text.to_owned()));
        assert_eq!(format!("{mode:?}"), format!("Unknown({text:?})"));
    }
    assert!(matches!(Signed::from("1"), Signed::Unknown(value) if *value == "1"));
    assert!(matches!(Level::from(-5), Level::Unknown(value) if *value == -5));
    assert_eq!(
        (Level::from(-5).as_i64(), Level::from(-5).to_string()),
        (-5, "-5".to_owned())
    );
}

#[test]
fn listed_values() {
    assert_eq!(Mode::VALUES, [Mode::Slow, Mode::Quick]);
    assert_eq!(Level::VALUES, [Level::Low, Level::Medium, Level::High]);
    for value in Signed::VALUES {
        assert_eq!(*value, Signed::from(value.as_str()));
        assert!(!matches!(value, Signed::Unknown(_)));
    }
}

#[test]
fn integers() {
    for (number, variant) in [(10, Level::Low), (20, Level::Medium), (30, Level::High)] {
        assert_eq!(Level::from(number), variant);
        assert_eq!((variant.as_i64(), variant.to_string()), (number, number.to_string()));
    }
}

#[test]
fn defaults_are_those_of_the_document() {
    assert_eq!((Mode::default(), Level::default()), (Mode::Quick, Level::Medium));
}

#[test]
fn on_the_wire() {
    check_same::<Settings>(&[
        json!({}),
        json!({"mode": "quick", "level": 30, "signed": "", "odd": "ünder", "on": true, "step": -1, "mixed": 3}),
        json!({"mode": "later", "level": 35, "on": false, "step": 7, "mixed": "later", "maybe": null, "sorts": ["-name", "x"]}),
        json!({"maybe": "no_thanks", "ratio": 0.5, "untyped": "left", "version": "3"}),
        json!({"mixed": true, "fast": "f", "size": 2, "either": 0.5}),
        json!({"mixed": 5, "fast": "f-3", "size": 3, "either": "off"}),
        json!({"either": null}),
    ]);
    check_refused::<Settings>(&json!({"mode": 3}), &["string"]);
    check_refused::<Settings>(&json!({"level": "10"}), &["integer"]);
    check_refused::<Settings>(&json!({"level": 10.5}), &["10.5"]);
    let level: Level = serde_json::from_value(json!(10.0)).expect("an integer");
    assert_eq!(level, Level::Low);
}

#[test]
fn names_come_from_what_the_document_says_about_a_value() {
    use crate::fixtures::enums::models::{SettingsSize, Speed};
    for (speed, wire) in [(Speed::Slow, "s"), (Speed::Fast, "f"), (Speed::F2, "f-2")] {
        assert_eq!(speed.as_str(), wire);
    }
    assert_eq!((SettingsSize::Small.as_i64(), SettingsSize::Large.as_i64()), (1, 2));
}
