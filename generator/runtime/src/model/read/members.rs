//! The members of an object that is being read: which of them a name means, and whether all are there.

use std::mem;

use super::super::value_error::{Step, ValueError};
use super::strict;
use super::traits::{Member, Members, Place, Presence, Rest};

impl<'a, 'm> Members<'a, 'm> {
    pub(in super::super) fn new(expecting: &'static str, members: &'a mut [Member<'m>]) -> Self {
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
    pub(in super::super) fn position(&mut self, name: &str) -> usize {
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
    pub(in super::super) fn place(&mut self, position: usize) -> Option<(&mut Place<'m>, bool)> {
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
    pub(in super::super) fn step(&self, position: usize) -> Step {
        let name = self.members.get(position).map(|member| member.name);
        Step::Member(name.unwrap_or_default().into())
    }

    /// The name of the member that was looked for last and has no place, and what becomes of it.
    pub(in super::super) fn rest(&mut self) -> Option<(String, Rest<'_>)> {
        let rest = self.rest.as_mut()?;
        Some((mem::take(&mut self.unknown), rest))
    }

    // unions: begin
    /// How many members that should be there are not.
    pub(in super::super) fn lacking(&self) -> usize {
        let mut members = self.members.iter();
        members
            .by_ref()
            .filter(|member| member.presence == Presence::Expected)
            .count()
    }
    // unions: end

    /// Refuses an object without a member that is required.
    pub(in super::super) fn all_there(&self) -> Result<(), ValueError> {
        let lacks = |member: &&Member<'_>| match member.presence {
            Presence::Missing => true,
            Presence::Expected => strict::is_strict(),
            Presence::Optional | Presence::Nullable => false,
        };
        match self.members.iter().find(lacks) {
            Some(member) => Err(ValueError::missing(member.name)),
            None => Ok(()),
        }
    }
}
