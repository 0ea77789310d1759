//! What kind of failure an error of another crate is.

use std::error::Error;
use std::io;

use super::super::encode::body::BoxError;
use super::error::{Failure, TransportError};

/// Message of hyper for an error of a connection that had been made, TLS included.
#[cfg(feature = "tower")]
const MADE: &str = "connection error";

/// Message of the client of hyper for a connection that could not be made.
#[cfg(feature = "tower")]
const NOT_MADE: &str = "client error (Connect)";

/// Message of hyper for a connection that was closed before any response; the only sign of it that is public.
#[cfg(feature = "reqwest")]
const INCOMPLETE: &str = "connection closed before message completed";

impl TransportError {
    /// Converts the error of a response body.
    pub(crate) fn read(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::of(of(&*error), error),
        }
    }

    /// Converts the error of another service before the response.
    #[cfg(feature = "tower")]
    pub(crate) fn exchange(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::of(of_exchange(&*error), error),
        }
    }
}

/// Returns the kind of an error: that of the first known error in its chain of sources.
fn of(error: &(dyn Error + 'static)) -> Failure {
    chain(error).find_map(known).unwrap_or(Failure::Broken)
}

/// Returns the kind of an error before the response. Invalid data is taken for a failed TLS handshake, unless hyper tells that
/// the connection had been made.
#[cfg(feature = "tower")]
fn of_exchange(error: &(dyn Error + 'static)) -> Failure {
    let (mut is_connect, mut is_made) = (false, false);
    for error in chain(error) {
        match known(error) {
            Some(Failure::Timeout) if is_connect => return Failure::ConnectTimeout,
            Some(found) => return found,
            None => {}
        }
        match tls(error) {
            Some(reason) if is_made => return Failure::BrokenTls(reason),
            Some(reason) => return Failure::Tls(reason),
            None => {}
        }
        let message = error.to_string();
        is_connect |= message == NOT_MADE;
        is_made |= message == MADE;
    }
    if is_connect { Failure::Connect } else { Failure::Broken }
}

/// Returns the error of a TLS handshake, if that is why no connection could be made.
#[cfg(feature = "reqwest")]
pub(crate) fn of_handshake(error: &(dyn Error + 'static)) -> Option<Failure> {
    chain(error).find_map(tls).map(Failure::Tls)
}

/// Returns the kind of an error before the response, of a connection that had been made.
#[cfg(feature = "reqwest")]
pub(crate) fn of_made(error: &(dyn Error + 'static)) -> Failure {
    chain(error).find_map(tls).map_or(Failure::Broken, Failure::BrokenTls)
}

/// Returns whether the connection was closed before any response.
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

/// Returns the message of an error of rustls: invalid data, which nothing else reports before a response.
#[cfg(any(feature = "reqwest", feature = "tower"))]
fn tls(error: &(dyn Error + 'static)) -> Option<String> {
    let error = error.downcast_ref::<io::Error>()?;
    if error.kind() != io::ErrorKind::InvalidData {
        return None;
    }
    Some(error.get_ref().map_or_else(|| error.to_string(), ToString::to_string))
}

/// Iterates over an error and its sources. The error inside an [`io::Error`] is a part of it, not its source.
pub(super) fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        held.map(|held| held as &(dyn Error + 'static))
            .or_else(|| error.source())
    })
}
