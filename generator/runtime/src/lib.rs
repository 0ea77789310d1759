//! Runtime of the API clients that Envoi generates.
//!
//! Generated code describes operations ([`Operation`]) and models. The runtime encodes and sends requests, enforces limits,
//! decodes responses and redacts secrets.
//!
//! * [`ClientBuilder`] and [`Client`]: settings, credentials, connection pool.
//! * [`Request`]: a request that has not been sent yet; [`Reply`] and [`Response`]: an undecoded and a decoded response.
//! * [`Multipart`] and [`Part`]: multipart bodies, including files.
//! * [`JsonPatch`]: bodies in JSON Patch.
//! * [`Credential`]: API keys, tokens, passwords and signers.
//! * [`Pages`] and [`Items`]: streams of paginated results.
//! * [`Retries`] and [`Redirects`]: policies for retries and redirects.
//! * [`Transport`] and [`Middleware`]: other HTTP clients, tests in memory, and code that runs around requests.
//! * [`Error`]: error of a call, with the response if there was one.
//! * [`object`], [`scalar`], `union`, [`Nullable`], [`Unlisted`], [`Base64`]: building blocks of generated models.

// The layers, from the lowest: model, encode, transport, auth, response, xml, call, client, paging. Each may know those
// before it, and none after it.
mod auth;
mod call;
mod client;
mod encode;
mod model;
mod paging;
mod reply;
mod transport;
// xml: begin
#[cfg(feature = "xml")]
pub mod xml;
// xml: end

// chrono: begin
#[cfg(feature = "chrono")]
pub use self::model::IntegerOrDateTime;
// chrono: end
pub use self::model::{
    Base64, Base64Bytes, Base64Url, BooleanOrNumber, BooleanOrString, IntegerOrString, IntoBody, IntoNullable,
    IntoOption, Nullable, Number, NumberOrString, Numbers, Read, Scalar, Sink, Source, Unlisted, ValueError, Write,
    argument, object, read, scalar, write,
};
// unions: begin
pub use self::model::union;
// unions: end
pub use self::auth::{ClientCredentials, Credential, Scheme, Secret, Unsigned};
pub use self::call::{Outcome, Redirects, Retries};
pub use self::client::{Client, ClientBuilder, Request, RequestFuture};
pub use self::encode::{
    Body, EncodeError, Encoding, FieldValue, IntoMultipart, JsonPatch, Multipart, Parameter, Part, Style, server_url,
};
pub use self::paging::{Items, Paged, Pages, Paging};
#[cfg(feature = "blocking")]
pub use self::reply::BlockingReader;
pub use self::reply::{
    AnyError, ByteStream, Decode, DecodeError, Decoded, Empty, Error, ErrorKind, Event, Events, Header, Json,
    JsonLines, Operation, OperationInfo, PagingError, Problem, Redirected, Reply, Response, Undeclared, Undocumented,
};
#[cfg(feature = "tower")]
pub use self::transport::Tower;
pub use self::transport::{
    BuildError, CredentialError, InMemory, Incoming, Middleware, Next, Transport, TransportError, TransportFuture,
    middleware_fn,
};

#[doc(hidden)]
pub use bytes;
// chrono: begin
#[cfg(feature = "chrono")]
#[doc(hidden)]
pub use chrono;
// chrono: end
#[doc(hidden)]
pub use http;
#[cfg(feature = "reqwest")]
#[doc(hidden)]
pub use reqwest;
#[doc(hidden)]
pub use serde;
#[doc(hidden)]
pub use serde_json;
// uuid: begin
#[cfg(feature = "uuid")]
#[doc(hidden)]
pub use uuid;
// uuid: end
