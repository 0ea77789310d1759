//! Reading and writing of JSON objects member by member.
//!
//! A model hands over a table of its members, so that there is no code of its own for each of them.

use std::collections::BTreeMap;
use std::{iter, mem};

pub use super::read::traits::{Member, Members};
use super::read::traits::{Presence, Read, Source};
use super::refusal::Refusal;
pub use super::write::traits::Entry;
use super::write::traits::{Sink, Write};

/// A member that has to be there.
pub fn required<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Missing,
    }
}

/// A member that may be missing; `null` is as good as that.
pub fn optional<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Optional,
    }
}

/// A member that should be there and may be `null`. Many servers leave it out then, which is read as `null` unless the client
/// is strict, but a union rather takes a branch that lacks nothing.
pub fn expected<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Expected,
    }
}

/// A member that may be missing, of a type that knows `null` itself.
pub fn nullable<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Nullable,
    }
}

/// Reads an object into the places of its members. If a member comes twice, the last one counts; what has no place is
/// passed over. `expecting` is the name an error calls the object by.
///
/// # Errors
/// The value is no object, a member cannot be read, or one that is required is missing.
pub fn read(source: &mut dyn Source<'_>, expecting: &'static str, members: &mut [Member<'_>]) -> Result<(), Refusal> {
    source.object(&mut Members::new(expecting, members))
}

/// Reads an object like [`read`]. What has no place is passed over all the same, but a union rather takes another branch
/// (`additionalProperties: false`).
///
/// # Errors
/// Those of [`read`].
pub fn read_closed(
    source: &mut dyn Source<'_>,
    expecting: &'static str,
    members: &mut [Member<'_>],
) -> Result<(), Refusal> {
    source.object(&mut Members {
        closed: true,
        ..Members::new(expecting, members)
    })
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
    source.object(&mut Members {
        rest: Some(&mut |name, value| {
            let value = T::read(value)?;
            extra.insert(mem::take(name), value);
            Ok(())
        }),
        ..Members::new(expecting, members)
    })
}

/// The value of a required member, after [`read`] has found it.
///
/// # Panics
/// The member was not read as a required one.
pub fn present<T>(value: Option<T>) -> T {
    // `read` refuses an object without it
    value.unwrap_or_else(|| unreachable!("a required member was not asked for"))
}

/// A member that is always written; `None` is written as `null`.
pub fn always<'a, T: Write>(name: &'a str, value: &'a T) -> Entry<'a> {
    Entry::always(name, value.content())
}

/// A member that is left out if there is none.
pub fn unless_absent<'a, T: Write>(name: &'a str, value: &'a T) -> Entry<'a> {
    Entry {
        name,
        value: value.content(),
        always: false,
        read_only: false,
    }
}

/// Writes an object.
///
/// # Errors
/// Those of the members and of the serializer.
pub fn write(sink: &mut dyn Sink, members: &[Entry<'_>]) -> Result<(), Refusal> {
    sink.object(members, &mut iter::empty())
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
    sink.object(members, &mut extra.iter().map(|(name, value)| always(name, value)))
}
