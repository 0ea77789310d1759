//! A choice between enums -> one [`Enum`].

use super::context::Lower;
use super::view::Choice;
use crate::ir::{Docs, Enum, EnumValue, EnumValues, Shape};
use crate::parse::Type;

impl<'d> Lower<'d, '_> {
    /// The listed values of a choice between strings, or between numbers, of which some are listed.
    ///
    /// Open enums of one kind cannot be told apart: the first would take every value.
    pub(super) fn listed_values(&mut self, choice: &Choice<'d>) -> Option<Enum> {
        let mut all: Option<EnumValues> = None;
        let mut open: Vec<Type> = Vec::new();
        for branch in &choice.branches {
            let view = self.expanded(branch);
            let types = self.types(&view);
            if !view.choices.is_empty() {
                return None;
            }
            if !self.is_open_enum(&view, &types) {
                let [only] = types[..] else {
                    return None;
                };
                open.push(only);
                continue;
            }
            let docs = self.docs(&view);
            let Shape::Enum(Enum { values, .. }) = self.enumeration(&view) else {
                return None;
            };
            match all.as_mut() {
                None => {
                    let mut first = empty(&values);
                    merge(&mut first, values, &docs)?;
                    all = Some(first);
                }
                Some(all) => merge(all, values, &docs)?,
            }
        }
        let values = all?;
        let kind = match values {
            EnumValues::Strings(_) => Type::String,
            EnumValues::Integers(_) => Type::Integer,
            EnumValues::Numbers(_) => Type::Number,
        };
        let alike = open.iter().all(|own| *own == kind);
        alike.then_some(Enum { values, default: None })
    }
}

/// No values of the same kind.
fn empty(values: &EnumValues) -> EnumValues {
    match values {
        EnumValues::Strings(_) => EnumValues::Strings(Vec::new()),
        EnumValues::Integers(_) => EnumValues::Integers(Vec::new()),
        EnumValues::Numbers(_) => EnumValues::Numbers(Vec::new()),
    }
}

/// Adds values of the same kind; `None` if they are of another.
fn merge(all: &mut EnumValues, values: EnumValues, docs: &Docs) -> Option<()> {
    match (all, values) {
        (EnumValues::Strings(all), EnumValues::Strings(values)) => add_values(all, values, docs, PartialEq::eq),
        (EnumValues::Integers(all), EnumValues::Integers(values)) => add_values(all, values, docs, PartialEq::eq),
        (EnumValues::Numbers(all), EnumValues::Numbers(values)) => {
            add_values(all, values, docs, |left, right| left.as_f64() == right.as_f64());
        }
        _ => return None,
    }
    Some(())
}

/// Adds values that are not there yet; what is said about a branch of one value is said about that value.
fn add_values<T>(
    all: &mut Vec<EnumValue<T>>,
    mut values: Vec<EnumValue<T>>,
    docs: &Docs,
    equal: impl Fn(&T, &T) -> bool,
) {
    if let [only] = values.as_mut_slice() {
        if only.description.is_empty() {
            docs.description.clone_into(&mut only.description);
        }
        if only.name.is_none() && !docs.summary.is_empty() {
            only.name = Some(docs.summary.clone());
        }
    }
    for value in values {
        if !all.iter().any(|other| equal(&other.wire, &value.wire)) {
            all.push(value);
        }
    }
}
