//! The error type of operations for which the document declares none.

use std::fmt;

/// The error type of an operation that declares no error body. It has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {}

impl fmt::Display for Undeclared {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Undeclared {}
