//! Words -> scopes -> identifiers. The only stage that creates identifiers.
//!
//! Invariant: a name depends on what is named and on what was named before it in the same scope, so that adding
//! something at the end of a document never renames what was there. The methods of a group are named together: two that
//! would have one name without the words of the group both keep these.

mod client;
mod digests;
mod errors;
mod features;
mod ident;
mod operations;
mod parameters;
mod places;
mod renamed;
mod schemes;
mod scope;
mod servers;
mod settled;
mod shared;
mod stutter;
#[cfg(test)]
mod tests;
mod types;
mod values;
mod webhooks;
mod words;
mod xml;

pub use client::Names;
pub use errors::SharedErrors;
pub(crate) use features::feature_names;
pub use ident::Ident;
pub(crate) use operations::UNTAGGED;
pub use operations::{OperationNames, ResponseNames};
pub use parameters::SharedParameter;
pub use schemes::SchemeNames;
pub use servers::Choice;
pub use types::TypeNames;

/// The name of a file that is called like a type, without its ending: one that every system takes.
#[must_use]
pub(crate) fn file_name(ty: &str) -> String {
    words::file(ty)
}

/// The identifier of a module that was planned under its plain name.
#[must_use]
pub fn module_ident(plain: &str) -> Ident {
    ident::value(plain)
}

/// What a variable for a value of a type is called; raw where that is a keyword.
#[must_use]
pub fn variable_of(ty: &str) -> String {
    ident::value(&words::snake(ty)).as_str().to_owned()
}
