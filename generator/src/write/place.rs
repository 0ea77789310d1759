//! Paths below the output folder: which are allowed, what stands there, and reading it.
//!
//! The folder is not trusted. Whatever is read from it is read here: from regular files to which only folders lead, and no
//! more of them than a limit.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::reserved::LIMIT;

/// What is wrong with a path below the output folder.
///
/// Hidden files are never generated: they are Envoi's own, or belong to other programs, such as the hooks of git.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        return Some("it contains a character that is not allowed in generated paths");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
        return Some("it has a part that is empty or begins with `.`");
    }
    None
}

/// Where a regular file below `dir` is, if there is one; an error when anything but folders leads to it.
pub(super) fn look(dir: &Path, path: &str) -> Result<Option<PathBuf>, WriteError> {
    let mut place = dir.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::io("look at", &place)(error)),
        };
        let last = parts.peek().is_none();
        let kind = if meta.is_symlink() {
            "a symbolic link"
        } else if last && meta.is_dir() {
            "a folder"
        } else if last && !meta.is_file() {
            "a special file"
        } else if !last && !meta.is_dir() {
            "a file"
        } else {
            continue;
        };
        return Err(WriteError::Occupied { path: place, kind });
    }
    Ok(Some(place))
}

/// The bytes of a file that Envoi keeps for itself, if there is one; an error when it is longer than [`LIMIT`].
pub(super) fn read_own(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, WriteError> {
    match read_start(dir, path, LIMIT + 1)? {
        Some(bytes) if bytes.len() as u64 > LIMIT => Err(WriteError::Oversized { path: dir.join(path) }),
        bytes => Ok(bytes),
    }
}

/// The first bytes of a file below `dir`, at most `limit`, if there is one.
pub(super) fn read_start(dir: &Path, path: &str, limit: u64) -> Result<Option<Vec<u8>>, WriteError> {
    let Some(place) = look(dir, path)? else {
        return Ok(None);
    };
    let read = || {
        let file = File::open(&place)?;
        let expected = file.metadata()?.len().min(limit);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map(Some).map_err(WriteError::io("read", &place))
}
