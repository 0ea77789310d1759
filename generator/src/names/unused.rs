//! Reports names that the configuration gives to what is not there.

use super::client::Names;
use crate::config::{Kind, is_pattern};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::{Api, EnumValues, Root, Shape, TypeDef};
use crate::nearest::nearest;

/// Reports keys that are the name of nothing, with what is called like them. `known` are operations that the document has
/// and the client has not; if it has not `all`, nothing can be said about what is in operations.
pub(crate) fn report_unused(
    api: &Api,
    names: &Names,
    known: impl Fn(&str) -> bool,
    all: bool,
    diagnostics: &mut Diagnostics,
) {
    for (kind, key) in names.unused() {
        let silent = match kind {
            Kind::Type => false,
            Kind::Operation => known(key),
            Kind::Tag | Kind::Property | Kind::Parameter | Kind::Value | Kind::Branch => !all,
        };
        if silent {
            continue;
        }
        let (table, word) = (kind.table(), kind.word());
        let reason = match is_pattern(key) {
            true => format!("which matches no {word}"),
            false => format!("which is not among the {table} of the document"),
        };
        let message = format!("`rename.{table}` names `{key}`, {reason}");
        let mut diagnostic = Diagnostic::new(Code::UnusedSetting, Place::Document, message);
        let called = called(api, names, *kind);
        diagnostic.help = nearest(key, called.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        diagnostics.push(diagnostic);
    }
}

/// What the document has of a kind.
fn called(api: &Api, names: &Names, kind: Kind) -> Vec<String> {
    let mut called: Vec<String> = match kind {
        Kind::Type => {
            let each = api.types.kept();
            each.flat_map(|(id, definition)| {
                let component = match &definition.hint.root {
                    Root::Component(name) => Some(name.clone()),
                    _ => None,
                };
                component.into_iter().chain([names.of_type(id).ty.plain().to_owned()])
            })
            .collect()
        }
        Kind::Operation => api
            .operations
            .iter()
            .filter_map(|operation| operation.id.clone())
            .collect(),
        Kind::Tag => api.groups.iter().map(|group| group.tag.clone()).collect(),
        Kind::Parameter => {
            let operations = api.operations.iter();
            let wires = operations.flat_map(|operation| {
                let id = operation.id.clone().unwrap_or_default();
                let parameters = operation.parameters.iter();
                parameters.flat_map(move |one| [one.wire.clone(), format!("{id}.{}", one.wire)])
            });
            wires.collect()
        }
        Kind::Property | Kind::Value | Kind::Branch => {
            let each = api.types.kept();
            each.flat_map(|(id, definition)| {
                let ty = names.of_type(id).ty.plain();
                let inside = inside(definition, kind).into_iter();
                inside.flat_map(move |name| [format!("{ty}.{name}"), name])
            })
            .collect()
        }
    };
    called.sort_unstable();
    called.dedup();
    called
}

/// What a type has of a kind.
fn inside(definition: &TypeDef, kind: Kind) -> Vec<String> {
    match (&definition.shape, kind) {
        (Shape::Struct(object), Kind::Property) => object.fields.iter().map(|field| field.wire.clone()).collect(),
        (Shape::Enum(list), Kind::Value) => match &list.values {
            EnumValues::Strings(values) => values.iter().map(|value| value.wire.clone()).collect(),
            EnumValues::Integers(values) => values.iter().map(|value| value.wire.to_string()).collect(),
            EnumValues::Numbers(values) => values.iter().map(|value| value.wire.to_string()).collect(),
        },
        (Shape::Union(union), Kind::Branch) => {
            let hints = union.variants.iter().map(|variant| super::words::camel(&variant.hint));
            hints.collect()
        }
        _ => Vec::new(),
    }
}
