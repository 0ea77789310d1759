//! Error type of operations without declared errors.

use std::fmt;

/// Error type of an operation that declares no errors. It has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {}

impl fmt::Display for Undeclared {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Undeclared {}
