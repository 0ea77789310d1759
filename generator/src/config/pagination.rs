//! Which operations are paginated, and how.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};

use crate::select::fits_text;

/// The name that stands for all operations that are not named.
const OTHERS: &str = "*";

/// Which operations are paginated.
///
/// In a configuration file: `pagination = false`, or a table by `operationId`. In its keys, `*` matches any text and
/// `?` one character. Each value is `false` or a table of [`Pages`]. If several keys match an operation, its exact name
/// is used, or else the pattern with the most literal characters, and of those the one with the fewest `*`. A pattern
/// whose table cannot be applied to the operation is skipped. `"*" = false` applies to all other operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Whether to detect pagination of operations that are not listed, by extensions or by the names of parameters and
    /// properties.
    pub recognize: bool,
    /// By `operationId` or pattern: how the operation is paginated, or `None` if it is not.
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

/// How an operation is paginated. Places in a response are JSON Pointers, in which `-1` is the last item of an array.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    tag = "style",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub enum Pages {
    /// A parameter is the number of a page.
    PageNumber {
        /// The query parameter.
        #[serde(default)]
        parameter: String,
        /// JSON Pointer into the request body, instead of a query parameter.
        body: Option<String>,
        /// The number of the first page. Default: as documented, or else 1.
        first: Option<u64>,
        /// JSON Pointer to the number of the page in the response, instead of `first`.
        number: Option<String>,
        /// JSON Pointer to a boolean in the response that says whether there is another page.
        more: Option<String>,
        /// JSON Pointer to the number of pages in the response.
        total_pages: Option<String>,
        /// The response header with the number of pages.
        total_pages_header: Option<String>,
        /// JSON Pointer to the array of items. Default: the only array of the response.
        items: Option<String>,
    },
    /// A parameter is the number of items to skip.
    Offset {
        /// The query parameter.
        #[serde(default)]
        parameter: String,
        /// JSON Pointer into the request body, instead of a query parameter.
        body: Option<String>,
        /// The number of the first item. Default: as documented, or else 0.
        first: Option<u64>,
        /// JSON Pointer to the number of the first item in the response, instead of `first`.
        number: Option<String>,
        /// JSON Pointer to a boolean in the response that says whether there is another page.
        more: Option<String>,
        /// JSON Pointer to the array of items. Default: the only array of the response.
        items: Option<String>,
    },
    /// A parameter takes a cursor from the previous response.
    Cursor {
        /// The query parameter.
        #[serde(default)]
        parameter: String,
        /// JSON Pointer into the request body, instead of a query parameter.
        body: Option<String>,
        /// JSON Pointer to the cursor in the response; unset if `header` is set.
        #[serde(default)]
        next: String,
        /// The response header with the cursor.
        header: Option<String>,
        /// JSON Pointer to a boolean in the response that says whether there is another page, if the cursor does not
        /// tell.
        more: Option<String>,
        /// JSON Pointer to the array of items. Default: the only array of the response.
        items: Option<String>,
    },
    /// The response body contains the URL of the next page.
    NextUrl {
        /// JSON Pointer to the URL in the response.
        next: String,
        /// JSON Pointer to the array of items. Default: the only array of the response.
        items: Option<String>,
    },
    /// The `Link` header contains the URL of the next page, with the relation `next`.
    LinkHeader {
        /// JSON Pointer to the array of items. Default: the only array of the response.
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
            true => Err(E::custom("expected `false` or a table with a `style`")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
        Pages::deserialize(MapAccessDeserializer::new(map)).map(|pages| Entry(Some(pages)))
    }
}
