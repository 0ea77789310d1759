//! Reading and writing of JSON objects member by member.
//!
//! A model hands over a table of its members, so that there is no code of its own for each of them.

use std::collections::BTreeMap;
use std::{iter, mem};

use super::read::{Place, Read, Source, strict};
use super::refusal::{Refusal, Step};
use super::write::request::is_request;
use super::write::{Content, Sink, Write};

/// A member that is read: its name and its place.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Member<'a> {
    name: &'static str,
    place: Place<'a>,
    presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// It has to be there, and is not yet.
    Missing,
    /// It should be there, and is not yet; without it, it is as if it were `null`.
    Expected,
    Optional,
    Nullable,
}

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

/// What becomes of a member that has no place.
pub(super) type Rest<'a> = &'a mut dyn FnMut(&mut String, &mut dyn Source<'_>) -> Result<(), Refusal>;

/// The members of an object that is being read.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Members<'a, 'm> {
    pub(super) expecting: &'static str,
    members: &'a mut [Member<'m>],
    /// The member that comes next if they come in the order of the document.
    next: usize,
    rest: Option<Rest<'a>>,
    /// Whether the schema says that there are no other members.
    pub closed: bool,
    /// The name of a member without a place.
    unknown: String,
}

impl<'a, 'm> Members<'a, 'm> {
    fn new(expecting: &'static str, members: &'a mut [Member<'m>]) -> Self {
        Self {
            expecting,
            members,
            next: 0,
            rest: None,
            closed: false,
            unknown: String::new(),
        }
    }

    /// The position of the member of that name, or one after the last. Members mostly come in the order of the document,
    /// so the next is looked at first.
    #[inline]
    pub(super) fn position(&mut self, name: &str) -> usize {
        let position = match self.members.get(self.next) {
            Some(expected) if expected.name == name => self.next,
            _ => match self.search(name) {
                Some(found) => found,
                None => return self.members.len(),
            },
        };
        self.next = position + 1;
        position
    }

    fn search(&mut self, name: &str) -> Option<usize> {
        let (before, after) = self.members.split_at(self.next.min(self.members.len()));
        let is_called = |member: &Member<'_>| member.name == name;
        let found = after.iter().position(is_called).map(|index| before.len() + index);
        let found = found.or_else(|| before.iter().position(is_called));
        if found.is_none() && self.rest.is_some() {
            name.clone_into(&mut self.unknown);
        }
        found
    }

    /// The place of the member at a position, and whether `null` leaves it empty.
    #[inline]
    pub(super) fn place(&mut self, position: usize) -> Option<(&mut Place<'m>, bool)> {
        let member = self.members.get_mut(position)?;
        let may_be_null = matches!(member.presence, Presence::Optional | Presence::Expected);
        member.presence = match may_be_null {
            true => Presence::Optional,
            false => Presence::Nullable,
        };
        Some((&mut member.place, may_be_null))
    }

    /// The step to the member at a position.
    #[cold]
    pub(super) fn step(&self, position: usize) -> Step {
        let name = self.members.get(position).map(|member| member.name);
        Step::Member(name.unwrap_or_default().into())
    }

    /// The name of the member that was looked for last and has no place, and what becomes of it.
    pub(super) fn rest(&mut self) -> Option<(String, Rest<'_>)> {
        let rest = self.rest.as_mut()?;
        Some((mem::take(&mut self.unknown), rest))
    }

    // unions: begin
    /// How many members that should be there are not.
    pub(super) fn lacking(&self) -> usize {
        let mut members = self.members.iter();
        members
            .by_ref()
            .filter(|member| member.presence == Presence::Expected)
            .count()
    }
    // unions: end

    /// Refuses an object without a member that is required.
    pub(super) fn all_there(&self) -> Result<(), Refusal> {
        let lacks = |member: &&Member<'_>| match member.presence {
            Presence::Missing => true,
            Presence::Expected => strict::is_strict(),
            Presence::Optional | Presence::Nullable => false,
        };
        match self.members.iter().find(lacks) {
            Some(member) => Err(Refusal::missing(member.name)),
            None => Ok(()),
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
#[expect(missing_debug_implementations, reason = "a value may be a function")]
pub struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) value: Content<'a>,
    always: bool,
    read_only: bool,
}

impl<'a> Entry<'a> {
    /// A member that is always written.
    pub(super) const fn always(name: &'a str, value: Content<'a>) -> Self {
        Self {
            name,
            value,
            always: true,
            read_only: false,
        }
    }

    /// The same member as one that only the server sets (`readOnly`): it is left out of requests.
    #[must_use]
    pub const fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }

    pub(super) fn is_written(&self) -> bool {
        (self.always || !self.value.is_absent()) && !(self.read_only && is_request())
    }
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
