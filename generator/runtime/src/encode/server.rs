//! Servers of a client: those of the API description, those that callers set instead, and which receive credentials.

use std::borrow::Cow;
use std::net::Ipv6Addr;

use url::Url;

use super::encode_error::EncodeError;
use super::parameter::escape::Escape;
use super::target::Base;

/// Builds the URL of a server by substituting the variables of a template.
///
/// A value cannot change the structure of the URL. In a host it consists of letters, digits, `-`, `_` and `.`, followed
/// by a port if the template has none; as a scheme it is `http` or `https`; in a path it is percent-encoded, except for
/// `/`. A variable at the beginning of a template may contain the beginning of a URL.
///
/// # Errors
/// A value would change the structure of the URL. The error contains the name of its variable.
pub fn server_url(template: &str, values: &[(&'static str, &str)]) -> Result<String, EncodeError> {
    let mut url = String::new();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        url.push_str(literal);
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        let Some((name, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(EncodeError::new(
                name.to_owned(),
                "has no value, and the server needs one",
            ));
        };
        let value = written(&url, value, tail).map_err(|reason| EncodeError::new(*name, reason))?;
        url.push_str(&value);
        rest = tail;
    }
    url.push_str(rest);
    check(&url)?;
    Ok(url)
}

/// Encodes a value for its location, between the beginning of the URL and the rest of the template.
fn written<'v>(before: &str, value: &'v str, after: &str) -> Result<Cow<'v, str>, &'static str> {
    let Some((_, authority)) = before.split_once("://") else {
        if !before.is_empty() {
            return path(value);
        }
        let scheme = after.starts_with("://") && !matches!(value, "http" | "https");
        let harmless = value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&byte));
        return if scheme || !harmless {
            Err("is not the beginning of an http or https URL")
        } else {
            Ok(value.into())
        };
    };
    if authority.contains('/') {
        return path(value);
    }
    if authority.ends_with(':') {
        return is_port(value).then_some(value.into()).ok_or("is not a port");
    }
    let last = after.is_empty() || after.starts_with('/');
    if authority.is_empty() && last && is_ipv6(value) {
        return Ok(value.into());
    }
    let host = match value.split_once(':') {
        Some((host, port)) if last && is_port(port) => host,
        Some((_, port)) if last && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            return Err("has no port after its host");
        }
        _ => value,
    };
    let piece = host
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    piece.then_some(value.into()).ok_or("is not a part of a host")
}

fn is_port(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit()) && value.parse::<u16>().is_ok()
}

fn path(value: &str) -> Result<Cow<'_, str>, &'static str> {
    if value.split('/').any(|segment| segment == "." || segment == "..") {
        return Err("makes a path segment `.` or `..`");
    }
    let segments: Vec<String> = value
        .split('/')
        .map(|segment| Escape::Component.text(segment))
        .collect();
    Ok(segments.join("/").into())
}

fn is_ipv6(value: &str) -> bool {
    let inner = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    inner.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

/// Rejects a URL whose host the URL parser would read differently.
fn check(url: &str) -> Result<(), EncodeError> {
    let Some((_, rest)) = url.split_once("://") else {
        return Ok(());
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let parsed = Url::parse(url).ok();
    let same = parsed.is_some_and(|parsed| parsed.host_str().is_some_and(|found| found.eq_ignore_ascii_case(host)));
    let empty_label = host.split('.').rev().skip(1).any(str::is_empty) || host.is_empty();
    if same && !empty_label || !host.is_ascii() {
        return Ok(());
    }
    Err(EncodeError::new("server", "has no host"))
}

/// Help for a base URL that is not absolute.
const NO_ORIGIN: &str = "the base URL is not absolute; where the document does not say on which host its API is, give \
                         `origin`, such as `https://api.example.com`, or a whole URL with `base_url`";

/// Returns the base URL, made absolute by an origin if needed.
///
/// # Errors
/// The URL is invalid. It is not shown.
pub(crate) fn base(url: &str, origin: Option<&str>) -> Result<Base, &'static str> {
    if url.contains(['{', '}']) {
        return Err("the base URL has a variable without a value; set the URL with `base_url`");
    }
    let relative = matches!(Url::parse(url), Err(url::ParseError::RelativeUrlWithoutBase));
    match origin {
        None if relative => Err(NO_ORIGIN),
        None => Base::parse(url),
        Some(_) if !relative => Err("the base URL is absolute already, so `origin` has no effect"),
        Some(origin) => {
            let origin = parse_origin(origin)?;
            Base::parse(&format!("{}{}", origin.as_str(), rooted(url)))
        }
    }
}

/// Parses scheme, host and port.
pub(crate) fn parse_origin(text: &str) -> Result<Base, &'static str> {
    if text.contains('*') {
        return Err("an origin cannot contain a wildcard; add each trusted origin");
    }
    let base = Base::parse(text).map_err(|_| "an origin is not one; it is like `https://api.example.com`")?;
    if base.as_str() == base.origin() {
        Ok(base)
    } else {
        Err("an origin has no path; write it like `https://api.example.com`")
    }
}

/// Returns a relative URL as a path, which cannot change the host.
fn rooted(url: &str) -> String {
    let path = url.trim_start_matches("./").trim_start_matches('/');
    if path.is_empty() {
        String::new()
    } else {
        format!("/{path}")
    }
}

/// Servers of a client.
pub(crate) struct Places {
    pub(crate) base: Base,
    /// Whether the caller has set the base URL, so that it applies to all operations.
    pub(crate) explicit: bool,
    /// Origins besides that of the base URL that receive credentials.
    pub(crate) trusted: Vec<String>,
}

impl Places {
    /// Returns the base URL of an operation with this server.
    ///
    /// # Errors
    /// The server is invalid.
    pub(crate) fn of(&self, server: &str) -> Result<Cow<'_, Base>, EncodeError> {
        if server.is_empty() || self.explicit {
            return Ok(Cow::Borrowed(&self.base));
        }
        let base = if server.contains("://") {
            Base::parse(server)
        } else {
            Base::parse(&format!("{}{}", self.base.origin(), rooted(server)))
        };
        base.map(Cow::Owned)
            .map_err(|_| EncodeError::new("server", "is not an http or https URL"))
    }

    /// Returns whether credentials may be sent there: over https, or to localhost.
    pub(crate) fn is_confidential(&self, to: &Base) -> bool {
        // a request to this machine may pass a proxy, unless all calls are for this machine
        to.is_https() || to.is_local() && self.base.is_local()
    }

    /// Returns whether the origin receives credentials.
    pub(crate) fn is_trusted(&self, to: &Base) -> bool {
        to.origin() == self.base.origin() || self.trusted.iter().any(|origin| origin == to.origin())
    }

    /// Returns the URL of a token endpoint, resolved against the base URL.
    ///
    /// # Errors
    /// The URL is invalid, or neither https nor localhost.
    pub(crate) fn token_url(&self, text: &str) -> Result<http::Uri, &'static str> {
        const WRONG: &str = "has a token URL that is not one";
        let base = Url::parse(&format!("{}/", self.base.as_str())).map_err(|_| WRONG)?;
        let url = base.join(text).map_err(|_| WRONG)?;
        if text.is_empty() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(WRONG);
        }
        let mut origin = url.clone();
        origin.set_query(None);
        let to = Base::parse(origin.as_str()).map_err(|_| WRONG)?;
        if !self.is_confidential(&to) {
            return Err("has a token URL that is neither https nor localhost");
        }
        url.as_str().parse().map_err(|_| WRONG)
    }
}
