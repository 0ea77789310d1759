//! Reading from serde's deserializers.

use serde::Deserializer;
use serde::de::Error;

use super::super::value_error::{Step, path};
use super::erased::Erased;
use super::strict;
use super::traits::Read;

/// Reads a value from a deserializer: an implementation of serde's `Deserialize` for types that implement [`Read`].
///
/// # Errors
/// The input is not a `T`. The message begins with the path of the invalid value: `data[3].status: missing field …`.
pub fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    located(deserializer).map_err(|fault| match fault.steps.is_empty() {
        true => fault.error,
        false => D::Error::custom(format_args!("{}: {}", path(&fault.steps), fault.error)),
    })
}

/// Reads a value like [`deserialize`], but accepts only the forms that the specifications define.
///
/// # Errors
/// The input is not a `T`.
pub fn deserialize_strictly<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    strict::with(true, || deserialize(deserializer))
}

/// Error of reading a value, with the steps to it, innermost first.
pub(crate) struct Located<E> {
    pub(crate) steps: Vec<Step>,
    pub(crate) error: E,
}

/// Reads a value and returns the location of an error.
pub(crate) fn located<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, Located<D::Error>> {
    let mut source = Erased::new(deserializer);
    T::read(&mut source).map_err(|value_error| {
        let mut steps = Vec::new();
        let error = source.error(value_error, &mut steps);
        Located { steps, error }
    })
}
