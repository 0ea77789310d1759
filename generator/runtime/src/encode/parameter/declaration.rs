//! A Parameter Object: its name, where it goes, and how its value is written.

use super::escape::Escape;

/// A Parameter Object: its name, where it goes, and how its value is written.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    pub(super) unescaped: bool,
    pub(crate) json: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    /// The whole query string; the name is not written.
    QueryString,
    Header,
    Cookie,
    /// A member of a form.
    Form,
}

/// How arrays and objects are written. Members that are `null` are left out, items that are `null`
/// are written as the empty text, and arrays and objects inside other ones as JSON text, except in
/// [`Style::DeepObject`]. An empty array or object is left out as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`; for paths and headers.
    Simple,
    /// `.a.b`; for paths.
    Label,
    /// `;name=a;name=b`; for paths.
    Matrix,
    /// `name=a&name=b`, not exploded `name=a,b`; for queries and cookies.
    Form,
    /// `name=a%20b`; Swagger 2.0 `ssv`.
    SpaceDelimited,
    /// `name=a%7Cb`; Swagger 2.0 `pipes`.
    PipeDelimited,
    /// `name=a%09b`; Swagger 2.0 `tsv`.
    TabDelimited,
    /// `name[a]=1&name[b]=2`, with encoded brackets. OpenAPI defines no more than that. Objects inside
    /// add a further pair of brackets, and arrays number their items, `name[a][0]=1&name[a][1]=2`, which
    /// servers that take whole trees in this style read.
    DeepObject,
    /// `name=a`, with nothing percent-encoded that a header can hold but `;`, which would end the value; for cookies.
    Cookie,
}

impl Parameter {
    const fn new(name: &'static str, location: Location, style: Style, explode: bool) -> Self {
        Self {
            name,
            location,
            style,
            explode,
            allow_reserved: false,
            unescaped: false,
            json: false,
        }
    }

    /// A path parameter: style `simple`, not exploded.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// A query parameter: style `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A parameter that is the whole query string: an object as the pairs of a form, anything else as text.
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, Location::QueryString, Style::Form, true)
    }

    /// A header parameter: style `simple`, not exploded. Its value is not percent-encoded.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A cookie parameter: style `form`, exploded. What RFC 6265 does not permit in the value of a
    /// cookie is percent-encoded, and so is `%`.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    pub(crate) const fn form(name: &'static str) -> Self {
        Self::new(name, Location::Form, Style::Form, true)
    }

    /// Sets the style, and `explode` to what is the default for it: true for `form` and `cookie` only.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self {
            style,
            explode: matches!(style, Style::Form | Style::Cookie),
            ..self
        }
    }

    /// Whether the items of an array and the members of an object are written one by one.
    #[must_use]
    pub const fn explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }

    /// `allowReserved: true`: reserved characters and percent-encoded triples stay as they are
    /// (RFC 6570, "+"), except `#`, `&` and `+`, and in a path `?`, which would change the structure
    /// of the URL.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }

    /// `x-ms-skip-url-encoding: true`: the value is sent as it is, except what no URL can hold, `#`, and in a path
    /// `?`. In a query it can hold several pairs.
    #[must_use]
    pub const fn unescaped(self) -> Self {
        Self {
            unescaped: true,
            ..self
        }
    }

    /// `content: application/json`: the value is written as JSON text, which is then escaped as the
    /// place demands.
    #[must_use]
    pub const fn json(self) -> Self {
        Self { json: true, ..self }
    }

    pub(crate) const fn escape(&self) -> Escape {
        match (self.location, self.allow_reserved) {
            (Location::Path, _) if self.unescaped => Escape::Literal,
            (Location::Query, _) if self.unescaped => Escape::Query,
            (Location::Header, _) => Escape::Nothing,
            (Location::Cookie, _) if matches!(self.style, Style::Cookie) => Escape::WholeCookie,
            (Location::Cookie, _) => Escape::Cookie,
            (Location::Path | Location::Query | Location::QueryString | Location::Form, false) => Escape::Component,
            (Location::Path, true) => Escape::ReservedInPath,
            (Location::Query | Location::QueryString | Location::Form, true) => Escape::Reserved,
        }
    }
}
