//! Journal of a run that replaces files, from which a later run finishes a killed one.
//!
//! All new files are staged before the first is switched; then a journal is written beside them. From there on, whoever
//! finds the staging folder can finish what it says, any number of times: what was done already is not there to be done.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::folders::remove_empty_folders;
use super::reserved::{MANIFEST, STAGING};
use super::survey::{fault, look};
use crate::output::OutputFile;

/// The journal in a staging folder.
const JOURNAL: &str = "journal";

/// What stands before the path of a file that goes, and of one that comes.
const REMOVE: &str = "- ";
const PLACE: &str = "+ ";

/// Where a staging folder holds the new files.
pub(super) fn new_place(staging: &Path, path: &str) -> PathBuf {
    staging.join("new").join(path)
}

/// Where a staging folder holds the file that went as the `index`th.
pub(super) fn stale_place(staging: &Path, index: usize) -> PathBuf {
    staging.join("old").join(format!("stale-{index}"))
}

/// Writes the journal of a staging folder that is complete, in one step.
pub(super) fn write(staging: &Path, stale: &[String], files: &[&OutputFile]) -> Result<(), WriteError> {
    let removed = stale.iter().map(|path| format!("{REMOVE}{path}\n"));
    let paths = files.iter().map(|file| file.path.as_str()).chain([MANIFEST]);
    let text: String = removed.chain(paths.map(|path| format!("{PLACE}{path}\n"))).collect();
    let (draft, journal) = (staging.join("draft"), staging.join(JOURNAL));
    fs::write(&draft, text).map_err(WriteError::io("write", &draft))?;
    fs::rename(&draft, &journal).map_err(WriteError::io("write", &journal))
}

/// Takes the journal away: from there on the staging folder is of no more use.
pub(super) fn close(staging: &Path) {
    // without a folder there is none
    let _ = fs::remove_file(staging.join(JOURNAL));
}

/// The staging folders of runs that are gone, or still at work.
pub(super) fn staging_folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let staging = entries.filter(|entry| {
        let named = entry.file_name().to_string_lossy().starts_with(STAGING);
        named && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    let mut folders: Vec<PathBuf> = staging.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Whether files of two runs stand beside each other, because one of them was stopped.
pub(super) fn is_unfinished(dir: &Path) -> bool {
    let mut folders = staging_folders(dir).into_iter();
    folders.any(|staging| staging.join(JOURNAL).is_file())
}

/// Finishes what runs that were killed began to switch, and removes what they staged; whether there was something to finish.
///
/// To be called with the lock of the folder: runs that are still at work hold it.
pub(super) fn finish(dir: &Path) -> Result<bool, WriteError> {
    let mut finished = false;
    for staging in staging_folders(dir) {
        if let Ok(journal) = fs::read_to_string(staging.join(JOURNAL)) {
            finish_one(dir, &staging, &journal)?;
            finished = true;
        }
        close(&staging);
        fs::remove_dir_all(&staging).map_err(WriteError::io("remove", &staging))?;
    }
    Ok(finished)
}

fn finish_one(dir: &Path, staging: &Path, journal: &str) -> Result<(), WriteError> {
    let removed = journal.lines().filter_map(|line| line.strip_prefix(REMOVE));
    for (index, path) in removed.enumerate() {
        let gone = stale_place(staging, index).symlink_metadata().is_ok();
        if fault(path).is_some() {
            continue;
        }
        if !gone && let Ok(Some(place)) = look(dir, path) {
            fs::remove_file(&place).map_err(WriteError::io("remove", &place))?;
        }
        remove_empty_folders(dir, path);
    }
    for path in journal.lines().filter_map(|line| line.strip_prefix(PLACE)) {
        let from = new_place(staging, path);
        if !(path == MANIFEST || fault(path).is_none()) || from.symlink_metadata().is_err() {
            continue;
        }
        // what stands there is a file of ours, or nothing
        look(dir, path)?;
        let to = dir.join(path);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(WriteError::io("create the folder", folder))?;
        }
        fs::rename(&from, &to).map_err(WriteError::io("write", &to))?;
    }
    Ok(())
}
