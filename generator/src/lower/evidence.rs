//! Collects examples as [`Example`]s with their generated types.

use serde_json::Value;

use super::context::Lower;
use super::view::View;
use crate::ir::{Example, Slot};
use crate::parse::Node;
use crate::pointer::Pointer;

impl<'d> Lower<'d, '_> {
    /// Where the schemas of a view have examples; what they include has its own type.
    pub(super) fn own_examples(&self, view: &View<'d>) -> Vec<Pointer> {
        let mut found = Vec::new();
        let own = view.facets.iter().filter(|facet| view.places.contains(&facet.at));
        for facet in own {
            let list = facet.keywords.examples.and_then(Value::as_array);
            let list = list.map_or(&[][..], Vec::as_slice);
            // documents of 3.1 have the first one as `example` too, once they are normalised
            if facet.keywords.example.is_some_and(|own| list.first() != Some(own)) {
                found.push(facet.at.child("example"));
            }
            found.extend((0..list.len()).map(|index| facet.at.child("examples").child(index)));
        }
        found
    }

    /// Keeps examples of a schema with the type that was made from `schemas` of them together: a type of the schema
    /// alone tells more than one that it had a part in.
    pub(super) fn keep_examples(&mut self, examples: Vec<Pointer>, slot: &Slot, schemas: usize) {
        for at in examples {
            let example = Example {
                value: at.clone(),
                at,
                slot: slot.clone(),
                text: false,
            };
            self.keep(schemas, example);
        }
    }

    /// Keeps the examples beside the schema of a parameter, a header or a media type.
    pub(super) fn keep_examples_of(&mut self, node: &Node<'d>, slot: &Slot, text: bool) {
        let single = ["example", "x-example"].into_iter().filter_map(|key| node.get(key));
        let several = node.get("examples");
        let several = several.iter().flat_map(Node::members);
        let several = several.filter_map(|(_, entry)| Some((entry.at.clone(), self.value_of(entry)?)));
        let found: Vec<(Pointer, Pointer)> = single.map(|node| (node.at.clone(), node.at)).chain(several).collect();
        for (at, value) in found {
            let slot = slot.clone();
            self.keep(1, Example { at, value, slot, text });
        }
    }

    /// The place of the value of an Example Object; `None` if the value is elsewhere, or there is none.
    fn value_of(&self, entry: Node<'d>) -> Option<Pointer> {
        let entry = match entry.reference() {
            Some(reference) => {
                let at = Pointer::parse(reference.trim())?;
                let value = self.root.pointer(at.as_str())?;
                Node { at, value }
            }
            None => entry,
        };
        Some(entry.get("dataValue").or_else(|| entry.get("value"))?.at)
    }

    fn keep(&mut self, schemas: usize, example: Example) {
        match self.examples.get_mut(&example.at) {
            Some((known, _)) if *known <= schemas => {}
            Some(known) => *known = (schemas, example),
            None => {
                self.examples.insert(example.at.clone(), (schemas, example));
            }
        }
    }
}
