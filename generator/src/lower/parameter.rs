//! Parameters of paths and operations -> [`Parameter`]s.

use openapiv3::{PathStyle, QueryStyle};
use serde_json::{Map, Value, json};

use super::context::Lower;
use super::media_type::Format;
use super::path_item::PathItem;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{Docs, Escaping, Location, OperationId, Parameter, Part, Primitive, Root, Slot, Style, TypeRef};
use crate::parse::{Node, piece};
use crate::template::Template;

/// Headers that OpenAPI says are described elsewhere, so that parameters of these names mean nothing.
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'d> Lower<'d, '_> {
    /// All parameters of an operation: those of the path in the order of its template, then the others.
    pub(super) fn parameters(
        &mut self,
        id: OperationId,
        path: &str,
        item: &PathItem<'d>,
        operation: &Node<'d>,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in item.parameters().chain(operation.get("parameters")) {
            for reference in list.elements() {
                let target = self.follow(reference.clone());
                let Some(mut parameter) = target.and_then(|node| self.parameter(id, &node)) else {
                    continue;
                };
                if let Some(description) = reference.said("description") {
                    parameter.docs.description = description;
                }
                if let Some(name) = self.rust_name(&reference) {
                    parameter.name = Some(name);
                }
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
        let template = Template::read(path);
        for name in template.names() {
            if ordered.iter().any(|parameter| parameter.wire == name) {
                continue;
            }
            let mut parameter = match in_path.iter().position(|parameter| parameter.wire == name) {
                Some(index) => in_path.remove(index),
                None => self.undeclared(name, operation),
            };
            if template.is_reserved(name) && parameter.escaping == Escaping::Reserved {
                parameter.escaping = Escaping::Structure;
            }
            ordered.push(parameter);
        }
        for unused in in_path {
            let message = format!(
                "the path parameter `{}` is not in the path template `{}`; ignored",
                unused.wire, template.path
            );
            self.diagnostics.report(Code::Invalid, &unused.origin, message);
        }
        ordered.extend(others);
        ordered
    }

    fn undeclared(&mut self, name: &str, operation: &Node<'d>) -> Parameter {
        let message =
            format!("the path template contains `{{{name}}}`, but no parameter declares it; generated as a string");
        self.diagnostics
            .report(Code::UndeclaredParameter, &operation.at, message);
        Parameter {
            origin: operation.at.clone(),
            wire: name.to_owned(),
            name: None,
            location: Location::Path,
            required: true,
            slot: Slot::new(TypeRef::Primitive(Primitive::String)),
            style: Style::Simple,
            explode: false,
            escaping: Escaping::Reserved,
            filled: None,
            docs: Docs::default(),
        }
    }

    fn parameter(&mut self, id: OperationId, node: &Node<'d>) -> Option<Parameter> {
        let known = known_terms(node.value);
        let known = Node {
            at: node.at.clone(),
            value: &known,
        };
        let piece = piece::<openapiv3::Parameter>(&known, &[("schema", json!({}))], self.diagnostics)?;
        let (location, style) = placement(&piece, node.value);
        let data = piece.parameter_data();
        if location == Location::Header && DESCRIBED_ELSEWHERE.contains(&data.name.to_ascii_lowercase().as_str()) {
            let message = format!(
                "OpenAPI ignores a header parameter named `{}`; not generated, the client sets this header",
                data.name
            );
            self.diagnostics.report(Code::NotGenerated, &node.at, message).help =
                Some("to set it for a request, use `with_header`".to_owned());
            return None;
        }
        self.report_prefix(&data.name, node, "for other headers, use `with_header`");
        let site = Site::root(Root::Operation(id, Part::Parameter(data.name.clone())));
        let (schema, style) = self.written(node, location, style);
        let mut docs = schema.clone().map(|schema| {
            let view = self.view(&[schema]);
            self.docs(&view)
        });
        let docs = docs.get_or_insert_default();
        docs.description = data
            .description
            .unwrap_or_else(|| std::mem::take(&mut docs.description));
        docs.deprecated |= data.deprecated.unwrap_or_default();
        if let Some(example) = self.examples(node).into_iter().next() {
            docs.example = Some(Box::new(example));
        }
        let slot = schema.map_or_else(text, |schema| self.slot(schema, &site));
        self.keep_examples_of(node, &slot, true);
        Some(Parameter {
            origin: node.at.clone(),
            wire: data.name,
            name: self.rust_name(node),
            location,
            required: data.required || location == Location::Path,
            slot,
            style,
            explode: data.explode.unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            escaping: escaping(location, node.value),
            filled: None,
            docs: std::mem::take(docs),
        })
    }

    /// The schema of a parameter, and how its value is written.
    fn written(&mut self, node: &Node<'d>, location: Location, style: Style) -> (Option<Node<'d>>, Style) {
        if let Some(schema) = node.get("schema") {
            return match node.value.get("x-collection-format").and_then(Value::as_str) {
                Some("tsv") => (Some(schema), Style::TabDelimited),
                _ => (Some(schema), style),
            };
        }
        let content = node.get("content").and_then(|content| content.members().next());
        let Some((media_type, content)) = content else {
            return (None, style);
        };
        let schema = self.follow(content).and_then(|content| content.get("schema"));
        match (location, Format::of(media_type)) {
            (Location::QueryString, Format::Form) => (schema, Style::Form),
            (_, Format::Json) => (schema, Style::Json),
            (_, format) => {
                if format != Format::Text {
                    let message =
                        format!("parameters of `{media_type}` have no typed encoding; pass an encoded string");
                    self.diagnostics.report(Code::UntypedBody, &node.at, message);
                }
                (None, style)
            }
        }
    }
}

