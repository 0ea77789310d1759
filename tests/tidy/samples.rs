//! What `imports` finds in small crates.

use super::imports::{Imports, imports, loops, upward};

type Files = &'static [(&'static str, &'static str)];

fn of(files: Files) -> Imports {
    imports(files.iter().copied())
}

/// The files that a file imports from.
fn from(files: Files, file: &str) -> Vec<String> {
    of(files)[file].keys().cloned().collect()
}

#[test]
fn two_files_that_import_each_other_are_a_loop() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use super::b::B; pub struct A;"),
        ("b.rs", "pub struct B; fn of(_: super::a::A) {}"),
        ("c.rs", "use super::a::A;"),
    ];
    assert_eq!(loops(&of(files)), [["a.rs", "b.rs"]]);
}

#[test]
fn a_loop_by_way_of_others_is_found() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::c::C; pub struct B;"),
        ("c.rs", "use crate::a::A; pub struct C;"),
    ];
    assert_eq!(loops(&of(files)), [["a.rs", "b.rs", "c.rs"]]);
}

#[test]
fn reexports_lead_to_the_file_that_defines() {
    let files: Files = &[
        ("lib.rs", "mod low; mod high; pub use self::low::Deep as Known;"),
        ("low/mod.rs", "mod deep; pub use self::deep::Deep;"),
        ("low/deep.rs", "pub struct Deep;"),
        ("high.rs", "use super::Known;"),
    ];
    assert_eq!(from(files, "high.rs"), ["low/deep.rs"]);
    assert!(loops(&of(files)).is_empty());
}

#[test]
fn what_a_sibling_imports_through_its_parent_is_of_the_other_sibling() {
    let files: Files = &[
        ("lib.rs", "mod parent;"),
        (
            "parent/mod.rs",
            "mod one; mod two; use self::one::One; pub use self::two::Two;",
        ),
        ("parent/one.rs", "pub struct One;"),
        ("parent/two.rs", "pub struct Two(super::One);"),
    ];
    assert_eq!(from(files, "parent/two.rs"), ["parent/one.rs"]);
    assert!(loops(&of(files)).is_empty());
}

#[test]
fn a_parent_that_defines_what_its_child_uses_is_in_a_loop() {
    let files: Files = &[
        ("lib.rs", "mod parent;"),
        (
            "parent/mod.rs",
            "mod child; pub use self::child::Child; pub struct Limits;",
        ),
        ("parent/child.rs", "use super::Limits; pub struct Child(Limits);"),
    ];
    assert_eq!(loops(&of(files)), [["parent/child.rs", "parent/mod.rs"]]);
}

#[test]
fn groups_and_other_names_are_understood() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "pub struct A; pub fn made() {}"),
        ("b.rs", "pub struct B;"),
        ("c.rs", "pub struct C;"),
        (
            "d.rs",
            "use super::{a::{self as first, A as One}, b}; fn f(_: One, _: b::B) { first::made() }",
        ),
    ];
    assert_eq!(from(files, "d.rs"), ["a.rs", "b.rs"]);
}

#[test]
fn paths_in_code_count() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
        ("a.rs", "pub fn a() -> u8 { 0 }"),
        ("b.rs", "pub trait B {}"),
        ("c.rs", "pub struct C;"),
        ("d.rs", "pub const D: u8 = 0;"),
        (
            "e.rs",
            "impl super::b::B for u8 {} fn f<T>(_: Option<crate::c::C>) -> u8 { assert_eq!(1, super::d::D); super::a::a() }",
        ),
    ];
    assert_eq!(from(files, "e.rs"), ["a.rs", "b.rs", "c.rs", "d.rs"]);
}

#[test]
fn texts_comments_and_visibilities_do_not_count() {
    let files: Files = &[
        ("lib.rs", "pub mod outer;"),
        ("outer/mod.rs", "pub mod a; pub mod b;"),
        ("outer/a.rs", "pub struct A;"),
        (
            "outer/b.rs",
            "// super::a::A\n/// [`A`](super::a::A)\npub(in super::super) struct B;\nfn f() { print!(\"super::a::A {}\", '\"'); }",
        ),
    ];
    assert!(from(files, "outer/b.rs").is_empty());
}

#[test]
fn code_of_tests_does_not_count() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "pub struct A; #[cfg(test)] mod tests { use super::super::b::B; } #[cfg(test)] use super::b::B;",
        ),
        ("a/tests.rs", "use super::super::b::B;"),
        ("b.rs", "use super::a::A; pub struct B;"),
    ];
    assert!(from(files, "a.rs").is_empty());
    assert!(loops(&of(files)).is_empty());
}

#[test]
fn code_behind_features_counts() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "#[cfg(feature = \"b\")] use super::b::B; pub struct A;"),
        ("b.rs", "#[cfg(not(test))] use super::a::A; pub struct B;"),
    ];
    assert_eq!(loops(&of(files)), [["a.rs", "b.rs"]]);
}

#[test]
fn a_function_called_as_its_module_is_told_from_it() {
    let files: Files = &[
        ("lib.rs", "mod find; mod user; pub use self::find::find;"),
        ("find.rs", "pub fn find() {} pub struct Found;"),
        ("user.rs", "use super::find; fn f() { find() }"),
    ];
    assert_eq!(from(files, "user.rs"), ["find.rs"]);
}

#[test]
fn imports_of_everything_count() {
    let files: Files = &[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use super::b::*; pub struct A(B);"),
        ("b.rs", "pub struct B; type Other = super::a::A;"),
    ];
    assert_eq!(loops(&of(files)), [["a.rs", "b.rs"]]);
}

#[test]
fn crates_called_like_modules_elsewhere_are_none_of_ours() {
    let files: Files = &[
        ("lib.rs", "mod transport;"),
        ("transport/mod.rs", "mod tower; pub use self::tower::Tower;"),
        ("transport/tower.rs", "use tower::Service; pub struct Tower;"),
    ];
    assert!(from(files, "transport/tower.rs").is_empty());
}

#[test]
fn an_import_from_a_higher_layer_is_told() {
    let files: Files = &[
        ("lib.rs", "mod low; mod high; pub use self::high::high::High;"),
        ("low/mod.rs", "pub mod low;"),
        ("low/low.rs", "use super::super::High;"),
        ("high/mod.rs", "pub mod high;"),
        ("high/high.rs", "pub struct High;"),
    ];
    let told = "low/low.rs imports `super::super::High` from high/high.rs, which is in a higher layer";
    assert_eq!(upward(&of(files), &["low", "high"]), [told]);
    assert!(upward(&of(files), &["high", "low"]).is_empty());
}
