//! What `prettyplease` leaves to do: blank lines between items, imports in order, long types the way rustfmt breaks
//! them. Together with the `rustfmt.toml` of a generated crate, its files are as rustfmt would have them.

use syn::{Item, UseTree};

/// The line width of both formatters.
const WIDTH: usize = 89;

const WIDEST_ARGUMENT: usize = 100;

/// Sorts imports that stand together the way rustfmt does.
pub(super) fn sort_imports(items: &mut [Item]) {
    for block in items.chunk_by_mut(|a, b| is_import(a) && is_import(b)) {
        block.sort_by_key(import_order);
    }
}

fn is_import(item: &Item) -> bool {
    matches!(item, Item::Use(_))
}

/// Paths within the crate first, from near to far; then by name, a path before what lies below it.
fn import_order(item: &Item) -> (bool, usize, Vec<(bool, String)>) {
    let Item::Use(import) = item else {
        return (false, 0, Vec::new());
    };
    let public = matches!(import.vis, syn::Visibility::Public(_));
    let mut segments = Vec::new();
    let mut tree = &import.tree;
    loop {
        tree = match tree {
            UseTree::Path(path) => {
                segments.push((false, path.ident.to_string()));
                &path.tree
            }
            UseTree::Name(name) => {
                segments.push((false, name.ident.to_string()));
                break;
            }
            UseTree::Rename(_) | UseTree::Glob(_) | UseTree::Group(_) => {
                segments.push((true, String::new()));
                break;
            }
        };
    }
    let first = segments.first().map(|(_, name)| name.as_str()).unwrap_or_default();
    let rank = ["self", "super", "crate"]
        .iter()
        .position(|local| *local == first)
        .unwrap_or(3);
    (public, rank, segments)
}

/// Breaks long types and headers of implementations where rustfmt breaks them.
pub(super) fn rebroken(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let lines: Vec<&str> = text.lines().collect();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if let Some(rest) = line.strip_prefix("for ").and_then(|rest| rest.strip_suffix(" {")) {
            broken.push_str(&format!("    for {rest}\n{{\n"));
        } else if let Some(field) = wrapped_field(&lines[index..]) {
            broken.push_str(&field);
            index += 2;
        } else if let Some((item, count)) = wrapped_static(&lines[index..]) {
            broken.push_str(&item);
            index += count - 1;
        } else if let Some(literal) = narrow_literal(line) {
            broken.push_str(&literal);
        } else {
            broken.push_str(line);
            broken.push('\n');
        }
        index += 1;
    }
    broken
}

/// A static whose arguments were broken, broken after the equals sign instead; and how many lines it had.
fn wrapped_static(lines: &[&str]) -> Option<(String, usize)> {
    let (name, call) = lines.first()?.strip_suffix('(')?.split_once(" = ")?;
    if !name.starts_with("pub(crate) static ") {
        return None;
    }
    let end = lines.iter().position(|line| *line == ");")?;
    let arguments: Vec<&str> = lines[1..end].iter().map(|line| line.trim()).collect();
    let value = format!("{call}({});", arguments.join(" ").trim_end_matches(','));
    (4 + value.len() <= WIDTH).then(|| (format!("{name} =\n    {value}\n"), end + 1))
}

/// A struct of one field with a long name, which rustfmt gives a line of its own.
fn narrow_literal(line: &str) -> Option<String> {
    const WIDEST: usize = 18;
    let (before, rest) = line.split_once("Self { ")?;
    let (field, after) = rest.split_once(" }")?;
    let plain = field.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '#');
    let indent = line.len() - line.trim_start().len();
    (plain && field.len() > WIDEST).then(|| {
        format!(
            "{before}Self {{\n{:inner$}{field},\n{:indent$}}}{after}\n",
            "",
            "",
            inner = indent + 4
        )
    })
}

/// A field or an argument whose type was broken within its angle brackets, broken after the name instead.
fn wrapped_field(lines: &[&str]) -> Option<String> {
    let [first, inner, end, ..] = lines else {
        return None;
    };
    let indent = first.len() - first.trim_start().len();
    let (name, outer) = first.strip_suffix('<')?.split_once(": ")?;
    let closes = end.trim_start() == ">," && end.len() == indent + 2;
    if !closes {
        return None;
    }
    let ty = format!("{outer}<{}>,", inner.trim().strip_suffix(',')?);
    if outer == "impl Into" {
        // Up to this width rustfmt leaves an argument on its line, although it is wider than a line should be.
        let width = name.len() + 2 + ty.len();
        return (width <= WIDEST_ARGUMENT).then(|| format!("{name}: {ty}\n"));
    }
    if !name.trim_start().starts_with("pub ") {
        return None;
    }
    (indent + 4 + ty.len() <= WIDTH).then(|| format!("{name}:\n{:width$}{ty}\n", "", width = indent + 4))
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
    if indent(before) != indent(line) || start.is_empty() {
        return false;
    }
    let begins = begins_item(start);
    if end == "}" || end == "};" || (end.ends_with("{}") && begins_item(end)) {
        return begins;
    }
    let top = indent(line) == 0;
    let short = |line: &str| line.starts_with("use ") || line.starts_with("pub use ");
    let module = |line: &str| line.starts_with("mod ") || line.starts_with("pub mod ");
    let one_line = end.ends_with(';');
    if end.starts_with("//!") {
        return !start.starts_with("//!");
    }
    if one_line && begins {
        let same = (short(end) && short(start)) || (module(end) && module(start));
        let group = end.starts_with("pub use") == start.starts_with("pub use");
        let member = !top && (end.starts_with("type ") || end.starts_with("pub const ") || end.starts_with("const "));
        let statics = end.starts_with("pub(crate) static") && start.starts_with("pub(crate) static");
        return (top && !(same && group) && !statics) || (member && !start.starts_with("type "));
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
