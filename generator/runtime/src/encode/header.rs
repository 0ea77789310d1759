//! What a caller may put into a header.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_LENGTH, COOKIE, HOST, PROXY_AUTHORIZATION, TRANSFER_ENCODING};
use http::{HeaderName, HeaderValue};

use super::encode_error::EncodeError;
use super::media_type;

/// Value of a header that a caller sets: text, or an [`http::HeaderValue`].
///
/// Text consists of visible ASCII and inner spaces. A `HeaderValue` is sent as it is; one that is marked as sensitive is
/// treated as a credential: sent only where credentials are, and hidden in errors.
///
/// ```
/// use envoi_runtime::FieldValue;
/// use http::HeaderValue;
///
/// let mut secret = HeaderValue::from_static("s3cr3t");
/// secret.set_sensitive(true);
/// let values: [FieldValue; 3] = ["text".into(), format!("{}", 7).into(), secret.into()];
/// ```
#[derive(Debug)]
pub struct FieldValue(Result<HeaderValue, &'static str>);

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self(value(text))
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        let checked = check(&text);
        Self(checked.and_then(|()| HeaderValue::try_from(text).map_err(|_| CHARACTERS)))
    }
}

impl From<&String> for FieldValue {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Cow<'_, str>> for FieldValue {
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => text.into(),
            Cow::Owned(text) => text.into(),
        }
    }
}

impl From<HeaderValue> for FieldValue {
    fn from(value: HeaderValue) -> Self {
        Self(Ok(value))
    }
}

impl From<&HeaderValue> for FieldValue {
    fn from(value: &HeaderValue) -> Self {
        value.clone().into()
    }
}

/// Checks a header set by the caller (RFC 9110, section 5.5).
///
/// # Errors
/// The header frames the message, its name is invalid, or its value cannot be sent.
pub(crate) fn parse(name: &str, value: FieldValue) -> Result<(HeaderName, HeaderValue), EncodeError> {
    let refuse = |reason| EncodeError::new(name.to_owned(), reason);
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refuse("is not a valid header name"))?;
    if is_framing(&parsed) {
        return Err(refuse("is set by the client itself"));
    }
    let mut value = value.0.map_err(refuse)?;
    if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&parsed) {
        value.set_sensitive(true);
    }
    Ok((parsed, value))
}

/// Returns whether a header frames the message, so that only the client sets it.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    [HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION].contains(name)
}

/// Checks the value of a header. Only visible ASCII and inner spaces are accepted: anything else is changed or cut
/// somewhere on the way.
///
/// # Errors
/// The text is invalid. It is not shown.
pub(crate) fn value(text: &str) -> Result<HeaderValue, &'static str> {
    check(text)?;
    HeaderValue::from_str(text).map_err(|_| CHARACTERS)
}

/// Checks a value of the API description, which is not copied.
///
/// # Errors
/// The text is invalid. It is not shown.
pub(crate) fn fixed(text: &'static str) -> Result<HeaderValue, &'static str> {
    if text == media_type::JSON {
        // what most texts are is checked when this is compiled
        return Ok(const { HeaderValue::from_static(media_type::JSON) });
    }
    check(text)?;
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes())).map_err(|_| CHARACTERS)
}

const CHARACTERS: &str = "has characters that a header cannot contain";

fn check(text: &str) -> Result<(), &'static str> {
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(CHARACTERS);
    }
    if text.starts_with(' ') || text.ends_with(' ') {
        return Err("begins or ends with a space, which a header cannot contain");
    }
    Ok(())
}
