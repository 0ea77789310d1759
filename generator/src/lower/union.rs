//! `oneOf` / `anyOf` -> [`Union`], or something simpler when the branches amount to it.

use serde_json::Value;

use super::hierarchy::default_mapping;
use super::simplify::MOST_MERGES;
use super::view::{Choice, View};
use super::{Lower, Site};
use crate::diagnostic::Code;
use crate::ir::{Docs, Enum, EnumValue, EnumValues, Root, Shape, Step, Tag, TypeId, TypeRef, Union, Variant};
use crate::parse::{Node, Type};
use crate::pointer::Pointer;

impl<'d> Lower<'d, '_> {
    pub(super) fn expanded(&mut self, branch: &Node<'d>) -> View<'d> {
        let mut view = self.view(std::slice::from_ref(branch));
        self.expand(&mut view);
        view
    }

    /// The shape of a view that has a choice.
    pub(super) fn union(&mut self, id: TypeId, view: &View<'d>) -> Shape {
        let choice = view.choices[0].clone();
        if let Some(values) = self.listed_values(&choice) {
            return Shape::Enum(values);
        }
        let mut base = view.clone();
        base.choices.remove(0);
        let distributes = !base.choices.is_empty() || self.has_members(&base);
        let property = discriminator(&choice);
        let mut variants: Vec<Variant> = Vec::new();
        for (index, branch) in choice.branches.iter().enumerate() {
            let hint = self.variant_hint(branch, index);
            let site = Site::root(Root::Type(id)).step(Step::Variant(hint.clone()));
            let slot = if distributes && !self.includes(branch, &view.places) {
                let branch_view = self.with_branch(&base, branch);
                self.view_slot(branch_view, &site)
            } else {
                self.slot(branch.clone(), &site)
            };
            let tags = property
                .map(|property| self.tags(&choice, branch, property))
                .unwrap_or_default();
            match variants.iter_mut().find(|variant| variant.slot == slot) {
                Some(same) => {
                    for tag in tags {
                        if !same.tags.contains(&tag) {
                            same.tags.push(tag);
                        }
                    }
                }
                None => variants.push(Variant { hint, slot, tags }),
            }
        }
        Shape::Union(Union {
            tag: self.tag(&choice, property, &variants),
            variants,
        })
    }

    /// Whether a branch includes the schema that lists it, with all its members.
    fn includes(&self, branch: &Node<'d>, places: &[Pointer]) -> bool {
        let target = branch.reference().and_then(|text| Pointer::parse(text.trim()));
        target.is_some_and(|target| places.iter().any(|place| self.hierarchy.extends(&target, place)))
    }

    fn tag(&mut self, choice: &Choice<'d>, property: Option<&str>, variants: &[Variant]) -> Option<Tag> {
        let property = property?;
        let usable = |variant: &Variant| !variant.tags.is_empty() && matches!(variant.slot.ty, TypeRef::Named(_));
        if variants.iter().all(usable) {
            let default = choice.discriminator.as_ref().and_then(default_mapping);
            let default = default.and_then(|default| variants.iter().position(|own| own.hint == default.last()));
            return Some(Tag {
                property: property.to_owned(),
                absent: default,
                unlisted: default,
            });
        }
        let message = format!("`{property}` does not tell these branches apart; they are told apart by their members");
        self.diagnostics.report(Code::Invalid, &choice.at, message);
        None
    }

    fn with_branch(&mut self, base: &View<'d>, branch: &Node<'d>) -> View<'d> {
        let mut view = base.clone();
        if view.places.len() > MOST_MERGES {
            view.broken = true;
        } else if !view.places.contains(&branch.at) {
            view.places.push(branch.at.clone());
        }
        view.nullable = false;
        self.merge(&mut view, branch);
        view
    }

    /// The listed values of a choice between strings, or between integers, of which some are listed.
    ///
    /// Open enums of one kind cannot be told apart: the first would take every value.
    fn listed_values(&mut self, choice: &Choice<'d>) -> Option<Enum> {
        let mut strings: Vec<EnumValue<String>> = Vec::new();
        let mut integers: Vec<EnumValue<i64>> = Vec::new();
        let mut kinds: Vec<Type> = Vec::new();
        for branch in &choice.branches {
            let view = self.expanded(branch);
            let types = self.types(&view);
            if !view.choices.is_empty() {
                return None;
            }
            if !self.is_open_enum(&view, &types) {
                kinds.extend(types);
                continue;
            }
            let docs = self.docs(&view);
            match self.enumeration(&view) {
                Shape::Enum(Enum {
                    values: EnumValues::Strings(values),
                    ..
                }) => {
                    kinds.push(Type::String);
                    add_values(&mut strings, values, &docs);
                }
                Shape::Enum(Enum {
                    values: EnumValues::Integers(values),
                    ..
                }) => {
                    kinds.push(Type::Integer);
                    add_values(&mut integers, values, &docs);
                }
                _ => return None,
            }
        }
        let values = match kinds.first()? {
            Type::String if !strings.is_empty() => EnumValues::Strings(strings),
            Type::Integer if !integers.is_empty() => EnumValues::Integers(integers),
            _ => return None,
        };
        let alike = kinds.iter().all(|kind| *kind == kinds[0]) && kinds.len() == choice.branches.len();
        alike.then_some(Enum { values, default: None })
    }

    /// The words that tell a branch from the others.
    fn variant_hint(&mut self, branch: &Node<'d>, index: usize) -> String {
        if let Some(reference) = branch.reference()
            && let Some(pointer) = Pointer::parse(reference.trim())
        {
            return pointer.last();
        }
        if let Some(title) = branch.value.get("title").and_then(Value::as_str)
            && title.chars().any(char::is_alphanumeric)
        {
            return title.to_owned();
        }
        let view = self.expanded(branch);
        let word = match self.types(&view).as_slice() {
            [Type::String] => "String",
            [Type::Integer] => "Integer",
            [Type::Number] => "Number",
            [Type::Boolean] => "Boolean",
            [Type::Array] => "List",
            _ => return constant_member(&view).unwrap_or_else(|| format!("Variant{}", index + 1)),
        };
        word.to_owned()
    }

    /// The discriminator values that select a branch.
    fn tags(&mut self, choice: &Choice<'d>, branch: &Node<'d>, property: &str) -> Vec<String> {
        let target = branch
            .reference()
            .and_then(|reference| Pointer::parse(reference.trim()));
        let mapping = choice.discriminator.as_ref().and_then(|node| node.get("mapping"));
        let mapped: Vec<String> = mapping
            .iter()
            .flat_map(Node::members)
            .filter(|(_, to)| {
                let to = to.value.as_str().unwrap_or_default();
                let named = || target.as_ref().is_some_and(|target| target.last() == to);
                Pointer::parse(to).map_or_else(named, |pointer| Some(&pointer) == target.as_ref())
            })
            .map(|(value, _)| value.to_owned())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let constants = self.constants(branch, property);
        if !constants.is_empty() {
            return constants;
        }
        target.map(|target| target.last()).into_iter().collect()
    }

    /// The values listed for a property of a branch.
    fn constants(&mut self, branch: &Node<'d>, property: &str) -> Vec<String> {
        let view = self.expanded(branch);
        let nodes: Vec<Node<'d>> = view
            .facets
            .iter()
            .filter_map(|facet| facet.keywords.properties.as_ref()?.get(property))
            .collect();
        let mut view = self.view(&nodes);
        self.expand(&mut view);
        let values = super::enums::listed(&view);
        values
            .into_iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }
}

