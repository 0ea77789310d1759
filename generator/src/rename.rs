//! Names that the configuration gives by JSON Pointer: written into the document, as if it gave them.

use serde_json::{Map, Value};

use crate::config::{Kind, Renames, is_pointer};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::ir::Api;
use crate::nearest::nearest_place;
use crate::pointer::Pointer;

/// Writes the names into a document that is not normalised yet, so that pointers are those of its text.
pub(crate) fn rename(document: &mut Document, renames: &Renames, diagnostics: &mut Diagnostics) {
    for kind in Kind::ALL {
        for (key, name) in renames.of(kind).iter().filter(|(key, _)| is_pointer(key)) {
            let refused = match kind.is_rust_name(name) {
                true => place(&mut document.root, kind, key, name).err(),
                false => Some((
                    format!("the name `{name}`, which is {}; ignored", Kind::no_name(name)),
                    None,
                )),
            };
            if let Some((reason, help)) = refused {
                let message = format!("`rename.{}` gives `{key}` {reason}", kind.table());
                let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
                diagnostic.help = help;
                diagnostics.push(diagnostic);
            }
        }
    }
}

/// Why a name cannot be given, and what can be done.
type Refused = (String, Option<String>);

fn place(root: &mut Value, kind: Kind, key: &str, name: &str) -> Result<(), Refused> {
    let at = pointer(key).filter(|at| root.pointer(at.as_str()).is_some());
    let Some(at) = at else {
        let near = pointer(key).and_then(|at| nearest_place(root, &at));
        let help = near.map(|near| format!("did you mean `{}`?", near.as_str()));
        return Err(("a name, which is not in the document".to_owned(), help));
    };
    let target = |node: &Value| Some(node.get("$ref")?.as_str()?.trim_start_matches('#').to_owned());
    let node = root.pointer(at.as_str());
    if let Some(target) = node
        .and_then(target)
        .filter(|_| matches!(kind, Kind::Type | Kind::Operation))
    {
        let help = format!("name what it refers to: `{target}`");
        return Err(("a name, which is a reference".to_owned(), Some(help)));
    }
    let parent = at.parent().unwrap_or_default();
    let around = parent.last();
    let fits = match kind {
        Kind::Type | Kind::Operation => true,
        Kind::Tag => parent.as_str() == "/tags",
        Kind::Property => around == "properties",
        Kind::Parameter => around == "parameters",
        Kind::Value => around == "enum",
        Kind::Branch => ["oneOf", "anyOf"].contains(&around.as_str()),
    };
    let parent_of_value = parent.parent().filter(|_| kind == Kind::Value);
    let done = match parent_of_value.filter(|_| fits) {
        Some(schema) => name_value(root, &schema, &at, name),
        None if fits => write(
            root,
            &at,
            if kind == Kind::Type {
                "x-rust-type-name"
            } else {
                "x-rust-name"
            },
            name,
        ),
        None => None,
    };
    done.ok_or_else(|| {
        (
            format!("a name, which is not among the {} of the document", kind.table()),
            None,
        )
    })
}

fn write(root: &mut Value, at: &Pointer, key: &str, name: &str) -> Option<()> {
    let node = root.pointer_mut(at.as_str())?.as_object_mut()?;
    node.insert(key.to_owned(), Value::from(name));
    Some(())
}

/// Names one value of an enum beside the names that the document gives.
fn name_value(root: &mut Value, schema: &Pointer, at: &Pointer, name: &str) -> Option<()> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let value = text(root.pointer(at.as_str())?);
    let schema = root.pointer_mut(schema.as_str())?.as_object_mut()?;
    let values: Vec<String> = schema.get("enum")?.as_array()?.iter().map(text).collect();
    let mut names = Map::new();
    match schema.get("x-enum-varnames") {
        Some(Value::Array(list)) => names.extend(values.into_iter().zip(list.clone())),
        Some(Value::Object(by_value)) => names.extend(by_value.clone()),
        _ => {}
    }
    names.insert(value, Value::from(name));
    schema.insert("x-enum-varnames".to_owned(), Value::Object(names));
    Some(())
}

fn pointer(key: &str) -> Option<Pointer> {
    Pointer::parse(key).or_else(|| Some(Pointer::root().join(key)))
}

/// Reports pointers to schemas that no type is made of, and to what is no operation. `all` says whether all operations
/// are generated.
pub(crate) fn report_unused(
    api: &Api,
    document: &Document,
    renames: &Renames,
    all: bool,
    diagnostics: &mut Diagnostics,
) {
    let keys = |kind: Kind| renames.of(kind).keys().filter(|key| is_pointer(key));
    // what is not there, or is a reference, was reported before
    let there = |at: &Pointer| {
        document
            .root
            .pointer(at.as_str())
            .is_some_and(|node| node.get("$ref").is_none())
    };
    for key in keys(Kind::Type) {
        let Some(at) = pointer(key).map(|at| document.current(&at)).filter(there) else {
            continue;
        };
        let origins: Vec<&Pointer> = api.types.iter().map(|(_, definition)| &definition.origin).collect();
        if origins.contains(&&at) {
            continue;
        }
        let below = origins
            .into_iter()
            .find(|origin| origin.strip_prefix(&at).is_some_and(|rest| rest.starts_with('/')));
        let help = below.map(|below| format!("the next type below it is `{}`", document.bundled(below).as_str()));
        unused(Kind::Type, key, "no type is generated for", help, diagnostics);
    }
    for key in keys(Kind::Operation) {
        let Some(at) = pointer(key).map(|at| document.current(&at)).filter(there) else {
            continue;
        };
        if all && !api.operations.iter().any(|operation| operation.origin == at) {
            unused(Kind::Operation, key, "there is no operation at", None, diagnostics);
        }
    }
}

fn unused(kind: Kind, key: &str, reason: &str, help: Option<String>, diagnostics: &mut Diagnostics) {
    let message = format!("`rename.{}` names `{key}`, but {reason} this place", kind.table());
    let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
    diagnostic.help = help;
    diagnostics.push(diagnostic);
}
