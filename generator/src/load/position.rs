//! Converts byte offsets to lines and columns.

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
