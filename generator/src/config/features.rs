//! Cargo features for the tags of a document.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Whether a crate has a cargo feature per tag, and which of them are enabled by default.
///
/// Documents with a single tag have none. Neither have clients that are included as a module: the features belong to
/// the including crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TagFeatures {
    /// All are enabled by default.
    #[default]
    All,
    /// None is enabled by default.
    None,
    /// Those of tags that match one of these patterns, in which `*` matches any text and `?` one character.
    These(Vec<String>),
    /// No features for tags; all operations are always compiled.
    Off,
}

impl TagFeatures {
    /// Parses `all`, `none`, `off`, or a comma-separated list of tags.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        match words {
            "all" => Self::All,
            "none" => Self::None,
            "off" => Self::Off,
            tags => Self::These(tags.split(',').map(|tag| tag.trim().to_owned()).collect()),
        }
    }
}

impl<'de> Deserialize<'de> for TagFeatures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Word(String),
            Tags(Vec<String>),
        }
        let expected = "`tag-features` is \"all\", \"none\", \"off\" or a list of tags";
        match Written::deserialize(deserializer).map_err(|_| D::Error::custom(expected))? {
            Written::Tags(tags) => Ok(Self::These(tags)),
            Written::Word(word) => match Self::of_words(&word) {
                Self::These(_) => Err(D::Error::custom(expected)),
                known => Ok(known),
            },
        }
    }
}
