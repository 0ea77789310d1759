//! How the members of a form, and the parts of a multipart body, are written.

use super::super::media_type;
use super::declaration::{Parameter, Style};

/// An Encoding Object: how one member of a form or one part of a body is written, where that is not
/// what its type says.
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
    /// The encoding of the member of this name.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            content_type: None,
            style: None,
            headers: &[],
        }
    }

    /// The content type of a part. For an array in a form, `application/json` makes it one JSON text.
    #[must_use]
    pub const fn content_type(mut self, media_type: &'static str) -> Self {
        self.content_type = Some(media_type);
        self
    }

    /// The style in which the value is written, as in a query, and `explode` to what is the default for it.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = Some(self.parameter().style(style));
        self
    }

    /// Whether the items of an array and the members of an object are written one by one.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.style = Some(self.parameter().explode(explode));
        self
    }

    /// `allowReserved: true`: reserved characters stay as they are, except those with a meaning in a form.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.style = Some(self.parameter().allow_reserved());
        self
    }

    /// Headers of the part, beside its content type.
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