/// A Parameter Object in the terms of 3.0, for those of 3.2 that its type does not know.
fn known_terms(parameter: &Value) -> Value {
    let Value::Object(members) = parameter else {
        return parameter.clone();
    };
    let mut members = members.clone();
    let term =
        |members: &Map<String, Value>, key: &str, term: &str| members.get(key).is_some_and(|value| value == term);
    if term(&members, "in", "querystring") {
        members.insert("in".to_owned(), json!("query"));
        members.remove("style");
    }
    if term(&members, "in", "cookie") && term(&members, "style", "cookie") {
        members.remove("style");
    }
    Value::Object(members)
}

fn text() -> Slot {
    Slot::new(TypeRef::Primitive(Primitive::String))
}

fn placement(piece: &openapiv3::Parameter, written: &Value) -> (Location, Style) {
    let says = |key: &str, term: &str| written.get(key).is_some_and(|value| value == term);
    match piece {
        openapiv3::Parameter::Query { .. } if says("in", "querystring") => (Location::QueryString, Style::Form),
        openapiv3::Parameter::Query { style, .. } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style)
        }
        openapiv3::Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Simple => Style::Simple,
                PathStyle::Label => Style::Label,
                PathStyle::Matrix => Style::Matrix,
            };
            (Location::Path, style)
        }
        openapiv3::Parameter::Header { .. } => (Location::Header, Style::Simple),
        openapiv3::Parameter::Cookie { .. } if says("style", "cookie") => (Location::Cookie, Style::Cookie),
        openapiv3::Parameter::Cookie { .. } => (Location::Cookie, Style::Form),
    }
}

/// What of a value is percent-encoded, where it may be less than everything.
fn escaping(location: Location, parameter: &Value) -> Escaping {
    let says = |key: &str| parameter.get(key) == Some(&Value::Bool(true));
    match location {
        Location::Path | Location::Query if says("x-ms-skip-url-encoding") => Escaping::Nothing,
        Location::Path | Location::Query if says("allowReserved") => Escaping::Structure,
        _ => Escaping::Reserved,
    }
}
