//! `oneOf` / `anyOf` -> [`Union`], or something simpler when the branches amount to it.

use serde_json::Value;

use super::hierarchy::default_mapping;
use super::view::{Choice, View};
use super::{Lower, Site};
use crate::diagnostic::Code;
use crate::ir::{Root, Shape, Step, Tag, TypeId, TypeRef, Union, Variant};
use crate::parse::{Node, Type};
use crate::pointer::Pointer;

/// How many combinations of several choices are told apart before their values are taken as plain JSON.
const MOST_COMBINATIONS: usize = 32;

/// How deep choices are merged into each other; a choice between itself and something else never ends.
const MOST_MERGES: usize = 16;

impl<'d> Lower<'d, '_> {
    /// Replaces choices that amount to something simpler.
    pub(super) fn simplify_choices(&mut self, view: &mut View<'d>) {
        for choice in std::mem::take(&mut view.choices) {
            if let [branch] = choice.branches.as_slice() {
                self.merge(view, branch);
            } else if choice.any && choice.discriminator.is_none() && self.all_optional(view, &choice) {
                for branch in &choice.branches {
                    self.merge(view, branch);
                }
            } else if let Some(first) = self.plain_text(&choice) {
                self.merge(view, &first);
                for facet in &mut view.facets {
                    facet.keywords.format = None;
                }
            } else {
                view.choices.push(choice);
            }
        }
        let combinations = view
            .choices
            .iter()
            .map(|choice| choice.branches.len())
            .product::<usize>();
        if view.choices.len() > 1 && combinations > MOST_COMBINATIONS {
            let message = "these choices have too many combinations; any value is taken here";
            self.diagnostics.report(Code::UntypedSchema, &view.places[0], message);
            view.broken = true;
        }
    }

    /// Lets a branch hold together with the rest of the view.
    fn merge(&mut self, view: &mut View<'d>, branch: &Node<'d>) {
        if self.merging > MOST_MERGES {
            view.broken = true;
            let message = "this choice contains itself; any value is taken here";
            self.diagnostics.report(Code::UntypedSchema, &branch.at, message);
            return;
        }
        self.merging += 1;
        let mut merged = self.view(std::slice::from_ref(branch));
        self.expand(&mut merged);
        self.simplify_choices(&mut merged);
        view.nullable |= merged.nullable;
        view.broken |= merged.broken;
        view.facets.append(&mut merged.facets);
        view.choices.append(&mut merged.choices);
        self.merging -= 1;
    }

    pub(super) fn expanded(&mut self, branch: &Node<'d>) -> View<'d> {
        let mut view = self.view(std::slice::from_ref(branch));
        self.expand(&mut view);
        view
    }

    /// Whether every branch is an object that any object satisfies.
    fn all_optional(&mut self, view: &View<'d>, choice: &Choice<'d>) -> bool {
        let required = |view: &View<'_>| view.facets.iter().any(|facet| !facet.keywords.required.is_empty());
        !required(view)
            && choice.branches.iter().all(|branch| {
                let branch = self.expanded(branch);
                branch.choices.is_empty()
                    && !required(&branch)
                    && branch.facets.iter().any(|facet| facet.keywords.properties.is_some())
            })
    }

    /// The first branch, when all branches are strings without listed values.
    fn plain_text(&mut self, choice: &Choice<'d>) -> Option<Node<'d>> {
        let plain = choice.branches.iter().all(|branch| {
            let view = self.expanded(branch);
            view.choices.is_empty()
                && self.types(&view) == [Type::String]
                && view.facets.iter().all(|facet| facet.keywords.enumeration.is_none())
        });
        if plain { choice.branches.first().cloned() } else { None }
    }

    /// The shape of a view that has a choice.
    pub(super) fn union(&mut self, id: TypeId, view: &View<'d>) -> Shape {
        let choice = view.choices[0].clone();
        if let Some(values) = self.listed_values(&choice) {
            return Shape::Enum(values);
        }
        let mut base = view.clone();
        base.choices.remove(0);
        let distributes = !base.choices.is_empty()
            || base.facets.iter().any(|facet| {
                let properties = &facet.keywords.properties;
                properties.as_ref().is_some_and(|node| node.members().next().is_some())
            });
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
