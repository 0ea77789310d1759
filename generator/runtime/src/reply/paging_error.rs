//! Why the next page is not asked for.

use std::fmt;

/// Why the next page is not asked for, although there seems to be one. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The link to the next page leads to another scheme, host or port, or has a user in it.
    ForeignLink {
        /// Scheme, host and port of the link.
        target: String,
    },
    /// The link to the next page is not a URL, has dot segments, or does not lead below the base URL.
    InvalidLink,
    /// The page has led here before, or is the same as the one before it, so that there would be no end.
    Repeated,
    /// The first page does not say its number, so that the number of the second is not known.
    Unnumbered,
    /// There are more pages than the stream is permitted to ask for.
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
            Self::Repeated => f.write_str("the pages repeat themselves"),
            Self::Unnumbered => f.write_str("the first page does not say its number"),
            Self::TooManyPages { limit } => write!(f, "there are more than {limit} pages"),
        }
    }
}

impl std::error::Error for PagingError {}
