//! Which redirects are followed (RFC 9110, section 15.4).

use http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_RANGE, LOCATION, RANGE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, Method, Response, Uri};
use url::Url;

use super::idempotency;

/// Policy for following redirects.
///
/// A 301 or 302 response to a request that is not `GET` or `HEAD` is never followed, since the request could take
/// effect twice or not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Redirects {
    /// Follows redirects to the scheme, host and port of the request.
    #[default]
    SameOrigin,
    /// Also follows redirects to other origins if the request is a `GET` or `HEAD`: without credentials, cookies and
    /// custom headers from there on, and never from https to http.
    Anywhere,
    /// Follows no redirects.
    None,
}

/// Next step after a response.
pub(crate) enum Next {
    /// Return the response.
    Finish,
    /// Send a request with this method to this URL; whether that is another origin.
    Follow(Method, Uri, bool),
    /// The policy does not permit the redirect to this URL.
    Refuse(String),
}

/// Decides about a response.
pub(crate) fn next<B>(request: &Parts, response: &Response<B>, redirects: Redirects) -> Next {
    let method = match response.status().as_u16() {
        301 | 302 if !idempotency::is_safe(&request.method) => None,
        303 if !matches!(request.method, Method::GET | Method::HEAD) => Some(Method::GET),
        301..=303 | 307 | 308 => Some(request.method.clone()),
        _ => return Next::Finish,
    };
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let Some((from, to)) = location.and_then(|location| {
        let from = Url::parse(&request.uri.to_string()).ok()?;
        let to = from.join(location).ok()?;
        Some((from, to))
    }) else {
        return Next::Finish;
    };
    let foreign = from.origin() != to.origin();
    let uri = before_fragment(&to).parse();
    match (method.filter(|_| permits(redirects, request, &from, &to)), uri) {
        (Some(method), Ok(uri)) => Next::Follow(method, uri, foreign),
        _ => Next::Refuse(to.into()),
    }
}

fn permits(redirects: Redirects, request: &Parts, from: &Url, to: &Url) -> bool {
    // user information in a URL would be sent as a credential
    let plain = to.username().is_empty() && to.password().is_none();
    plain
        && match redirects {
            Redirects::None => false,
            _ if from.origin() == to.origin() => true,
            Redirects::SameOrigin => false,
            Redirects::Anywhere => {
                let confidential = to.scheme() == "https" || (from.scheme() == "http" && to.scheme() == "http");
                confidential && matches!(request.method, Method::GET | Method::HEAD)
            }
        }
}

/// Returns the headers of a request that another origin may see.
pub(crate) fn for_strangers(headers: &HeaderMap) -> HeaderMap {
    let names = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_RANGE, RANGE, USER_AGENT];
    let harmless = names.into_iter().filter_map(|name| {
        let value = headers.get(&name).filter(|value| !value.is_sensitive())?;
        Some((name, value.clone()))
    });
    harmless.collect()
}

/// Returns the URL without its fragment, which is never sent.
fn before_fragment(url: &Url) -> &str {
    url.as_str().split('#').next().unwrap_or_default()
}

/// Returns scheme, host and port.
pub(crate) fn origin_of(url: &str) -> String {
    Url::parse(url).map_or_else(|_| "nowhere".to_owned(), |url| url.origin().ascii_serialization())
}
