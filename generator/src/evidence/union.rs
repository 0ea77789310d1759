//! Selects the branch of a union for a value, as the runtime's `model/union/` does.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem;
use std::ptr;

use serde_json::{Map, Value};

use super::read::{Read, Reader};
use super::refusal::{Loss, Lost, Reason};
use super::tally::Tally;
use crate::analyze::{Kind, Overlap, Shape, shapes};
use crate::ir::{Tag, Tagging, TypeId, Union, Variant, integral};

/// A branch that a value can be.
struct Fit<'v> {
    written: Cow<'v, Value>,
    misfits: usize,
    loose: bool,
    tally: Tally,
    loss: Option<Loss<'v>>,
}

impl Fit<'_> {
    fn misfits(&self) -> usize {
        self.misfits + self.tally.misfits
    }

    fn order(&self) -> impl Ord + use<> {
        let tally = &self.tally;
        let lost = tally.lost.len();
        let signed = |count: usize| isize::try_from(count).unwrap_or(isize::MAX);
        let known = Reverse(signed(tally.known) - signed(lost));
        (self.misfits(), self.loose, tally.unknown, known, lost, tally.forms)
    }

    fn is_settled(&self) -> bool {
        self.misfits == 0 && !self.loose && self.tally.is_complete()
    }
}

impl<'a: 'v, 'v> Reader<'a, 'v> {
    pub(super) fn union(&mut self, id: TypeId, union: &'a Union, value: &'v Value) -> Read<'v> {
        match &union.tagging {
            Tagging::Internal(tag) => self.tagged(id, union, tag, value),
            Tagging::External => {
                let found = match value {
                    Value::String(name) => Some((name, None)),
                    Value::Object(object) if object.len() == 1 => {
                        object.iter().next().map(|(name, content)| (name, Some(content)))
                    }
                    _ => None,
                };
                self.content(
                    union,
                    found.map(|(name, content)| (name.as_str(), content)),
                    value,
                    |name, held| Value::Object([(name.to_owned(), held)].into_iter().collect()),
                )
            }
            Tagging::Adjacent { tag, content } => {
                let name = value.get(tag).and_then(Value::as_str);
                let found = name.map(|name| (name, value.get(content)));
                self.content(union, found, value, |name, held| {
                    let members = [(tag.clone(), name.into()), (content.clone(), held)];
                    Value::Object(members.into_iter().collect())
                })
            }
            Tagging::Untagged { .. } => {
                let all: Vec<usize> = (0..union.variants.len()).collect();
                self.untagged(id, union, &all, value)
            }
        }
    }

    fn tagged(&mut self, id: TypeId, union: &'a Union, tag: &Tag, value: &'v Value) -> Read<'v> {
        let found = value.get(&tag.property).and_then(tag_text);
        let takes = |(index, variant): &(usize, &Variant)| match &found {
            Some(found) => variant.tags.iter().any(|own| own == found),
            None => tag.absent.contains(index),
        };
        let candidates = union.variants.iter().enumerate().filter(takes);
        let mut candidates: Vec<usize> = candidates.map(|(index, _)| index).collect();
        if tag.tries && found.is_none() {
            return self.untagged(id, union, &candidates, value);
        }
        if candidates.is_empty() {
            candidates.extend(tag.unlisted);
        }
        match candidates.as_slice() {
            [] => self.keep_unknown(value),
            [only] => self.variant(id, union, *only, value),
            several => self.untagged(id, union, several, value),
        }
    }

    /// A variant that is called by its name, and written by `write`.
    fn content(
        &mut self,
        union: &'a Union,
        found: Option<(&str, Option<&'v Value>)>,
        value: &'v Value,
        write: impl FnOnce(&str, Value) -> Value,
    ) -> Read<'v> {
        let Some((name, content)) = found else {
            return self.keep_unknown(value);
        };
        let variant = union
            .variants
            .iter()
            .find(|variant| variant.tags.iter().any(|own| own == name));
        match (variant.map(|variant| &variant.slot), content) {
            (Some(None), None) => Ok(Cow::Owned(match union.tagging {
                Tagging::Adjacent { ref tag, .. } => Value::Object([(tag.clone(), name.into())].into_iter().collect()),
                _ => Value::from(name),
            })),
            (Some(Some(slot)), Some(content)) => {
                let held = self.slot(slot, content)?;
                Ok(Cow::Owned(write(name, held.into_owned())))
            }
            _ => self.keep_unknown(value),
        }
    }

    /// What is written of a value that is read as one variant, with its discriminator.
    fn variant(&mut self, id: TypeId, union: &'a Union, index: usize, value: &'v Value) -> Read<'v> {
        let Some(slot) = &union.variants[index].slot else {
            return self.keep_unknown(value);
        };
        let written = self.ty(&slot.ty, value)?;
        let tag = union.tag().zip(self.types.facts.written_tag(id, index));
        Ok(match (tag, written.as_object()) {
            (Some((tag, text)), Some(object)) if !object.contains_key(&tag.property) => {
                let mut tagged: Map<String, Value> = object.clone();
                tagged.insert(tag.property.clone(), text.into());
                Cow::Owned(Value::Object(tagged))
            }
            _ => written,
        })
    }

    fn untagged(&mut self, id: TypeId, union: &'a Union, candidates: &[usize], value: &'v Value) -> Read<'v> {
        let mut fits: Vec<Fit<'v>> = Vec::new();
        for index in candidates {
            if fits.last().is_some_and(Fit::is_settled) {
                break;
            }
            let types = self.types;
            for shape in shapes(types.api, types.facts, union, candidates, *index) {
                if let Some((misfits, loose)) = compare(&shape, value) {
                    fits.extend(self.fit(id, union, *index, value, (misfits, loose))?);
                }
            }
        }
        let Some((best, _)) = fits.iter().enumerate().min_by_key(|(_, fit)| fit.order()) else {
            return match union.keeps_unknown() {
                true => self.keep_unknown(value),
                false => Err(self.refuse(Reason::NoBranch)),
            };
        };
        let best = fits.remove(best);
        self.tally.add(&best.tally);
        let complements = match self.types.facts.overlap(id) {
            Overlap::Never => Vec::new(),
            Overlap::Unlikely | Overlap::Likely => complements(&best, fits),
        };
        if complements.is_empty() {
            self.loss = self.loss.take().or(best.loss);
            return Ok(best.written);
        }
        if self.types.facts.overlap(id) == Overlap::Unlikely {
            return self.keep_unknown(value);
        }
        let others = complements.into_iter().map(|fit| fit.written.into_owned());
        Ok(Cow::Owned(others.fold(best.written.into_owned(), merge)))
    }

    /// Reads a value as one branch, and leaves everything as it was before.
    fn fit(
        &mut self,
        id: TypeId,
        union: &'a Union,
        index: usize,
        value: &'v Value,
        (misfits, loose): (usize, bool),
    ) -> Result<Option<Fit<'v>>, super::refusal::Refusal<'v>> {
        let mark = self.mark();
        let tried = mem::replace(&mut self.tried, ptr::from_ref(value).addr());
        let read = self.variant(id, union, index, value);
        self.tried = tried;
        let (tally, loss) = self.reset(mark);
        match read {
            Ok(written) => Ok(Some(Fit {
                written,
                misfits,
                loose,
                tally,
                loss,
            })),
            Err(refusal) if refusal.reason.is_about_value() => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    /// A value that no branch takes, unless it is for an outer union to try other branches.
    fn keep_unknown(&mut self, value: &'v Value) -> Read<'v> {
        if self.tried == ptr::from_ref(value).addr() {
            return Err(self.refuse(Reason::NoBranch));
        }
        self.tally.unknown += 1;
        self.lose(Lost::Unknown);
        Ok(Cow::Borrowed(value))
    }
}

/// The branches that know properties which the best one and those before them do not.
fn complements<'v>(best: &Fit<'v>, mut fits: Vec<Fit<'v>>) -> Vec<Fit<'v>> {
    let mut lost = best.tally.lost.clone();
    fits.sort_by_key(Fit::order);
    fits.retain(|fit| {
        let still: Vec<usize> = lost
            .iter()
            .copied()
            .filter(|place| fit.tally.lost.contains(place))
            .collect();
        let knows = still.len() < lost.len() && fit.misfits() <= best.misfits();
        if knows {
            lost = still;
        }
        knows
    });
    fits
}

fn merge(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut all), Value::Object(more)) => {
            for (name, value) in more {
                let merged = match all.remove(&name) {
                    Some(known) => merge(known, value),
                    None => value,
                };
                all.insert(name, merged);
            }
            Value::Object(all)
        }
        (first, _) => first,
    }
}

