//! Descriptions, and constraints as text.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::Lower;
use super::enums::listed;
use super::view::{Facet, View};
use crate::ir::Docs;
use crate::parse::{Keywords, Node, Type};
use crate::pointer::Pointer;

impl<'d> Lower<'d, '_> {
    /// What the schemas of a view say for readers: they themselves, the last one first, then what they include.
    pub(super) fn docs(&self, view: &View<'d>) -> Docs {
        let own = |facet: &&Facet<'d>| view.places.contains(&facet.at);
        let last = |read: fn(&Keywords<'d>) -> Option<&'d str>| {
            let included = view.facets.iter().rev().filter(|facet| !own(facet));
            let mut facets = view.facets.iter().rev().filter(own).chain(included);
            facets
                .find_map(|facet| read(&facet.keywords))
                .unwrap_or_default()
                .to_owned()
        };
        let mut docs = Docs {
            summary: last(|keywords| keywords.title),
            description: last(|keywords| keywords.description),
            facts: facts(view),
            deprecated: view.facets.iter().any(|facet| facet.keywords.deprecated),
            example: view
                .facets
                .iter()
                .rev()
                .find_map(|facet| facet.keywords.example)
                .and_then(readable),
        };
        if docs.description.is_empty()
            && let Some(reference) = self.sole_reference(view)
        {
            docs.description = self.described(reference.reference()).unwrap_or_default();
        }
        docs
    }

    /// The description of the schema that a `$ref` names.
    fn described(&self, reference: Option<&str>) -> Option<String> {
        let target = self.root.pointer(Pointer::parse(reference?)?.as_str())?;
        Some(target.get("description")?.as_str()?.to_owned())
    }
}

/// An example that is small enough to be read.
pub(super) fn readable(example: &Value) -> Option<Box<Value>> {
    const MOST_VALUES: usize = 200;
    const DEEPEST: usize = 12;
    let mut pending = vec![(example, 0)];
    let mut count = 0;
    while let Some((value, depth)) = pending.pop() {
        count += 1;
        if count > MOST_VALUES || depth > DEEPEST {
            return None;
        }
        match value {
            Value::Array(elements) => pending.extend(elements.iter().map(|element| (element, depth + 1))),
            Value::Object(members) => pending.extend(members.values().map(|member| (member, depth + 1))),
            _ => {}
        }
    }
    Some(Box::new(example.clone()))
}

impl<'d> Lower<'d, '_> {
    /// The values of `example` and `examples` of a parameter or a media type.
    pub(super) fn examples(&self, node: &Node<'d>) -> Vec<Value> {
        /// More are not looked at.
        const MOST: usize = 4;
        // Swagger 2.0 has no word for examples of parameters, and documents say `x-example`
        let own = node
            .value
            .get("example")
            .or_else(|| node.value.get("x-example"))
            .into_iter();
        let several = node.value.get("examples").and_then(Value::as_object);
        let several = several.into_iter().flat_map(|examples| examples.values().take(MOST));
        let several = several.filter_map(|example| match example.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let target = Pointer::parse(reference)?;
                let example = self.root.pointer(target.as_str())?;
                example.get("dataValue").or_else(|| example.get("value"))
            }
            None => example.get("dataValue").or_else(|| example.get("value")),
        });
        let readable = own.chain(several).filter_map(readable);
        readable.map(|example| *example).collect()
    }
}

/// Default, bounds and the like, each as one short sentence of Markdown.
fn facts(view: &View<'_>) -> Vec<String> {
    let mut facts = Vec::new();
    let keywords = || view.facets.iter().map(|facet| &facet.keywords);
    if let Some(default) = keywords().rev().find_map(|keywords| keywords.default) {
        facts.push(format!("Default: {}.", code(default)));
    }
    facts.extend(constant(view));
    facts.extend(keywords().flat_map(|keywords| {
        let said = keywords
            .bounds
            .iter()
            .filter_map(|(key, value)| bound(keywords, key, value));
        said.collect::<Vec<String>>()
    }));
    if keywords().any(|keywords| keywords.read_only) {
        facts.push("Read-only.".to_owned());
    }
    if keywords().any(|keywords| keywords.write_only) {
        facts.push("Write-only.".to_owned());
    }
    if let Some(example) = keywords().rev().find_map(|keywords| keywords.example)
        && (!example.is_object() && !example.is_array())
    {
        facts.push(format!("Example: {}.", code(example)));
    }
    // schemas that are merged may say the same
    let mut said = BTreeSet::new();
    facts.retain(|fact| said.insert(fact.clone()));
    facts
}

/// One of the two booleans, which makes no enum.
fn constant(view: &View<'_>) -> Option<String> {
    match listed(view).as_slice() {
        [only] if only.is_boolean() => Some(format!("Always {}.", code(only))),
        _ => None,
    }
}

/// What a bound says, unless it says nothing of values of these types (JSON Schema Validation, section 6).
fn bound(keywords: &Keywords<'_>, key: &str, value: &Value) -> Option<String> {
    let concerned: &[Type] = match key {
        "minLength" | "maxLength" | "pattern" => &[Type::String],
        "minItems" | "maxItems" | "uniqueItems" => &[Type::Array],
        "minProperties" | "maxProperties" => &[Type::Object],
        _ => &[Type::Number, Type::Integer],
    };
    let types = &keywords.types;
    if !types.is_empty() && !types.iter().any(|one| concerned.contains(one)) {
        return None;
    }
    let excluded = |by: &str| {
        let mut bounds = keywords.bounds.iter();
        bounds.any(|(key, value)| *key == by && **value == Value::Bool(true))
    };
    let value = code(value);
    Some(match key {
        "minimum" if excluded("exclusiveMinimum") => format!("Greater than {value}."),
        "maximum" if excluded("exclusiveMaximum") => format!("Less than {value}."),
        "minimum" => format!("At least {value}."),
        "maximum" => format!("At most {value}."),
        "multipleOf" => format!("Multiple of {value}."),
        "minLength" => format!("At least {value} characters."),
        "maxLength" => format!("At most {value} characters."),
        "minItems" => format!("At least {value} items."),
        "maxItems" => format!("At most {value} items."),
        "uniqueItems" if value == "`true`" => "Items are unique.".to_owned(),
        "pattern" => format!("Pattern: {value}."),
        _ => return None,
    })
}

/// A value as inline code; text without its quotes.
pub(super) fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text: String = text.chars().map(|c| if breaks_lines(c) { ' ' } else { c }).collect();
    match text.trim() {
        "" => "the empty string".to_owned(),
        text if text.contains('`') => {
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
            let fence = "`".repeat(longest + 1);
            format!("{fence} {text} {fence}")
        }
        text => format!("`{text}`"),
    }
}

fn breaks_lines(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}
