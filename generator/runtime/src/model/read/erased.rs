//! Deserializers as sources, and nested values as serde's visitors, which are sources in turn.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::mem;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::super::text::Text;
use super::super::value_error::{Step, ValueError};
use super::integer::{Long, Signed, Unsigned};
use super::strict;
use super::traits::{Each, EachMember, Kind, Members, Place, Source};

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

    fn with<T>(&mut self, read: impl FnOnce(D) -> Result<T, D::Error>) -> Result<T, ValueError> {
        self.inside(|deserializer, _| read(deserializer))
    }

    /// The same for what has values inside of it.
    fn inside<T>(&mut self, read: impl FnOnce(D, &mut Steps) -> Result<T, D::Error>) -> Result<T, ValueError> {
        let Some(deserializer) = self.deserializer.take() else {
            return Err(ValueError::new("a value was read twice"));
        };
        let mut steps = Steps::new();
        read(deserializer, &mut steps).map_err(|error| {
            self.error = Some(error);
            ValueError::told_elsewhere().after(steps)
        })
    }

    // unions: begin
    /// Replaces the reason with that of the deserializer, if there is one.
    #[cold]
    pub(super) fn value_error(self, value_error: ValueError) -> ValueError {
        match self.error {
            Some(error) => ValueError::new(error.to_string()).after(value_error.into_steps()),
            None => value_error,
        }
    }
    // unions: end

    /// Converts the error into one of the deserializer, and returns its steps separately.
    #[cold]
    pub(super) fn error(self, value_error: ValueError, steps: &mut Steps) -> D::Error {
        let error = self.error.unwrap_or_else(|| D::Error::custom(value_error.reason()));
        steps.append(&mut value_error.into_steps());
        error
    }
}

impl<'de, D: Deserializer<'de>> Source<'de> for Erased<'de, D> {
    fn text(&mut self) -> Result<Cow<'de, str>, ValueError> {
        self.with(|deserializer| Text.deserialize(deserializer))
    }

    fn string(&mut self) -> Result<String, ValueError> {
        self.with(String::deserialize)
    }

    fn boolean(&mut self) -> Result<bool, ValueError> {
        self.with(bool::deserialize)
    }

    fn integer(&mut self) -> Result<i64, ValueError> {
        self.with(|deserializer| deserializer.deserialize_i64(Signed))
    }

    fn unsigned(&mut self) -> Result<u64, ValueError> {
        self.with(|deserializer| deserializer.deserialize_u64(Unsigned))
    }

    fn long_integer(&mut self) -> Result<i128, ValueError> {
        self.with(|deserializer| deserializer.deserialize_i128(Long))
    }

    fn number(&mut self) -> Result<f64, ValueError> {
        self.with(f64::deserialize)
    }

    fn optional(&mut self, some: &mut Place<'_>) -> Result<(), ValueError> {
        self.inside(|deserializer, steps| deserializer.deserialize_option(Optional(some, steps)))
    }

    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), ValueError> {
        self.inside(|deserializer, steps| {
            let elements = Elements(element, steps);
            match deserializer.is_human_readable() {
                true => deserializer.deserialize_option(elements),
                // others do not say what comes
                false => deserializer.deserialize_seq(elements),
            }
        })
    }

    fn object(&mut self, members: &mut Members<'_, '_>) -> Result<(), ValueError> {
        self.inside(|deserializer, steps| deserializer.deserialize_map(Object(members, steps)))
    }

    fn map(&mut self, member: EachMember<'_, 'de>) -> Result<(), ValueError> {
        self.inside(|deserializer, steps| {
            let entries = Entries(member, steps);
            match deserializer.is_human_readable() {
                true => deserializer.deserialize_option(entries),
                false => deserializer.deserialize_map(entries),
            }
        })
    }

    fn any(&mut self) -> Result<Value, ValueError> {
        self.with(Value::deserialize)
    }

    fn any_object(&mut self) -> Result<Map<String, Value>, ValueError> {
        let mut object = Map::new();
        self.map(&mut |name, value| {
            let value = value.any()?;
            object.insert(mem::take(name), value);
            Ok(())
        })?;
        Ok(object)
    }

    fn skip(&mut self) -> Result<(), ValueError> {
        self.with(IgnoredAny::deserialize).map(|_| ())
    }
}

