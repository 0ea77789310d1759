//! The words of generated code: identifiers, types, conditions of features, and attributes for lints.
//!
//! Knows the context.

pub(super) mod argument;
pub(super) mod feature;
pub(super) mod ident;
pub(super) mod lints;
pub(super) mod ty;
