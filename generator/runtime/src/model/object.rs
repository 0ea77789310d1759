//! Reading and writing of JSON objects member by member.
//!
//! A model hands over a table of its members, so that there is no code of its own for each of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::read::{Read, Source};
use super::refusal::Refusal;
use super::write::{Sink, Write};

/// A place for a value that is to be read.
pub trait Slot {
    /// Reads the value; what `null` is, the type decides.
    ///
    /// # Errors
    /// The value is none of the type.
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal>;

    /// Reads the value; `null` leaves the place empty.
    ///
    /// # Errors
    /// The value is neither one of the type nor `null`.
    fn fill_or_null(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal>;

    /// Whether nothing was read.
    fn is_empty(&self) -> bool;
}

impl<T: Read> Slot for Option<T> {
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal> {
        *self = Some(T::read(source)?);
        Ok(())
    }

    fn fill_or_null(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal> {
        *self = Self::read(source)?;
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.is_none()
    }
}

/// A member that is read: its name and its place.
#[expect(missing_debug_implementations, reason = "a place is a function")]
pub struct Member<'a> {
    name: &'static str,
    slot: &'a mut dyn Slot,
    presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
    Nullable,
}

/// A member that has to be there.
pub fn required<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        slot,
        presence: Presence::Required,
    }
}

/// A member that may be missing; `null` is as good as that.
pub fn optional<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        slot,
        presence: Presence::Optional,
    }
}

/// A member that may be missing, of a type that knows `null` itself.
pub fn nullable<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        slot,
        presence: Presence::Nullable,
    }
}

/// Reads an object into the places of its members. If a member comes twice, the last one counts; what has no place is
/// passed over. `expecting` is the name an error calls the object by.
///
/// # Errors
/// The value is no object, a member cannot be read, or one that is required is missing.
pub fn read(source: &mut dyn Source<'_>, expecting: &'static str, members: &mut [Member<'_>]) -> Result<(), Refusal> {
    read_members(source, expecting, members, &mut |_, value| value.skip())
}

/// Reads an object like [`read`], and what has no place into `extra`.
///
/// # Errors
/// Those of [`read`].
pub fn read_with<T: Read>(
    source: &mut dyn Source<'_>,
    expecting: &'static str,
    members: &mut [Member<'_>],
    extra: &mut BTreeMap<String, T>,
) -> Result<(), Refusal> {
    read_members(source, expecting, members, &mut |name, value| {
        extra.insert(name.into_owned(), T::read(value)?);
        Ok(())
    })
}

/// What becomes of a member that has no place.
type Rest<'a> = &'a mut dyn FnMut(Cow<'_, str>, &mut dyn Source<'_>) -> Result<(), Refusal>;

fn read_members(
    source: &mut dyn Source<'_>,
    expecting: &'static str,
    members: &mut [Member<'_>],
    rest: Rest<'_>,
) -> Result<(), Refusal> {
    let mut next = 0;
    source.object(expecting, &mut |member| {
        let Some((name, value)) = member else {
            return all_there(members);
        };
        match position(members, &name, next).and_then(|index| Some((index, members.get_mut(index)?))) {
            Some((index, member)) => {
                next = index + 1;
                member.fill(value)
            }
            None => rest(name, value),
        }
    })
}

fn all_there(members: &[Member<'_>]) -> Result<(), Refusal> {
    let is_missing = |member: &&Member<'_>| member.presence == Presence::Required && member.slot.is_empty();
    match members.iter().find(is_missing) {
        Some(member) => Err(Refusal::missing(member.name)),
        None => Ok(()),
    }
}

/// The position of a member. Members mostly come in the order of the document, so the search begins at the next.
fn position(members: &[Member<'_>], name: &str, next: usize) -> Option<usize> {
    let (before, after) = members.split_at(next.min(members.len()));
    let found = after.iter().position(|member| member.name == name);
    found
        .map(|index| before.len() + index)
        .or_else(|| before.iter().position(|member| member.name == name))
}

impl Member<'_> {
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal> {
        match self.presence {
            Presence::Optional => self.slot.fill_or_null(source),
            Presence::Required | Presence::Nullable => self.slot.fill(source),
        }
    }
}

/// The value of a required member, after [`read`] has found it.
///
/// # Panics
/// The member was not read as a required one.
pub fn present<T>(value: Option<T>) -> T {
    // `read` refuses an object without it
    value.unwrap_or_else(|| unreachable!("a required member was not asked for"))
}

/// A member that is written: its name, its value, and whether it may be left out.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a value is a function")]
pub struct Entry<'a> {
    name: &'a str,
    value: &'a dyn Write,
    always: bool,
}

/// A member that is always written; `None` is written as `null`.
pub fn always<'a, T: Write>(name: &'a str, value: &'a T) -> Entry<'a> {
    Entry {
        name,
        value,
        always: true,
    }
}

/// A member that is left out if there is none.
pub fn unless_absent<'a, T: Write>(name: &'a str, value: &'a T) -> Entry<'a> {
    Entry {
        name,
        value,
        always: false,
    }
}

/// Writes an object.
///
/// # Errors
/// Those of the members and of the serializer.
pub fn write(sink: &mut dyn Sink, members: &[Entry<'_>]) -> Result<(), Refusal> {
    sink.object(&mut written(members))
}

/// Writes an object with additional members. Names that are members as well would come twice; they are the caller's
/// to avoid.
///
/// # Errors
/// Those of the members and of the serializer.
pub fn write_with<T: Write>(
    sink: &mut dyn Sink,
    members: &[Entry<'_>],
    extra: &BTreeMap<String, T>,
) -> Result<(), Refusal> {
    let extra = extra.iter().map(|(name, value)| (name.as_str(), value as &dyn Write));
    sink.object(&mut written(members).chain(extra))
}

fn written<'a>(members: &'a [Entry<'a>]) -> impl Iterator<Item = (&'a str, &'a dyn Write)> {
    members
        .iter()
        .filter(|member| member.always || !member.value.is_absent())
        .map(|member| (member.name, member.value))
}
