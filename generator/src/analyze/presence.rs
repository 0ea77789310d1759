//! How a field is present: required, optional, nullable.

use super::reach::Reach;
use crate::ir::{Api, Field, Shape};

/// How a field is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there, never `null`.
    Required,
    /// Always there, perhaps `null`.
    RequiredNullable,
    /// Perhaps omitted, never `null`.
    Optional,
    /// Perhaps omitted, perhaps `null`, and the two differ.
    OptionalNullable,
}

pub(super) fn presence(api: &Api, reach: &[Reach]) -> Vec<Vec<Presence>> {
    let of_field = |field: &Field, reach: Reach| {
        // A member that is only received cannot be asked of those who send, and the other way round.
        let withheld = (field.read_only && reach.request) || (field.write_only && reach.response);
        match (field.required && !withheld, api.types.is_nullable(&field.slot)) {
            (true, false) => Presence::Required,
            (true, true) => Presence::RequiredNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        }
    };
    api.types
        .iter()
        .map(|(id, definition)| match &definition.shape {
            Shape::Struct(object) => {
                let reach = reach[id.index()];
                object.fields.iter().map(|field| of_field(field, reach)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}
