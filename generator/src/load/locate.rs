//! Finds the line and column of a JSON Pointer.
//!
//! No parser reports where values stand, but all report where an error was raised: a visitor walks along the
//! pointer, skips everything else, and fails on purpose at its end.

use std::cell::Cell;
use std::fmt;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::position::Position;
use super::text::{decode, offset_in, quote_before};
use super::{json, yaml};
use crate::document::{Notation, Source};
use crate::pointer::Pointer;
use crate::text::floor;

/// Returns the position of a node: of its key, or of the item of an array.
///
/// If the node does not exist, returns the position of its closest existing ancestor. Returns `None` if the text cannot
/// be parsed.
#[must_use]
pub fn locate(source: &Source, notation: Notation, at: &Pointer) -> Option<Position> {
    locate_in(&source.bytes, notation, at)
}

/// Like [`locate`], for a part.
pub(crate) fn locate_in(bytes: &[u8], notation: Notation, at: &Pointer) -> Option<Position> {
    let text = decode(bytes).ok()?;
    let tokens: Vec<String> = at.tokens().collect();
    let trail = Trail::new(text);
    let found = trail.walk(notation, &tokens).or_else(|| {
        let deepest = trail.reached.get();
        (deepest < tokens.len())
            .then(|| trail.walk(notation, &tokens[..deepest]))
            .flatten()
    });
    found.map(|offset| Position::of_offset(text, offset))
}

/// What is known about the walk along one pointer.
struct Trail<'t> {
    text: &'t str,
    /// How many tokens were found.
    reached: Cell<usize>,
    /// Whether the walk failed on purpose, at its end.
    stopped: Cell<bool>,
    /// The exact place, when the name stands in the text as it is.
    exact: Cell<Option<usize>>,
    /// The bracket the value begins with; JSON errors stand somewhat behind it.
    bracket: Cell<Option<char>>,
}

impl<'t> Trail<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            reached: Cell::new(0),
            stopped: Cell::new(false),
            exact: Cell::new(None),
            bracket: Cell::new(None),
        }
    }

    fn walk(&self, notation: Notation, tokens: &[String]) -> Option<usize> {
        self.reached.set(0);
        let step = Step {
            trail: self,
            tokens,
            depth: 0,
        };
        let offset = match notation {
            Notation::Json => json::parse(self.text, step)
                .err()
                .map(|error| self.back_to_bracket(json::offset(self.text, &error))),
            Notation::Yaml => yaml::stop_at(self.text, step),
        };
        let offset = self.exact.get().or(offset)?;
        self.stopped.get().then_some(offset)
    }

    fn stop<E: de::Error>(&self, here: Option<&str>) -> E {
        self.stopped.set(true);
        let exact = here.and_then(|here| offset_in(self.text, here));
        self.exact.set(exact.map(|offset| quote_before(self.text, offset)));
        E::custom("found")
    }

    fn stop_before<E: de::Error>(&self, bracket: char) -> E {
        self.bracket.set(Some(bracket));
        self.stop(None)
    }

    fn back_to_bracket(&self, offset: usize) -> usize {
        let end = floor(self.text, offset + 1);
        let bracket = self.bracket.get().and_then(|bracket| self.text[..end].rfind(bracket));
        bracket.unwrap_or(offset)
    }
}

/// Walks down from a value.
#[derive(Clone, Copy)]
struct Step<'a> {
    trail: &'a Trail<'a>,
    tokens: &'a [String],
    depth: usize,
}

impl Step<'_> {
    fn is_end(&self) -> bool {
        self.depth == self.tokens.len()
    }

    fn down(self) -> Self {
        let depth = self.depth + 1;
        self.trail.reached.set(depth);
        Self { depth, ..self }
    }

    /// A scalar ends the walk, whether or not it is where the pointer ends.
    fn leaf<E: de::Error>(self, here: Option<&str>) -> Result<(), E> {
        if self.is_end() {
            return Err(self.trail.stop(here));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Step<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Step<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        self.leaf(None)
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<(), E> {
        self.leaf(Some(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        if self.is_end() {
            return Err(self.trail.stop_before('['));
        }
        let wanted: Option<usize> = self.tokens[self.depth].parse().ok();
        let mut index = 0;
        loop {
            let more = if Some(index) == wanted {
                access.next_element_seed(Element(self))?.is_some()
            } else {
                access.next_element::<IgnoredAny>()?.is_some()
            };
            if !more {
                return Ok(());
            }
            index += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        if self.is_end() {
            return Err(self.trail.stop_before('{'));
        }
        while let Some(here) = access.next_key_seed(Name(self))? {
            if here {
                access.next_value_seed(self.down())?;
            } else {
                access.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        let (_, content) = access.variant::<IgnoredAny>()?;
        content.newtype_variant_seed(self)
    }
}

/// The element the pointer leads through; it counts as reached only if it is there.
struct Element<'a>(Step<'a>);

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.down().deserialize(deserializer)
    }
}

/// Compares a member name with the next token.
struct Name<'a>(Step<'a>);

impl Name<'_> {
    fn check<E: de::Error>(&self, name: &str, here: Option<&str>) -> Result<bool, E> {
        let Step { trail, tokens, depth } = self.0;
        if tokens[depth] != name {
            return Ok(false);
        }
        if depth + 1 == tokens.len() {
            return Err(trail.stop(here));
        }
        Ok(true)
    }
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<bool, E> {
        self.check(name, None)
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<bool, E> {
        self.check(name, Some(name))
    }
}

#[cfg(test)]
mod tests;
