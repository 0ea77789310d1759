//! Looks at the output folder before anything is written to it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::reserved::{MANIFEST, RECORDS, STAGING};
use crate::output::{MARKER, OutputFile, README};
use crate::parallel;

/// The first line of the manifest.
const HEADER: &str = "# The files Envoi wrote here; the next run replaces or removes them.";
/// What stands where a file is to be written.
pub(super) enum State {
    Same,
    Missing,
    /// Another text that Envoi wrote.
    Ours {
        found: Vec<u8>,
    },
    /// Another text of unknown origin.
    Foreign {
        found: Vec<u8>,
    },
}

/// What the output folder holds.
pub(super) struct Survey<'f> {
    pub(super) states: Vec<(&'f OutputFile, State)>,
    /// Files of an earlier run that are there and not wanted any more.
    pub(super) stale: Vec<String>,
    /// The text of the manifest; empty when there is none.
    pub(super) manifest: String,
}

impl<'f> Survey<'f> {
    pub(super) fn of(dir: &Path, files: &'f [OutputFile]) -> Result<Self, WriteError> {
        let manifest = find(dir, MANIFEST)?.unwrap_or_default();
        let manifest = String::from_utf8_lossy(&manifest).into_owned();
        let owned: BTreeSet<&str> = manifest
            .lines()
            // The manifest may have been edited; a path that leaves the folder is not ours whatever it says.
            .filter(|line| !line.starts_with('#') && fault(line).is_none())
            .collect();
        let states = parallel::map(files, |file| {
            let found = find(dir, &file.path)?;
            Ok(state(file, found, owned.contains(file.path.as_str())))
        });
        let states = states.into_iter().collect::<Result<Vec<_>, WriteError>>()?;
        let mut states: Vec<_> = files.iter().zip(states).collect();
        states.retain(|(file, state)| file.path != README || !matches!(state, State::Foreign { .. }));
        let wanted: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let stale = owned
            .into_iter()
            // What became a link or a folder since is not the file that was written.
            .filter(|path| !wanted.contains(path) && matches!(look(dir, path), Ok(Some(_))))
            .map(str::to_owned)
            .collect();
        Ok(Self {
            states,
            stale,
            manifest,
        })
    }
}

/// The text of the manifest for these files.
pub(super) fn manifest<'f>(files: impl Iterator<Item = &'f OutputFile>) -> String {
    let paths: BTreeSet<&str> = files.map(|file| file.path.as_str()).collect();
    let mut text = format!("{HEADER}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

fn state(file: &OutputFile, found: Option<Vec<u8>>, owned: bool) -> State {
    match found {
        None => State::Missing,
        Some(found) if found == file.text.as_bytes() => State::Same,
        Some(found) if owned || is_marked(&found) => State::Ours { found },
        Some(found) => State::Foreign { found },
    }
}

fn is_marked(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'\n')
        .take(5)
        .any(|line| line.windows(MARKER.len()).any(|part| part == MARKER.as_bytes()))
}

pub(super) fn check_paths(files: &[OutputFile]) -> Result<(), WriteError> {
    let mut seen = HashSet::new();
    for file in files {
        let refuse = |reason| {
            let path = file.path.clone();
            Err(WriteError::Path { path, reason })
        };
        if let Some(reason) = fault(&file.path) {
            return refuse(reason);
        }
        // Case is folded because Windows and macOS do not tell `Foo.rs` from `foo.rs`.
        if !seen.insert(file.path.to_lowercase()) {
            return refuse("another file has the same path");
        }
    }
    Ok(())
}

/// What is wrong with a path below the output folder.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        return Some("it holds a character that paths of generated files never have");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Some("it has an empty, `.` or `..` part");
    }
    if path == MANIFEST || path.starts_with(RECORDS) || path.starts_with(STAGING) {
        return Some("it is reserved for Envoi");
    }
    None
}

/// The bytes of a file below `dir`, if there is one.
fn find(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, WriteError> {
    match look(dir, path)? {
        Some(place) => fs::read(&place).map(Some).map_err(WriteError::io("read", &place)),
        None => Ok(None),
    }
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
