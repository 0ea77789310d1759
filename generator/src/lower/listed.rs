//! A choice between lists of values -> one [`Enum`].

use super::Lower;
use super::view::Choice;
use crate::ir::{Docs, Enum, EnumValue, EnumValues, Shape};
use crate::parse::Type;

impl<'d> Lower<'d, '_> {
    /// The listed values of a choice between strings, or between integers, of which some are listed.
    ///
    /// Open enums of one kind cannot be told apart: the first would take every value.
    pub(super) fn listed_values(&mut self, choice: &Choice<'d>) -> Option<Enum> {
        let mut strings: Vec<EnumValue<String>> = Vec::new();
        let mut integers: Vec<EnumValue<i64>> = Vec::new();
        let mut kinds: Vec<Type> = Vec::new();
        for branch in &choice.branches {
            let view = self.expanded(branch);
            let types = self.types(&view);
            if !view.choices.is_empty() {
                return None;
            }
            if !self.is_open_enum(&view, &types) {
                kinds.extend(types);
                continue;
            }
            let docs = self.docs(&view);
            match self.enumeration(&view) {
                Shape::Enum(Enum {
                    values: EnumValues::Strings(values),
                    ..
                }) => {
                    kinds.push(Type::String);
                    add_values(&mut strings, values, &docs);
                }
                Shape::Enum(Enum {
                    values: EnumValues::Integers(values),
                    ..
                }) => {
                    kinds.push(Type::Integer);
                    add_values(&mut integers, values, &docs);
                }
                _ => return None,
            }
        }
        let values = match kinds.first()? {
            Type::String if !strings.is_empty() => EnumValues::Strings(strings),
            Type::Integer if !integers.is_empty() => EnumValues::Integers(integers),
            _ => return None,
        };
        let alike = kinds.iter().all(|kind| *kind == kinds[0]) && kinds.len() == choice.branches.len();
        alike.then_some(Enum { values, default: None })
    }
}

/// Adds values that are not there yet; what is said about a branch of one value is said about that value.
fn add_values<T: PartialEq>(all: &mut Vec<EnumValue<T>>, mut values: Vec<EnumValue<T>>, docs: &Docs) {
    if let [only] = values.as_mut_slice() {
        if only.description.is_empty() {
            docs.description.clone_into(&mut only.description);
        }
        if only.name.is_none() && !docs.summary.is_empty() {
            only.name = Some(docs.summary.clone());
        }
    }
    for value in values {
        if !all.iter().any(|other| other.wire == value.wire) {
            all.push(value);
        }
    }
}
