//! What `envoi diff` says of a change is what the compiler says of a program that uses what is changed.
//!
//! The library compiles the program of each pair against the client before, and those that should not break against the client
//! after; the others are doctests that must not compile.

use std::path::Path;

use envoi::diff::{Format, Group, Report, Side, compare};
use envoi::load::{Limits, read, read_alone};
use envoi::{Config, Source};
use envoi_evolution::pairs::{BEFORE, PAIRS, Pair, overlay};

fn side<'s>(source: &'s Source, overlay: Option<Source>) -> Side<'s> {
    let overlays = overlay.into_iter().collect();
    let config = Config {
        overlays,
        ..Config::default()
    };
    Side::of_document(source, &config).unwrap_or_else(|outcome| panic!("{:?}", outcome.diagnostics))
}

fn report<'p>(pairs: impl IntoIterator<Item = &'p Pair>) -> Report {
    let source = Source::new("pairs.yaml", BEFORE);
    compare(
        &side(&source, None),
        &side(&source, Some(Source::new("change.yaml", overlay(pairs)))),
    )
}

#[test]
fn verdicts_are_those_of_the_compiler() {
    let mut wrong = Vec::new();
    for pair in PAIRS {
        let report = report([pair]);
        let worst = report.worst().map_or("none", Group::word);
        let told = report.changes.iter().any(|change| {
            change.group.word() == pair.group && change.item == pair.item && change.text.contains(pair.says)
        });
        if worst != pair.group || told == (worst == "none") {
            wrong.push(format!("{}: {worst}\n{}", pair.name, report.render(Format::Text, 20)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_different_without_a_change() {
    let source = Source::new("pairs.yaml", BEFORE);
    let report = compare(&side(&source, None), &side(&source, None));
    assert_eq!(report.changes, []);
    assert_eq!(report.step().to_string(), "none");
}

/// What the guide says breaks programs is reported, and what it says breaks none is not.
#[test]
fn verdicts_are_those_of_the_guide() {
    let limits = Limits::default();
    let source = read(Path::new("before.yaml"), &limits).expect("a document");
    let changed = |path: &str| {
        compare(
            &side(&source, None),
            &side(&source, read_alone(Path::new(path), &limits).ok()),
        )
    };
    let grown = changed("grown.yaml");
    let broken = grown.changes.iter().filter(|change| change.group == Group::Breaking);
    let broken: Vec<(&str, &str)> = broken
        .map(|change| (change.item.as_str(), change.text.as_str()))
        .collect();
    // the guide has the conditions: the first tag beside another gets features, a result that is streamed is not cloned, and a body
    // of several media types is passed by reference
    let [(body, words), output, (manifest, _)] = broken.as_slice() else {
        panic!("{broken:#?}");
    };
    assert!(
        *body == "pets().create()" && words.ends_with("a reference to that is taken as before"),
        "{words}"
    );
    assert_eq!(
        *output,
        (
            "apis::pets::GetRecordOutput",
            "no longer implements `Clone`, `PartialEq`"
        )
    );
    assert_eq!(*manifest, "Cargo.toml");
    assert!(grown.count(Group::Additive) >= 20, "{grown:#?}");
    let changed = changed("changed.yaml");
    insta::assert_snapshot!("changed", changed.render(Format::Text, 50));
}

/// Each report on a few changes: what it looks like.
#[test]
fn reports_are_short() {
    let names = [
        "required_property",
        "renamed_schema",
        "parameter_made_required",
        "changed_path",
        "added_value",
        "changed_default",
    ];
    let report = report(PAIRS.iter().filter(|pair| names.contains(&pair.name)));
    insta::assert_snapshot!("text", report.render(Format::Text, 20));
    insta::assert_snapshot!("markdown", report.render(Format::Markdown, 20));
    insta::assert_snapshot!("json", report.render(Format::Json, 20));
    insta::assert_snapshot!("limited", report.render(Format::Text, 1));
}
