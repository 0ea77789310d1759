//! The types that become a union.

use std::collections::HashMap;

use super::routes::{Given, Origin, Route, Source, held, is_number};
use crate::emit::context::Cx;
use crate::emit::tokens::ty::Scope;
use crate::ir::{EnumValues, Primitive, Scalar, Shape, Slot, TypeId, TypeRef, Union};

impl<'a> Cx<'a> {
    /// The types that become a union, in the order of its branches: those that its branches hold, then those that become one
    /// of these. A type to which two branches lead is none of them, unless its values tell which.
    pub(super) fn sources<'b>(&'b self, id: TypeId, union: &'b Union) -> Vec<Source<'b>> {
        let mut direct: Vec<Source<'b>> = Vec::new();
        let mut nested: Vec<Source<'b>> = Vec::new();
        let recursive = self.is_recursive(id);
        for (variant, slot) in held(union) {
            direct.push(self.held_source(union, slot, variant));
            if self.is_string(union, slot) {
                direct.push(self.plain_source(Origin::Str, Route::Branch(variant)));
            }
            if !recursive {
                nested.extend(self.sources_of_branch(union, slot, variant));
            }
        }
        let is_new = |source: &Source<'_>| {
            let mut known = direct.iter().flat_map(|own| &own.keys);
            !known.any(|key| source.keys.contains(key)) && source.keys[0] != format!("#{}", id.index())
        };
        nested.retain(is_new);
        let mut sources = alone(direct);
        sources.extend(alone(nested));
        self.choices(id, union, &mut sources);
        sources
    }

    /// Adds the types whose values tell which of several branches they lead to.
    fn choices<'b>(&'b self, id: TypeId, union: &'b Union, sources: &mut Vec<Source<'b>>) {
        let mut choice = |given: Given, origins: &[Origin<'b>]| {
            let Some(leaves) = self.leaves(id, union, given) else {
                return;
            };
            for origin in origins {
                let source = self.plain_source(*origin, Route::Choice(leaves.clone()));
                match sources.iter_mut().find(|own| own.keys[0] == source.keys[0]) {
                    Some(own) => *own = source,
                    None => sources.push(source),
                }
            }
        };
        choice(Given::Text, &[Origin::Str, Origin::Text]);
        choice(Given::Integer, &[Origin::Plain(Primitive::I64)]);
    }

    /// What becomes the type that a branch holds.
    fn sources_of_branch<'b>(&'b self, union: &'b Union, slot: &Slot, variant: usize) -> Vec<Source<'b>> {
        let plain = |origin: Origin<'b>| self.plain_source(origin, Route::Within(variant));
        // literals have the type of the only number
        let is_only_number = || held(union).filter(|(_, slot)| self.reads_numbers(slot)).count() == 1;
        let null = union.has_content() && self.api.types.is_nullable(slot);
        if let TypeRef::Primitive(Primitive::Scalar(scalar)) = self.api.types.resolve(&slot.ty)
            && !null
            && !self.is_newtype(&slot.ty)
        {
            let with_numbers = is_only_number();
            let mut parts = parts(self.scalar(*scalar));
            parts.retain(|part| with_numbers || !matches!(part, Origin::Plain(primitive) if is_number(*primitive)));
            return parts.into_iter().map(plain).collect();
        }
        let Some(inner) = self.named_branch(union, slot) else {
            return Vec::new();
        };
        match &self.api.types[inner].shape {
            Shape::Union(union) => {
                let through = |source: Source<'b>| Source {
                    route: Route::Within(variant),
                    ..source
                };
                self.sources(inner, union).into_iter().map(through).collect()
            }
            Shape::Enum(values) => match values.values {
                EnumValues::Strings(_) => vec![plain(Origin::Str), plain(Origin::Text)],
                EnumValues::Integers(_) if is_only_number() => vec![plain(Origin::Plain(Primitive::I64))],
                EnumValues::Numbers(_) if is_only_number() => vec![plain(Origin::Plain(Primitive::F64))],
                EnumValues::Integers(_) | EnumValues::Numbers(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn held_source<'b>(&self, union: &'b Union, slot: &'b Slot, variant: usize) -> Source<'b> {
        let written = self.held_type(union, slot, &mut Scope::Api).to_string();
        Source {
            origin: Origin::Held(union, slot),
            keys: [self.rust_type(slot, 0), written],
            route: Route::Branch(variant),
        }
    }

    fn plain_source<'b>(&self, origin: Origin<'b>, route: Route) -> Source<'b> {
        let key = match origin {
            Origin::Str => "&str".to_owned(),
            Origin::Plain(primitive) => self.primitive(primitive).to_string(),
            Origin::Text | Origin::Held(..) => self.primitive(Primitive::String).to_string(),
        };
        Source {
            origin,
            keys: [key.clone(), key],
            route,
        }
    }

    /// Whether a branch holds a `String`.
    fn is_string(&self, union: &Union, slot: &Slot) -> bool {
        let null = union.has_content() && self.api.types.is_nullable(slot);
        let text =
            matches!(self.api.types.resolve(&slot.ty), TypeRef::Primitive(primitive) if self.is_text(*primitive));
        text && !null && !self.is_newtype(&slot.ty)
    }

    /// The type that a branch holds, if it has a name and is no `Option`.
    fn named_branch(&self, union: &Union, slot: &Slot) -> Option<TypeId> {
        let null = union.has_content() && self.api.types.is_nullable(slot);
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Named(id) if !null && !self.is_newtype(&slot.ty) => Some(*id),
            _ => None,
        }
    }

    /// Whether a union is a branch of a branch of itself, which would never end.
    pub(super) fn is_recursive(&self, id: TypeId) -> bool {
        self.leads_to(id, id, &mut Vec::new())
    }

    fn leads_to(&self, from: TypeId, to: TypeId, seen: &mut Vec<TypeId>) -> bool {
        let Shape::Union(union) = &self.api.types[from].shape else {
            return false;
        };
        let mut slots = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
        slots.any(|slot| match self.named_branch(union, slot) {
            Some(branch) if branch == to => true,
            Some(branch) if !seen.contains(&branch) => {
                seen.push(branch);
                self.leads_to(branch, to, seen)
            }
            _ => false,
        })
    }
}

/// What becomes one of several scalars.
fn parts<'a>(scalar: Scalar) -> Vec<Origin<'a>> {
    use Primitive::{Bool, DateTime, F64, I32, I64, String, U32, U64};
    let mut parts = Vec::new();
    for kind in scalar.kinds() {
        match kind {
            Bool => parts.push(Origin::Plain(Bool)),
            String => parts.extend([Origin::Str, Origin::Text]),
            I64 => parts.extend([I32, I64, U32].map(Origin::Plain)),
            F64 => parts.extend([I32, I64, U32, U64, F64].map(Origin::Plain)),
            DateTime => parts.push(Origin::Plain(DateTime)),
            _ => {}
        }
    }
    parts
}

/// The sources to which no other is equal.
fn alone(sources: Vec<Source<'_>>) -> Vec<Source<'_>> {
    let mut counts: [HashMap<String, usize>; 2] = Default::default();
    for source in &sources {
        for (count, key) in counts.iter_mut().zip(&source.keys) {
            *count.entry(key.clone()).or_default() += 1;
        }
    }
    let is_alone = |source: &Source<'_>| {
        let mut keys = counts.iter().zip(&source.keys);
        keys.all(|(count, key)| count.get(key) == Some(&1))
    };
    sources.into_iter().filter(is_alone).collect()
}
