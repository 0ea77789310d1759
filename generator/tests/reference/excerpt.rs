//! Parts of fixtures, and of the clients made of them, in pages.
//!
//! A page has a comment where an excerpt belongs, and below it the fence that is rewritten:
//!
//! * `<!-- yaml all_of /components/schemas/Crate /components/schemas/Lid -->`: nodes of `tests/fixtures/all_of.yaml`
//! * `<!-- rust all_of struct Crate, fn put_crate -->`: items of its client; `struct Crate{label+grade}` has only those fields

use std::collections::BTreeMap;

use envoi::{Config, OutputFile, Source, generate};
use serde_json::{Map, Value};

use super::{place, read};

/// Lines of YAML are filled up to here.
const WIDTH: usize = 110;

/// A fixture, and what is made of it.
struct Fixture {
    document: Value,
    files: Vec<OutputFile>,
}

/// The page with its excerpts as they are now.
pub(super) fn refreshed(page: &str) -> String {
    let mut fixtures = BTreeMap::new();
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text = text + line + "\n";
        let Some((kind, fixture, what)) = marker(line) else {
            continue;
        };
        let fixture = fixtures
            .entry(fixture.to_owned())
            .or_insert_with(|| Fixture::read(fixture));
        let excerpt = match kind {
            "yaml" => yaml(&fixture.document, what),
            _ => rust(&fixture.files, what),
        };
        text += &format!("```{kind}\n{}\n```\n", excerpt.trim_end());
        // What stood there before.
        let mut rest = lines.clone();
        if rest.next().is_some_and(|line| line.starts_with("```")) {
            rest.find(|line| *line == "```");
            lines = rest;
        }
    }
    text
}

/// What is shown from where: the kind of an excerpt, the fixture, the places.
fn marker(line: &str) -> Option<(&str, &str, &str)> {
    let inner = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    let (kind, rest) = inner.split_once(' ')?;
    let (fixture, what) = rest.split_once(' ')?;
    matches!(kind, "yaml" | "rust").then_some((kind, fixture, what))
}

impl Fixture {
    fn read(name: &str) -> Self {
        let extension = if place(&format!("tests/fixtures/{name}.yaml")).exists() {
            "yaml"
        } else {
            "json"
        };
        let text = read(&format!("tests/fixtures/{name}.{extension}"));
        let source = Source::new(format!("{name}.{extension}"), text.as_bytes().to_vec());
        Self {
            document: serde_yaml::from_str(&long_numbers_as_text(&text)).expect("YAML"),
            files: generate(&source, &Config::default()).files,
        }
    }
}

/// The document with quotes around numbers that a `Value` has no room for.
fn long_numbers_as_text(text: &str) -> String {
    let words = text.split_inclusive([' ', ',', '}', '\n']).map(|word| {
        let number = word.trim_end_matches([' ', ',', '}', '\n']);
        if is_long_number(number) {
            word.replace(number, &format!("'{number}'"))
        } else {
            word.to_owned()
        }
    });
    words.collect()
}

fn is_long_number(text: &str) -> bool {
    text.len() >= 20 && text.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit())
}

/// Nodes under their keys, without the frame that all documents have.
fn yaml(document: &Value, pointers: &str) -> String {
    let mut shown = Value::Object(Map::new());
    for pointer in pointers.split(' ') {
        let tokens: Vec<String> = pointer
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect();
        let framed = match tokens.first().map(String::as_str) {
            Some("components") => 2,
            Some("paths" | "definitions") => 1,
            _ => 0,
        };
        let node = document.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}"));
        let mut framed_by = document;
        for token in &tokens[..framed] {
            framed_by = &framed_by[token];
        }
        insert(&mut shown, framed_by, &tokens[framed..], node);
    }
    let mut text = String::new();
    block(&shown, 0, &mut text);
    text
}

/// Puts a node where it stands in the document; of lists only what is shown.
fn insert(shown: &mut Value, original: &Value, path: &[String], node: &Value) {
    let Some((first, rest)) = path.split_first() else {
        *shown = node.clone();
        return;
    };
    let empty = |original: &Value| match original {
        Value::Array(_) if !rest.is_empty() => Value::Array(Vec::new()),
        _ => Value::Object(Map::new()),
    };
    match original {
        Value::Array(items) => {
            let item = &items[first.parse::<usize>().expect("an index")];
            let mut new = empty(item);
            insert(&mut new, item, rest, node);
            shown.as_array_mut().expect("a list").push(new);
        }
        _ => {
            let next = &original[first.as_str()];
            let members = shown.as_object_mut().expect("an object");
            insert(
                members.entry(first.clone()).or_insert_with(|| empty(next)),
                next,
                rest,
                node,
            );
        }
    }
}

