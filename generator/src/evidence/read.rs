//! Decodes a JSON value by its type, and encodes it again.

use std::borrow::Cow;
use std::mem;

use serde_json::{Map, Value};

use super::path::{Path, Step};
use super::refusal::{Loss, Lost, Reason, Refusal};
use super::scalar;
use super::tally::Tally;
use crate::analyze::{Facts, Presence};
use crate::config::Formats;
use crate::ir::{Api, Field, Shape, Slot, Struct, TypeId, TypeRef};

/// How deep values are looked into, unions of unions included.
const DEEPEST: usize = 600;

/// What there is to know of the types.
#[derive(Debug, Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) facts: &'a Facts,
    pub(super) formats: &'a Formats,
}

/// How a value was read.
#[derive(Debug)]
pub(super) struct Reading<'v> {
    /// What is written of it; the value itself, whatever is written, unless the reader writes.
    pub(super) written: Cow<'v, Value>,
    /// The first thing that is lost.
    pub(super) loss: Option<Loss<'v>>,
}

/// One value on its way through the types.
#[derive(Debug)]
pub(super) struct Reader<'a, 'v> {
    pub(super) types: Types<'a>,
    /// Whether anybody wants to know what is written.
    writes: bool,
    path: Vec<Step<'v>>,
    depth: usize,
    /// How many values may still be looked at.
    left: usize,
    pub(super) tally: Tally,
    /// The place in memory of the value that the innermost union tries its branches with.
    pub(super) tried: usize,
    pub(super) loss: Option<Loss<'v>>,
}

/// Where a reader was before something was tried.
#[derive(Debug)]
pub(super) struct Mark<'v> {
    path: usize,
    depth: usize,
    tally: Tally,
    loss: Option<Loss<'v>>,
}

pub(super) type Read<'v> = Result<Cow<'v, Value>, Refusal<'v>>;

