//! Where a request goes: the base URL and the path of the operation.
//!
//! URLs are built as text from encoded parts, never by resolving data against a URL, and
//! checked afterwards against what the URL parser makes of them.

use std::borrow::Cow;

use bytes::Bytes;
use http::Uri;
use url::Url;

use super::encode_error::EncodeError;
use super::parameter::escape::Escape;

/// Validated base URL, without a trailing slash.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    text: String,
    origin: String,
    https: bool,
    local: bool,
}

impl Base {
    /// Validates an absolute base URL. The error does not show the URL, which may hold
    /// a password.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|error| match error {
            url::ParseError::InvalidPort => "the base URL has an invalid port",
            _ => "the base URL is not absolute; set one with `base_url`",
        })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("the base URL is neither http nor https");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the base URL contains a user name or a password; configure a credential instead");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the base URL has a query or a fragment");
        }
        let local = is_loopback(&url);
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            origin: url.origin().ascii_serialization(),
            https: url.scheme() == "https",
            local,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns whether the scheme is https.
    pub(crate) const fn is_https(&self) -> bool {
        self.https
    }

    /// Returns whether the host is localhost.
    pub(crate) const fn is_local(&self) -> bool {
        self.local
    }

    /// Joins an encoded path and encoded query pairs.
    ///
    /// # Errors
    /// The path contains characters that URL parsers change, or the URL is too long.
    pub(crate) fn join(&self, path: &str, query: &[String]) -> Result<Uri, EncodeError> {
        if !path.bytes().all(is_path) {
            return Err(EncodeError::new("path", "has characters that a path cannot contain"));
        }
        let pairs: usize = query.iter().map(|pair| pair.len() + 1).sum();
        let mut text = String::with_capacity(self.text.len() + path.len() + pairs);
        text.push_str(&self.text);
        text.push_str(path);
        for (index, pair) in query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(pair);
        }
        Uri::from_maybe_shared(Bytes::from(text)).map_err(|_| EncodeError::new("path", "cannot be sent as a URL"))
    }
}

/// Returns whether a character stands for itself in the path of a URL in every URL parser (RFC 3986, section 3.3).
/// Since dot segments are rejected, a path of such characters is sent as is.
const fn is_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'/' | b'%' | b'-' | b'.' | b'_' | b'~' | b'!' | b'$'..=b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@'
        )
}

/// Returns whether a host is 127.0.0.0/8, `::1` or `localhost`.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost",
    }
}

/// Path of a template, and the query that some API descriptions write into it.
pub(crate) struct Expanded<'t> {
    pub(crate) path: Cow<'t, str>,
    pub(crate) query: Option<String>,
}

/// Substitutes encoded values into a path template.
///
/// # Errors
/// A parameter has no value, or makes a segment empty, `.` or `..`: URL parsers and servers drop those.
pub(crate) fn expand<'t>(template: &'t str, values: &[(&'static str, String)]) -> Result<Expanded<'t>, EncodeError> {
    if is_plain(template) {
        let (path, query) = (Cow::Borrowed(template), None);
        return Ok(Expanded { path, query });
    }
    let template = template.split('#').next().unwrap_or_default();
    let (path_template, query_template) = match template.split_once('?') {
        Some((path, query)) => (path, Some(query).filter(|query| !query.is_empty())),
        None => (template, None),
    };
    let mut path = String::with_capacity(template.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    for segment in path_template.strip_prefix('/').unwrap_or(path_template).split('/') {
        path.push('/');
        let start = path.len();
        let parameter = substitute(segment, values, &mut path)?;
        let text = path.get(start..).unwrap_or_default();
        if text.is_empty() && parameter.is_some() {
            return Err(EncodeError::new(
                owned(parameter),
                "is empty, which a path cannot contain",
            ));
        }
        refuse_dots(text, parameter)?;
    }
    let mut query = None;
    if let Some(query_template) = query_template {
        substitute(query_template, values, query.insert(String::new()))?;
    }
    let path = Cow::Owned(path);
    Ok(Expanded { path, query })
}

/// Returns whether a template is sent as is: without expressions, dots, and characters that are encoded or begin a
/// query.
fn is_plain(template: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
    template.starts_with('/') && template.bytes().all(is_plain)
}

/// Checks a path that the caller has encoded.
///
/// # Errors
/// It does not begin with a slash, has a query, a fragment, or the segment `.` or `..`.
pub(crate) fn literal(path: &str) -> Result<Expanded<'_>, EncodeError> {
    if !path.starts_with('/') {
        return Err(EncodeError::new("path", "does not begin with a slash"));
    }
    if path.contains(['?', '#']) {
        return Err(EncodeError::new(
            "path",
            "has a query or a fragment; pairs are added with `query`",
        ));
    }
    refuse_dots(path, None)?;
    Ok(Expanded {
        path: Cow::Borrowed(path),
        query: None,
    })
}

/// Appends a piece of a template with its values, and returns its last parameter.
fn substitute<'t>(
    template: &'t str,
    values: &[(&'static str, String)],
    text: &mut String,
) -> Result<Option<&'t str>, EncodeError> {
    let mut parameter = None;
    let mut rest = template;
    while let Some((literal, name, tail)) = next_expression(rest) {
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(EncodeError::new(
                name.to_owned(),
                "has no value, and the path needs one",
            ));
        };
        Escape::Literal.append(literal, text);
        text.push_str(value);
        parameter = Some(name);
        rest = tail;
    }
    Escape::Literal.append(rest, text);
    Ok(parameter)
}

/// Splits at the first `{name}`.
fn next_expression(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}

fn refuse_dots(path: &str, parameter: Option<&str>) -> Result<(), EncodeError> {
    if path.split('/').any(is_dots) {
        return Err(EncodeError::new(owned(parameter), "makes a path segment `.` or `..`"));
    }
    Ok(())
}

/// Returns whether a segment is `.` or `..`, even if percent-encoded.
fn is_dots(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots = 0;
    while !rest.is_empty() {
        let after_dot = [".", "%2e", "%2E"].iter().find_map(|dot| rest.strip_prefix(dot));
        let Some(after_dot) = after_dot else {
            return false;
        };
        rest = after_dot;
        dots += 1;
    }
    matches!(dots, 1 | 2)
}

fn owned(parameter: Option<&str>) -> String {
    parameter.unwrap_or("path").to_owned()
}
