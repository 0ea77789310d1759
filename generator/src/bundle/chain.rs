//! Follows chains of references, each link once.

use indexmap::IndexSet;
use serde_json::Value;

use super::context::{Bundle, End};
use super::grammar::{Found, Kind, Shape};
use super::resolve::Resolution;
use super::target::Target;
use crate::pointer::Pointer;

impl Bundle<'_> {
    /// Follows references with nothing beside them.
    pub(super) fn end_of_chain(&mut self, start: Target, shape: Shape) -> End {
        let mut passed: IndexSet<Target> = IndexSet::new();
        let mut here = start;
        let mut end = loop {
            if let Some(known) = self.chains.get(&(here.clone(), shape)) {
                break known.clone();
            }
            if let Some(entry) = passed.get_index_of(&here) {
                let circle = passed.split_off(entry);
                self.close(&circle, shape);
                break self.chains[&(here, shape)].clone();
            }
            match self.next_link(&here, shape) {
                Some(next) => {
                    passed.insert(here);
                    here = next;
                }
                None => {
                    let named = name_of(&here);
                    break (here, named);
                }
            }
        };
        for link in passed.into_iter().rev() {
            end.1 = end.1.or_else(|| name_of(&link));
            self.chains.insert((link, shape), end.clone());
        }
        end
    }

    /// Notes that from every link of a circle the chain ends before it would begin again.
    fn close(&mut self, circle: &IndexSet<Target>, shape: Shape) {
        let mut named = circle.iter().rev().find_map(name_of);
        let mut last = circle.last();
        for link in circle {
            if let Some(last) = last {
                named = name_of(last).or(named);
                self.chains.insert((link.clone(), shape), (last.clone(), named.clone()));
            }
            last = Some(link);
        }
    }

    /// What a reference with nothing beside it leads to.
    fn next_link(&self, here: &Target, shape: Shape) -> Option<Target> {
        let object = self.files[here.file].tree.pointer(here.at.as_str())?.as_object()?;
        let text = object.get("$ref").filter(|_| object.len() == 1)?.as_str()?;
        match self.resolve(here.file, &Found::alone(&here.at, text, shape)) {
            Resolution::Found(next) => Some(next),
            _ => None,
        }
    }

    /// Objects, and those that they are replaced by because they refer to them.
    pub(super) fn with_referenced(&self, objects: Vec<Target>) -> IndexSet<Target> {
        let mut all = IndexSet::new();
        for object in objects {
            let mut next = Some(object);
            while let Some(here) = next.take()
                && all.insert(here.clone())
            {
                let text = self.files[here.file].tree.pointer(here.at.child("$ref").as_str());
                if let Some(text) = text.and_then(Value::as_str)
                    && let found = Found::alone(&here.at, text, Shape::Map(Kind::Schema))
                    && let Resolution::Found(target) = self.resolve(here.file, &found)
                {
                    next = Some(target);
                }
            }
        }
        all
    }
}

/// The place of a target, if it is not a whole text.
fn name_of(target: &Target) -> Option<Pointer> {
    (target.at != Pointer::root()).then(|| target.at.clone())
}
