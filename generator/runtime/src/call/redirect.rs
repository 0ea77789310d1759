//! Which redirects are followed (RFC 9110, section 15.4).

use http::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_RANGE, LOCATION, RANGE, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, Method, Response, Uri};
use url::Url;

use super::idempotency;

/// Which redirects are followed.
///
/// Where 301 and 302 answer a request that changes something, following could do it twice or not at all, so they are not
/// followed, whatever is set here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Redirects {
    /// Those that stay at the scheme, host and port of the request.
    #[default]
    SameOrigin,
    /// Those to other origins as well, if the request is a `GET` or `HEAD`: from there on without credentials, cookies
    /// and headers of the caller's own, and never from https to http.
    Anywhere,
    /// None at all.
    None,
}

/// What a reply asks to do next.
pub(crate) enum Next {
    /// Take the reply.
    Finish,
    /// Send this method there; whether that is another origin.
    Follow(Method, Uri, bool),
    /// A redirect to this URL is not permitted.
    Refuse(String),
}

/// Decides about a reply.
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

/// What another origin may see of the headers of a request.
pub(crate) fn for_strangers(headers: &HeaderMap) -> HeaderMap {
    let names = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, IF_RANGE, RANGE, USER_AGENT];
    let harmless = names.into_iter().filter_map(|name| {
        let value = headers.get(&name).filter(|value| !value.is_sensitive())?;
        Some((name, value.clone()))
    });
    harmless.collect()
}

/// The URL without its fragment, which is never sent.
fn before_fragment(url: &Url) -> &str {
    url.as_str().split('#').next().unwrap_or_default()
}

/// Scheme, host and port.
pub(crate) fn origin_of(url: &str) -> String {
    Url::parse(url).map_or_else(|_| "nowhere".to_owned(), |url| url.origin().ascii_serialization())
}
