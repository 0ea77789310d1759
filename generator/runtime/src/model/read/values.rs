//! What is read beside models.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::object::{Slot, present};
use super::{Read, Refusal, Source};

impl Read for bool {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        source.boolean()
    }
}

impl Read for f64 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        source.number()
    }
}

impl Read for i128 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        source.long_integer()
    }
}

impl Read for i32 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        bounded(source.integer()?, "i32")
    }
}

impl Read for i64 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        bounded(source.integer()?, "i64")
    }
}

impl Read for u32 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        bounded(source.integer()?, "u32")
    }
}

impl Read for u64 {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        bounded(source.integer()?, "u64")
    }
}

fn bounded<T: TryFrom<i128>>(value: i128, expected: &str) -> Result<T, Refusal> {
    T::try_from(value).map_err(|_| Refusal::new(format!("invalid value: integer `{value}`, expected {expected}")))
}

impl Read for String {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        source.text().map(|text| text.into_owned())
    }
}

impl Read for Value {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        source.any()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let mut value = None;
        source.optional(&mut |some| {
            value = Some(T::read(some)?);
            Ok(())
        })?;
        Ok(value)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        T::read(source).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let mut elements = Self::new();
        source.array(&mut |element| {
            elements.push(T::read(element)?);
            Ok(())
        })?;
        Ok(elements)
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let mut members = Self::new();
        source.object("a map", &mut |member| {
            if let Some((name, value)) = member {
                members.insert(name.into_owned(), T::read(value)?);
            }
            Ok(())
        })?;
        Ok(members)
    }
}

impl Read for Map<String, Value> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let mut members = Self::new();
        source.object("a map", &mut |member| {
            if let Some((name, value)) = member {
                members.insert(name.into_owned(), value.any()?);
            }
            Ok(())
        })?;
        Ok(members)
    }
}

/// Reads an array that has an element for every place.
fn tuple(source: &mut dyn Source<'_>, places: &mut [&mut dyn Slot]) -> Result<(), Refusal> {
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
        false => Err(Refusal::new(format!(
            "invalid length {found}, expected an array of {length} elements"
        ))),
    }
}

macro_rules! tuples {
    ($(($($place:ident)+))+) => {$(
        #[allow(non_snake_case, reason = "a place is called like its type")]
        impl<$($place: Read),+> Read for ($($place),+) {
            fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
                $(let mut $place = None;)+
                tuple(source, &mut [$(&mut $place),+])?;
                Ok(($(present($place)),+))
            }
        }
    )+};
}

tuples! {
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
}
