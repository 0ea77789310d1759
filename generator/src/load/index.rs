//! Positions of all keys of a document, found in one pass.
//!
//! [`locate`](super::locate()) reads the text once per place, which is slow for hundreds of messages. Names and texts
//! that parsers lend from the text tell where they stand by their address; what is not lent is not in the index.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::position::{Lines, Position};
use super::text::{decode, offset_in, quote_before};
use super::{json, yaml};
use crate::document::Notation;
use crate::pointer::Pointer;

/// Where members stand, by a hash of their pointer: the pointers themselves would outweigh the document.
#[derive(Debug)]
pub(crate) struct Index<'t> {
    lines: Lines<'t>,
    places: HashMap<u64, usize>,
}

impl<'t> Index<'t> {
    /// Reads a text that was loaded before, and so is within the limits.
    pub(crate) fn new(bytes: &'t [u8], notation: Notation) -> Self {
        let text = decode(bytes).unwrap_or_default();
        let places = RefCell::default();
        let walk = Walk {
            text,
            places: &places,
            hash: 0,
        };
        match notation {
            Notation::Json => drop(json::parse(text, walk)),
            Notation::Yaml => drop(yaml::stop_at(text, walk)),
        }
        Self {
            lines: Lines::new(text),
            places: places.into_inner(),
        }
    }

    /// Where a node stands, if the pass came to know it.
    pub(crate) fn find(&self, at: &Pointer) -> Option<Position> {
        let hash = at.tokens().fold(0, |hash, token| child(hash, &token));
        let offset = self.places.get(&hash)?;
        Some(self.lines.position(*offset))
    }
}

fn child(parent: u64, token: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    parent.hash(&mut hasher);
    token.hash(&mut hasher);
    hasher.finish()
}

/// Visits a value and everything below it; returns where it begins, if that is known.
#[derive(Clone, Copy)]
struct Walk<'a> {
    text: &'a str,
    places: &'a RefCell<HashMap<u64, usize>>,
    hash: u64,
}

impl Walk<'_> {
    fn down(self, token: &str) -> Self {
        Self {
            hash: child(self.hash, token),
            ..self
        }
    }

    fn note(self, offset: Option<usize>) {
        if let Some(offset) = offset {
            self.places.borrow_mut().insert(self.hash, offset);
        }
    }

    fn offset(self, lent: &str) -> Option<usize> {
        offset_in(self.text, lent).map(|offset| quote_before(self.text, offset))
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(self.offset(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        for index in 0_usize.. {
            let element = self.down(&index.to_string());
            match access.next_element_seed(element)? {
                Some(offset) => element.note(offset),
                None => break,
            }
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut first = None;
        let mut is_first = true;
        while let Some((member, offset)) = access.next_key_seed(Name(self))? {
            member.note(offset);
            access.next_value_seed(member)?;
            if is_first {
                first = offset;
                is_first = false;
            }
        }
        // An object in braces begins at its brace.
        Ok(first.map(|first| {
            let before = self.text[..first].trim_end();
            before.strip_suffix('{').map_or(first, str::len)
        }))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Self::Value, A::Error> {
        let (_, content) = access.variant::<IgnoredAny>()?;
        content.newtype_variant_seed(self)
    }
}

/// Visits a member name below the value at hand.
struct Name<'a>(Walk<'a>);

impl<'de, 'a> DeserializeSeed<'de> for Name<'a> {
    type Value = (Walk<'a>, Option<usize>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, 'a> Visitor<'de> for Name<'a> {
    type Value = (Walk<'a>, Option<usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok((self.0.down(name), None))
    }

    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok((self.0.down(name), self.0.offset(name)))
    }
}