/// Adds values that are not there yet; what is said about a branch of one value is said about that value.
fn add_values<T: PartialEq>(all: &mut Vec<EnumValue<T>>, mut values: Vec<EnumValue<T>>, docs: &Docs) {
    if let [only] = values.as_mut_slice() {
        if only.description.is_empty() {
            docs.description.clone_into(&mut only.description);
        }
        if only.name.is_none() && !docs.summary.is_empty() {
            only.name = Some(docs.summary.clone());
        }
    }
    for value in values {
        if !all.iter().any(|other| other.wire == value.wire) {
            all.push(value);
        }
    }
}

/// The value of the first member that has only one, which tells an object from the others.
fn constant_member(view: &View<'_>) -> Option<String> {
    let properties = view
        .facets
        .iter()
        .filter_map(|facet| facet.keywords.properties.as_ref());
    let constant = |node: Node<'_>| match node.value.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => only.as_str().map(str::to_owned),
        _ => node.value.get("const")?.as_str().map(str::to_owned),
    };
    let found = properties
        .flat_map(Node::members)
        .find_map(|(_, node)| constant(node))?;
    found.chars().any(char::is_alphanumeric).then_some(found)
}

fn discriminator<'d>(choice: &Choice<'d>) -> Option<&'d str> {
    choice.discriminator.as_ref()?.value.get("propertyName")?.as_str()
}
