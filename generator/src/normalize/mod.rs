//! Every version -> the one dialect that `lower` reads: OpenAPI 3.0.
//!
//! One pass per file, each named after what it rewrites. A pass works on the tree alone and records what it moves, so
//! that messages still point into the text.

mod mixed_enums;
mod openapi31;
mod schemas;
mod swagger2;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Version};

/// Rewrites a document of any supported version into the dialect of OpenAPI 3.0.
pub fn normalize(document: &mut Document, diagnostics: &mut Diagnostics) {
    match document.version {
        Version::Swagger2 => swagger2::upgrade(document, diagnostics),
        Version::OpenApi30 | Version::OpenApi31 | Version::OpenApi32 => {}
    }
    mixed_enums::split(document);
    // Documents say what later versions know, whatever they declare.
    openapi31::downgrade(document);
}
