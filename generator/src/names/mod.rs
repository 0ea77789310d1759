//! Words -> scopes -> identifiers. The only stage that creates identifiers.
//!
//! Invariant: a name depends on what is named and on what else wants it, never on the order of the document. Where several
//! things want one name, the one with the best right to it gets it (`contest`), so that what is added renames nothing
//! unless it has a better one. Two methods that would have one name without the words of their group both keep these.

mod client;
mod contest;
mod digests;
mod errors;
mod features;
mod given;
mod groups;
mod ident;
mod identity;
mod inside;
mod listed;
mod members;
mod operations;
mod parameters;
mod patterns;
mod places;
mod reserved;
mod schemes;
mod scope;
mod servers;
mod settled;
mod shared;
mod stutter;
#[cfg(test)]
mod tests;
mod types;
mod unused;
mod values;
mod webhooks;
mod words;
mod xml;

pub use client::Names;
pub use errors::SharedErrors;
pub(crate) use features::{OTHER_MODELS, feature_names};
pub use groups::UNTAGGED;
pub use ident::Ident;
pub use inside::ResponseNames;
pub use listed::Named;
pub(crate) use listed::list;
pub use operations::OperationNames;
pub use parameters::SharedParameter;
pub use schemes::SchemeNames;
pub use servers::Choice;
pub use types::TypeNames;
pub(crate) use unused::report_unused;

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

/// The method that has to do with a variant, such as `into_json`.
#[must_use]
pub fn accessor(verb: &str, variant: &Ident) -> Ident {
    ident::value(&format!("{verb}_{}", words::snake(variant.plain())))
}
