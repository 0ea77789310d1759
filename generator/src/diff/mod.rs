//! Compares the API of a generated client with another one: what breaks programs, what does something else, and what is new.
//!
//! Both sides are Rust code, so that a document is compared with what stands on disk as it is with another document, and what is
//! generated is what counts: a new value of an enum breaks no program, since enums are `#[non_exhaustive]`.
//!
//! ```
//! use envoi::diff::{Group, Side, compare};
//! use envoi::{Config, Source};
//!
//! let document = |paths: &str| Source::new("pets.yaml", format!("
//! openapi: 3.0.3
//! info: {{ title: Pets, version: '1' }}
//! paths: {{ {paths} }}
//! "));
//! let list = "/pets: { get: { operationId: listPets, responses: { '204': { description: Done. } } } }";
//! let (old, new) = (document(list), document(""));
//! let (old, new) = (Side::of_document(&old, &Config::default()), Side::of_document(&new, &Config::default()));
//!
//! let report = compare(&old.unwrap(), &new.unwrap());
//! assert_eq!(report.worst(), Some(Group::Breaking));
//! assert_eq!(report.changes[0].item, "list_pets()");
//! ```

mod api;
mod attributes;
mod calls;
mod change;
mod compare;
mod cursor;
mod gates;
mod item;
mod lex;
mod manifest;
mod members;
mod names;
mod operation;
mod operations;
mod pairs;
mod places;
mod read;
mod render;
mod report;
mod side;
mod signature;
mod surface;
mod wire;
mod wording;

pub use change::{Group, Spot, Step};
pub(crate) use manifest::package_name;
pub use render::Format;
pub use report::{Change, Report, compare};
pub use side::Side;

#[cfg(test)]
mod tests;
