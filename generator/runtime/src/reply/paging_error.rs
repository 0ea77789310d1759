//! Why the next page is not asked for.

use std::fmt;

/// Reason why the next page was not requested although there seems to be one. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The link to the next page leads to another origin, or contains a user name.
    ForeignLink {
        /// Scheme, host and port of the link.
        target: String,
    },
    /// The link to the next page is not a URL, has dot segments, or does not lead below the base URL.
    InvalidLink,
    /// The next page has been requested before, or equals the previous one, so the pagination would not end.
    Repeated,
    /// The first page does not contain its number, so the number of the second page is unknown.
    Unnumbered,
    /// There are more pages than the maximum number of pages.
    TooManyPages {
        /// How many that is.
        limit: u64,
    },
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignLink { target } => write!(f, "the link to the next page, to {target}, was not followed"),
            Self::InvalidLink => f.write_str("the link to the next page does not lead below the base URL"),
            Self::Repeated => f.write_str("the next page was requested before"),
            Self::Unnumbered => f.write_str("the first page does not contain its number"),
            Self::TooManyPages { limit } => write!(f, "there are more than {limit} pages"),
        }
    }
}

impl std::error::Error for PagingError {}
