//! One part of a multipart body.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::super::super::model::argument::Converted;
use super::super::body::Body;
use super::super::encode_error::EncodeError;
use super::super::parameter::Encoding;
use super::super::{header, media_type};

/// Default content type of file parts.
const OCTET_STREAM: &str = "application/octet-stream";

/// Part of a [`Multipart`](super::Multipart) body: a file, bytes, a stream, or text.
///
/// ```
/// use envoi_runtime::Part;
///
/// let photo = Part::file("photos/beach.jpg").media_type("image/jpeg");
/// let scan = Part::new(vec![0x47, 0x49, 0x46]).file_name("scan.gif");
/// ```
pub struct Part(pub(super) Box<Content>);

/// Content of a part; boxed, so that objects of many parts are not large.
pub(super) struct Content {
    pub(super) body: Body,
    pub(super) media_type: Option<String>,
    pub(super) file_name: FileName,
    pub(super) headers: Vec<(String, String)>,
    pub(super) error: Option<EncodeError>,
}

/// File name of a part.
#[derive(Debug)]
pub(super) enum FileName {
    /// The part is not a file.
    None,
    /// The name of the part is the file name.
    OfPart,
    Given(String),
}

impl Part {
    /// Creates a file part with this content. Default content type: `application/octet-stream`; default file name: the
    /// name of the part.
    pub fn new(body: impl Into<Body>) -> Self {
        Self::of(body.into(), FileName::OfPart)
    }

    /// Creates a part from a file, which is opened when the request is sent. The file name is the last segment of the
    /// path.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::of(Body::file(path), name.map_or(FileName::OfPart, FileName::Given))
    }

    /// Creates a text part that is not a file.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Body::from(text.into()), FileName::None)
    }

    /// Creates a JSON part that is not a file.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::of_json(serde_json::to_vec(value))
    }

    fn of_json(json: serde_json::Result<Vec<u8>>) -> Self {
        let mut part = Self::of(Body::default(), FileName::None).media_type("application/json");
        match json {
            Ok(json) => part.0.body = json.into(),
            Err(_) => part.fail(EncodeError::new("body", "has a part that cannot be written as JSON")),
        }
        part
    }

    fn of(body: Body, file_name: FileName) -> Self {
        Self(Box::new(Content {
            body,
            media_type: None,
            file_name,
            headers: Vec::new(),
            error: None,
        }))
    }

    /// Sets the file name, without a path.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.0.file_name = FileName::Given(name.into());
        self
    }

    /// Sets the content type. The request fails if it is invalid, is a range, or has an unterminated quoted string.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        let given = media_type.into();
        let essence = media_type::essence(&given);
        match header::value(&given) {
            Ok(_) if !media_type::quotes_end(&given) => {
                self.fail(EncodeError::new(
                    "content-type",
                    "of a part has a quote that does not end",
                ));
            }
            Ok(_) if essence.contains('/') && !essence.contains('*') => self.0.media_type = Some(given),
            Ok(_) => self.fail(EncodeError::new("content-type", "of a part is not a media type")),
            Err(reason) => self.fail(EncodeError::new("content-type", reason)),
        }
        self
    }

    /// Adds a header. `Content-Disposition` and `Content-Type` are set by other methods.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (name, value) = (name.as_ref(), value.as_ref());
        let own = ["content-disposition", "content-type"];
        if own.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            self.fail(EncodeError::new(name.to_owned(), "is set by the client itself"));
            return self;
        }
        match header::parse(name, value.into()) {
            Ok(_) => self.0.headers.push((name.to_owned(), value.to_owned())),
            Err(error) => self.fail(error),
        }
        self
    }

    /// Adds the declared settings that the caller has not set.
    pub(super) fn with(mut self, encoding: Option<&Encoding>) -> Self {
        let declared = encoding.and_then(|encoding| encoding.content_type);
        let bytes = (!matches!(self.0.file_name, FileName::None)).then_some(OCTET_STREAM);
        if let (None, Some(media_type)) = (&self.0.media_type, declared.or(bytes)) {
            self = self.media_type(media_type);
        }
        for (name, value) in encoding.map(|encoding| encoding.headers).unwrap_or_default() {
            if !self.0.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)) {
                self = self.header(name, value);
            }
        }
        self
    }

    fn fail(&mut self, error: EncodeError) {
        self.0.error.get_or_insert(error);
    }
}

impl Converted for Part {}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.0.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Part")
            .field("body", &self.0.body)
            .field("media_type", &self.0.media_type)
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}
