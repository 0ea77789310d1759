//! Every version -> the one dialect that `lower` reads: OpenAPI 3.0.
//!
//! One pass per file, each named after what it rewrites. A pass works on the tree alone and records what it moves, so
//! that messages still point into the text.

mod event_data;
mod evidence;
mod extra_paths;
mod items;
mod known_keys;
mod mixed_enums;
mod openapi31;
mod repair;
mod schemas;
mod swagger2;
mod unknown_keys;

use crate::diagnostic::{Diagnostics, Place};
use crate::document::{Document, Version};

pub(crate) use self::extra_paths::MARK as EXTRA_PATH;
pub(crate) use self::swagger2::REQUIRED as REQUIRED_VARIABLE;

/// Rewrites a document of any supported version into the dialect of OpenAPI 3.0.
pub fn normalize(document: &mut Document, diagnostics: &mut Diagnostics) {
    // What was found before is about the same places.
    let mut found = std::mem::take(diagnostics);
    extra_paths::join(document, &mut found);
    repair::frame(document, &mut found);
    unknown_keys::report(document, &mut found);
    if document.version == Version::Swagger2 {
        document.pass(|document| swagger2::upgrade(document, &mut found));
    }
    repair::schemas(document, &mut found);
    items::read(document, &mut found);
    document.pass(event_data::unwrap);
    document.pass(mixed_enums::split);
    // Documents say what later versions know, whatever they declare.
    document.pass(openapi31::downgrade);
    // Until here places are those of the text.
    for mut diagnostic in found {
        if let (Place::Node(at), None) = (&mut diagnostic.at, diagnostic.overlay) {
            *at = document.current(at);
        }
        diagnostics.push(diagnostic);
    }
}
