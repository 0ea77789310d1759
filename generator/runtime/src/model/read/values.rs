//! What is read beside models.

use std::collections::BTreeMap;
use std::mem;

use serde_json::{Map, Value};

use super::super::object::present;
use super::super::tuples::for_tuples;
use super::super::value_error::ValueError;
use super::traits::{Kind, Place, Read, Slot, Source};

impl Read for bool {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.boolean()
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place(Kind::Boolean(place))
    }
}

impl Read for f64 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.number()
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place(Kind::Number(place))
    }
}

impl Read for i128 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.long_integer()
    }
}

impl Read for i32 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        bounded(source.integer()?, "i32")
    }
}

impl Read for i64 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.integer()
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place(Kind::Integer(place))
    }
}

impl Read for u32 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        bounded(source.integer()?, "u32")
    }
}

impl Read for u64 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.unsigned()
    }
}

fn bounded<T: TryFrom<i64>>(value: i64, expected: &str) -> Result<T, ValueError> {
    T::try_from(value).map_err(|_| ValueError::new(format!("invalid value: integer `{value}`, expected {expected}")))
}

impl Read for String {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.string()
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place(Kind::Text(place))
    }
}

impl Read for Value {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.any()
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let mut value = None;
        source.optional(&mut T::place(&mut value))?;
        Ok(value)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        T::read(source).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let mut elements = Self::new();
        source.array(&mut |element| {
            elements.push(T::read(element)?);
            Ok(())
        })?;
        Ok(elements)
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let mut members = Self::new();
        source.map(&mut |name, value| {
            let value = T::read(value)?;
            members.insert(mem::take(name), value);
            Ok(())
        })?;
        Ok(members)
    }
}

impl Read for Map<String, Value> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        source.any_object()
    }
}

/// Reads an array that has an element for every place.
fn tuple(source: &mut dyn Source<'_>, places: &mut [&mut dyn Slot]) -> Result<(), ValueError> {
    let length = places.len();
    let mut found = 0;
    source.array(&mut |element| {
        let place = places.get_mut(found);
        found += 1;
        match place {
            Some(place) => place.fill(element),
            None => element.skip(),
        }
    })?;
    match found == length {
        true => Ok(()),
        false => Err(ValueError::new(format!(
            "invalid length {found}, expected an array of {length} elements"
        ))),
    }
}

macro_rules! tuples {
    ($(($($place:ident)+))+) => {$(
        #[allow(non_snake_case, reason = "a place is called like its type")]
        impl<$($place: Read),+> Read for ($($place),+) {
            fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
                $(let mut $place = None;)+
                tuple(source, &mut [$(&mut $place),+])?;
                Ok(($(present($place)),+))
            }
        }
    )+};
}

for_tuples!(tuples);
