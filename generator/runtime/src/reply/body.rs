//! Reading the body of a response as what it is declared as.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderValue;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::super::auth::redact;
use super::super::encode::media_type;
use super::super::model::{Read, Step, path};
use super::decode::{self, DecodeError};
use super::response::Reply;

/// Characters of a reason: long enough for the branches of a union.
pub(crate) const MAX_REASON: usize = 1000;

impl Reply {
    /// Deserializes a JSON body into a custom type. A leading byte order mark is skipped. Any content type is accepted
    /// if the body is JSON, unless the client is strict.
    ///
    /// # Errors
    /// The body is not JSON, empty, compressed, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = self.json_text()?;
        decode::json(text).map_err(|fault| self.json_error(&fault, self.body()))
    }

    /// Deserializes a JSON body into a model, like [`json`](Self::json). An empty body is read as `null`, unless the
    /// client is strict.
    ///
    /// # Errors
    /// The same as [`json`](Self::json).
    pub fn model<T: Read>(&self) -> Result<T, DecodeError> {
        match self.json_text() {
            Ok(text) => decode::model(text, self.is_strict()).map_err(|fault| self.json_error(&fault, text)),
            Err(DecodeError::Empty) if !self.is_strict() => T::absent().ok_or(DecodeError::Empty),
            Err(error) => Err(error),
        }
    }

    fn json_text(&self) -> Result<&[u8], DecodeError> {
        self.text_of("JSON", media_type::is_json).or_else(|error| match error {
            DecodeError::ContentType { .. } if self.is_json() => Ok(without_mark(self.body())),
            other => Err(other),
        })
    }

    /// Whether the body is JSON and may be taken for it, whatever its content type is.
    pub(crate) fn is_json(&self) -> bool {
        !self.is_strict() && decode::is_json(without_mark(self.body()))
    }

    /// Returns the body as text, which must be UTF-8. A leading byte order mark is skipped.
    ///
    /// # Errors
    /// The body is compressed, or not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        self.check_encoding()?;
        let text = std::str::from_utf8(without_mark(self.body()));
        text.map(str::to_owned).map_err(|_| DecodeError::Text)
    }

    /// Returns the body of the declared content type as it was received.
    ///
    /// # Errors
    /// The body is compressed. [`body`](Self::body) returns it anyway.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        self.check_encoding()?;
        Ok(self.body().clone())
    }

    /// Decodes a response without a declared body. A body is ignored.
    ///
    /// # Errors
    /// Never; the signature is that of the other decoders.
    pub fn empty(&self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// The text of a body whose content type is one of those expected, or missing.
    pub(crate) fn text_of(&self, expected: &'static str, fits: fn(&str) -> bool) -> Result<&[u8], DecodeError> {
        let text = without_mark(self.body());
        if text.iter().all(u8::is_ascii_whitespace) {
            return Err(DecodeError::Empty);
        }
        self.check_encoding()?;
        match self.headers().get(CONTENT_TYPE) {
            Some(found) if !fits(&media_type::of_value(found)) => Err(self.content_type_error(expected, found)),
            _ => Ok(text),
        }
    }

    /// Refuses bytes that are not those of the media type. An HTTP client that decompresses has removed the header.
    pub(super) fn check_encoding(&self) -> Result<(), DecodeError> {
        if !self.headers().contains_key(CONTENT_ENCODING) {
            return Ok(());
        }
        let all = self.headers().get_all(CONTENT_ENCODING).iter();
        let all: Vec<&[u8]> = all.map(HeaderValue::as_bytes).collect();
        let is_none = |coding: &&[u8]| coding.is_empty() || coding.eq_ignore_ascii_case(b"identity");
        if all.iter().all(is_none) {
            return Ok(());
        }
        Err(DecodeError::ContentEncoding {
            found: redact::of(&all.join(&b", "[..]), &self.secrets),
        })
    }

    /// The error of a content type that is none of those that are expected.
    pub(crate) fn content_type_error(&self, expected: impl Into<String>, found: &HeaderValue) -> DecodeError {
        DecodeError::ContentType {
            expected: expected.into(),
            found: redact::of(found.as_bytes(), &self.secrets),
            excerpt: redact::longer(self.body(), &self.secrets),
        }
    }

    /// What is wrong with a text of the body.
    pub(crate) fn json_error(&self, fault: &decode::Fault, text: &[u8]) -> DecodeError {
        // names that the document declares are no secrets
        let steps: Vec<Step> = fault
            .steps
            .iter()
            .map(|step| match step {
                Step::Member(Cow::Owned(name)) => Step::Member(self.line(name, MAX_REASON).into()),
                other => other.clone(),
            })
            .collect();
        let line = match fault.quotes {
            true => redact::quoting_line,
            false => redact::line,
        };
        DecodeError::Json {
            path: path(&steps).chars().take(MAX_REASON).collect(),
            reason: line(&fault.reason, &self.secrets, MAX_REASON),
            excerpt: redact::around(text, fault.offset, &self.secrets),
        }
    }
}

fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}
