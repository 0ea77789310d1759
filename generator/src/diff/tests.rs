//! Rust files that are no output of today: moved, edited, and of other versions.

use super::{Format, Group, Report, Side, compare};
use crate::output::OutputFile;

fn side(files: &[(&str, &str)]) -> Side<'static> {
    let files: Vec<_> = files.iter().map(|(path, text)| OutputFile::new(*path, *text)).collect();
    Side::of_files("out", &files)
}

fn report(old: &[(&str, &str)], new: &[(&str, &str)]) -> Report {
    compare(&side(old), &side(new))
}

#[track_caller]
fn check(report: &Report, group: Group, texts: &[&str]) {
    let found = report.changes.iter().filter(|change| change.group == group);
    let found: Vec<String> = found
        .map(|change| format!("{}: {}", change.item, change.text))
        .collect();
    assert_eq!(found, texts, "{}", report.render(Format::Text, 99));
}

const ROOT: &str = "pub mod models;";

#[test]
fn a_definition_may_move_while_its_path_stays() {
    let one = [
        ("src/lib.rs", ROOT),
        ("src/models/mod.rs", "mod pet; pub use self::pet::{Pet, Tag};"),
        (
            "src/models/pet.rs",
            "pub struct Pet { pub tag: Option<Tag> } pub enum Tag { A }",
        ),
    ];
    let other = [
        ("src/lib.rs", ROOT),
        (
            "src/models/mod.rs",
            "mod pet; mod label; pub use self::pet::Pet; pub use self::label::Label as Tag;",
        ),
        (
            "src/models/pet.rs",
            "use super::Tag; pub struct Pet { pub tag: Option<Tag> }",
        ),
        ("src/models/label.rs", "pub enum Label { A }"),
    ];
    assert_eq!(report(&one, &other).changes, []);
    assert_eq!(report(&other, &one).changes, []);
}

#[test]
fn an_alias_is_what_it_stands_for() {
    let one = [(
        "src/lib.rs",
        "pub struct A { pub x: Vec<B> } pub struct B { pub y: u8 }",
    )];
    let other = [(
        "src/lib.rs",
        "pub struct A { pub x: List } pub type List = Vec<C>; pub struct C { pub y: u8 } pub type B = C;",
    )];
    let found = report(&one, &other);
    check(&found, Group::Breaking, &[]);
    check(&found, Group::Additive, &["List: is new"]);
}

#[test]
fn types_that_were_one_are_two() {
    let one = [("src/lib.rs", "pub struct A { pub x: u8 } pub type B = A;")];
    let other = [("src/lib.rs", "pub struct A { pub x: u8 } pub struct B { pub x: u8 }")];
    check(
        &report(&one, &other),
        Group::Breaking,
        &["B: is a type of its own, was `A`"],
    );
    check(&report(&other, &one), Group::Breaking, &[]);
}

#[test]
fn arguments_in_another_order_break_without_an_error() {
    let text = |arguments: &str| {
        format!("pub struct Client {{ x: u8 }} impl Client {{ pub fn get(&self, {arguments}) {{}} }}")
    };
    let (one, other) = (
        text("owner: impl Into<String>, repo: impl Into<String>"),
        text("repo: impl Into<String>, owner: impl Into<String>"),
    );
    let found = report(&[("src/lib.rs", &one)], &[("src/lib.rs", &other)]);
    check(
        &found,
        Group::Breaking,
        &["Client: `get()` takes `repo`, `owner` in this order, was `owner`, `repo`"],
    );
    let renamed = text("owner: impl Into<String>, name: impl Into<String>");
    assert_eq!(report(&[("src/lib.rs", &one)], &[("src/lib.rs", &renamed)]).changes, []);
}

#[test]
fn attributes_decide_what_may_be_added() {
    let text = |attribute: &str, more: &str| {
        format!(
            "{attribute} pub enum A {{ X, {more} }} {attribute} pub struct B {{ pub x: u8, {more_field} }}",
            more_field = more.replace("Y", "pub y: u8")
        )
    };
    let found = report(
        &[("src/lib.rs", &text("#[non_exhaustive]", ""))],
        &[("src/lib.rs", &text("#[non_exhaustive]", "Y"))],
    );
    check(&found, Group::Additive, &["A: new variant `Y`", "B: new field `y: u8`"]);
    let found = report(&[("src/lib.rs", &text("", ""))], &[("src/lib.rs", &text("", "Y"))]);
    check(&found, Group::Breaking, &["A: new variant `Y`", "B: new field `y: u8`"]);
}

#[test]
fn the_place_of_the_runtime_does_not_matter() {
    let text = |runtime: &str| {
        format!("use {runtime}::Nullable; pub struct A {{ pub x: Nullable<u8>, pub y: {runtime}::Base64 }}")
    };
    let (one, other) = (text("crate::runtime"), text("envoi_runtime"));
    assert_eq!(report(&[("src/lib.rs", &one)], &[("src/lib.rs", &other)]).changes, []);
}

#[test]
fn cargo_features_are_part_of_the_api() {
    let manifest = |features: &str| format!("[package]\nversion = \"0.2.0\"\n[features]\n{features}\n");
    let one = manifest("default = [\"pets\"]\npets = []\nshops = []");
    let other = manifest("default = []\npets = [\"shared\"]\nshared = []");
    let found = report(&[("Cargo.toml", &one)], &[("Cargo.toml", &other)]);
    let broken = [
        "Cargo.toml: the cargo feature `pets` is not on by default any more",
        "Cargo.toml: the cargo feature `shops` is removed",
    ];
    check(&found, Group::Breaking, &broken);
    assert_eq!(found.next_version().as_deref(), Some("0.3.0"));
    // an item of a feature is there with another one that this feature turns on
    let item = |feature: &str| format!("#[cfg(feature = \"{feature}\")] pub struct A {{ pub x: u8 }}");
    let sides = |before: &str, now: &str| {
        report(
            &[("Cargo.toml", &one), ("src/lib.rs", &item(before))],
            &[("Cargo.toml", &other), ("src/lib.rs", &item(now))],
        )
    };
    assert_eq!(sides("pets", "shared").count(Group::Breaking), 2);
    assert_eq!(sides("pets", "other").count(Group::Breaking), 3);
}

#[test]
fn no_file_is_too_broken_to_be_compared() {
    let texts = [
        "",
        "}",
        "pub struct",
        "impl",
        "pub fn f(",
        "#[",
        "use a::{b",
        "pub enum A { B(",
        "mod a { mod b {",
        "pub type A = ;",
        "\u{feff}",
    ];
    for text in texts {
        for other in texts {
            report(
                &[("src/lib.rs", text), ("Cargo.toml", text)],
                &[("src/lib.rs", other), ("Cargo.toml", other)],
            );
        }
    }
}

#[test]
fn names_that_lead_in_a_circle_end() {
    let text = "pub use self::a::X; pub mod a { pub use super::X; } pub type A = B; pub type B = A; pub type C = (C, C, C); pub struct D { pub c: C }";
    assert_eq!(report(&[("src/lib.rs", text)], &[("src/lib.rs", text)]).changes, []);
}
