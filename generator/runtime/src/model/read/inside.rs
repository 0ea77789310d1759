//! What is inside of values, as serde's visitors.

use std::fmt;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use super::super::object::Members;
use super::super::refusal::Step;
use super::super::text::Text;
use super::integer::Signed;
use super::place::Kind;
use super::source::Erased;
use super::{Each, EachMember, Place, strict};

/// The steps that lead to what was refused, the innermost first: an error of serde has no room for them.
pub(super) type Steps = Vec<Step>;

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
                parsed.map_err(|refusal| D::Error::custom(refusal.reason()))?;
            }
            Kind::Other(place) => {
                let mut source = Erased::new(deserializer);
                return place
                    .fill(&mut source)
                    .map_err(|refusal| source.error(refusal, self.steps));
            }
        }
        Ok(())
    }
}

/// A value that is read into a place unless it is `null`.
pub(super) struct Optional<'a, 'p>(pub(super) &'a mut Place<'p>, pub(super) &'a mut Steps);

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
        (self.0)(&mut source).map_err(|refusal| source.error(refusal, self.1))
    }
}

/// Takes `null` for something empty.
fn empty<'de, E: Error>(expected: &impl Visitor<'de>) -> Result<(), E> {
    match strict::is_strict() {
        true => Err(E::invalid_type(Unexpected::Unit, expected)),
        false => Ok(()),
    }
}

pub(super) struct Elements<'a, 'de>(pub(super) Each<'a, 'de>, pub(super) &'a mut Steps);

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

pub(super) struct Entries<'a, 'de>(pub(super) EachMember<'a, 'de>, pub(super) &'a mut Steps);

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

pub(super) struct Object<'a, 't, 'm>(pub(super) &'a mut Members<'t, 'm>, pub(super) &'a mut Steps);

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
