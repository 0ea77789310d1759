//! Deserializers as sources.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::mem;

use serde::de::{DeserializeSeed, Error, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::super::object::Members;
use super::super::refusal::{Step, path};
use super::super::text::Text;
use super::inside::{Elements, Entries, Object, Optional, Steps};
use super::integer::{Long, Signed, Unsigned};
use super::{Each, EachMember, Place, Read, Refusal, Source, strict};

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

/// A deserializer, and its error once it has failed.
pub(super) struct Erased<'de, D: Deserializer<'de>> {
    deserializer: Option<D>,
    error: Option<D::Error>,
    input: PhantomData<&'de ()>,
}

impl<'de, D: Deserializer<'de>> Erased<'de, D> {
    pub(super) const fn new(deserializer: D) -> Self {
        Self {
            deserializer: Some(deserializer),
            error: None,
            input: PhantomData,
        }
    }

    fn with<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Result<T, Refusal> {
        self.inside(|deserializer, _| read(deserializer))
    }

    /// The same for what has values inside of it.
    fn inside<T>(&mut self, read: impl FnOnce(D, &mut Steps) -> Result<T, D::Error>) -> Result<T, Refusal> {
        let Some(deserializer) = self.deserializer.take() else {
            return Err(Refusal::new("a value was read twice"));
        };
        let mut steps = Steps::new();
        read(deserializer, &mut steps).map_err(|error| {
            self.error = Some(error);
            Refusal::told_elsewhere().after(steps)
        })
    }

    // unions: begin
    /// The refusal with the reason that the deserializer gave.
    #[cold]
    pub(super) fn refusal(self, refusal: Refusal) -> Refusal {
        match self.error {
            Some(error) => Refusal::new(error.to_string()).after(refusal.into_steps()),
            None => refusal,
        }
    }
    // unions: end

    /// The error for a refusal, whose steps are told apart.
    #[cold]
    pub(super) fn error(self, refusal: Refusal, steps: &mut Steps) -> D::Error {
        let error = self.error.unwrap_or_else(|| D::Error::custom(refusal.reason()));
        steps.append(&mut refusal.into_steps());
        error
    }
}

impl<'de, D: Deserializer<'de>> Source<'de> for Erased<'de, D> {
    fn text(&mut self) -> Result<Cow<'de, str>, Refusal> {
        self.with(|deserializer| Text.deserialize(deserializer))
    }

    fn string(&mut self) -> Result<String, Refusal> {
        self.with(String::deserialize)
    }

    fn boolean(&mut self) -> Result<bool, Refusal> {
        self.with(bool::deserialize)
    }

    fn integer(&mut self) -> Result<i64, Refusal> {
        self.with(|deserializer| deserializer.deserialize_i64(Signed))
    }

    fn unsigned(&mut self) -> Result<u64, Refusal> {
        self.with(|deserializer| deserializer.deserialize_u64(Unsigned))
    }

    fn long_integer(&mut self) -> Result<i128, Refusal> {
        self.with(|deserializer| deserializer.deserialize_i128(Long))
    }

    fn number(&mut self) -> Result<f64, Refusal> {
        self.with(f64::deserialize)
    }

    fn optional(&mut self, some: &mut Place<'_>) -> Result<(), Refusal> {
        self.inside(|deserializer, steps| deserializer.deserialize_option(Optional(some, steps)))
    }

    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), Refusal> {
        self.inside(|deserializer, steps| {
            let elements = Elements(element, steps);
            match deserializer.is_human_readable() {
                true => deserializer.deserialize_option(elements),
                // others do not say what comes
                false => deserializer.deserialize_seq(elements),
            }
        })
    }

    fn object(&mut self, members: &mut Members<'_, '_>) -> Result<(), Refusal> {
        self.inside(|deserializer, steps| deserializer.deserialize_map(Object(members, steps)))
    }

    fn map(&mut self, member: EachMember<'_, 'de>) -> Result<(), Refusal> {
        self.inside(|deserializer, steps| {
            let entries = Entries(member, steps);
            match deserializer.is_human_readable() {
                true => deserializer.deserialize_option(entries),
                false => deserializer.deserialize_map(entries),
            }
        })
    }

    fn any(&mut self) -> Result<Value, Refusal> {
        self.with(Value::deserialize)
    }

    fn any_object(&mut self) -> Result<Map<String, Value>, Refusal> {
        let mut object = Map::new();
        self.map(&mut |name, value| {
            let value = value.any()?;
            object.insert(mem::take(name), value);
            Ok(())
        })?;
        Ok(object)
    }

    fn skip(&mut self) -> Result<(), Refusal> {
        self.with(IgnoredAny::deserialize).map(|_| ())
    }
}
