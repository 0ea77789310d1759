//! Values that were read already as sources: what the branches of unions are read from.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::union::{Tally, charge, count, other_form};
use super::super::value_error::{Step, ValueError};
use super::erased::Erased;
use super::traits::{Each, EachMember, Kind, Members, Place, Source};

/// A value that was read already. It counts what is made of it, so that unions can compare branches.
pub(in super::super) struct Buffered<'v>(&'v Value);

impl<'v> Buffered<'v> {
    pub(in super::super) const fn new(value: &'v Value) -> Self {
        Self(value)
    }

    /// Reads it by serde's implementation.
    fn erased<T>(&self, read: impl FnOnce(&mut dyn Source<'v>) -> Result<T, ValueError>) -> Result<T, ValueError> {
        let mut source = Erased::new(self.0);
        read(&mut source).map_err(|value_error| source.value_error(value_error))
    }

    fn fill(&mut self, place: &mut Place<'_>, may_be_absent: bool) -> Result<(), ValueError> {
        match &mut place.0 {
            Kind::Text(place) => **place = Some(self.string()?),
            Kind::Boolean(place) => **place = Some(self.boolean()?),
            Kind::Integer(place) => **place = Some(self.integer()?),
            Kind::Number(place) => **place = Some(self.number()?),
            Kind::Parsed(place) => place.parse(&self.text()?, may_be_absent)?,
            Kind::Other(place) => place.fill(self)?,
        }
        Ok(())
    }
}

impl<'de> Source<'de> for Buffered<'de> {
    fn text(&mut self) -> Result<Cow<'de, str>, ValueError> {
        self.erased(|source| source.text())
    }

    fn string(&mut self) -> Result<String, ValueError> {
        self.erased(|source| source.string())
    }

    fn boolean(&mut self) -> Result<bool, ValueError> {
        self.erased(|source| source.boolean())
    }

    fn integer(&mut self) -> Result<i64, ValueError> {
        self.erased(|source| source.integer())
    }

    fn unsigned(&mut self) -> Result<u64, ValueError> {
        self.erased(|source| source.unsigned())
    }

    fn long_integer(&mut self) -> Result<i128, ValueError> {
        self.erased(|source| source.long_integer())
    }

    fn number(&mut self) -> Result<f64, ValueError> {
        let integer = self
            .0
            .as_i64()
            .map(i128::from)
            .or_else(|| self.0.as_u64().map(i128::from));
        if integer.is_some_and(|integer| integer as f64 as i128 != integer) {
            other_form();
        }
        self.erased(|source| source.number())
    }

    fn optional(&mut self, some: &mut Place<'_>) -> Result<(), ValueError> {
        if self.0.is_null() {
            some.clear();
            return Ok(());
        }
        self.fill(some, true)
    }

    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), ValueError> {
        let Value::Array(items) = self.0 else {
            // `null` for an empty one
            other_form();
            return self.erased(|source| source.array(element));
        };
        charge(items.len());
        items.iter().enumerate().try_for_each(|(index, item)| {
            element(&mut Buffered(item)).map_err(|value_error| value_error.within(Step::Item(index)))
        })
    }

    fn object(&mut self, members: &mut Members<'_, '_>) -> Result<(), ValueError> {
        let Value::Object(object) = self.0 else {
            return self.erased(|source| source.object(members));
        };
        charge(object.len());
        let mut known = 0;
        for (name, value) in object {
            let position = members.position(name);
            if let Some((place, may_be_null)) = members.place(position) {
                known += 1;
                let read = match may_be_null {
                    true => Buffered(value).optional(place),
                    false => Buffered(value).fill(place, false),
                };
                read.map_err(|value_error| value_error.within(members.step(position)))?;
            } else if let Some((mut name, rest)) = members.rest() {
                count(|tally| tally.untyped += 1);
                let read = rest(&mut name, &mut Buffered(value));
                read.map_err(|value_error| value_error.within(Step::Member(name.into())))?;
            } else {
                count(|tally| {
                    tally.lose(value);
                    tally.misfits += usize::from(members.closed);
                });
            }
        }
        count(|tally: &mut Tally| {
            tally.known += known;
            tally.forms += members.lacking();
        });
        members.all_there()
    }

    fn map(&mut self, member: EachMember<'_, 'de>) -> Result<(), ValueError> {
        let Value::Object(object) = self.0 else {
            other_form();
            return self.erased(|source| source.map(member));
        };
        charge(object.len());
        count(|tally| tally.untyped += 1);
        object.iter().try_for_each(|(name, value)| {
            let read = member(&mut name.clone(), &mut Buffered(value));
            read.map_err(|value_error| value_error.within(Step::Member(name.clone().into())))
        })
    }

    fn any(&mut self) -> Result<Value, ValueError> {
        count(|tally| tally.untyped += usize::from(self.0.is_object()));
        Ok(self.0.clone())
    }

    fn buffer(&mut self) -> Result<Cow<'de, Value>, ValueError> {
        Ok(Cow::Borrowed(self.0))
    }

    fn any_object(&mut self) -> Result<Map<String, Value>, ValueError> {
        count(|tally| tally.untyped += 1);
        self.erased(|source| source.any_object())
    }

    fn skip(&mut self) -> Result<(), ValueError> {
        Ok(())
    }
}
