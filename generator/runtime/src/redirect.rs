//! Which redirects are followed (RFC 9110, section 15.4).

use http::header::LOCATION;
use http::request::Parts;
use http::{Method, Response, Uri};
use url::Url;

use super::method;

/// What a reply asks to do next.
pub(crate) enum Next {
    /// Take the reply.
    Finish,
    /// Send this method there.
    Follow(Method, Uri),
    /// A redirect to this origin is not permitted.
    Refuse(String),
}

/// Decides about a reply. Where 301 and 302 answer a request that changes something, following could do it twice or
/// not at all, so they are refused; and so is everything that leaves the origin.
pub(crate) fn next<B>(request: &Parts, response: &Response<B>) -> Next {
    let method = match response.status().as_u16() {
        301 | 302 if !method::is_safe(&request.method) => None,
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
    // user information in a URL would be sent as a credential
    let permitted = from.origin() == to.origin() && to.username().is_empty() && to.password().is_none();
    let uri = before_fragment(&to).parse();
    match (method, uri) {
        (Some(method), Ok(uri)) if permitted => Next::Follow(method, uri),
        _ => Next::Refuse(to.origin().ascii_serialization()),
    }
}

/// The URL without its fragment, which is never sent.
fn before_fragment(url: &Url) -> &str {
    url.as_str().split('#').next().unwrap_or_default()
}

/// Scheme, host and port.
pub(crate) fn origin_of(uri: &Uri) -> String {
    Url::parse(&uri.to_string()).map_or_else(|_| "nowhere".to_owned(), |url| url.origin().ascii_serialization())
}
