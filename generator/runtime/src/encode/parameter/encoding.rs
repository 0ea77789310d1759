//! How the members of a form, and the parts of a multipart body, are written.

use super::super::media_type;
use super::declaration::{Parameter, Style};

/// Encoding of one form property or one multipart part, where it differs from the default for its type (OpenAPI
/// Encoding Object).
///
/// ```
/// use envoi_runtime::{Encoding, Style};
///
/// const ENCODINGS: [Encoding; 2] = [
///     Encoding::new("address").style(Style::DeepObject),
///     Encoding::new("scan").content_type("image/png"),
/// ];
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    pub(crate) name: &'static str,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) style: Option<Parameter>,
    pub(crate) headers: &'static [(&'static str, &'static str)],
}

impl Encoding {
    /// Creates an encoding for the property of this name.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            content_type: None,
            style: None,
            headers: &[],
        }
    }

    /// Sets the content type of a part. For an array in a form, `application/json` makes it one JSON text.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// Sets the style of the value, as in a query, and `explode` to its default for that style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(self.parameter().style(style));
        self
    }

    /// Sets whether array items and object properties are written as separate pairs.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.style = Some(self.parameter().explode(explode));
        self
    }

    /// Keeps reserved characters as they are, except those with a meaning in a form (`allowReserved: true`).
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.style = Some(self.parameter().allow_reserved());
        self
    }

    /// Sets headers of the part besides its content type.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    const fn parameter(&self) -> Parameter {
        match self.style {
            Some(parameter) => parameter,
            None => Parameter::form(self.name),
        }
    }

    pub(crate) fn of<'e>(encodings: &'e [Self], name: &str) -> Option<&'e Self> {
        encodings.iter().find(|encoding| encoding.name == name)
    }

    pub(crate) fn is_json(&self) -> bool {
        self.content_type
            .is_some_and(|own| media_type::is_json(&media_type::essence(own)))
    }
}
