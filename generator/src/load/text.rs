//! Bytes to text, and byte offsets to lines and columns.

use std::borrow::Cow;

use super::{Fault, FaultPlace};
use crate::diagnostic::Code;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A place in a text, both numbers counted from 1 as editors do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line; LF, CRLF and CR each end one.
    pub line: usize,
    /// Column in characters.
    pub column: usize,
}

impl Position {
    /// The place of a byte, or of the end when the text is shorter.
    pub(super) fn of_offset(text: &str, offset: usize) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let bytes = before.as_bytes();
        let mut line = 1;
        let mut start = 0;
        // before the first CR, counting is many bytes at a time
        let feeds = before.find('\r').unwrap_or(bytes.len());
        line += bytes[..feeds].iter().filter(|byte| **byte == b'\n').count();
        if let Some(last) = before[..feeds].rfind('\n') {
            start = last + 1;
        }
        for (at, byte) in bytes.iter().enumerate().skip(feeds) {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => text.as_bytes().get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                line += 1;
                start = at + 1;
            }
        }
        Self {
            line,
            column: before[start..].chars().count() + 1,
        }
    }
}

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
