//! `oneOf` / `anyOf` -> [`Union`], or something simpler when the branches amount to it.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::context::Lower;
use super::fit::properties;
use super::hierarchy::default_mapping;
use super::site::Site;
use super::tags::{DEEPEST_BRANCH, TagProperty};
use super::view::{Choice, View};
use crate::diagnostic::Code;
use crate::ir::{Root, Shape, Slot, Step, Tag, Tagging, TypeId, TypeRef, Union, Variant};
use crate::parse::Node;
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
        if choice.any {
            open_to_others(&mut base);
        }
        let distributes = !base.choices.is_empty() || self.has_members(&base);
        let others = (choice.any && !distributes)
            .then(|| self.other_members(id, &base))
            .flatten();
        if !distributes
            && others.is_none()
            && let Some(union) = self.serde_enum(id, &choice)
        {
            return Shape::Union(union);
        }
        let property = self.tag_property(&choice);
        let mut variants: Vec<Variant> = Vec::new();
        for branch in &choice.branches {
            let tags = property.as_ref().map(|property| self.tags(&choice, branch, property));
            let tags = tags.unwrap_or_default();
            let hint = self.variant_hint(branch, &tags);
            let site = Site::root(Root::Type(id)).step(Step::Variant(hint.clone()));
            let slot = if distributes && !self.includes(branch, &view.places) {
                let branch_view = self.with_branch(&base, branch);
                self.view_slot(branch_view, &site)
            } else {
                self.slot(branch.clone(), &site)
            };
            // `null` stands beside the union: `prepare` has seen to it
            let slot = Some(Slot {
                nullable: false,
                ..slot
            });
            match variants.iter_mut().find(|variant| variant.slot == slot) {
                Some(same) => {
                    for tag in tags {
                        if !same.tags.contains(&tag) {
                            same.tags.push(tag);
                        }
                    }
                }
                None => variants.push(Variant {
                    name: self.rust_type_name(branch),
                    hint,
                    description: String::new(),
                    slot,
                    tags,
                }),
            }
        }
        if property.is_none() {
            variants.extend(others);
        }
        Shape::Union(Union {
            tagging: self.tagging(&choice, property, &mut variants),
            variants,
        })
    }

    /// The variant for members that no branch of `anyOf` declares, where `additionalProperties` beside it describes them.
    fn other_members(&mut self, id: TypeId, base: &View<'d>) -> Option<Variant> {
        let hint = self.map_hint(base);
        let site = Site::root(Root::Type(id)).step(Step::Variant(hint.clone()));
        let values = self.extra(base, &site)?;
        Some(Variant {
            hint,
            name: None,
            description: String::new(),
            slot: Some(Slot::new(TypeRef::Map(Box::new(values)))),
            tags: Vec::new(),
        })
    }

    /// Whether a branch includes the schema that lists it, with all its members.
    fn includes(&self, branch: &Node<'d>, places: &[Pointer]) -> bool {
        let target = branch.target();
        target.is_some_and(|target| places.iter().any(|place| self.hierarchy.extends(&target, place)))
    }

    fn with_branch(&mut self, base: &View<'d>, branch: &Node<'d>) -> View<'d> {
        let mut view = base.clone();
        if !view.places.contains(&branch.at) {
            view.places.push(branch.at.clone());
        }
        view.nullable = false;
        self.merge(&mut view, branch);
        view
    }

    /// How a value finds its branch.
    fn tagging(&mut self, choice: &Choice<'d>, property: Option<TagProperty>, variants: &mut [Variant]) -> Tagging {
        let Some(property) = property else {
            return Tagging::Untagged { any: choice.any };
        };
        if !property.declared {
            return Tagging::Internal(Tag {
                absent: self.without_tag(choice, &property, variants),
                property: property.name,
                declared: false,
                tries: false,
                unlisted: None,
            });
        }
        let usable = |variant: &Variant| {
            let named = |slot: &Slot| matches!(slot.ty, TypeRef::Named(_));
            !variant.tags.is_empty() && variant.slot.as_ref().is_some_and(named)
        };
        if variants.iter().all(usable) {
            let default = choice.discriminator.as_ref().and_then(default_mapping);
            let default = default.and_then(|default| variants.iter().position(|own| own.hint == default.last()));
            let absent = match default {
                Some(default) => vec![default],
                None => self.undecided(choice, &property, variants),
            };
            return Tagging::Internal(Tag {
                property: property.name,
                declared: true,
                tries: default.is_none() && !absent.is_empty(),
                absent,
                unlisted: default,
            });
        }
        for variant in variants {
            variant.tags.clear();
        }
        let message = format!(
            "the discriminator `{}` does not distinguish these branches; values are matched by their properties",
            property.name
        );
        self.diagnostics.report(Code::Invalid, &choice.at, message);
        Tagging::Untagged { any: choice.any }
    }

    /// The variants that admit values without a property that is a constant in every branch, or with `null` for it.
    fn without_tag(&mut self, choice: &Choice<'d>, property: &TagProperty, variants: &[Variant]) -> Vec<usize> {
        let optional = choice.branches.iter();
        let optional: Vec<&Node<'d>> = optional
            .filter(|branch| !self.requires(branch, &property.name, 0) || self.tag_may_be_null(branch, property))
            .collect();
        let optional = optional.into_iter().map(|branch| self.tags(choice, branch, property));
        let optional: Vec<Vec<String>> = optional.collect();
        let mut holders: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        for (index, variant) in variants.iter().enumerate() {
            for tag in &variant.tags {
                holders.entry(tag).or_default().insert(index);
            }
        }
        let mut absent = BTreeSet::new();
        for tags in &optional {
            let mut held = tags.iter().map(|tag| holders.get(tag.as_str()));
            match held.next() {
                None => return (0..variants.len()).collect(),
                Some(first) => {
                    let others: Option<Vec<_>> = held.collect();
                    let in_all = |index: &&usize| others.iter().flatten().all(|other| other.contains(*index));
                    let found = first.into_iter().flatten().filter(|_| others.is_some());
                    absent.extend(found.filter(in_all).copied());
                }
            }
        }
        absent.into_iter().collect()
    }

    /// The variants that values without the discriminator are compared with: the only one that admits them, or all where
    /// none admits the discriminator.
    fn undecided(&mut self, choice: &Choice<'d>, property: &TagProperty, variants: &[Variant]) -> Vec<usize> {
        if self.forbids_discriminator(choice, &property.name) {
            return (0..variants.len()).collect();
        }
        let absent = self.without_tag(choice, property, variants);
        if absent.len() == 1 { absent } else { Vec::new() }
    }

    fn tag_may_be_null(&mut self, branch: &Node<'d>, property: &TagProperty) -> bool {
        let view = self.expanded(branch);
        let nodes = properties(&view).filter(|(name, _)| *name == property.name);
        let nodes: Vec<Node<'d>> = nodes.map(|(_, node)| node).collect();
        !nodes.is_empty() && nodes.iter().all(|node| self.admits_null(node, 0))
    }

    /// Whether a branch of a choice admits `null`, which then stands beside the union and not in it.
    pub(super) fn branches_admit_null(&mut self, view: &View<'d>) -> bool {
        let choices = view.choices.iter();
        let branches: Vec<Node<'d>> = choices.flat_map(|choice| choice.branches.clone()).collect();
        branches.iter().any(|branch| self.admits_null(branch, 0))
    }

    fn admits_null(&mut self, node: &Node<'d>, depth: usize) -> bool {
        let view = self.view(std::slice::from_ref(node));
        if view.nullable || depth == DEEPEST_BRANCH {
            return view.nullable;
        }
        let target = self.sole_reference(&view).and_then(Node::target);
        let target = target.and_then(|at| {
            let value = self.root.pointer(at.as_str())?;
            Some(Node { at, value })
        });
        target.is_some_and(|target| self.admits_null(&target, depth + 1))
    }
}

/// `unevaluatedProperties: false` beside `anyOf` admits what any branch that fits declares, so that it closes none of them.
fn open_to_others(base: &mut View<'_>) {
    for facet in &mut base.facets {
        let said = &mut facet.keywords.unevaluated_properties;
        said.take_if(|node| node.value == &Value::Bool(false));
    }
}
