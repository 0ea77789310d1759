//! Names of the branches of a union. They depend only on the branch, so that a branch that is
//! added renames no other.

use serde_json::Value;

use super::context::Lower;
use super::enums::listed;
use super::view::View;
use crate::parse::{Node, Type};

/// How many properties, values or branches a name is made of at most.
const MOST_WORDS: usize = 3;

/// How deep lists within lists are named.
const DEEPEST: usize = 3;

impl<'d> Lower<'d, '_> {
    /// The words for a branch: the schema it refers to, its title, its discriminator value, or what it looks like.
    pub(super) fn variant_hint(&mut self, branch: &Node<'d>, tags: &[String]) -> String {
        if let Some(named) = named(branch) {
            return named;
        }
        if let [only] = tags
            && has_letters(only)
        {
            return only.clone();
        }
        self.looks(branch, 0)
    }

    fn looks(&mut self, branch: &Node<'d>, depth: usize) -> String {
        if let Some(named) = named(branch) {
            return named;
        }
        if depth > DEEPEST {
            return "Value".to_owned();
        }
        let view = self.expanded(branch);
        if let [choice] = view.choices.as_slice() {
            let branches = choice.branches.iter().take(MOST_WORDS);
            return branches
                .map(|inner| self.looks(inner, depth + 1))
                .collect::<Vec<_>>()
                .join("Or");
        }
        let listed = listed(&view);
        if let [Value::String(only)] = listed.as_slice() {
            return if has_letters(only) {
                only.clone()
            } else {
                "Empty".to_owned()
            };
        }
        let types = self.types(&view);
        if let (Some(value), []) = (listed.first(), types.as_slice()) {
            return kind(value).to_owned();
        }
        match types.as_slice() {
            [Type::String] => text_looks(&view),
            [Type::Integer] => "Integer".to_owned(),
            [Type::Number] => "Number".to_owned(),
            [Type::Boolean] => "Boolean".to_owned(),
            [Type::Array] => {
                let items = view.facets.iter().find_map(|facet| facet.keywords.items.clone());
                items.map_or_else(
                    || "List".to_owned(),
                    |items| format!("{}List", self.looks(&items, depth + 1)),
                )
            }
            [] if view.constraints().next().is_none() => "Value".to_owned(),
            _ => object_looks(&view).unwrap_or_else(|| self.map_looks(&view, depth)),
        }
    }

    /// The words for a map of what a schema says of members that it does not declare.
    pub(super) fn map_hint(&mut self, view: &View<'d>) -> String {
        self.map_looks(view, 0)
    }

    fn map_looks(&mut self, view: &View<'d>, depth: usize) -> String {
        let facets = &mut view.facets.iter();
        let values = facets.find_map(|facet| facet.keywords.additional_properties.clone());
        match values.filter(|values| values.value.is_object()) {
            Some(values) => format!("{}Map", self.looks(&values, depth + 1)),
            None => "Map".to_owned(),
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "Null",
        Value::Bool(_) => "Boolean",
        Value::Number(number) if number.is_f64() => "Number",
        Value::Number(_) => "Integer",
        Value::String(_) => "String",
        Value::Array(_) => "List",
        Value::Object(_) => "Map",
    }
}

/// The schema that a branch refers to, or its title.
fn named(branch: &Node<'_>) -> Option<String> {
    if let Some(target) = branch.target() {
        return Some(target.last());
    }
    let title = branch.value.get("title").and_then(Value::as_str)?;
    has_letters(title).then(|| title.to_owned())
}

fn text_looks(view: &View<'_>) -> String {
    let format = view.facets.iter().find_map(|facet| facet.keywords.format);
    match format {
        Some("date-time") => "DateTime",
        Some("date") => "Date",
        Some("uuid") => "Uuid",
        _ => "String",
    }
    .to_owned()
}

/// The value of the first property that has only one, else the properties that are required, else those that are not.
fn object_looks(view: &View<'_>) -> Option<String> {
    let properties = || {
        let facets = view.facets.iter();
        facets
            .filter_map(|facet| facet.keywords.properties.as_ref())
            .flat_map(Node::members)
    };
    if let Some(value) = properties().find_map(|(_, node)| constant(&node)) {
        return Some(value);
    }
    let mut required: Vec<&str> = Vec::new();
    for name in view.facets.iter().flat_map(|facet| &facet.keywords.required) {
        if !required.contains(name) {
            required.push(name);
        }
    }
    let names = match required.is_empty() {
        true => properties().map(|(name, _)| name).collect(),
        false => required,
    };
    let names: Vec<&str> = names.into_iter().take(MOST_WORDS).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// The one text that a property can be.
fn constant(node: &Node<'_>) -> Option<String> {
    let value = match node.value.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => only,
        _ => node.value.get("const")?,
    };
    value.as_str().filter(|text| has_letters(text)).map(str::to_owned)
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
