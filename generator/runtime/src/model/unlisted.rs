//! Values that the API description does not list.

use std::fmt;
use std::ops::Deref;

use serde_json::Value;

use super::value_error::ValueError;
use super::write::{Content, Sink, Write};

/// Value that the API description does not list, held by the variant `Unknown` of an enum or a union.
///
/// It cannot be created by itself: responses and conversions such as `From<&str>` return the variant that stands for a value,
/// and `Unknown` only if there is none. So two equal values are equal, however they were made, and stay so when a later
/// API description lists the value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unlisted<T>(T);

impl<T> Unlisted<T> {
    /// Keeps a value for which there is no variant. For generated code, which has looked for one.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Unlisted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Like that of the value.
impl<T: fmt::Debug> fmt::Debug for Unlisted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Unlisted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Write for Unlisted<Value> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.any(&self.0)
    }

    fn content(&self) -> Content<'_> {
        self.0.content()
    }
}
