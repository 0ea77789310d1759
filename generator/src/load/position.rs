//! Converts byte offsets to lines and columns.

use crate::text::floor;

/// A position in a text, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line; LF, CRLF and CR each end one.
    pub line: usize,
    /// Column in characters.
    pub column: usize,
}

/// The lines of a text, for many positions in it.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line but the first begins.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = text.match_indices(['\n', '\r']).map(|(at, _)| at);
        let ends = ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = ends.map(|at| at + 1).collect();
        Self { text, starts }
    }

    /// The position of a byte offset, or of the end if the text is shorter.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = floor(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).map_or(0, |before| self.starts[before]);
        Position {
            line: line + 1,
            column: self.text[start..offset].chars().count() + 1,
        }
    }
}

impl Position {
    /// Returns the position of a byte offset, or of the end if the text is shorter.
    pub(super) fn of_offset(text: &str, offset: usize) -> Self {
        let before = &text[..floor(text, offset)];
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
