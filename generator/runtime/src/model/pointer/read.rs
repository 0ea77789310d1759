//! What stands at a place of a JSON text, without a tree of the whole.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing, or `null`.
    Nothing,
    Flag(bool),
    Text(String),
    /// A number, as text.
    Number(String),
    /// An array of so many elements.
    List(u64),
    Object,
}

impl Found {
    /// A text or a number; an empty text is none.
    pub(crate) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// A whole number that is not negative, also one that is written as text.
    pub(crate) fn count(&self) -> Option<u64> {
        match self {
            Self::Text(text) | Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// What stands at the pointer; a text that is not JSON has nothing anywhere.
pub(crate) fn find(json: &[u8], pointer: &str) -> Found {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let unescape = |token: &str| token.replace("~1", "/").replace("~0", "~");
    let tokens: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    Seek(&tokens).deserialize(&mut deserializer).unwrap_or(Found::Nothing)
}

/// Goes down the way that these tokens name.
#[derive(Clone, Copy)]
struct Seek<'t>(&'t [String]);

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Seek<'_> {
    /// A scalar, at which a way that goes on leads nowhere.
    fn scalar<E>(self, found: impl FnOnce() -> Found) -> Result<Found, E> {
        Ok(if self.0.is_empty() { found() } else { Found::Nothing })
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Found, E> {
        self.scalar(|| Found::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Found, E> {
        self.scalar(|| Found::Number(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Found, E> {
        self.scalar(|| Found::Number(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Found, E> {
        self.scalar(|| Found::Number(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Found, E> {
        self.scalar(|| Found::Text(text.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        let Some((token, rest)) = self.0.split_first() else {
            let mut length = 0;
            while list.next_element::<IgnoredAny>()?.is_some() {
                length += 1;
            }
            return Ok(Found::List(length));
        };
        let mut found = Found::Nothing;
        let wanted = token.parse::<usize>().ok();
        for index in 0.. {
            let next = if token == "-1" || wanted == Some(index) {
                list.next_element_seed(Seek(rest))?
            } else {
                list.next_element::<IgnoredAny>()?.map(|_| found.clone())
            };
            match next {
                Some(next) => found = next,
                None => break,
            }
        }
        Ok(found)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Found, A::Error> {
        let way = self.0.split_first();
        let mut found = if way.is_none() { Found::Object } else { Found::Nothing };
        while let Some(name) = object.next_key::<String>()? {
            match way {
                Some((token, rest)) if *token == name => found = object.next_value_seed(Seek(rest))?,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}