/// A node on lines of its own; on one line where that is short enough.
fn block(node: &Value, indent: usize, text: &mut String) {
    let pad = " ".repeat(indent);
    match node {
        Value::Object(members) => {
            for (key, value) in members {
                *text += &format!("{pad}{}:", scalar(&Value::String(key.clone())));
                beside(value, indent + 2, indent + key.len() + 2, text, indent > 0);
            }
        }
        Value::Array(items) => {
            for item in items {
                let mut inner = String::new();
                beside(item, indent + 2, indent + 1, &mut inner, true);
                *text += &format!("{pad}- {}", inner.trim_start());
            }
        }
        other => *text += &format!("{pad}{}\n", scalar(other)),
    }
}

fn beside(value: &Value, indent: usize, used: usize, text: &mut String, inner: bool) {
    let flat = flow(value);
    let whole = value.as_object().is_some_and(|members| !members.is_empty()) && !inner;
    if used + flat.len() > WIDTH || whole {
        text.push('\n');
        block(value, indent, text);
    } else {
        *text += &format!(" {flat}\n");
    }
}

fn flow(node: &Value) -> String {
    match node {
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{}: {}", scalar(&Value::String(key.clone())), flow(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        other => scalar(other),
    }
}

/// A scalar, quoted where it would be read as something else.
fn scalar(node: &Value) -> String {
    let Value::String(text) = node else {
        return node.to_string();
    };
    let plain = serde_yaml::from_str::<Value>(text).is_ok_and(|read| read == *node)
        && !text.contains([',', '{', '}', '[', ']', '#', ':'])
        || is_long_number(text);
    if plain {
        text.clone()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Items without their documentation; of functions the signature. `docs struct X` keeps the documentation. An item is
/// rather taken from the file of the one before it.
fn rust(files: &[OutputFile], items: &str) -> String {
    let mut before: Option<&OutputFile> = None;
    let shown = items.split(", ").map(|wanted| {
        let (docs, wanted) = wanted
            .strip_prefix("docs ")
            .map_or((false, wanted), |wanted| (true, wanted));
        let (name, fields) = wanted.split_once('{').unwrap_or((wanted, ""));
        let mut candidates = before.into_iter().chain(files);
        let found = candidates.find_map(|file| Some((file, item(&file.text, name, docs)?)));
        let (file, found) = found.unwrap_or_else(|| panic!("the client has no `{name}`"));
        before = Some(file);
        match fields.trim_end_matches('}') {
            "" => found,
            fields => members(&found, &fields.split('+').collect::<Vec<_>>()),
        }
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// An item with some of its fields or variants.
fn members(item: &str, wanted: &[&str]) -> String {
    let mut text = String::new();
    let (mut shown, mut left_out) = (true, false);
    let mut attributes = String::new();
    for line in item.lines() {
        let inner = line.strip_prefix("    ");
        if inner.is_some_and(|inner| inner.starts_with('#')) {
            attributes = attributes + line + "\n";
            continue;
        }
        if let Some(name) = inner.filter(|inner| !inner.starts_with([' ', '#', '}', ')'])) {
            let name = name.trim_start_matches("pub ");
            let name = &name[..name
                .find(|c: char| !c.is_alphanumeric() && c != '_' && c != '#')
                .unwrap_or(name.len())];
            shown = wanted.contains(&name);
            left_out |= !shown;
            let above = std::mem::take(&mut attributes);
            text += if shown { &above } else { "" };
        }
        if line == "}" && left_out {
            text += "    // …\n";
        }
        if shown || inner.is_none() {
            text = text + line + "\n";
        }
    }
    text
}

fn item(text: &str, wanted: &str, docs: bool) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let begins = |line: &&str| {
        let rest = line
            .trim_start()
            .strip_prefix("pub ")
            .and_then(|line| line.strip_prefix(wanted));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let at = lines.iter().position(begins)?;
    let indent = lines[at].len() - lines[at].trim_start().len();
    let outside = |line: &&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("#[");
    let above = lines[..at].iter().rev().take_while(|line| outside(line)).count();
    let mut shown = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(at - above) {
        let line = line.get(indent..).unwrap_or_default();
        if !docs && line.trim_start().starts_with("///") {
            continue;
        }
        let says_much = line.starts_with("#[derive") || line.starts_with("#[deprecated");
        if line.starts_with("#[") && (wanted.starts_with("fn ") || !says_much) {
            continue;
        }
        shown.push(line.to_owned());
        let ends = index >= at && !line.starts_with(' ') && line.ends_with(['}', ';']);
        if index >= at && wanted.starts_with("fn ") && line.ends_with('{') {
            shown.push("    …\n}".to_owned());
            break;
        }
        if ends {
            break;
        }
    }
    Some(shown.join("\n") + "\n")
}
