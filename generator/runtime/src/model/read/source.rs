//! Deserializers as sources.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::super::object::Members;
use super::super::text::Text;
use super::integer::{Long, Signed, Unsigned};
use super::place::Kind;
use super::{Each, EachMember, Place, Read, Refusal, Source};

/// Reads a value from a deserializer: serde's `Deserialize` for what can be [`Read`].
///
/// # Errors
/// What is there is no `T`.
pub fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    let mut source = Erased::new(deserializer);
    T::read(&mut source).map_err(|refusal| source.error(refusal))
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
        let Some(deserializer) = self.deserializer.take() else {
            return Err(Refusal::new("a value was read twice"));
        };
        read(deserializer).map_err(|error| {
            self.error = Some(error);
            Refusal::told_elsewhere()
        })
    }

    /// The refusal with the reason that the deserializer gave.
    #[cold]
    pub(super) fn refusal(self, refusal: Refusal) -> Refusal {
        self.error.map_or(refusal, |error| Refusal::new(error.to_string()))
    }

    #[cold]
    fn error(self, refusal: Refusal) -> D::Error {
        self.error.unwrap_or_else(|| D::Error::custom(refusal))
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
        self.with(|deserializer| deserializer.deserialize_option(Optional(some)))
    }

    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), Refusal> {
        self.with(|deserializer| deserializer.deserialize_seq(Elements(element)))
    }

    fn object(&mut self, members: &mut Members<'_, '_>) -> Result<(), Refusal> {
        self.with(|deserializer| deserializer.deserialize_map(Object(members)))
    }

    fn map(&mut self, member: EachMember<'_, 'de>) -> Result<(), Refusal> {
        self.with(|deserializer| deserializer.deserialize_map(Entries(member)))
    }

    fn any(&mut self) -> Result<Value, Refusal> {
        self.with(Value::deserialize)
    }

    fn any_object(&mut self) -> Result<Map<String, Value>, Refusal> {
        self.with(Map::deserialize)
    }

    fn skip(&mut self) -> Result<(), Refusal> {
        self.with(IgnoredAny::deserialize).map(|_| ())
    }
}

/// A value that is read into a place.
struct Filled<'a, 'p>(&'a mut Place<'p>);

impl<'de> DeserializeSeed<'de> for Filled<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match &mut self.0.0 {
            Kind::Text(place) => **place = Some(String::deserialize(deserializer)?),
            Kind::Boolean(place) => **place = Some(bool::deserialize(deserializer)?),
            Kind::Integer(place) => **place = Some(deserializer.deserialize_i64(Signed)?),
            Kind::Number(place) => **place = Some(f64::deserialize(deserializer)?),
            Kind::Other(place) => {
                let mut source = Erased::new(deserializer);
                return place.fill(&mut source).map_err(|refusal| source.error(refusal));
            }
        }
        Ok(())
    }
}

/// A value that is read into a place unless it is `null`.
struct Optional<'a, 'p>(&'a mut Place<'p>);

impl<'de> DeserializeSeed<'de> for Optional<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Optional<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.clear();
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.clear();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Filled(self.0).deserialize(deserializer)
    }
}

/// A value that a function reads.
struct Inner<'a, 'de>(Each<'a, 'de>);

impl<'de> DeserializeSeed<'de> for Inner<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut source = Erased::new(deserializer);
        (self.0)(&mut source).map_err(|refusal| source.error(refusal))
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

struct Entries<'a, 'de>(EachMember<'a, 'de>);

impl<'de> Visitor<'de> for Entries<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key()? {
            let mut name: Option<String> = Some(name);
            members.next_value_seed(Inner(&mut |source| self.0(name.take().unwrap_or_default(), source)))?;
        }
        Ok(())
    }
}

struct Object<'a, 't, 'm>(&'a mut Members<'t, 'm>);

impl<'de> Visitor<'de> for Object<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expecting)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let members = self.0;
        while let Some(position) = object.next_key_seed(Name(members))? {
            if let Some((place, may_be_null)) = members.place(position) {
                match may_be_null {
                    true => object.next_value_seed(Optional(place))?,
                    false => object.next_value_seed(Filled(place))?,
                }
            } else if let Some((name, rest)) = members.rest() {
                let mut name = Some(name);
                object.next_value_seed(Inner(&mut |source| rest(name.take().unwrap_or_default(), source)))?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        members.all_there().map_err(A::Error::custom)
    }
}

/// The name of a member, read as its position.
struct Name<'a, 't, 'm>(&'a mut Members<'t, 'm>);

impl<'de> DeserializeSeed<'de> for Name<'_, '_, '_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_, '_, '_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.position(name))
    }
}
