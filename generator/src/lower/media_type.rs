//! Classifies media types.

/// What the bytes of a media type are made of, as far as Envoi knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    /// `application/json` and what is built on it (RFC 6839).
    Json,
    /// `application/xml`, `text/xml` and what is built on them (RFC 7303).
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/…`.
    Text,
    /// Anything else.
    Bytes,
}

impl Format {
    pub(super) fn of(media_type: &str) -> Self {
        let essence = media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" | "*/*" | "application/*" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "application/xml" | "text/xml" => Self::Xml,
            other if other.ends_with("+json") => Self::Json,
            other if other.ends_with("+xml") => Self::Xml,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// Whether a media type is made of parts.
pub(super) fn is_multipart(media_type: &str) -> bool {
    let kind = media_type.trim_start().get(..10);
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"))
}

/// Whether a content type can be sent as it is: one type, and no range.
pub(super) fn sendable(content_type: &str) -> bool {
    !content_type.contains([',', '*']) && content_type.contains('/')
}

pub(super) fn is_json(content_type: &str) -> bool {
    Format::of(content_type) == Format::Json
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn media_types() {
        assert_eq!(Format::of("application/json; charset=utf-8"), Format::Json);
        assert_eq!(Format::of("application/vnd.api+json"), Format::Json);
        assert_eq!(Format::of("Application/Problem+JSON"), Format::Json);
        assert_eq!(Format::of("text/plain"), Format::Text);
        assert_eq!(Format::of("application/xml"), Format::Xml);
        assert_eq!(Format::of("text/xml; charset=utf-8"), Format::Xml);
        assert_eq!(Format::of("image/svg+xml"), Format::Xml);
        assert_eq!(Format::of("application/pdf"), Format::Bytes);
    }
}
