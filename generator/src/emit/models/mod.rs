//! The files of `models`: structs, enums, unions and aliases, how they are read and written, and `xml`, which says how
//! they are XML.
//!
//! Knows the context, tokens and documentation.

mod alias;
mod enums;
pub(super) mod files;
mod object;
mod union;
mod uses;
pub(super) mod xml;
