//! Decodes bytes as text.

use std::borrow::Cow;

use super::fault::{Fault, FaultPlace};
use super::position::Position;
use crate::diagnostic::Code;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The text of a file, without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Fault> {
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(not_text(bytes, 0, "the text is UTF-16 or UTF-32"));
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        not_text(bytes, at, format!("byte {at} is not UTF-8"))
    })?;
    match text.find('\0') {
        Some(at) => Err(not_text(bytes, at, format!("byte {at} is NUL"))),
        None => Ok(text),
    }
}

/// The lines of a file for showing them, whatever its bytes are.
pub(crate) fn lines(bytes: &[u8]) -> Vec<Cow<'_, str>> {
    bytes
        .strip_prefix(BOM)
        .unwrap_or(bytes)
        .split_inclusive(|byte| *byte == b'\n')
        .flat_map(|line| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            line.strip_suffix(b"\r").unwrap_or(line).split(|byte| *byte == b'\r')
        })
        .map(String::from_utf8_lossy)
        .collect()
}

/// Where a part of a text begins in it, if it is one.
pub(super) fn offset_in(text: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (offset <= text.len()).then_some(offset)
}

/// The place of the quote that opens the text at `offset`, or `offset` when nothing does.
pub(super) fn quote_before(text: &str, offset: usize) -> usize {
    let before = offset.checked_sub(1);
    before
        .filter(|before| matches!(text.as_bytes().get(*before), Some(b'"' | b'\'')))
        .unwrap_or(offset)
}

fn not_text(bytes: &[u8], at: usize, message: impl Into<String>) -> Fault {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let position = Position::of_offset(&before, before.len());
    Fault::new(Code::Syntax, FaultPlace::Position(position), message).help("save the document as UTF-8")
}
