//! What a run does to `Cargo.toml` where it does not know who wrote a value.

use super::cargo_toml::{BEFORE, DEFAULT, with};
use super::*;
use crate::write::cargo_toml::merge;

/// A dependency that Envoi needs later stays the user's, with the features that the code needs, and when it is not needed
/// any more.
#[test]
fn a_dependency_of_the_user_stays() {
    let generated = [(
        "http = \"1\"\n",
        "chrono = { version = \"0.4\", default-features = false, features = [\"serde\"] }\nhttp = \"1\"\n",
    )];
    for (own, merged) in [
        (
            "chrono = \"0.4\" # mine\n",
            "chrono = { version = \"0.4\", features = [\"serde\"] } # mine\n",
        ),
        (
            "chrono.workspace = true\n",
            "chrono.workspace = true\nchrono.features = [\"serde\"]\n",
        ),
        (
            "chrono = { version = \"0.4\", features = [\"clock\"] }\n",
            "chrono = { version = \"0.4\", features = [\"clock\", \"serde\"] }\n",
        ),
        (
            "chrono = { git = \"https://example.com\" }\n",
            "chrono = { git = \"https://example.com\", features = [\"serde\"] }\n",
        ),
    ] {
        let added = |text: &str| format!("{text}http = \"1\"\n");
        let found = with(BEFORE, &[("http = \"1\"\n", &added(own))]);
        let new = with(BEFORE, &generated);
        let text = merge(&found, Some(BEFORE), &new, DEFAULT).expect("it is TOML").text;
        assert_eq!(text, with(BEFORE, &[("http = \"1\"\n", &added(merged))]));
        let again = merge(&text, Some(&new), &new, DEFAULT).expect("it is TOML").text;
        assert_eq!(again, text);
        let gone = merge(&text, Some(&new), BEFORE, DEFAULT).expect("it is TOML").text;
        assert!(gone.contains("chrono"), "{gone}");
    }
}

#[test]
fn a_version_does_not_go_down_without_a_list() {
    let fixed = WriteOptions {
        fixed_version: true,
        ..DEFAULT
    };
    for (found, generated, kept) in [
        ("1.1.0", "1.0.0", "1.1.0"),
        ("1.0.0", "1.1.0", "1.1.0"),
        ("0.1.0", "0.0.9", "0.0.9"),
    ] {
        let version = |version: &str| with(BEFORE, &[("version = \"1.0.0\"", &format!("version = \"{version}\" "))]);
        let merged = merge(&version(found), None, &version(generated), fixed).expect("it is TOML");
        assert!(
            merged.text.contains(&format!("version = \"{kept}\"")),
            "{}",
            merged.text
        );
    }
}
