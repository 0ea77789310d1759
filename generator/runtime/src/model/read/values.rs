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

impl<A: Read, B: Read> Read for (A, B) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b) = (None, None);
        tuple(source, &mut [&mut a, &mut b])?;
        Ok((present(a), present(b)))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c) = (None, None, None);
        tuple(source, &mut [&mut a, &mut b, &mut c])?;
        Ok((present(a), present(b), present(c)))
    }
}

impl<A: Read, B: Read, C: Read, D: Read> Read for (A, B, C, D) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d) = (None, None, None, None);
        tuple(source, &mut [&mut a, &mut b, &mut c, &mut d])?;
        Ok((present(a), present(b), present(c), present(d)))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read> Read for (A, B, C, D, E) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e) = (None, None, None, None, None);
        tuple(source, &mut [&mut a, &mut b, &mut c, &mut d, &mut e])?;
        Ok((present(a), present(b), present(c), present(d), present(e)))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read> Read for (A, B, C, D, E, F) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f) = (None, None, None, None, None, None);
        tuple(source, &mut [&mut a, &mut b, &mut c, &mut d, &mut e, &mut f])?;
        Ok((present(a), present(b), present(c), present(d), present(e), present(f)))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read, G: Read> Read for (A, B, C, D, E, F, G) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f, mut g) = (None, None, None, None, None, None, None);
        tuple(source, &mut [&mut a, &mut b, &mut c, &mut d, &mut e, &mut f, &mut g])?;
        Ok((
            present(a),
            present(b),
            present(c),
            present(d),
            present(e),
            present(f),
            present(g),
        ))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read, G: Read, H: Read> Read for (A, B, C, D, E, F, G, H) {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h) = (None, None, None, None, None, None, None, None);
        tuple(
            source,
            &mut [&mut a, &mut b, &mut c, &mut d, &mut e, &mut f, &mut g, &mut h],
        )?;
        Ok((
            present(a),
            present(b),
            present(c),
            present(d),
            present(e),
            present(f),
            present(g),
            present(h),
        ))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read, G: Read, H: Read, I: Read> Read
    for (A, B, C, D, E, F, G, H, I)
{
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h, mut i) =
            (None, None, None, None, None, None, None, None, None);
        tuple(
            source,
            &mut [&mut a, &mut b, &mut c, &mut d, &mut e, &mut f, &mut g, &mut h, &mut i],
        )?;
        Ok((
            present(a),
            present(b),
            present(c),
            present(d),
            present(e),
            present(f),
            present(g),
            present(h),
            present(i),
        ))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read, G: Read, H: Read, I: Read, J: Read> Read
    for (A, B, C, D, E, F, G, H, I, J)
{
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h, mut i, mut j) =
            (None, None, None, None, None, None, None, None, None, None);
        tuple(
            source,
            &mut [
                &mut a, &mut b, &mut c, &mut d, &mut e, &mut f, &mut g, &mut h, &mut i, &mut j,
            ],
        )?;
        Ok((
            present(a),
            present(b),
            present(c),
            present(d),
            present(e),
            present(f),
            present(g),
            present(h),
            present(i),
            present(j),
        ))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read, G: Read, H: Read, I: Read, J: Read, K: Read> Read
    for (A, B, C, D, E, F, G, H, I, J, K)
{
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h, mut i, mut j, mut k) =
            (None, None, None, None, None, None, None, None, None, None, None);
        tuple(
            source,
            &mut [
                &mut a, &mut b, &mut c, &mut d, &mut e, &mut f, &mut g, &mut h, &mut i, &mut j, &mut k,
            ],
        )?;
        Ok((
            present(a),
            present(b),
            present(c),
            present(d),
            present(e),
            present(f),
            present(g),
            present(h),
            present(i),
            present(j),
            present(k),
        ))
    }
}

impl<A: Read, B: Read, C: Read, D: Read, E: Read, F: Read, G: Read, H: Read, I: Read, J: Read, K: Read, L: Read> Read
    for (A, B, C, D, E, F, G, H, I, J, K, L)
{
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        let (mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h, mut i, mut j, mut k, mut l) =
            (None, None, None, None, None, None, None, None, None, None, None, None);
        tuple(
            source,
            &mut [
                &mut a, &mut b, &mut c, &mut d, &mut e, &mut f, &mut g, &mut h, &mut i, &mut j, &mut k, &mut l,
            ],
        )?;
        Ok((
            present(a),
            present(b),
            present(c),
            present(d),
            present(e),
            present(f),
            present(g),
            present(h),
            present(i),
            present(j),
            present(k),
            present(l),
        ))
    }
}
