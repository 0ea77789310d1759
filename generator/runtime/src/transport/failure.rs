//! What kind of failure an error of another crate is.

use std::error::Error;
use std::io;

use super::super::encode::body::BoxError;
use super::error::{Failure, TransportError};

/// What hyper says of a connection that ended before any reply. It has no other sign that can be seen from here.
#[cfg(feature = "reqwest")]
const INCOMPLETE: &str = "connection closed before message completed";

impl TransportError {
    /// What a body of a reply ended with.
    pub(crate) fn read(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::of(of(&*error), error),
        }
    }

    /// What a service of another make ended with before there was a reply.
    #[cfg(feature = "tower")]
    pub(crate) fn exchange(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::of(of_exchange(&*error), error),
        }
    }
}

/// What kind of failure it is: that of the first error in the chain of sources that is known.
fn of(error: &(dyn Error + 'static)) -> Failure {
    chain(error).find_map(known).unwrap_or(Failure::Broken)
}

/// The same before there was a reply.
#[cfg(feature = "tower")]
fn of_exchange(error: &(dyn Error + 'static)) -> Failure {
    let found = chain(error).find_map(|error| known(error).or_else(|| tls(error)));
    found.unwrap_or(Failure::Broken)
}

/// The failure of a TLS handshake, if it is why a connection could not be made.
#[cfg(feature = "reqwest")]
pub(crate) fn of_handshake(error: &(dyn Error + 'static)) -> Option<Failure> {
    chain(error).find_map(tls)
}

/// Whether the connection ended before any reply.
#[cfg(feature = "reqwest")]
pub(crate) fn is_closed(error: &(dyn Error + 'static)) -> bool {
    chain(error).any(|error| match error.downcast_ref::<io::Error>() {
        Some(error) => matches!(
            error.kind(),
            io::ErrorKind::BrokenPipe
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::NotConnected
                | io::ErrorKind::UnexpectedEof
        ),
        None => error.to_string() == INCOMPLETE,
    })
}

fn known(error: &(dyn Error + 'static)) -> Option<Failure> {
    if let Some(error) = error.downcast_ref::<TransportError>() {
        return Some(error.kind.clone());
    }
    #[cfg(feature = "tower")]
    if error.is::<tower::timeout::error::Elapsed>() {
        return Some(Failure::Timeout);
    }
    if error.is::<tokio::time::error::Elapsed>() {
        return Some(Failure::Timeout);
    }
    match error.downcast_ref::<io::Error>()?.kind() {
        // only a connection that is being made can be refused
        io::ErrorKind::ConnectionRefused | io::ErrorKind::AddrNotAvailable => Some(Failure::Connect),
        io::ErrorKind::TimedOut => Some(Failure::Timeout),
        _ => None,
    }
}

/// TLS of rustls fails with invalid data, which nothing else does before a reply.
#[cfg(any(feature = "reqwest", feature = "tower"))]
fn tls(error: &(dyn Error + 'static)) -> Option<Failure> {
    let error = error.downcast_ref::<io::Error>()?;
    if error.kind() != io::ErrorKind::InvalidData {
        return None;
    }
    let reason = error.get_ref().map_or_else(|| error.to_string(), ToString::to_string);
    Some(Failure::Tls(reason))
}

/// An error and what caused it. What an [`io::Error`] holds is a part of it, and not its source.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        held.map(|held| held as &(dyn Error + 'static))
            .or_else(|| error.source())
    })
}
