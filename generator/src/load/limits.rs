//! Limits on the size of a document.

/// Limits on the size of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Maximum size of the text in bytes.
    pub bytes: usize,
    /// Maximum nesting depth; the parsers themselves stop at 128.
    pub depth: usize,
    /// Maximum number of values, with aliases expanded.
    pub nodes: usize,
    /// Maximum size of a string or key in bytes.
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
