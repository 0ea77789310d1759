use super::{Candidate, Selection};
use crate::config::{Criteria, Select};
use crate::diagnostic::Diagnostics;

/// Identifier, tags, path, method.
type Row = (
    Option<&'static str>,
    &'static [&'static str],
    &'static str,
    &'static str,
);

const OPERATIONS: [Row; 5] = [
    (Some("listJars"), &["Jars"], "/jars", "GET"),
    (Some("createJar"), &["Jars", "Admin"], "/jars", "POST"),
    (Some("getJar"), &["Jars"], "/jars/{id}", "GET"),
    (Some("deleteLid"), &["Lids", "Admin"], "/lids/{id}", "DELETE"),
    (None, &[], "/health", "GET"),
];

fn criteria(entries: &[&str]) -> Criteria {
    let mut criteria = Criteria::default();
    for entry in entries {
        let (kind, pattern) = entry.split_once(' ').expect("a kind and a pattern");
        let list = match kind {
            "op" => &mut criteria.operations,
            "tag" => &mut criteria.tags,
            "path" => &mut criteria.paths,
            _ => &mut criteria.methods,
        };
        list.push(pattern.to_owned());
    }
    criteria
}

/// The numbers of the operations that are in, and what is said.
fn select(include: &[&str], exclude: &[&str]) -> (Vec<usize>, Vec<String>) {
    let mut selection = Selection::new(&Select {
        include: criteria(include),
        exclude: criteria(exclude),
        prune: None,
    });
    let mut admitted = Vec::new();
    for (index, (id, tags, path, method)) in OPERATIONS.into_iter().enumerate() {
        let tags = tags.to_vec();
        if selection.admits(&Candidate { id, tags, path, method }) {
            admitted.push(index);
        }
    }
    let mut diagnostics = Diagnostics::default();
    selection.report_unused(&mut diagnostics);
    let said = diagnostics.into_iter().map(|diagnostic| {
        let help = diagnostic.help.unwrap_or_default();
        format!("{}; {help}", diagnostic.message)
    });
    (admitted, said.collect())
}

#[track_caller]
fn check(include: &[&str], exclude: &[&str], admitted: &[usize]) {
    assert_eq!(select(include, exclude), (admitted.to_vec(), Vec::new()));
}

#[test]
fn without_criteria_all_are_in() {
    check(&[], &[], &[0, 1, 2, 3, 4]);
}

#[test]
fn one_entry_of_a_list_is_enough() {
    check(&["op listJars", "op delete*"], &[], &[0, 3]);
    check(&["tag Jars"], &[], &[0, 1, 2]);
    check(&["tag Admin"], &[], &[1, 3]);
    check(&["path /jars/**"], &[], &[0, 1, 2]);
    check(&["path /jars/{id}", "path /health"], &[], &[2, 4]);
    check(&["method get"], &[], &[0, 2, 4]);
}

#[test]
fn lists_narrow_each_other_down() {
    check(&["tag Jars", "method GET"], &[], &[0, 2]);
    check(
        &[
            "tag Jars",
            "tag Lids",
            "op *Jar",
            "op *Lid",
            "method get",
            "method delete",
        ],
        &[],
        &[2, 3],
    );
}

#[test]
fn what_is_excluded_is_out() {
    check(&[], &["method delete"], &[0, 1, 2, 4]);
    check(&[], &["tag Admin", "path /health"], &[0, 2]);
    check(&["tag Jars"], &["op *Jar"], &[0]);
}

#[test]
fn what_fits_nothing_is_said() {
    let (admitted, said) = select(&["op listJar", "op getJar", "tag Pots"], &["path /jar", "method gett"]);
    assert!(admitted.is_empty());
    let words = [
        "includes the operation `listJar`",
        "includes the tag `Pots`",
        "excludes the path `/jar`",
        "excludes the method `gett`",
    ];
    assert_eq!(said.len(), words.len(), "{said:?}");
    for (said, words) in said.iter().zip(words) {
        assert!(said.contains(words), "{said}");
    }
    assert!(said[0].ends_with("; did you mean `listJars`?"), "{said:?}");
    assert!(
        said[1].ends_with("did you mean `Jars`?") || said[1].ends_with("; "),
        "{said:?}"
    );
}

#[test]
fn to_select_is_to_prune_unless_told_otherwise() {
    let prunes = |include: &[&str], prune| {
        let include = criteria(include);
        Selection::new(&Select {
            include,
            prune,
            ..Select::default()
        })
        .prunes()
    };
    assert!(!prunes(&[], None) && prunes(&[], Some(true)));
    assert!(prunes(&["tag a"], None) && !prunes(&["tag a"], Some(false)));
}
