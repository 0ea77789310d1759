//! Generates Rust clients from OpenAPI documents.
//!
//! * [`generate`] generates the client for one document, in memory, as a pure function.
//! * [`package`] generates crates, [`write`](mod@write) writes files to disk.
//! * [`build_script::client`] does all of this from a `build.rs`.
//!
//! The program `envoi` is a command line for these functions.

mod analyze;
pub mod build_script;
mod bundle;
mod census;
pub mod cli;
mod components;
mod config;
mod declare;
mod diagnostic;
pub mod diff;
mod document;
mod embedded;
mod emit;
mod evidence;
mod features;
mod fingerprint;
mod grammar;
mod ir;
pub mod load;
mod lower;
mod names;
mod nearest;
mod nest;
mod normalize;
mod output;
mod overlay;
pub mod package;
mod parallel;
mod parse;
mod pipeline;
mod plan;
mod pointer;
mod print;
mod rename;
mod select;
mod template;
mod text;
pub mod write;

pub use census::{Call, Census, Fallen};
pub use config::{
    Config, Criteria, Dates, Documentation, Examples, Formats, Layout, Pages, Pagination, Renames, Runtime, Security,
    Select, Serde, TagFeatures, Uuids,
};
pub use diagnostic::{Code, Diagnostic, Diagnostics, MessageFormat, Place, Renderer, Severity};
pub use document::{Document, Inlined, Missing, Notation, Origin, Part, Source, Version};
pub use evidence::{Example, Models, Refused, Site};
pub use features::{Feature, Features};
pub use names::Named;
pub use output::OutputFile;
pub use pipeline::{Outcome, dump, generate};
pub use pointer::Pointer;
