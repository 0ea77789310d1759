//! Scope of dynamic references: the dynamic anchors declared by the schemas on the way to a node.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::pointer::Pointer;

/// By name: the anchor that counts. Names of which nothing is known mean what their own schema declares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope(Option<Rc<BTreeMap<String, Binding>>>);

/// An anchor that counts for a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Binding {
    /// The schema it leads to.
    pub(super) to: (usize, Pointer),
    /// Whether it is what a generic schema is made for, and not a schema that extends another one.
    pub(super) argument: bool,
    /// Whether this is inside of the argument, where a schema that gives the name another one counts for itself.
    pub(super) within: bool,
}

impl Scope {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Binding> {
        self.0.as_ref()?.get(name)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Binding)> {
        self.0.iter().flat_map(|names| names.iter())
    }

    /// How many names are known.
    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |names| names.len())
    }

    /// The scope with only some of its names.
    pub(super) fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        let kept = self.iter().filter(|(name, _)| keep(name));
        let kept: BTreeMap<_, _> = kept.map(|(name, binding)| (name.clone(), binding.clone())).collect();
        Self((!kept.is_empty()).then(|| Rc::new(kept)))
    }

    pub(super) fn set(&mut self, name: &str, binding: Binding) {
        let names = self.0.get_or_insert_default();
        Rc::make_mut(names).insert(name.to_owned(), binding);
    }

    /// The scope of the schema that a dynamic reference to this name leads to.
    pub(super) fn inside(&self, name: &str) -> Self {
        let mut scope = self.clone();
        if let Some(binding) = self.get(name).filter(|binding| binding.argument && !binding.within) {
            let within = Binding {
                within: true,
                ..binding.clone()
            };
            scope.set(name, within);
        }
        scope
    }
}
