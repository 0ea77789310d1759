//! Reading from serde's deserializers.

use serde::Deserializer;
use serde::de::Error;

use super::super::refusal::{Step, path};
use super::erased::Erased;
use super::strict;
use super::traits::Read;

/// Reads a value from a deserializer: serde's `Deserialize` for what can be [`Read`].
///
/// # Errors
/// What is there is no `T`. The path of the value that is wrong comes first: `data[3].status: missing field …`.
pub fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    located(deserializer).map_err(|fault| match fault.steps.is_empty() {
        true => fault.error,
        false => D::Error::custom(format_args!("{}: {}", path(&fault.steps), fault.error)),
    })
}

/// The same, in the forms of the specifications alone.
///
/// # Errors
/// What is there is no `T`.
pub fn deserialize_strictly<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    strict::with(true, || deserialize(deserializer))
}

/// Why a value was not read, and the steps that lead to it, the innermost first.
pub(crate) struct Located<E> {
    pub(crate) steps: Vec<Step>,
    pub(crate) error: E,
}

/// Reads a value and tells the place of what is wrong.
pub(crate) fn located<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, Located<D::Error>> {
    let mut source = Erased::new(deserializer);
    T::read(&mut source).map_err(|refusal| {
        let mut steps = Vec::new();
        let error = source.error(refusal, &mut steps);
        Located { steps, error }
    })
}
