//! What stands before the content of a part.

use std::fmt::Write;
use std::hash::{BuildHasher, RandomState};

use super::super::media_type;
use super::part::{Content, FileName};

/// How parts are identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disposition {
    /// By name, with file names: `multipart/form-data`.
    FormData,
    /// By name, if they have one.
    Named,
    /// By order: `multipart/related`.
    Unnamed,
}

impl Disposition {
    pub(super) fn of(media_type: &str) -> Self {
        match &*media_type::essence(media_type) {
            "multipart/form-data" => Self::FormData,
            "multipart/related" => Self::Unnamed,
            _ => Self::Named,
        }
    }
}

/// Returns a boundary with 128 random bits, so that no content contains it.
pub(super) fn boundary() -> String {
    // keyed by what the operating system gave; one value tells nothing of the next
    let random = || RandomState::new().hash_one(0_u8);
    format!("envoi-{:016x}{:016x}", random(), random())
}

/// Returns the delimiter and the headers of a part.
pub(super) fn head(boundary: &str, disposition: Disposition, name: &str, part: &Content) -> String {
    let mut head = format!("--{boundary}\r\n");
    let file_name = match &part.file_name {
        FileName::Given(given) => Some(given.as_str()),
        // servers tell files from other fields by their having a name
        FileName::OfPart if disposition == Disposition::FormData => Some(name),
        FileName::OfPart | FileName::None => None,
    };
    let named = disposition == Disposition::FormData || (disposition == Disposition::Named && !name.is_empty());
    if named || file_name.is_some() {
        head.push_str("Content-Disposition: ");
        head.push_str(if named { "form-data" } else { "attachment" });
        if named {
            quoted(&mut head, "name", name);
        }
        if let Some(file_name) = file_name {
            quoted(&mut head, "filename", file_name);
        }
        head.push_str("\r\n");
    }
    if let Some(media_type) = &part.media_type {
        line(&mut head, "Content-Type", media_type);
    }
    for (name, value) in &part.headers {
        line(&mut head, name, value);
    }
    head.push_str("\r\n");
    head
}

fn line(head: &mut String, name: &str, value: &str) {
    // writing into a `String` cannot fail
    let _ = write!(head, "{name}: {value}\r\n");
}

/// Writes a quoted parameter like browsers (HTML, "Multipart form data"): UTF-8 as is, and characters that would end
/// the parameter or the line percent-encoded.
fn quoted(head: &mut String, name: &str, text: &str) {
    let _ = write!(head, "; {name}=\"");
    for character in text.chars() {
        if character == '"' || character.is_ascii_control() {
            let _ = write!(head, "%{:02X}", u32::from(character));
        } else {
            head.push(character);
        }
    }
    head.push('"');
}