impl<'a: 'v, 'v> Reader<'a, 'v> {
    /// A reader that looks at no more than `left` values.
    pub(super) fn new(types: Types<'a>, writes: bool, left: usize) -> Self {
        Self {
            types,
            writes,
            path: Vec::new(),
            depth: 0,
            left,
            tally: Tally::default(),
            tried: 0,
            loss: None,
        }
    }

    /// Reads a value; how many more may be looked at is what is left of that.
    pub(super) fn read(mut self, slot: &'a Slot, value: &'v Value) -> (Result<Reading<'v>, Refusal<'v>>, usize) {
        let written = self.slot(slot, value);
        let loss = self.loss;
        (written.map(|written| Reading { written, loss }), self.left)
    }

    /// What stands at a place that may admit `null`.
    pub(super) fn slot(&mut self, slot: &'a Slot, value: &'v Value) -> Read<'v> {
        match self.types.api.types.is_nullable(slot) {
            true if value.is_null() => Ok(Cow::Borrowed(value)),
            true if self.is_empty_text(&slot.ty, value) => Ok(self.empty(Lost::EmptyText, Value::Null)),
            _ => self.ty(&slot.ty, value),
        }
    }

    /// Whether a text that is empty stands for no value at all: a date or a UUID that may be absent.
    fn is_empty_text(&self, ty: &TypeRef, value: &Value) -> bool {
        let TypeRef::Primitive(primitive) = self.types.api.types.resolve(ty) else {
            return false;
        };
        value == "" && scalar::is_parsed(*primitive, self.types.formats)
    }

    pub(super) fn ty(&mut self, ty: &'a TypeRef, value: &'v Value) -> Read<'v> {
        if self.left == 0 || self.depth > DEEPEST {
            return Err(self.refuse(Reason::Undecided));
        }
        self.left -= 1;
        self.depth += 1;
        let read = match ty {
            TypeRef::Any => {
                self.tally.untyped += usize::from(value.is_object());
                Ok(Cow::Borrowed(value))
            }
            TypeRef::Primitive(primitive) => {
                self.tally.forms += usize::from(scalar::is_other_form(*primitive, value, self.types.formats));
                let read = scalar::primitive(*primitive, value, self.types.formats);
                read.map_err(|reason| self.refuse(reason))
            }
            TypeRef::Named(id) => self.named(*id, value),
            TypeRef::List(_) if value.is_null() => Ok(self.empty(Lost::Null, Value::Array(Vec::new()))),
            TypeRef::Map(_) if value.is_null() => Ok(self.empty(Lost::Null, Value::Object(Map::new()))),
            TypeRef::List(item) => self.list(item, value),
            TypeRef::Tuple(places) => self.tuple(places, value),
            TypeRef::Map(slot) if slot.ty == TypeRef::Any => match value {
                Value::Object(_) => {
                    self.tally.untyped += 1;
                    Ok(Cow::Borrowed(value))
                }
                _ => Err(self.unlike("an object", value)),
            },
            TypeRef::Map(slot) => self.map(slot, value),
        };
        self.depth -= 1;
        read
    }

    fn named(&mut self, id: TypeId, value: &'v Value) -> Read<'v> {
        match &self.types.api.types[id].shape {
            Shape::Any => self.ty(&TypeRef::Any, value),
            Shape::Alias(slot) => self.ty(&slot.ty, value),
            Shape::Struct(object) if object.parts => Err(self.refuse(Reason::Parts)),
            Shape::Struct(object) => self.object(id, object, value),
            Shape::Union(union) => self.union(id, union, value),
            Shape::Enum(values) => {
                let (read, listed) = scalar::listed(&values.values, value).map_err(|reason| self.refuse(reason))?;
                if !listed {
                    self.lose(Lost::Unlisted(value));
                }
                Ok(read)
            }
        }
    }

    fn list(&mut self, item: &'a Slot, value: &'v Value) -> Read<'v> {
        let Value::Array(elements) = value else {
            return Err(self.unlike("an array", value));
        };
        self.elements(value, elements.iter().map(|element| (item, element)))
    }

    /// What becomes of a value that stands for something empty.
    fn empty(&mut self, lost: Lost<'v>, value: Value) -> Cow<'v, Value> {
        self.tally.forms += 1;
        self.lose(lost);
        Cow::Owned(value)
    }

    fn tuple(&mut self, places: &'a [Slot], value: &'v Value) -> Read<'v> {
        let Value::Array(elements) = value else {
            return Err(self.unlike("an array", value));
        };
        if elements.len() != places.len() {
            let (expected, found) = (places.len(), elements.len());
            return Err(self.refuse(Reason::Length { expected, found }));
        }
        self.elements(value, places.iter().zip(elements))
    }

    fn elements(&mut self, whole: &'v Value, elements: impl Iterator<Item = (&'a Slot, &'v Value)>) -> Read<'v> {
        let mut written = Vec::new();
        for (index, (slot, element)) in elements.enumerate() {
            self.path.push(Step::Item(index));
            let read = self.slot(slot, element)?;
            self.path.pop();
            if self.writes {
                written.push(read);
            }
        }
        if written.iter().all(|element| matches!(element, Cow::Borrowed(_))) {
            return Ok(Cow::Borrowed(whole));
        }
        Ok(Cow::Owned(written.into_iter().map(Cow::into_owned).collect()))
    }

    fn map(&mut self, slot: &'a Slot, value: &'v Value) -> Read<'v> {
        let Value::Object(members) = value else {
            return Err(self.unlike("an object", value));
        };
        self.tally.untyped += 1;
        let mut written = Vec::new();
        for (name, member) in members {
            let read = self.member(name, |reader| reader.slot(slot, member))?;
            if self.writes {
                written.push((name, read));
            }
        }
        if written.iter().all(|(_, member)| matches!(member, Cow::Borrowed(_))) {
            return Ok(Cow::Borrowed(value));
        }
        let written = written
            .into_iter()
            .map(|(name, member)| (name.clone(), member.into_owned()));
        Ok(Cow::Owned(Value::Object(written.collect())))
    }

    fn object(&mut self, id: TypeId, object: &'a Struct, value: &'v Value) -> Read<'v> {
        let Value::Object(members) = value else {
            return Err(self.unlike("an object", value));
        };
        let mut entries = Entries::of(self.writes, object);
        let mut next = 0;
        for (name, member) in members {
            if let Some(index) = position(object, name, next) {
                next = index + 1;
                let presence = self.types.facts.presence(id, index);
                let read = self.field(&object.fields[index], presence, member)?;
                entries.field(index, read);
            } else if let Some(slot) = &object.extra {
                self.tally.untyped += 1;
                let read = self.member(name, |reader| reader.slot(slot, member))?;
                entries.extra(name, read);
            } else {
                self.tally.lost.push(std::ptr::from_ref(member).addr());
                self.tally.misfits += usize::from(object.closed);
                self.drop_member(name, Lost::Undeclared);
                entries.changed = true;
            }
        }
        for (index, field) in object.fields.iter().enumerate() {
            match self.types.facts.presence(id, index) {
                Presence::Required if !members.contains_key(&field.wire) => {
                    return Err(self.refuse(Reason::Missing(&field.wire)));
                }
                Presence::RequiredNullable if !members.contains_key(&field.wire) => {
                    self.tally.forms += usize::from(!self.types.api.types.is_any(&field.slot.ty));
                    entries.field(index, Some(Cow::Owned(Value::Null)));
                }
                _ => {}
            }
        }
        Ok(entries.written(object).map_or(Cow::Borrowed(value), Cow::Owned))
    }

    /// Reads a member that has a field; nothing if the field is left empty and not written.
    fn field(
        &mut self,
        field: &'a Field,
        presence: Presence,
        member: &'v Value,
    ) -> Result<Option<Cow<'v, Value>>, Refusal<'v>> {
        self.tally.known += 1;
        let absent = presence == Presence::Optional && !self.types.api.types.is_any(&field.slot.ty);
        if member.is_null() && absent {
            self.drop_member(&field.wire, Lost::Null);
            Ok(None)
        } else if member.is_null() && presence != Presence::Required {
            Ok(Some(Cow::Borrowed(member)))
        } else if presence != Presence::Required && self.is_empty_text(&field.slot.ty, member) {
            self.tally.forms += 1;
            self.drop_member(&field.wire, Lost::EmptyText);
            Ok((!absent).then_some(Cow::Owned(Value::Null)))
        } else {
            self.member(&field.wire, |reader| reader.ty(&field.slot.ty, member))
                .map(Some)
        }
    }

    /// Reads a member below this place.
    fn member(&mut self, name: &'v str, read: impl FnOnce(&mut Self) -> Read<'v>) -> Read<'v> {
        self.path.push(Step::Member(name));
        let read = read(self)?;
        self.path.pop();
        Ok(read)
    }

    fn drop_member(&mut self, name: &'v str, what: Lost<'v>) {
        self.path.push(Step::Member(name));
        self.lose(what);
        self.path.pop();
    }

    /// Keeps what is lost here, unless something was before.
    pub(super) fn lose(&mut self, what: Lost<'v>) {
        if self.loss.is_none() {
            let at = Path::of(&self.path);
            self.loss = Some(Loss { at, what });
        }
    }

    pub(super) fn refuse(&self, reason: Reason<'v>) -> Refusal<'v> {
        Refusal {
            at: Path::of(&self.path),
            reason,
        }
    }

    pub(super) fn unlike(&self, expected: &'static str, found: &'v Value) -> Refusal<'v> {
        self.refuse(Reason::Kind { expected, found })
    }

    /// Returns the current position, and starts a new count.
    pub(super) fn mark(&mut self) -> Mark<'v> {
        Mark {
            path: self.path.len(),
            depth: self.depth,
            tally: mem::take(&mut self.tally),
            loss: self.loss.take(),
        }
    }

    /// Goes back to where it was, and says what was found since. What was looked at counts.
    pub(super) fn reset(&mut self, mark: Mark<'v>) -> (Tally, Option<Loss<'v>>) {
        self.path.truncate(mark.path);
        self.depth = mark.depth;
        let tally = mem::replace(&mut self.tally, mark.tally);
        (tally, mem::replace(&mut self.loss, mark.loss))
    }
}

