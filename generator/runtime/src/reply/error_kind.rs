//! The kinds of failures of a call.

use super::super::auth::Scheme;
use super::super::encode::EncodeError;
use super::super::transport::CredentialError;
use super::decode::DecodeError;
use super::paging_error::PagingError;
use super::undeclared::Undeclared;

/// What kind of failure it was.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<E = Undeclared> {
    /// An error that the document declares for the status of the reply.
    Api(E),
    /// The document does not declare the status of the reply.
    UndocumentedStatus,
    /// The status is declared, and the body is not what is declared for it.
    Decode(DecodeError),
    /// An argument cannot be put into a request. Nothing was sent.
    Encode(EncodeError),
    /// The operation needs credentials that are not configured. Nothing was sent.
    MissingCredential {
        /// What would do: any one of these sets of schemes.
        alternatives: &'static [&'static [&'static Scheme]],
    },
    /// Credentials would travel over plain HTTP to a host that is not this machine. Nothing was sent.
    InsecureCredential,
    /// The operation has a server of its own that credentials are not meant for: it is at another origin than the base
    /// URL, and not trusted (`ClientBuilder::trust_origin`). Nothing was sent.
    UntrustedOrigin {
        /// Scheme, host and port of the server.
        origin: String,
    },
    /// A credential could not be had: a token, or a signature. The call itself was not sent.
    Credential(CredentialError),
    /// The whole call, or the wait between two pieces of the body, took too long.
    Timeout,
    /// No connection could be made. If the TLS handshake failed, the message says why, and the call is not retried.
    Connect,
    /// The exchange broke: the connection was lost, the body is shorter than announced, or the other
    /// side does not speak HTTP.
    Transport,
    /// A redirect was not followed: it leaves the scheme, host and port of the request, would change
    /// a request that is not a GET or a HEAD, or is one too many.
    Redirect {
        /// Scheme, host and port the redirect leads to.
        target: String,
    },
    /// The decoded body is longer than the client accepts. The reply keeps the beginning of it.
    BodyTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The next page was not asked for. The reply is that of the page before it.
    Paging(PagingError),
}
