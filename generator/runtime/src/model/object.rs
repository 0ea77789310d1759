//! Reading and writing of JSON objects by their properties.
//!
//! A model passes a table of its properties, so that no code is compiled per property.

use std::collections::BTreeMap;
use std::{iter, mem};

pub use super::read::traits::{Member, Members};
use super::read::traits::{Presence, Read, Source};
use super::value_error::ValueError;
pub use super::write::traits::Entry;
use super::write::traits::{Sink, Write};

/// Declares a required property.
pub fn required<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Missing,
    }
}

/// Declares an optional property; `null` is read as unset.
pub fn optional<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Optional,
    }
}

/// Declares a property that is required and nullable. If it is missing, it is read as `null` unless the client is
/// strict, since many servers omit it; a union prefers a branch without missing properties.
pub fn expected<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Expected,
    }
}

/// Declares an optional property of a type that handles `null` itself.
pub fn nullable<'a, T: Read>(name: &'static str, slot: &'a mut Option<T>) -> Member<'a> {
    Member {
        name,
        place: T::place(slot),
        presence: Presence::Nullable,
    }
}

/// Reads an object into the fields of its properties. The last one of duplicate properties counts; unknown properties
/// are ignored. `expecting` is the name of the object in errors.
///
/// # Errors
/// The value is not an object, a property cannot be read, or a required property is missing.
pub fn read(
    source: &mut dyn Source<'_>,
    expecting: &'static str,
    members: &mut [Member<'_>],
) -> Result<(), ValueError> {
    source.object(&mut Members::new(expecting, members))
}

/// Reads an object like [`read`], for a schema with `additionalProperties: false`: unknown properties are ignored, but
/// a union prefers another branch.
///
/// # Errors
/// The same as [`read`].
pub fn read_closed(
    source: &mut dyn Source<'_>,
    expecting: &'static str,
    members: &mut [Member<'_>],
) -> Result<(), ValueError> {
    source.object(&mut Members {
        closed: true,
        ..Members::new(expecting, members)
    })
}

/// Reads an object like [`read`], and unknown properties into `extra`.
///
/// # Errors
/// The same as [`read`].
pub fn read_with<T: Read>(
    source: &mut dyn Source<'_>,
    expecting: &'static str,
    members: &mut [Member<'_>],
    extra: &mut BTreeMap<String, T>,
) -> Result<(), ValueError> {
    source.object(&mut Members {
        rest: Some(&mut |name, value| {
            let value = T::read(value)?;
            extra.insert(mem::take(name), value);
            Ok(())
        }),
        ..Members::new(expecting, members)
    })
}

/// Returns the value of a required property after a successful [`read`].
///
/// # Panics
/// The member was not read as a required one.
pub fn present<T>(value: Option<T>) -> T {
    // `read` refuses an object without it
    value.unwrap_or_else(|| unreachable!("a required member was not asked for"))
}

/// Declares a property that is always written; `None` is written as `null`.
pub fn always<'a, T: Write>(name: &'a str, value: &'a T) -> Entry<'a> {
    Entry::always(name, value.content())
}

/// Declares a property that is omitted if it has no value.
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
/// A property cannot be written, or the serializer fails.
pub fn write(sink: &mut dyn Sink, members: &[Entry<'_>]) -> Result<(), ValueError> {
    sink.object(members, &mut iter::empty())
}

/// Writes an object with additional properties. The caller makes sure that their names differ from those of `members`;
/// otherwise the name is written twice.
///
/// # Errors
/// A property cannot be written, or the serializer fails.
pub fn write_with<T: Write>(
    sink: &mut dyn Sink,
    members: &[Entry<'_>],
    extra: &BTreeMap<String, T>,
) -> Result<(), ValueError> {
    sink.object(members, &mut extra.iter().map(|(name, value)| always(name, value)))
}
