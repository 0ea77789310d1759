//! Which cargo features a client has for its tags.

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Whether a crate has a feature per tag, and which of them are on by default.
///
/// Documents with one tag have none, and neither has a client that is included as a module, since what its crate calls
/// its features is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TagFeatures {
    /// All are on by default.
    #[default]
    All,
    /// None is on by default.
    None,
    /// Those of the tags that fit one of these, in which `*` is any text and `?` any character.
    These(Vec<String>),
    /// There are no such features: everything is always there.
    Off,
}

impl TagFeatures {
    /// Reads `all`, `none` and `off`; other words are tags, with commas between them.
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
