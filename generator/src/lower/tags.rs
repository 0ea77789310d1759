//! Discriminators: the property that distinguishes the branches of a choice, and its values.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::context::Lower;
use super::enums::listed;
use super::mapping::Mapping;
use super::view::{Choice, View};
use crate::parse::Node;
use crate::pointer::Pointer;

/// How deep choices within choices are looked into.
pub(super) const DEEPEST_BRANCH: usize = 4;

/// How many references in a row are followed to a constant.
const MOST_HOPS: usize = 8;

/// A property whose value says which branch a value takes.
#[derive(Debug, Clone)]
pub(super) struct TagProperty {
    pub(super) name: String,
    /// Whether the document declares it as discriminator; otherwise it is a constant in every branch.
    pub(super) declared: bool,
}

impl<'d> Lower<'d, '_> {
    /// The discriminator of a choice: the declared one, or a property that is a constant in every branch.
    pub(super) fn tag_property(&mut self, choice: &Choice<'d>) -> Option<TagProperty> {
        if let Some(declared) = &choice.discriminator {
            return Some(TagProperty {
                name: declared.value.get("propertyName")?.as_str()?.to_owned(),
                declared: true,
            });
        }
        let mut common: Option<IndexMap<String, Vec<Vec<String>>>> = None;
        for branch in &choice.branches {
            let own = self.constant_properties(branch, 0);
            let common = common.get_or_insert_with(|| own.keys().map(|name| (name.clone(), Vec::new())).collect());
            common.retain(|name, _| own.contains_key(name));
            for (name, values) in common.iter_mut() {
                values.extend(own.get(name).cloned());
            }
            if common.is_empty() {
                return None;
            }
        }
        let common = common?;
        let told_apart = |values: &[Vec<String>]| {
            let mut all: Vec<&String> = values.iter().flatten().collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            (all.len() == count, all.len() > 1)
        };
        let best = common.iter().find(|(_, values)| told_apart(values).0);
        let best = best.or_else(|| common.iter().find(|(_, values)| told_apart(values).1));
        best.filter(|(_, values)| values.len() > 1)
            .map(|(name, _)| TagProperty {
                name: name.clone(),
                declared: false,
            })
    }

    /// The properties of a branch that have one value; of a choice within, those of all its branches, with their values.
    fn constant_properties(&mut self, branch: &Node<'d>, depth: usize) -> IndexMap<String, Vec<String>> {
        let view = self.expanded(branch);
        let mut found: IndexMap<String, Vec<String>> = IndexMap::new();
        for properties in view
            .facets
            .iter()
            .filter_map(|facet| facet.keywords.properties.as_ref())
        {
            for (name, node) in properties.members() {
                if let Some(value) = self.only_value(node.value).and_then(tag_text) {
                    found.entry(name.to_owned()).or_insert_with(|| vec![value]);
                }
            }
        }
        if let [choice] = view.choices.as_slice()
            && depth < DEEPEST_BRANCH
        {
            let mut inner: Option<IndexMap<String, Vec<String>>> = None;
            for branch in &choice.branches {
                let mut own = self.constant_properties(branch, depth + 1);
                match &mut inner {
                    None => inner = Some(own),
                    Some(inner) => inner.retain(|name, values| match own.swap_remove(name) {
                        Some(more) => {
                            values.extend(more);
                            true
                        }
                        None => false,
                    }),
                }
            }
            for (name, values) in inner.unwrap_or_default() {
                found.entry(name).or_insert(values);
            }
        }
        found
    }

    /// The only value of a schema, which may be behind references.
    fn only_value(&self, schema: &'d Value) -> Option<&'d Value> {
        let mut schema = schema;
        for _ in 0..MOST_HOPS {
            if let Some(value) = schema.get("const") {
                return Some(value);
            }
            if let Some([only]) = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
                return Some(only);
            }
            let target = Pointer::parse(schema.get("$ref")?.as_str()?.trim())?;
            schema = self.root.pointer(target.as_str())?;
        }
        None
    }

    /// Whether every value of a branch has a property.
    pub(super) fn requires(&mut self, branch: &Node<'d>, property: &str, depth: usize) -> bool {
        let view = self.expanded(branch);
        let own = view
            .facets
            .iter()
            .any(|facet| facet.keywords.required.contains(&property));
        let mut choices = view.choices.iter();
        own || depth < DEEPEST_BRANCH
            && choices.any(|choice| {
                choice
                    .branches
                    .iter()
                    .all(|branch| self.requires(branch, property, depth + 1))
            })
    }

    /// The discriminator values that select a branch: those of the mapping, else those that the branch lists itself, or
    /// the branches within it, else its name.
    pub(super) fn tags(&mut self, choice: &Choice<'d>, branch: &Node<'d>, property: &TagProperty) -> Vec<String> {
        if !property.declared {
            let mut constants = self.constant_properties(branch, 0);
            return constants.swap_remove(&property.name).unwrap_or_default();
        }
        let target = branch.target();
        let mapped = self.mapped(choice, target.as_ref());
        if !mapped.is_empty() {
            return mapped;
        }
        let inner = self.tags_within(branch, &property.name, 0);
        if !inner.is_empty() {
            return inner;
        }
        target.map(|target| target.last()).into_iter().collect()
    }

    /// The values that a branch lists for a property, or the branches of a choice within it do.
    fn tags_within(&mut self, branch: &Node<'d>, property: &str, depth: usize) -> Vec<String> {
        let target = branch.target();
        if let Some(target) = target.filter(|target| self.hierarchy.is_base(target)) {
            return self.tags_below(&target, property);
        }
        let view = self.expanded(branch);
        let own = self.listed_tags(&view, property);
        if !own.is_empty() || depth == DEEPEST_BRANCH {
            return own;
        }
        let [choice] = view.choices.as_slice() else {
            return own;
        };
        let same = choice
            .discriminator
            .as_ref()
            .and_then(|node| node.value.get("propertyName"));
        let named = same.is_some_and(|name| name == property);
        let mut tags = IndexSet::new();
        for inner in &choice.branches {
            let mut found = if named {
                self.mapped(choice, inner.target().as_ref())
            } else {
                Vec::new()
            };
            if found.is_empty() {
                found = self.tags_within(inner, property, depth + 1);
            }
            if found.is_empty() && named {
                found.extend(inner.target().map(|target| target.last()));
            }
            tags.extend(found);
        }
        tags.into_iter().collect()
    }

    /// The values that the mapping of a choice gives a schema.
    fn mapped(&mut self, choice: &Choice<'d>, target: Option<&Pointer>) -> Vec<String> {
        let (Some(discriminator), Some(target)) = (&choice.discriminator, target) else {
            return Vec::new();
        };
        let mapping = self.mappings.entry(discriminator.at.clone());
        let mapping = Rc::clone(mapping.or_insert_with(|| Rc::new(Mapping::read(discriminator))));
        mapping.values(target)
    }

    /// The values that a view lists for a property.
    fn listed_tags(&mut self, view: &View<'d>, property: &str) -> Vec<String> {
        let properties = view
            .facets
            .iter()
            .filter_map(|facet| facet.keywords.properties.as_ref());
        let nodes: Vec<Node<'d>> = properties.filter_map(|properties| properties.get(property)).collect();
        let mut view = self.view(&nodes);
        self.expand(&mut view);
        listed(&view).into_iter().filter_map(tag_text).collect()
    }
}

/// A discriminator value as text, as the runtime compares it.
fn tag_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if !number.is_i64() && !number.is_u64() && float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        }),
        Value::Bool(boolean) => Some(boolean.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
