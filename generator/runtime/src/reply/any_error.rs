//! The error that any operation declares.

use std::error::Error as StdError;
use std::fmt;

use super::error::Error;
use super::operation::Decode;

/// A declared error of any operation. `Error<AnyError>` is the error of any call: `?` converts the [`Error`] of each
/// operation into it.
///
/// ```
/// use envoi_runtime::{AnyError, Error};
///
/// fn is_not_found(error: &Error<AnyError>) -> bool {
///     error.status().is_some_and(|status| status == 404)
/// }
///
/// // of several declared errors, the one that is meant
/// let error = AnyError::new(std::io::Error::other("the pet is gone"));
/// assert!(error.downcast_ref::<std::io::Error>().is_some());
/// ```
pub struct AnyError(Box<dyn StdError + Send + Sync>);

impl AnyError {
    /// Wraps the declared error of an operation.
    pub fn new(error: impl StdError + Send + Sync + 'static) -> Self {
        Self(Box::new(error))
    }

    /// Returns the declared error if it is one of this operation.
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }

    /// Converts into the declared error of an operation.
    ///
    /// # Errors
    /// Returns `self` if it is one of another operation.
    pub fn downcast<E: StdError + 'static>(self) -> Result<E, Self> {
        self.0.downcast().map(|error| *error).map_err(Self)
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

// `AnyError` decodes no response, so that this is never the conversion of a type into itself
impl<E: Decode + StdError + Send + Sync + 'static> From<Error<E>> for Error<AnyError> {
    fn from(error: Error<E>) -> Self {
        error.map(AnyError::new)
    }
}
