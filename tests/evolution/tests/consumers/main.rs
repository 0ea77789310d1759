//! Additions to a document break no program: the same one compiles against the clients of both versions, and does the same.

#[allow(dead_code, reason = "that it compiles is what is tested")]
mod before {
    use envoi_evolution::before as api;
    include!("program.rs");
}

#[allow(dead_code, reason = "that it compiles is what is tested")]
mod grown {
    use envoi_evolution::grown as api;
    include!("program.rs");
}

const PAGE: &str = include_str!("../../../../docs/guide/evolution.md");
const PROGRAM: &str = include_str!("program.rs");
const BREAKING: &str = include_str!("../../src/breaking.rs");

/// Each row of the page has a program, and each program a row.
#[test]
fn every_row_is_proven() {
    let rows = |heading: &str| {
        let (_, section) = PAGE.split_once(heading).expect("the heading");
        let section = section.split("\n## ").next().unwrap_or_default();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| "));
        let mut rows: Vec<&str> = rows.skip(1).filter_map(|row| row.split(" |").next()).collect();
        rows.sort_unstable();
        rows
    };
    let named = |text: &'static str, prefix: &'static str, suffix: &'static str| {
        let named = text
            .lines()
            .map(str::trim)
            .filter_map(move |line| line.strip_prefix(prefix)?.strip_suffix(suffix));
        let mut named: Vec<&str> = named.collect();
        named.sort_unstable();
        named
    };
    assert_eq!(rows("## What breaks nobody"), named(PROGRAM, "/// Row: ", "."));
    assert_eq!(rows("## What breaks programs"), named(BREAKING, "\"", "\""));
}
