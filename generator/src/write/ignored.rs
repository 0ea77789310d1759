//! `.envoiignore`: the files in an output folder that are the user's own.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::error::WriteError;
use super::place::read_start;
use super::reserved::IGNORE;

/// Maximum size of the file in bytes, and of a line in it. A pattern takes memory and stack in proportion.
const MAX_BYTES: u64 = 64 * 1024;
const MAX_LINE: usize = 1000;

/// Files that are neither written nor deleted nor compared.
pub(super) struct Ignored(Option<Gitignore>);

impl Ignored {
    /// No files.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Reads the patterns in `dir`, in the syntax of `.gitignore`.
    pub(super) fn read(dir: &Path) -> Result<Self, WriteError> {
        let Some(bytes) = read_start(dir, IGNORE, MAX_BYTES + 1)? else {
            return Ok(Self::none());
        };
        let wrong = |line, reason: String| WriteError::Ignore { line, reason };
        let text = String::from_utf8(bytes).map_err(|_| wrong(1, "it is not UTF-8".to_owned()))?;
        if text.len() as u64 > MAX_BYTES {
            return Err(wrong(1, format!("it has more than {MAX_BYTES} bytes")));
        }
        let mut builder = GitignoreBuilder::new("");
        for (index, line) in text.lines().enumerate() {
            if line.len() > MAX_LINE {
                return Err(wrong(index + 1, format!("it has more than {MAX_LINE} bytes")));
            }
            let added = builder.add_line(None, line);
            added.map_err(|error| wrong(index + 1, error.to_string()))?;
        }
        let patterns = builder.build().map_err(|error| wrong(1, error.to_string()))?;
        Ok(Self(Some(patterns)))
    }

    /// Whether a generated path, or a folder above it, matches.
    pub(super) fn has(&self, path: &str) -> bool {
        let matched = |patterns: &Gitignore| patterns.matched_path_or_any_parents(path, false).is_ignore();
        self.0.as_ref().is_some_and(matched)
    }
}
