//! What dynamic references mean at a place: which of the anchors of a name the schemas on the way to it declare.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use super::File;
use super::grammar::DEFINITIONS;
use super::ids::DynamicAnchor;
use super::resolve::Target;
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
    argument: bool,
    /// Whether this is inside of the argument, where a schema that gives the name another one counts for itself.
    within: bool,
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

    fn set(&mut self, name: &str, binding: Binding) {
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

/// A dynamic anchor, and where it counts.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) at: Pointer,
    /// The schema that it stands for: its own place, or where it only refers to.
    pub(super) to: (usize, Pointer),
    /// The schema in which it counts; whatever is evaluated from there finds it.
    pub(super) region: Pointer,
    /// Whether that schema is only a part of the one whose anchors it shares.
    inner: bool,
    /// Whether it describes other values than the schema in which it counts.
    argument: bool,
    /// Whether it only keeps the place of an argument.
    pub(super) placeholder: bool,
    /// Whether it is a default of the schema in which it counts, which refers to it itself.
    default: bool,
    /// Whether it is made of itself.
    endless: bool,
}

/// What becomes of an anchor that another one of the name stands around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declaration {
    /// The outer one counts, or there is none.
    Plain,
    /// It takes the place of the outer one.
    Replaces,
    /// It would take its place, if it were not made of itself.
    Endless,
}

impl Declared {
    /// Takes up an anchor on the way from the outside to the inside.
    pub(super) fn declare(&self, scope: &mut Scope) -> Declaration {
        let known = scope.get(&self.name);
        let instead = known.is_some_and(|known| {
            self.argument && !self.placeholder && !self.default && (known.within || self.inner) && known.to != self.to
        });
        let again = known.is_some_and(|known| known.within && known.to == self.to);
        let endless = instead && self.inner && self.endless;
        if known.is_none() || again || (instead && !endless) {
            let binding = Binding {
                to: self.to.clone(),
                argument: self.argument,
                within: false,
            };
            scope.set(&self.name, binding);
        }
        match instead {
            true if endless => Declaration::Endless,
            true => Declaration::Replaces,
            false => Declaration::Plain,
        }
    }

    /// Whether a scope has this one under its name.
    pub(super) fn counts_in(&self, scope: &Scope) -> bool {
        scope.get(&self.name).is_some_and(|binding| binding.to == self.to)
    }
}

impl File {
    /// What its dynamic anchors are, each with what it alone refers to.
    pub(super) fn declared(&self, index: usize, follow: impl Fn(&Target) -> Target) -> Vec<Declared> {
        let one = |anchor: &DynamicAnchor| self.declare(index, anchor, &follow);
        self.ids.dynamic.iter().map(one).collect()
    }

    fn declare(&self, index: usize, anchor: &DynamicAnchor, follow: impl Fn(&Target) -> Target) -> Declared {
        let schema = self.schema_of(&anchor.at);
        let (region, argument) = region(&anchor.at, &schema);
        let own = Target::new(index, anchor.at.clone());
        let to = if argument { follow(&own) } else { own };
        let references = self.ids.dynamic_references.get(&anchor.name);
        let refers = |from: &Pointer, but: Option<&Pointer>| {
            let mut places = references.into_iter().flatten();
            places.any(|place| {
                place.strip_prefix(from).is_some() && but.is_none_or(|but| place.strip_prefix(but).is_none())
            })
        };
        Declared {
            name: anchor.name.clone(),
            to: (to.file, to.at),
            inner: region != schema,
            argument,
            placeholder: argument && self.tree.pointer(anchor.at.as_str()).is_some_and(is_placeholder),
            default: refers(&region, Some(&anchor.at)),
            endless: refers(&anchor.at, None),
            at: anchor.at.clone(),
            region,
        }
    }
}

/// The part of a schema in which an anchor counts: what describes the same value as the schema in whose definitions it
/// stands. One that is no definition counts in the whole schema. Also whether it describes other values.
fn region(anchor: &Pointer, schema: &Pointer) -> (Pointer, bool) {
    let mut place = anchor.clone();
    let mut defined = false;
    while place != *schema
        && let Some(above) = place.parent()
        && let Some(step) = above.parent()
        && above.strip_prefix(schema).is_some_and(|below| !below.is_empty())
    {
        let keyword = above.last();
        if DEFINITIONS.contains(&keyword.as_str()) {
            defined = true;
        } else if keyword != "allOf" {
            break;
        }
        place = step;
    }
    if defined || place == *schema {
        (place, defined)
    } else {
        (schema.clone(), true)
    }
}

/// Whether a schema only keeps the place of an argument: it says nothing, or that nothing fits.
fn is_placeholder(schema: &Value) -> bool {
    const SAYS_NOTHING: [&str; 6] = ["$dynamicAnchor", "$anchor", "$comment", "title", "description", "not"];
    let Some(members) = schema.as_object() else {
        return true;
    };
    let anything = |not: &Value| not == &Value::Bool(true) || not.as_object().is_some_and(serde_json::Map::is_empty);
    members.keys().all(|key| SAYS_NOTHING.contains(&key.as_str())) && members.get("not").is_none_or(anything)
}
