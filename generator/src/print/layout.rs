//! Import order and blank lines, which `prettyplease` does not handle.

use proc_macro2::{Delimiter, TokenTree};

use super::trees::Tree;

/// Sorts imports that stand together the way rustfmt does.
pub(super) fn sort_imports(items: &mut [&[Tree]]) {
    for block in items.chunk_by_mut(|a, b| import(a).is_some() && import(b).is_some()) {
        block.sort_by_cached_key(|item| import_order(item));
    }
}

/// The tokens of an import behind its `use`, and whether it is public.
fn import(item: &[Tree]) -> Option<(bool, &[Tree])> {
    // A value may hold the word, as the name of a field.
    let keyword = item.iter().position(|tree| tree.is_word("use"))?;
    let (before, path) = (&item[..keyword], &item[keyword + 1..]);
    let visible = |tree: &Tree| tree.is_word("pub") || tree.is_punct('#') || matches!(tree, Tree::Group(..));
    let public = before.last().is_some_and(|tree| tree.is_word("pub"));
    before.iter().all(visible).then_some((public, path))
}

/// Paths within the crate first, from near to far; then by name, a path before what lies below it.
fn import_order(item: &[Tree]) -> (bool, usize, Vec<(bool, String)>) {
    let Some((public, path)) = import(item) else {
        return (false, 0, Vec::new());
    };
    let mut segments = Vec::new();
    for tree in path {
        match tree {
            Tree::Leaf(TokenTree::Ident(name)) if name == "as" => {
                segments.pop();
                segments.push((true, String::new()));
                break;
            }
            Tree::Leaf(TokenTree::Ident(name)) => segments.push((false, name.to_string())),
            tree if tree.is_punct('*') || tree.group(Delimiter::Brace).is_some() => {
                segments.push((true, String::new()));
                break;
            }
            _ => {}
        }
    }
    let first = segments.first().map(|(_, name)| name.as_str()).unwrap_or_default();
    let rank = ["self", "super", "crate"]
        .iter()
        .position(|local| *local == first)
        .unwrap_or(3);
    (public, rank, segments)
}

/// Gives the type of an implementation a line of its own in the way rustfmt does.
pub(super) fn rebroken(text: String) -> String {
    if !text.contains("\nfor ") {
        return text;
    }
    let mut broken = String::with_capacity(text.len() + text.len() / 64);
    for line in text.lines() {
        match line.strip_prefix("for ").and_then(|rest| rest.strip_suffix(" {")) {
            Some(ty) => broken.push_str(&format!("    for {ty}\n{{\n")),
            None => {
                broken.push_str(line);
                broken.push('\n');
            }
        }
    }
    broken
}

/// Puts a blank line between items, where a person would.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut before: Option<&str> = None;
    for line in text.lines() {
        if before.is_some_and(|before| part(before, line)) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = Some(line);
    }
    spaced
}

/// Whether an item ends with the first line and another one begins with the second.
fn part(before: &str, line: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (end, start) = (before.trim_start(), line.trim_start());
    if indent(before) > indent(line) && end.starts_with('.') && end.ends_with(';') {
        // the item ended with a call in a chain
        return begins_item(start);
    }
    if indent(before) != indent(line) || start.is_empty() {
        return false;
    }
    if end.starts_with("///") {
        return false;
    }
    let begins = begins_item(start);
    if end == "}" || end == "};" || end == "];" || (end.ends_with("{}") && begins_item(end)) {
        return begins;
    }
    let top = indent(line) == 0;
    let short = |line: &str| line.starts_with("use ") || line.starts_with("pub use ");
    let module = |line: &str| line.starts_with("mod ") || line.starts_with("pub mod ");
    let one_line = end.ends_with(';');
    if end.starts_with("//!") {
        return !start.starts_with("//!");
    }
    if end.starts_with("#![") {
        return true;
    }
    if one_line && begins {
        let same = (short(end) && short(start)) || (module(end) && module(start));
        let group = end.starts_with("pub use") == start.starts_with("pub use");
        let member = !top && (end.starts_with("type ") || end.starts_with("pub const ") || end.starts_with("const "));
        return (top && !(same && group)) || (member && !start.starts_with("type "));
    }
    false
}

fn begins_item(line: &str) -> bool {
    const STARTS: [&str; 13] = [
        "///",
        "#[",
        "pub ",
        "pub(",
        "fn ",
        "impl ",
        "impl<",
        "async fn ",
        "type ",
        "const ",
        "use ",
        "mod ",
        "static ",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
}