/// The field of that name. Members mostly come in the order of the document.
fn position(object: &Struct, name: &str, next: usize) -> Option<usize> {
    let is_called = |field: &Field| field.wire == name;
    match object.fields.get(next) {
        Some(field) if is_called(field) => Some(next),
        _ => object.fields.iter().position(is_called),
    }
}

/// What is written of an object.
struct Entries<'v> {
    writes: bool,
    fields: Vec<Option<Cow<'v, Value>>>,
    extra: Vec<(&'v String, Cow<'v, Value>)>,
    changed: bool,
}

impl<'v> Entries<'v> {
    fn of(writes: bool, object: &Struct) -> Self {
        let count = if writes { object.fields.len() } else { 0 };
        Self {
            writes,
            fields: std::iter::repeat_with(|| None).take(count).collect(),
            extra: Vec::new(),
            changed: false,
        }
    }

    fn field(&mut self, index: usize, read: Option<Cow<'v, Value>>) {
        if self.writes {
            self.changed |= !matches!(read, Some(Cow::Borrowed(_)));
            self.fields[index] = read;
        }
    }

    fn extra(&mut self, name: &'v String, read: Cow<'v, Value>) {
        if self.writes {
            self.changed |= matches!(read, Cow::Owned(_));
            self.extra.push((name, read));
        }
    }

    /// The object, unless it is the one that was read.
    fn written(mut self, object: &Struct) -> Option<Value> {
        if !self.writes || !self.changed {
            return None;
        }
        let mut members = Map::new();
        for (field, read) in object.fields.iter().zip(self.fields) {
            if let Some(read) = read {
                members.insert(field.wire.clone(), read.into_owned());
            }
        }
        self.extra.sort_by_key(|(name, _)| *name);
        let extra = self.extra.into_iter();
        members.extend(extra.map(|(name, read)| (name.clone(), read.into_owned())));
        Some(Value::Object(members))
    }
}
