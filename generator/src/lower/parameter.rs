//! Parameters of paths and operations -> [`Parameter`]s.

use openapiv3::{PathStyle, QueryStyle};
use serde_json::json;

use super::{Lower, Site};
use crate::diagnostic::Code;
use crate::ir::{Docs, Location, OperationId, Parameter, Part, Primitive, Root, Slot, Style, TypeRef};
use crate::parse::{Node, piece};

/// Headers that OpenAPI says are described elsewhere, so that parameters of these names mean nothing.
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'d> Lower<'d, '_> {
    /// All parameters of an operation: those of the path in the order of its template, then the others.
    pub(super) fn parameters(
        &mut self,
        id: OperationId,
        path: &str,
        item: &Node<'d>,
        operation: &Node<'d>,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in [item, operation].into_iter().filter_map(|node| node.get("parameters")) {
            for node in list.elements() {
                let Some(parameter) = self.follow(node).and_then(|node| self.parameter(id, &node)) else {
                    continue;
                };
                let same = |other: &Parameter| other.wire == parameter.wire && other.location == parameter.location;
                match parameters.iter().position(same) {
                    Some(index) => parameters[index] = parameter,
                    None => parameters.push(parameter),
                }
            }
        }
        self.in_path_order(parameters, path, operation)
    }

    fn in_path_order(&mut self, parameters: Vec<Parameter>, path: &str, operation: &Node<'d>) -> Vec<Parameter> {
        let (mut in_path, others): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|parameter| parameter.location == Location::Path);
        let mut ordered: Vec<Parameter> = Vec::new();
        for name in template_names(path) {
            if ordered.iter().any(|parameter| parameter.wire == name) {
                continue;
            }
            match in_path.iter().position(|parameter| parameter.wire == name) {
                Some(index) => ordered.push(in_path.remove(index)),
                None => ordered.push(self.undeclared(name, operation)),
            }
        }
        for unused in in_path {
            let message = format!("`{}` is not in the path template `{path}`; it is left out", unused.wire);
            self.diagnostics.report(Code::Invalid, &unused.origin, message);
        }
        ordered.extend(others);
        ordered
    }

    fn undeclared(&mut self, name: &str, operation: &Node<'d>) -> Parameter {
        let message = format!("the path names `{name}`, which no parameter declares");
        self.diagnostics
            .report(Code::UndeclaredParameter, &operation.at, message);
        Parameter {
            origin: operation.at.clone(),
            wire: name.to_owned(),
            location: Location::Path,
            required: true,
            slot: Slot::new(TypeRef::Primitive(Primitive::String)),
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            docs: Docs::default(),
        }
    }

    fn parameter(&mut self, id: OperationId, node: &Node<'d>) -> Option<Parameter> {
        let piece = piece::<openapiv3::Parameter>(node, &[("schema", json!({}))], self.diagnostics)?;
        let (location, style, allow_reserved) = placement(&piece);
        let data = piece.parameter_data();
        if location == Location::Header && DESCRIBED_ELSEWHERE.contains(&data.name.to_ascii_lowercase().as_str()) {
            let message = format!(
                "`{}` is set by the client itself; OpenAPI gives this parameter no meaning",
                data.name
            );
            self.diagnostics.report(Code::NotGenerated, &node.at, message).help =
                Some("a call can set it with `with_header`".to_owned());
            return None;
        }
        let site = Site::root(Root::Operation(id, Part::Parameter(data.name.clone())));
        let schema = node.get("schema");
        let content = node.get("content").and_then(|content| content.members().next());
        let json = schema.is_none() && content.is_some();
        let schema = schema.or_else(|| content?.1.get("schema"));
        let mut docs = schema.clone().map(|schema| {
            let view = self.view(&[schema]);
            self.docs(&view)
        });
        let docs = docs.get_or_insert_default();
        docs.description = data
            .description
            .unwrap_or_else(|| std::mem::take(&mut docs.description));
        docs.deprecated |= data.deprecated.unwrap_or_default();
        let style = match node.value.get("x-collection-format").and_then(|format| format.as_str()) {
            Some("tsv") => Style::TabDelimited,
            _ if json => Style::Json,
            _ => style,
        };
        Some(Parameter {
            origin: node.at.clone(),
            wire: data.name,
            location,
            required: data.required || location == Location::Path,
            slot: schema.map_or_else(text, |schema| self.slot(schema, &site)),
            style,
            explode: data.explode.unwrap_or(style == Style::Form),
            allow_reserved,
            docs: std::mem::take(docs),
        })
    }
}

fn text() -> Slot {
    Slot::new(TypeRef::Primitive(Primitive::String))
}

fn placement(parameter: &openapiv3::Parameter) -> (Location, Style, bool) {
    match parameter {
        openapiv3::Parameter::Query {
            style, allow_reserved, ..
        } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style, *allow_reserved)
        }
        openapiv3::Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Simple => Style::Simple,
                PathStyle::Label => Style::Label,
                PathStyle::Matrix => Style::Matrix,
            };
            (Location::Path, style, false)
        }
        openapiv3::Parameter::Header { .. } => (Location::Header, Style::Simple, false),
        openapiv3::Parameter::Cookie { .. } => (Location::Cookie, Style::Form, false),
    }
}

/// The names between braces in a path template, in order.
pub(super) fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::template_names;

    #[test]
    fn names_of_templates() {
        let names = |path| template_names(path).collect::<Vec<_>>();
        assert_eq!(names("/a/{b}/c/{d}.json"), ["b", "d"]);
        assert_eq!(names("/{a}{b}"), ["a", "b"]);
        assert_eq!(names("/a/{unclosed"), [""; 0]);
        assert_eq!(names("/{}"), [""; 0]);
    }
}
