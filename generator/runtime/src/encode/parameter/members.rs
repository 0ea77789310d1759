//! The members of an object in the order of their text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The members of an object in their order, which a map need not keep.
#[derive(Default)]
pub(crate) struct Members(pub(crate) Vec<(String, Value)>);

impl Members {
    /// Reads a JSON text; `None` if it is not an object.
    pub(crate) fn read(json: &str) -> serde_json::Result<Option<Self>> {
        if json.starts_with('{') {
            serde_json::from_str(json).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self::default())
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Self, A::Error> {
        while let Some(member) = members.next_entry()? {
            self.0.push(member);
        }
        Ok(self)
    }
}
