//! Writes generated files to a folder: changed files are written, stale files are deleted, all or nothing.
//!
//! Everything is staged in a folder inside the output folder first and renamed into place at the end; what it
//! replaces is kept there until the last rename has worked. A list of the written files stays in the folder, so
//! that the next run knows what is its own, and what was changed since. One run at a time writes; what a run that was
//! killed leaves half done, the next one finishes.

mod cargo_toml;
mod commit;
mod error;
mod folders;
mod ignored;
mod journal;
mod last_run;
mod listing;
mod lock;
mod options;
mod place;
mod reserved;
mod staging;
mod stored;
mod survey;

use std::path::Path;

use self::commit::Commit;
pub use self::error::WriteError;
pub(crate) use self::last_run::LastRun;
use self::listing::Owner;
use self::lock::{Lock, Made};
pub use self::options::WriteOptions;
pub use self::reserved::{IGNORE, MANIFEST, RECORDS};
pub(crate) use self::stored::{RUNTIME, damages, stored};
use self::survey::{Before, State, Survey};
use crate::output::{CARGO_TOML, OutputFile};

/// Result of [`write_all`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// New and changed files.
    pub written: Vec<String>,
    /// Number of files that were up to date.
    pub unchanged: usize,
    /// Stale files of an earlier run that were deleted.
    pub removed: Vec<String>,
    /// Files that were left to the user, who lists them in `.envoiignore`.
    pub ignored: Vec<String>,
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
        /// Whether the file was changed since Envoi wrote it.
        edited: bool,
        /// The contents as generated.
        expected: String,
        /// The contents on disk. Of a file much longer than it should be, the first part.
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
/// `README.md` that Envoi did not create, nor what `.envoiignore` in `dir` lists. What users added to `Cargo.toml` is kept.
///
/// # Errors
///
/// Returns a [`WriteError`] with the path, also if a generated file was changed since and would be overwritten or deleted;
/// the folder is then unchanged.
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
    let before = Before::read(dir, files, options)?;
    let survey = Survey::of(dir, files, &before)?;
    refuse(&survey, options)?;
    let all: Vec<&OutputFile> = survey.states.iter().map(|(file, _)| *file).collect();
    let changed = survey.states.iter().filter(|(_, state)| !matches!(state, State::Same));
    let changed: Vec<&OutputFile> = changed.map(|(file, _)| *file).collect();
    let generated = all.iter().any(|file| file.path == CARGO_TOML);
    let listing = match options.disposable {
        true => listing::text_without_hashes(&all),
        false => listing::text(&all, files.iter().find(|file| generated && file.path == CARGO_TOML)),
    };
    let stale: Vec<String> = survey.stale.into_iter().map(|(path, _)| path).collect();
    let written = Written {
        written: changed.iter().map(|file| file.path.clone()).collect(),
        unchanged: survey.states.len() - changed.len(),
        removed: stale.clone(),
        ignored: survey.ignored,
    };
    if changed.is_empty() && stale.is_empty() && before.listing == listing {
        return Ok(written);
    }
    let commit = Commit::stage(dir, &changed, &listing)?;
    commit.apply(&stale)?;
    Ok(written)
}

/// Fails if files would be lost, unless that is what the options say.
fn refuse(survey: &Survey<'_>, options: WriteOptions) -> Result<(), WriteError> {
    if options.force {
        return Ok(());
    }
    let files: Vec<String> = survey.owned(Owner::User).collect();
    if !files.is_empty() {
        return Err(WriteError::Foreign { files });
    }
    if options.disposable {
        return Ok(());
    }
    let edited = survey.owned(Owner::Edited).map(|path| match survey.conflicts {
        keys if !keys.is_empty() && path == CARGO_TOML => format!("{path} ({})", keys.join(", ")),
        _ => path,
    });
    let stale = survey
        .stale
        .iter()
        .filter(|(_, edited)| *edited)
        .map(|(path, _)| path.clone());
    let files: Vec<String> = edited.chain(stale).collect();
    match files.is_empty() {
        true => Ok(()),
        false => Err(WriteError::Edited { files }),
    }
}

/// How `dir` differs from `files`, without changing anything. What users added to `Cargo.toml`, and files that
/// `.envoiignore` lists, are no difference.
///
/// # Errors
///
/// [`WriteError`] when a path is not usable or a file cannot be read.
pub fn compare(dir: &Path, files: &[OutputFile], options: WriteOptions) -> Result<Vec<Difference>, WriteError> {
    survey::check_paths(files)?;
    let before = Before::read(dir, files, options)?;
    let survey = Survey::of(dir, files, &before)?;
    let unfinished = journal::is_unfinished(dir).then_some(Difference::Unfinished);
    let no_list = before.listing.is_empty() && !options.disposable;
    let no_list = no_list && survey.states.iter().any(|(_, state)| !matches!(state, State::Missing));
    let no_list = no_list.then(|| Difference::Missing {
        path: MANIFEST.to_owned(),
    });
    let written = survey.states.into_iter().filter_map(|(file, state)| {
        let path = file.path.clone();
        match state {
            State::Same => None,
            State::Missing => Some(Difference::Missing { path }),
            State::Other { found, owner } => Some(Difference::Changed {
                path,
                edited: owner == Owner::Edited,
                expected: file.text.clone(),
                found: String::from_utf8_lossy(&found).into_owned(),
            }),
        }
    });
    let stale = survey.stale.into_iter().map(|(path, _)| Difference::Stale { path });
    Ok(unfinished
        .into_iter()
        .chain(no_list)
        .chain(written)
        .chain(stale)
        .collect())
}

#[cfg(test)]
mod tests;
