//! Inspects the output folder before files are written.

use std::collections::HashSet;
use std::path::Path;

use super::cargo_toml::{Merged, merge};
use super::error::WriteError;
use super::ignored::Ignored;
use super::listing::{Listing, Owner, unix_lines};
use super::options::WriteOptions;
use super::place::{fault, look, read_own, read_start};
use super::reserved::{LIMIT, MANIFEST};
use crate::output::{CARGO_TOML, OutputFile, README};
use crate::parallel;

/// How much is read of a file beyond the length it should have, in bytes: enough to show where it differs.
const BEYOND: u64 = 64 * 1024;

/// What was in the output folder before a run.
pub(super) struct Before {
    /// The text of the list of files; empty when there is none.
    pub(super) listing: String,
    ignored: Ignored,
    /// `Cargo.toml` with what the user added to it, and the keys that Envoi and the user changed.
    cargo_toml: Option<(OutputFile, Vec<String>)>,
}

/// What stands where a file is to be written.
pub(super) enum State {
    /// The same text, perhaps with other ends of lines.
    Same,
    Missing,
    /// Another text that belongs to somebody.
    Other {
        found: Vec<u8>,
        owner: Owner,
    },
}

/// What the output folder holds.
pub(super) struct Survey<'f> {
    pub(super) states: Vec<(&'f OutputFile, State)>,
    /// Files of an earlier run that are there and no longer wanted, each with whether it was changed since.
    pub(super) stale: Vec<(String, bool)>,
    /// Paths that are wanted, but left to the user by `.envoiignore`.
    pub(super) ignored: Vec<String>,
    /// Keys of `Cargo.toml` that both Envoi and the user changed.
    pub(super) conflicts: &'f [String],
}

impl Before {
    pub(super) fn read(dir: &Path, files: &[OutputFile], options: WriteOptions) -> Result<Self, WriteError> {
        let listing = read_own(dir, MANIFEST)?.unwrap_or_default();
        let mut before = Self {
            listing: String::from_utf8_lossy(&listing).into_owned(),
            ignored: Ignored::none(),
            cargo_toml: None,
        };
        if options.disposable {
            return Ok(before);
        }
        before.ignored = Ignored::read(dir)?;
        let generated = files.iter().find(|file| file.path == CARGO_TOML);
        if let Some(file) = generated.filter(|file| !before.ignored.has(&file.path)) {
            before.cargo_toml = before.merged(dir, file, options)?;
        }
        Ok(before)
    }

    fn merged(
        &self,
        dir: &Path,
        file: &OutputFile,
        options: WriteOptions,
    ) -> Result<Option<(OutputFile, Vec<String>)>, WriteError> {
        let found = match read_start(dir, &file.path, LIMIT)? {
            Some(found) if found.len() as u64 != LIMIT => found,
            _ => return Ok(None),
        };
        let listing = Listing::read(&self.listing);
        let found = String::from_utf8_lossy(&found);
        let merged = merge(&found, listing.cargo_toml(), &file.text, options);
        Ok(merged.map(|Merged { text, conflicts }| (OutputFile::new(&file.path, text), conflicts)))
    }
}

impl<'f> Survey<'f> {
    pub(super) fn of(dir: &Path, files: &'f [OutputFile], before: &'f Before) -> Result<Self, WriteError> {
        let listing = Listing::read(&before.listing);
        let (ignored, wanted): (Vec<_>, Vec<_>) = files.iter().partition(|file| before.ignored.has(&file.path));
        let merged = before.cargo_toml.as_ref();
        let written: Vec<&OutputFile> = wanted
            .iter()
            .map(|file| match merged {
                Some((merged, _)) if file.path == CARGO_TOML => merged,
                _ => file,
            })
            .collect();
        let states = parallel::map(&written, |file| state(dir, file, &listing, merged));
        let states = states.into_iter().collect::<Result<Vec<_>, WriteError>>()?;
        let mut states: Vec<_> = written.into_iter().zip(states).collect();
        states.retain(|(file, state)| file.path != README || !state.belongs_to(Owner::User));
        Ok(Self {
            states,
            stale: stale(dir, files, &listing, before),
            ignored: ignored.into_iter().map(|file| file.path.clone()).collect(),
            conflicts: merged.map(|(_, conflicts)| conflicts.as_slice()).unwrap_or_default(),
        })
    }

    /// The paths of files that belong to `owner`, and would be overwritten.
    pub(super) fn owned(&self, owner: Owner) -> impl Iterator<Item = String> {
        let others = self.states.iter().filter(move |(_, state)| state.belongs_to(owner));
        others.map(|(file, _)| file.path.clone())
    }
}

impl State {
    fn belongs_to(&self, wanted: Owner) -> bool {
        matches!(self, Self::Other { owner, .. } if *owner == wanted)
    }
}

fn state(
    dir: &Path,
    file: &OutputFile,
    listing: &Listing<'_>,
    merged: Option<&(OutputFile, Vec<String>)>,
) -> Result<State, WriteError> {
    let limit = file.text.len() as u64 + BEYOND;
    let Some(found) = read_start(dir, &file.path, limit)? else {
        return Ok(State::Missing);
    };
    if found == file.text.as_bytes() || unix_lines(&found) == file.text.as_bytes() {
        return Ok(State::Same);
    }
    let owner = if found.len() as u64 == limit {
        // What was read is enough to show, but not to tell whose it is.
        listing.owner(&file.path, &read_start(dir, &file.path, LIMIT)?.unwrap_or_default())
    } else {
        listing.owner(&file.path, &found)
    };
    let owner = match merged.filter(|_| file.path == CARGO_TOML && owner != Owner::User) {
        // What was added to it is kept.
        Some((_, conflicts)) if conflicts.is_empty() => Owner::Envoi,
        Some(_) => Owner::Edited,
        None => owner,
    };
    Ok(State::Other { found, owner })
}

fn stale(dir: &Path, files: &[OutputFile], listing: &Listing<'_>, before: &Before) -> Vec<(String, bool)> {
    let wanted: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let paths: Vec<&str> = listing
        .paths()
        // What became a link or a folder since is not the file that was written.
        .filter(|path| !wanted.contains(path) && matches!(look(dir, path), Ok(Some(_))) && !before.ignored.has(path))
        .collect();
    let edited = parallel::map(&paths, |path| is_edited(dir, path, listing));
    paths.into_iter().map(str::to_owned).zip(edited).collect()
}

/// Whether somebody changed a file that an earlier run wrote; one that cannot be read is not known to be unchanged.
pub(super) fn is_edited(dir: &Path, path: &str, listing: &Listing<'_>) -> bool {
    let found = read_start(dir, path, LIMIT).ok().flatten();
    listing.owner(path, &found.unwrap_or_default()) == Owner::Edited
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
