//! The mapping of a discriminator, by what it leads to.

use std::collections::HashMap;

use crate::parse::Node;
use crate::pointer::Pointer;

/// The values that a mapping gives schemas, each with its position in it.
#[derive(Debug, Default)]
pub(super) struct Mapping<'d> {
    by_place: HashMap<Pointer, Vec<(usize, &'d str)>>,
    by_name: HashMap<&'d str, Vec<(usize, &'d str)>>,
}

impl<'d> Mapping<'d> {
    pub(super) fn read(discriminator: &Node<'d>) -> Self {
        let mut mapping = Self::default();
        let entries = discriminator.get("mapping");
        for (index, (value, to)) in entries.iter().flat_map(Node::members).enumerate() {
            let to = to.value.as_str().unwrap_or_default();
            let values = match Pointer::parse(to) {
                Some(place) => mapping.by_place.entry(place).or_default(),
                None => mapping.by_name.entry(to).or_default(),
            };
            values.push((index, value));
        }
        mapping
    }

    /// The values for a schema, in the order of the document.
    pub(super) fn values(&self, target: &Pointer) -> Vec<String> {
        let by_place = self.by_place.get(target);
        let by_name = self.by_name.get(target.last().as_str());
        let mut values: Vec<_> = by_place.into_iter().chain(by_name).flatten().collect();
        values.sort_unstable();
        values.into_iter().map(|(_, value)| (*value).to_owned()).collect()
    }
}
