//! Which other texts a text refers to.

use serde_json::Value;

use super::grammar::{Kind, Shape, references};
use super::ids::Ids;
use super::uri;
use crate::pointer::Pointer;

/// The addresses of the texts that a tree at `address` refers to: as schemas that name themselves would have it, and as
/// files lie. A text that is no whole document is looked through wherever it may hold something.
pub(crate) fn addresses(tree: &Value, address: &str, ids: &Ids) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut note = |at: &Pointer, text: &str| {
        let (reference, _) = uri::split(text.trim());
        if !reference.is_empty() {
            found.push((uri::resolve(ids.base(at), reference), uri::resolve(address, reference)));
        }
    };
    if tree.get("openapi").is_some() || tree.get("swagger").is_some() {
        references(tree, Shape::One(Kind::Document), &mut |trail, mark| {
            let at = mark.at(trail).at;
            let name = at.last() == "mapping" && !mark.text.contains(['/', '#', '.', ':']);
            if !name {
                note(&at, mark.text);
            }
        });
    } else {
        everywhere(tree, &Pointer::root(), false, &mut note);
    }
    found
}

/// Notes every `$ref`, and what discriminators name, of a text whose kind only shows in what refers to it.
///
/// That may be more than there is: what only looks like a reference is read for nothing, but never fetched.
fn everywhere(value: &Value, at: &Pointer, sample: bool, note: &mut dyn FnMut(&Pointer, &str)) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                everywhere(element, &at.child(index), sample, note);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("$ref" | "$dynamicRef", Value::String(text)) if !sample || !text.contains("://") => note(at, text),
                    ("discriminator", Value::Object(_)) => {
                        let mapping = member.get("mapping").and_then(Value::as_object);
                        let texts = mapping
                            .into_iter()
                            .flat_map(serde_json::Map::values)
                            .filter_map(Value::as_str);
                        texts
                            .filter(|text| text.contains(['/', '#', '.']))
                            .for_each(|text| note(at, text));
                    }
                    (key, Value::Array(_) | Value::Object(_)) => {
                        let sample = sample || matches!(key, "example" | "enum" | "const");
                        everywhere(member, &at.child(key), sample, note);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}
