//! A Parameter Object: its name, where it goes, and how its value is written.

use super::escape::Escape;

/// Parameter declaration: its name, its location, and its serialization (OpenAPI Parameter Object).
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

/// Serialization style of arrays and objects. Properties that are `null` are omitted, items that are `null` are written
/// as empty strings, and nested arrays and objects as JSON text, except in [`Style::DeepObject`]. An empty array or
/// object is omitted.
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

    /// Declares a path parameter: style `simple`, not exploded.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// Declares a query parameter: style `form`, exploded.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// Declares a parameter that is the whole query string: an object as form pairs, anything else as text.
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, Location::QueryString, Style::Form, true)
    }

    /// Declares a header parameter: style `simple`, not exploded. Its value is not percent-encoded.
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// Declares a cookie parameter: style `form`, exploded. Characters that RFC 6265 does not permit in a cookie value
    /// are percent-encoded, and so is `%`.
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    pub(crate) const fn form(name: &'static str) -> Self {
        Self::new(name, Location::Form, Style::Form, true)
    }

    /// Sets the style, and `explode` to its default for that style: true for `form` and `cookie` only.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self {
            style,
            explode: matches!(style, Style::Form | Style::Cookie),
            ..self
        }
    }

    /// Sets whether array items and object properties are written as separate pairs.
    #[must_use]
    pub const fn explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }

    /// Keeps reserved characters and percent-encoded triples as they are (`allowReserved: true`; RFC 6570, "+"), except
    /// `#`, `&` and `+`, and in a path `?`, which would change the structure of the URL.
    #[must_use]
    pub const fn allow_reserved(self) -> Self {
        Self {
            allow_reserved: true,
            ..self
        }
    }

    /// Sends the value without encoding (`x-ms-skip-url-encoding: true`), except characters no URL can contain, `#`,
    /// and in a path `?`. In a query it can contain several pairs.
    #[must_use]
    pub const fn unescaped(self) -> Self {
        Self {
            unescaped: true,
            ..self
        }
    }

    /// Writes the value as JSON text, escaped for its location (`content: application/json`).
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
