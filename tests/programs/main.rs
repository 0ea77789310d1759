//! Programs as users write them, each on a client of the part of an API that it calls, against a server that answers as the
//! documentation of that API shows.

mod github;
mod kubernetes;
mod openai;
mod slack;
mod stripe;

mod clients {
    include!(concat!(env!("OUT_DIR"), "/programs.rs"));
}

use envoi_runtime::http::Response;
use envoi_runtime::http::header::{CONTENT_TYPE, HeaderValue};

/// A reply with a body of this type.
fn reply(content_type: &'static str, body: impl Into<String>) -> Response<envoi_runtime::bytes::Bytes> {
    let mut response = Response::new(body.into().into());
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}
