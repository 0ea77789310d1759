//! Limits on the size of a document.

/// How large a document may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Objects and arrays inside each other; the parsers themselves stop at 128.
    pub depth: usize,
    /// Values of any kind, with aliases expanded.
    pub nodes: usize,
    /// Bytes of a single text or member name.
    pub string_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 128,
            nodes: 5_000_000,
            string_bytes: 4 << 20,
        }
    }
}
