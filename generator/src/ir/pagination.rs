//! How an operation is paginated.

use super::ids::TypeId;
use super::slot::Slot;
use super::types::{Shape, Types};

/// How an operation is paginated. Places in a response are JSON Pointers.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// What leads from one page to the next.
    pub step: PageStep,
    /// The members that lead down from the body to the array, by type and field; none when it is the body itself.
    pub way: Vec<(TypeId, usize)>,
    /// What the array is made of.
    pub item: Slot,
    /// Where a response says whether there is another page.
    pub more: Option<String>,
    /// Where a response says how many pages there are.
    pub total_pages: Option<ReplyPlace>,
    /// The media type of the JSON body that has the parameter, whose name is a JSON Pointer then; none when it is in the
    /// query.
    pub body: Option<String>,
    /// The parameter for the size of a page, and the most it may be.
    pub size: Option<(String, u64)>,
}

/// The number of the first page or item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// It is known.
    Number(u64),
    /// The first page says it at this place.
    At(String),
}

/// What leads from one page to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageStep {
    /// A parameter counts pages.
    Page {
        /// Its name on the wire.
        parameter: String,
        /// The number of the first page.
        first: First,
    },
    /// A parameter counts items.
    Offset {
        /// Its name on the wire.
        parameter: String,
        /// The number of the first item.
        first: First,
    },
    /// A parameter takes a token from the response.
    Cursor {
        /// Its name on the wire.
        parameter: String,
        /// Where the token is.
        token: ReplyPlace,
    },
    /// The response has the URL of the next page.
    Url(ReplyPlace),
    /// The header `Link` has it.
    Link,
}

impl PageStep {
    /// The name of the style in the configuration.
    #[must_use]
    pub fn style(&self) -> &'static str {
        match self {
            Self::Page { .. } => "page-number",
            Self::Offset { .. } => "offset",
            Self::Cursor { .. } => "cursor",
            Self::Url(_) => "next-url",
            Self::Link => "link-header",
        }
    }

    /// The parameter that leads to the next page, if one does.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Page { parameter, .. } | Self::Offset { parameter, .. } | Self::Cursor { parameter, .. } => {
                Some(parameter)
            }
            Self::Url(_) | Self::Link => None,
        }
    }
}

/// A place in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyPlace {
    /// A place in the body.
    Body(String),
    /// A header.
    Header(String),
}

impl Pagination {
    /// Where the array stands in the body.
    #[must_use]
    pub fn items(&self, types: &Types) -> String {
        let names = self.way.iter().filter_map(|(id, field)| match &types[*id].shape {
            Shape::Struct(object) => Some(&object.fields.get(*field)?.wire),
            _ => None,
        });
        names.fold(String::new(), |pointer, name| {
            pointer + "/" + &name.replace('~', "~0").replace('/', "~1")
        })
    }
}
