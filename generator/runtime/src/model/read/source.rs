//! Deserializers as sources.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::super::text::Text;
use super::{Each, EachMember, Refusal, Source};

/// Runs a reader over a deserializer.
pub(crate) fn from<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: &mut dyn FnMut(&mut dyn Source<'de>) -> Result<T, Refusal>,
) -> Result<T, D::Error> {
    let mut source = Erased {
        deserializer: Some(deserializer),
        error: None,
        input: PhantomData,
    };
    read(&mut source).map_err(|refusal| source.error.unwrap_or_else(|| D::Error::custom(refusal)))
}

/// A deserializer, and its error once it has failed.
struct Erased<'de, D: Deserializer<'de>> {
    deserializer: Option<D>,
    error: Option<D::Error>,
    input: PhantomData<&'de ()>,
}

impl<'de, D: Deserializer<'de>> Erased<'de, D> {
    fn with<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Result<T, Refusal> {
        let Some(deserializer) = self.deserializer.take() else {
            return Err(Refusal::new("a value was read twice"));
        };
        read(deserializer).map_err(|error| {
            self.error = Some(error);
            Refusal::told_elsewhere()
        })
    }
}

impl<'de, D: Deserializer<'de>> Source<'de> for Erased<'de, D> {
    fn text(&mut self) -> Result<Cow<'de, str>, Refusal> {
        self.with(|deserializer| Text.deserialize(deserializer))
    }

    fn boolean(&mut self) -> Result<bool, Refusal> {
        self.with(bool::deserialize)
    }

    fn integer(&mut self) -> Result<i128, Refusal> {
        self.with(|deserializer| deserializer.deserialize_i64(Integer))
    }

    fn long_integer(&mut self) -> Result<i128, Refusal> {
        self.with(|deserializer| deserializer.deserialize_i128(Integer))
    }

    fn number(&mut self) -> Result<f64, Refusal> {
        self.with(f64::deserialize)
    }

    fn optional(&mut self, some: Each<'_, 'de>) -> Result<(), Refusal> {
        self.with(|deserializer| deserializer.deserialize_option(Optional(some)))
    }

    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), Refusal> {
        self.with(|deserializer| deserializer.deserialize_seq(Elements(element)))
    }

    fn object(&mut self, expecting: &'static str, member: EachMember<'_, 'de>) -> Result<(), Refusal> {
        self.with(|deserializer| deserializer.deserialize_map(Members { expecting, member }))
    }

    fn any(&mut self) -> Result<Value, Refusal> {
        self.with(Value::deserialize)
    }

    fn skip(&mut self) -> Result<(), Refusal> {
        self.with(IgnoredAny::deserialize).map(|_| ())
    }
}

/// A value inside of another.
struct Inner<'a, 'de>(Each<'a, 'de>);

impl<'de> DeserializeSeed<'de> for Inner<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        from(deserializer, self.0)
    }
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<i128, E> {
        Ok(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i128, E> {
        // beyond 2^63 a float tells no integer from the next
        let bound = 9_223_372_036_854_775_808.0;
        if value.fract() == 0.0 && value >= -bound && value < bound {
            return Ok(value as i128);
        }
        Err(E::invalid_value(Unexpected::Float(value), &self))
    }
}

struct Optional<'a, 'de>(Each<'a, 'de>);

impl<'de> Visitor<'de> for Optional<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        from(deserializer, self.0)
    }
}

struct Elements<'a, 'de>(Each<'a, 'de>);

impl<'de> Visitor<'de> for Elements<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while elements.next_element_seed(Inner(&mut *self.0))?.is_some() {}
        Ok(())
    }
}

struct Members<'a, 'de> {
    expecting: &'static str,
    member: EachMember<'a, 'de>,
}

impl<'de> Visitor<'de> for Members<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key_seed(Text)? {
            let mut name = Some(name);
            members.next_value_seed(Inner(&mut |source| {
                (self.member)(Some((name.take().unwrap_or_default(), source)))
            }))?;
        }
        (self.member)(None).map_err(A::Error::custom)
    }
}