/// Steps to the invalid value, innermost first: serde's errors have no room for them.
type Steps = Vec<Step>;

/// A value that is read into a place.
struct Filled<'a, 'p> {
    place: &'a mut Place<'p>,
    may_be_absent: bool,
    steps: &'a mut Steps,
}

impl<'de> DeserializeSeed<'de> for Filled<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match &mut self.place.0 {
            Kind::Text(place) => **place = Some(String::deserialize(deserializer)?),
            Kind::Boolean(place) => **place = Some(bool::deserialize(deserializer)?),
            Kind::Integer(place) => **place = Some(deserializer.deserialize_i64(Signed)?),
            Kind::Number(place) => **place = Some(f64::deserialize(deserializer)?),
            Kind::Parsed(place) => {
                let text = Text.deserialize(deserializer)?;
                let parsed = place.parse(&text, self.may_be_absent);
                parsed.map_err(|value_error| D::Error::custom(value_error.reason()))?;
            }
            Kind::Other(place) => {
                let mut source = Erased::new(deserializer);
                return place
                    .fill(&mut source)
                    .map_err(|value_error| source.error(value_error, self.steps));
            }
        }
        Ok(())
    }
}

/// A value that is read into a place unless it is `null`.
struct Optional<'a, 'p>(&'a mut Place<'p>, &'a mut Steps);

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
        let filled = Filled {
            place: self.0,
            may_be_absent: true,
            steps: self.1,
        };
        filled.deserialize(deserializer)
    }
}

/// A value that a function reads.
struct Inner<'a, 'de>(Each<'a, 'de>, &'a mut Steps);

impl<'de> DeserializeSeed<'de> for Inner<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut source = Erased::new(deserializer);
        (self.0)(&mut source).map_err(|value_error| source.error(value_error, self.1))
    }
}

/// Takes `null` for something empty.
fn empty<'de, E: Error>(expected: &impl Visitor<'de>) -> Result<(), E> {
    match strict::is_strict() {
        true => Err(E::invalid_type(Unexpected::Unit, expected)),
        false => Ok(()),
    }
}

struct Elements<'a, 'de>(Each<'a, 'de>, &'a mut Steps);

impl<'de> Visitor<'de> for Elements<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        empty(&self)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        empty(&self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        for index in 0.. {
            match elements.next_element_seed(Inner(&mut *self.0, self.1)) {
                Ok(Some(())) => {}
                Ok(None) => break,
                Err(error) => {
                    self.1.push(Step::Item(index));
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

struct Entries<'a, 'de>(EachMember<'a, 'de>, &'a mut Steps);

impl<'de> Visitor<'de> for Entries<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        empty(&self)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        empty(&self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(mut name) = members.next_key::<String>()? {
            let read = members.next_value_seed(Inner(&mut |source| self.0(&mut name, source), self.1));
            if let Err(error) = read {
                self.1.push(Step::Member(name.into()));
                return Err(error);
            }
        }
        Ok(())
    }
}

struct Object<'a, 't, 'm>(&'a mut Members<'t, 'm>, &'a mut Steps);

impl<'de> Visitor<'de> for Object<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expecting)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let Self(members, steps) = self;
        while let Some(position) = object.next_key_seed(Name(members))? {
            if let Some((place, may_be_null)) = members.place(position) {
                let read = match may_be_null {
                    true => object.next_value_seed(Optional(place, steps)),
                    false => object.next_value_seed(Filled {
                        place,
                        may_be_absent: false,
                        steps,
                    }),
                };
                if let Err(error) = read {
                    steps.push(members.step(position));
                    return Err(error);
                }
            } else if let Some((mut name, rest)) = members.rest() {
                let read = object.next_value_seed(Inner(&mut |source| rest(&mut name, source), steps));
                if let Err(error) = read {
                    steps.push(Step::Member(name.into()));
                    return Err(error);
                }
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
