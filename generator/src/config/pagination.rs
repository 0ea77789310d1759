//! Which operations give their result in pages, and how.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};

use crate::select::fits_text;

/// The name that stands for all operations that are not named.
const OTHERS: &str = "*";

/// Which operations give their result in pages.
///
/// In a configuration file `pagination = false`, or a table by `operationId`, in which `*` stands for any text and `?`
/// for one character; each entry is `false` or a table of [`Pages`]. Of several that fit an operation, its own name comes
/// first, and then the pattern with the most characters that stand for themselves, and of those the one with the fewest
/// `*`; a pattern whose table does not fit the operation is passed over. `"*" = false` is for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Whether operations that are not named are paged when the document says so, by an extension or by the names of
    /// parameters and members.
    pub recognize: bool,
    /// By `operationId` or a pattern for some: how the operation is paged, or `None` when it is not.
    pub operations: BTreeMap<String, Option<Pages>>,
}

impl Default for Pagination {
    fn default() -> Self {
        Self {
            recognize: true,
            operations: BTreeMap::new(),
        }
    }
}

impl Pagination {
    /// What is said about an operation, the most specific first.
    pub(crate) fn of<'a>(&'a self, id: &str) -> Vec<(&'a str, Option<&'a Pages>)> {
        let fitting = self.operations.iter().filter(|(name, _)| fits_text(name, id));
        let mut fitting: Vec<_> = fitting.map(|(name, pages)| (name.as_str(), pages.as_ref())).collect();
        let literal = |name: &str| name.chars().filter(|c| !"*?".contains(*c)).count();
        let stars = |name: &str| name.matches('*').count();
        fitting.sort_by_key(|(name, _)| (*name != id, Reverse(literal(name)), stars(name)));
        fitting
    }
}

/// Whether a name of the configuration may stand for several operations.
pub(crate) fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// How an operation is paged. Places in a reply are JSON Pointers, in which `-1` is the last element of an array.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    tag = "style",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Pages {
    /// A parameter counts pages.
    PageNumber {
        /// The query parameter.
        #[serde(default)]
        parameter: String,
        /// Where the JSON body of the call has it, in place of a query parameter.
        body: Option<String>,
        /// The number of the first page; what the document says, or else 1.
        first: Option<u64>,
        /// Where the reply says which number it has, in place of `first`.
        number: Option<String>,
        /// Where the reply says whether there is another page.
        more: Option<String>,
        /// Where the reply says how many pages there are.
        total_pages: Option<String>,
        /// The header that says how many pages there are.
        total_pages_header: Option<String>,
        /// Where the array of items is; found by itself when there is one.
        items: Option<String>,
    },
    /// A parameter counts items.
    Offset {
        /// The query parameter.
        #[serde(default)]
        parameter: String,
        /// Where the JSON body of the call has it, in place of a query parameter.
        body: Option<String>,
        /// The number of the first item; what the document says, or else 0.
        first: Option<u64>,
        /// Where the reply says which number its first item has, in place of `first`.
        number: Option<String>,
        /// Where the reply says whether there is another page.
        more: Option<String>,
        /// Where the array of items is; found by itself when there is one.
        items: Option<String>,
    },
    /// A parameter takes a token from the reply.
    Cursor {
        /// The query parameter.
        #[serde(default)]
        parameter: String,
        /// Where the JSON body of the call has it, in place of a query parameter.
        body: Option<String>,
        /// Where the token is in the body; in a header, when `header` is given.
        #[serde(default)]
        next: String,
        /// The header that has the token.
        header: Option<String>,
        /// Where the reply says whether there is another page, when a token does not.
        more: Option<String>,
        /// Where the array of items is; found by itself when there is one.
        items: Option<String>,
    },
    /// The body has the URL of the next page.
    NextUrl {
        /// Where the URL is.
        next: String,
        /// Where the array of items is; found by itself when there is one.
        items: Option<String>,
    },
    /// The header `Link` has it, with the relation `next`.
    LinkHeader {
        /// Where the array of items is; found by itself when there is one.
        items: Option<String>,
    },
}

impl<'de> Deserialize<'de> for Pagination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(All)
    }
}

struct All;

impl<'de> Visitor<'de> for All {
    type Value = Pagination;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`true`, `false`, or a table by operationId")
    }

    fn visit_bool<E: de::Error>(self, recognize: bool) -> Result<Pagination, E> {
        Ok(Pagination {
            recognize,
            ..Pagination::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pagination, A::Error> {
        let mut pagination = Pagination::default();
        while let Some(name) = map.next_key::<String>()? {
            let Entry(pages) = map.next_value()?;
            match pages {
                None if name == OTHERS => pagination.recognize = false,
                pages => drop(pagination.operations.insert(name, pages)),
            }
        }
        Ok(pagination)
    }
}

/// What the table has for one operation.
struct Entry(Option<Pages>);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(One)
    }
}

struct One;

impl<'de> Visitor<'de> for One {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`false`, or a table with a `style`")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Entry, E> {
        match flag {
            false => Ok(Entry(None)),
            true => Err(E::custom("how the operation is paged needs a table with a `style`")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
        Pages::deserialize(MapAccessDeserializer::new(map)).map(|pages| Entry(Some(pages)))
    }
}
