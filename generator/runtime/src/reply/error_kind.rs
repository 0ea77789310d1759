//! The kinds of failures of a call.

use super::super::auth::Scheme;
use super::super::encode::EncodeError;
use super::super::transport::CredentialError;
use super::decode::DecodeError;
use super::paging_error::PagingError;
use super::undeclared::Undeclared;

/// Kind of an [`Error`](super::Error).
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<E = Undeclared> {
    /// The response is an error that the API description declares.
    Api(E),
    /// The status code of the response is not in the API description.
    UndocumentedStatus,
    /// The body of the response does not match the API description.
    Decode(DecodeError),
    /// An argument cannot be encoded into the request. Nothing was sent.
    Encode(EncodeError),
    /// The operation requires credentials that are not configured. Nothing was sent.
    MissingCredential {
        /// Sets of schemes, any of which suffices.
        alternatives: &'static [&'static [&'static Scheme]],
    },
    /// Credentials would be sent over plain HTTP to a host other than localhost. Nothing was sent.
    InsecureCredential,
    /// The server of the operation is at another origin than the base URL and is not trusted with credentials
    /// (`ClientBuilder::trust_origin`). Nothing was sent.
    UntrustedOrigin {
        /// Scheme, host and port of the server.
        origin: String,
    },
    /// A token or signature could not be obtained. The request itself was not sent.
    Credential(CredentialError),
    /// The timeout of the call or the idle timeout expired.
    Timeout,
    /// No connection could be made. If the TLS handshake failed, the message says why, and the request is not retried.
    Connect,
    /// The connection broke, the body is shorter than announced, or the server does not speak HTTP. If TLS failed before
    /// the response, such as because of a missing client certificate, the message says why.
    Transport,
    /// A redirect was not followed: it leads to another origin, would repeat a request that is not a `GET` or `HEAD`,
    /// or exceeds the limit.
    Redirect {
        /// Scheme, host and port of the redirect.
        target: String,
    },
    /// The decoded body exceeds the maximum size. The response contains its beginning.
    BodyTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The next page was not requested. The response is that of the previous page.
    Paging(PagingError),
}
