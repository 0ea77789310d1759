//! Writes generated files to a folder: changed files are written, stale files are deleted, all or nothing.
//!
//! Everything is staged in a folder inside the output folder first and renamed into place at the end; what it
//! replaces is kept there until the last rename has worked. A list of the written files stays in the folder, so
//! that the next run knows what is its own. One run at a time writes; what a run that was killed leaves half done, the
//! next one finishes.

mod commit;
mod error;
mod folders;
mod journal;
mod last_run;
mod lock;
mod place;
mod reserved;
mod staging;
mod stored;
mod survey;

use std::path::Path;

use self::commit::Commit;
pub use self::error::WriteError;
pub(crate) use self::last_run::LastRun;
use self::lock::{Lock, Made};
pub use self::reserved::{MANIFEST, RECORDS};
pub(crate) use self::stored::{RUNTIME, stored};
use self::survey::{State, Survey};
use crate::output::OutputFile;

/// Options of [`write_all`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Whether to overwrite files that Envoi did not create. Default: `false`.
    pub force: bool,
}

/// Result of [`write_all`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// New and changed files.
    pub written: Vec<String>,
    /// Number of files that were up to date.
    pub unchanged: usize,
    /// Stale files of an earlier run that were deleted.
    pub removed: Vec<String>,
}

/// A difference between the output folder and the generated files.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// A file does not exist.
    Missing {
        /// The path of the file.
        path: String,
    },
    /// A file has other contents.
    Changed {
        /// The path of the file.
        path: String,
        /// The first line that differs, counted from 1.
        line: usize,
        /// The line as generated; empty past the end.
        expected: String,
        /// The line on disk; empty past the end.
        found: String,
    },
    /// A run was interrupted while it replaced files; the next run finishes.
    Unfinished,
    /// A file of an earlier run is no longer generated.
    Stale {
        /// The path of the file.
        path: String,
    },
}

/// Writes `files` to `dir`, and deletes stale files of earlier runs.
///
/// `dir` may be a symbolic link; paths below it may not. Files that are up to date are not touched, nor is a
/// `README.md` that Envoi did not create.
///
/// # Errors
///
/// Returns a [`WriteError`] with the path; the folder is then unchanged.
pub fn write_all(dir: &Path, files: &[OutputFile], options: WriteOptions) -> Result<Written, WriteError> {
    write_and_hold(dir, files, options).map(|(written, _)| written)
}

/// Writes like [`write_all`], and returns the lock of the folder.
pub(crate) fn write_and_hold(
    dir: &Path,
    files: &[OutputFile],
    options: WriteOptions,
) -> Result<(Written, Lock), WriteError> {
    survey::check_paths(files)?;
    let _made = Made::folder(dir)?;
    let lock = Lock::take(dir)?;
    journal::finish(dir, options.force)?;
    let written = write_locked(dir, files, options)?;
    Ok((written, lock))
}

/// Finishes replacing the files of a killed run into `dir`, and deletes the files it staged. Returns whether there was
/// something to finish.
///
/// # Errors
///
/// Returns a [`WriteError`] if another run is writing, a file that Envoi did not create would be overwritten, or a file
/// system operation fails.
pub(crate) fn finish_killed(dir: &Path, options: WriteOptions) -> Result<bool, WriteError> {
    if staging::found(dir).is_empty() {
        return Ok(false);
    }
    let _lock = Lock::take(dir)?;
    journal::finish(dir, options.force)
}

fn write_locked(dir: &Path, files: &[OutputFile], options: WriteOptions) -> Result<Written, WriteError> {
    let survey = Survey::of(dir, files)?;
    let foreign: Vec<String> = survey
        .states
        .iter()
        .filter(|(_, state)| matches!(state, State::Foreign { .. }))
        .map(|(file, _)| file.path.clone())
        .collect();
    if !foreign.is_empty() && !options.force {
        return Err(WriteError::Foreign { files: foreign });
    }
    let changed: Vec<&OutputFile> = survey
        .states
        .iter()
        .filter(|(_, state)| !matches!(state, State::Same))
        .map(|(file, _)| *file)
        .collect();
    let manifest = survey::manifest(survey.states.iter().map(|(file, _)| *file));
    let written = Written {
        written: changed.iter().map(|file| file.path.clone()).collect(),
        unchanged: survey.states.len() - changed.len(),
        removed: survey.stale.clone(),
    };
    if changed.is_empty() && survey.stale.is_empty() && survey.manifest == manifest {
        return Ok(written);
    }
    let commit = Commit::stage(dir, &changed, &manifest)?;
    commit.apply(&survey.stale)?;
    Ok(written)
}

/// How `dir` differs from `files`, without changing anything.
///
/// # Errors
///
/// [`WriteError`] when a path is not usable or a file cannot be read.
pub fn compare(dir: &Path, files: &[OutputFile]) -> Result<Vec<Difference>, WriteError> {
    survey::check_paths(files)?;
    let survey = Survey::of(dir, files)?;
    let unfinished = journal::is_unfinished(dir).then_some(Difference::Unfinished);
    let written = survey.states.iter().filter_map(|(file, state)| {
        let path = file.path.clone();
        match state {
            State::Same => None,
            State::Missing => Some(Difference::Missing { path }),
            State::Ours { found } | State::Foreign { found } => Some(changed(path, &file.text, found)),
        }
    });
    let stale = survey.stale.iter().cloned().map(|path| Difference::Stale { path });
    Ok(unfinished.into_iter().chain(written).chain(stale).collect())
}

fn changed(path: String, expected: &str, found: &[u8]) -> Difference {
    let found = String::from_utf8_lossy(found);
    let (mut ours, mut theirs) = (expected.split('\n'), found.split('\n'));
    let mut line = 1;
    loop {
        let (expected, found) = (ours.next(), theirs.next());
        if expected != found || expected.is_none() {
            return Difference::Changed {
                path,
                line,
                expected: expected.unwrap_or_default().to_owned(),
                found: found.unwrap_or_default().to_owned(),
            };
        }
        line += 1;
    }
}

#[cfg(test)]
mod tests;