/// How many values are not among those listed, and whether a number is of the other kind; nothing if it does not fit.
fn compare(shape: &Shape<'_>, value: &Value) -> Option<(usize, bool)> {
    let found = kind_of(value);
    let number = shape.kind == Kind::Number && found == Kind::Integer;
    let whole = shape.kind == Kind::Integer && found == Kind::Number && integral(value).is_some();
    if shape.kind != Kind::Any && shape.kind != found && !number && !whole {
        return None;
    }
    let is = |constant: &Value, own: &Value| match (constant, own) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (one, other) => one == other,
    };
    let there = shape.required.iter().all(|name| value.get(name).is_some());
    let mut constants = shape.constants.iter();
    if !there || !constants.all(|(name, constant)| value.get(name).is_none_or(|own| is(constant, own))) {
        return None;
    }
    let listed = shape.listed.iter();
    let unlisted = listed.filter(|(name, values)| value.get(name).is_some_and(|own| values.lack(own)));
    let own = shape.values.as_ref().is_some_and(|values| values.lack(value));
    let mut misfits = unlisted.count() + usize::from(own);
    let mut loose = number || whole;
    if let Some(shape) = &shape.items {
        let items = value.as_array().into_iter().flatten();
        let values = value.as_object().into_iter().flat_map(Map::values);
        for item in items.chain(values).filter(|item| !item.is_null()) {
            let own = compare(shape, item)?;
            misfits += own.0;
            loose |= own.1;
        }
    }
    Some((misfits, loose))
}

/// A discriminator value as text.
fn tag_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(boolean) => Some(boolean.to_string()),
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        }),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if !number.is_f64() => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}
