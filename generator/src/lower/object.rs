//! Objects with properties -> [`Struct`].

use indexmap::IndexMap;
use serde_json::Value;

use super::context::Lower;
use super::encoding_object::Encodings;
use super::repeats::admits_all;
use super::secrets::is_credential;
use super::site::Site;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Docs, Field, Primitive, Root, Slot, Step, Struct, TypeId, TypeRef};
use crate::parse::Node;
use crate::pointer::Pointer;

/// A schema of a property, with the branch that inlined it when the branches of a choice were merged.
pub(super) type Described<'d> = (Node<'d>, Option<Pointer>);

impl<'d> Lower<'d, '_> {
    pub(super) fn object(&mut self, id: TypeId, view: &View<'d>) -> Struct {
        self.members(id, view, None)
    }

    /// An object; with encodings, one whose members are the parts of a body.
    pub(super) fn members(&mut self, id: TypeId, view: &View<'d>, parts: Option<&Encodings<'d>>) -> Struct {
        let site = Site::root(Root::Type(id));
        let mut required: Vec<&str> = Vec::new();
        let mut properties: IndexMap<&'d str, Vec<Described<'d>>> = IndexMap::new();
        for facet in &view.facets {
            required.extend(&facet.keywords.required);
            for (name, node) in facet.keywords.properties.iter().flat_map(Node::members) {
                properties
                    .entry(name)
                    .or_default()
                    .push((node, facet.alternative.clone()));
            }
        }
        let declared = properties.len();
        let beside = others(view);
        for (name, mut described) in self.conditional(view) {
            // where the case does not hold, it is what other members are
            described.extend(beside.iter().cloned());
            properties.entry(name).or_insert(described);
        }
        let undescribed = self.undescribed(view, &properties);
        let mut fields: Vec<Field> = Vec::with_capacity(properties.len() + undescribed.len());
        for (index, (name, described)) in properties.into_iter().enumerate() {
            let required = required.contains(&name);
            if index < declared || self.is_one_type(name, &described) {
                fields.push(self.field(name, &described, required, &site, parts));
            } else {
                fields.push(self.untyped_field(name, &described, required, &site));
            }
        }
        let extra = match parts.and_then(|_| self.extra_part(view)) {
            Some(slot) => Some(slot),
            None => self.extra(view, &site),
        };
        Struct {
            fields: fields.into_iter().chain(undescribed).collect(),
            closed: extra.is_none() && is_closed(view),
            extra,
            parts: parts.is_some(),
            patch: false,
        }
    }

    /// Members that `required` names and `properties` does not: they can be sent, and need not come.
    fn undescribed(&mut self, view: &View<'d>, properties: &IndexMap<&'d str, Vec<Described<'d>>>) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let open = view.facets.iter().any(|facet| {
            let extra = facet.keywords.additional_properties.as_ref();
            extra.is_some_and(|extra| extra.value != &Value::Bool(false))
        });
        for facet in &view.facets {
            for name in facet
                .keywords
                .required
                .iter()
                .filter(|name| !properties.contains_key(*name))
            {
                if fields.iter().any(|field| field.wire == **name) {
                    continue;
                }
                let twin = properties.keys().find(|other| letters(other) == letters(name));
                let at = facet.at.child("required");
                let generated = twin.is_none() && !open;
                let outcome = match generated {
                    true => "generated as `Option<serde_json::Value>`",
                    false => "no field is generated",
                };
                let message = format!("`{name}` is listed in `required` but not declared in `properties`; {outcome}");
                self.diagnostics.report(Code::Invalid, &at, message).help = Some(match twin {
                    Some(twin) => format!("did you mean `{twin}`?"),
                    None => format!("declare `{name}` in `properties`, or remove it from `required`"),
                });
                if generated {
                    fields.push(undescribed_field(name));
                }
            }
        }
        fields
    }

    /// What the schemas of a property say for readers; a title that only repeats the name of the property says nothing.
    fn property_docs(&self, view: &View<'d>, name: &str) -> Docs {
        let mut docs = self.docs(view);
        if letters(&docs.summary) == letters(name) {
            docs.summary.clear();
        }
        docs
    }

    /// A property that is of several types.
    fn untyped_field(&mut self, name: &str, described: &[Described<'d>], required: bool, site: &Site) -> Field {
        let nodes: Vec<Node<'d>> = described.iter().map(|(node, _)| node.clone()).collect();
        let view = self.view(&nodes);
        let docs = self.property_docs(&view, name);
        let field = Field {
            name: nodes.iter().find_map(|node| self.rust_name(node)),
            required,
            docs,
            ..undescribed_field(name)
        };
        self.note_untyped(&field.slot, &site.step(Step::Field(name.to_owned())), view.places);
        field
    }

    fn field(
        &mut self,
        name: &str,
        described: &[Described<'d>],
        required: bool,
        site: &Site,
        parts: Option<&Encodings<'d>>,
    ) -> Field {
        let nodes: Vec<Node<'d>> = described.iter().map(|(node, _)| node.clone()).collect();
        let part = parts.and_then(|encodings| self.part(name, &nodes, encodings));
        let view = self.view(&nodes);
        let mut docs = self.property_docs(&view, name);
        let flag =
            |read: fn(&crate::parse::Keywords<'d>) -> bool| view.facets.iter().any(|facet| read(&facet.keywords));
        let read_only = flag(|keywords| keywords.read_only);
        let write_only = flag(|keywords| keywords.write_only);
        let default = view.facets.iter().rev().find_map(|facet| facet.keywords.default);
        let mut slot = match part {
            Some((slot, facts)) => {
                docs.facts.extend(facts);
                slot
            }
            None => {
                let view = self.joined(described).unwrap_or(view);
                self.view_slot(view, &site.step(Step::Field(name.to_owned())))
            }
        };
        if slot.ty == TypeRef::Primitive(Primitive::String) && is_credential(name) {
            slot.ty = TypeRef::Primitive(Primitive::Secret);
        }
        Field {
            wire: name.to_owned(),
            name: nodes.iter().find_map(|node| self.rust_name(node)),
            required,
            read_only,
            write_only,
            docs,
            default: default.cloned(),
            slot,
        }
    }
}

/// Whether a schema says that there are no other members.
pub(super) fn is_closed(view: &View<'_>) -> bool {
    view.facets.iter().any(|facet| {
        let keywords = &facet.keywords;
        let said = [&keywords.additional_properties, &keywords.unevaluated_properties];
        said.into_iter()
            .flatten()
            .any(|extra| extra.value == &Value::Bool(false))
    })
}

/// What is said of members that are not declared, beside that any value may come.
fn others<'d>(view: &View<'d>) -> Vec<Described<'d>> {
    let facets = || view.facets.iter().map(|facet| &facet.keywords);
    let patterns = facets().filter_map(|keywords| keywords.pattern_properties.as_ref());
    let patterns = patterns.flat_map(Node::members).map(|(_, node)| node);
    let extras = facets().filter_map(|keywords| keywords.additional_properties.clone());
    let said = patterns.chain(extras);
    let said = said.filter(|node| node.value.is_object() && !admits_all(node.value));
    said.map(|node| (node.clone(), Some(node.at))).collect()
}

/// A property that nothing is known of but its name.
fn undescribed_field(name: &str) -> Field {
    Field {
        wire: name.to_owned(),
        name: None,
        slot: Slot::new(TypeRef::Any),
        required: false,
        read_only: false,
        write_only: false,
        docs: Docs::default(),
        default: None,
    }
}

/// What two spellings of one name have in common.
fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
