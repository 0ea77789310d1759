//! Journal of a run that replaces files, from which a later run finishes a killed one.
//!
//! All new files are staged before the first is switched; then a journal is written beside them. From there on, whoever
//! finds the staging folder can finish what it says, any number of times: what was done already is not there to be done.
//!
//! A journal has no more rights than a run: it places files that the new manifest lists, deletes those that the previous
//! one lists, and overwrites others only if a run would.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::folders::remove_empty_folders;
use super::listing::{Listing, Owner, is_marked};
use super::place::{look, read_own, read_start};
use super::reserved::{LIMIT, MANIFEST};
use super::staging::{self, DRAFT, JOURNAL, NEW, OLD};
use super::survey::is_edited;
use crate::output::OutputFile;

/// What stands before the path of a file that goes, and of one that comes.
const REMOVE: &str = "- ";
const PLACE: &str = "+ ";

/// Where a staging folder holds the file that went as the `index`th.
pub(super) fn stale_name(index: usize) -> String {
    format!("stale-{index}")
}

/// Writes the journal of a staging folder that is complete, in one step.
pub(super) fn write(staging: &Path, stale: &[String], files: &[&OutputFile]) -> Result<(), WriteError> {
    let removed = stale.iter().map(|path| format!("{REMOVE}{path}\n"));
    let paths = files.iter().map(|file| file.path.as_str()).chain([MANIFEST]);
    let text: String = removed.chain(paths.map(|path| format!("{PLACE}{path}\n"))).collect();
    let (draft, journal) = (staging.join(DRAFT), staging.join(JOURNAL));
    fs::write(&draft, text).map_err(WriteError::io("write", &draft))?;
    fs::rename(&draft, &journal).map_err(WriteError::io("write", &journal))
}

/// Takes the journal away: from there on the staging folder is of no more use.
pub(super) fn close(staging: &Path) {
    // without a folder there is none
    let _ = fs::remove_file(staging.join(JOURNAL));
}

/// Whether files of two runs stand beside each other, because one of them was stopped.
pub(super) fn is_unfinished(dir: &Path) -> bool {
    let mut folders = staging::found(dir).into_iter();
    folders.any(|name| dir.join(name).join(JOURNAL).symlink_metadata().is_ok())
}

/// Finishes what runs that were killed began to switch, and removes what they staged; whether there was something to finish.
/// With `force`, files that were changed or that Envoi did not create are overwritten; without, nothing is done if there
/// are such.
///
/// To be called with the lock of the folder: runs that are still at work hold it.
pub(super) fn finish(dir: &Path, force: bool) -> Result<bool, WriteError> {
    let mut finished = false;
    for name in staging::found(dir) {
        if let Some(journal) = read_own(dir, &format!("{name}/{JOURNAL}"))? {
            finish_one(dir, &name, &String::from_utf8_lossy(&journal), force)?;
            finished = true;
        }
        let staging = dir.join(name);
        close(&staging);
        staging::discard(&staging)?;
    }
    Ok(finished)
}

fn finish_one(dir: &Path, name: &str, journal: &str, force: bool) -> Result<(), WriteError> {
    let (before, after) = manifests(dir, name)?;
    let (before, after) = (Listing::read(&before), Listing::read(&after));
    let pending = pending(dir, name, journal, &after)?;
    let removed = pending_removals(dir, name, journal, &before);
    let edited = removed.iter().filter(|path| is_edited(dir, path, &before));
    let mut in_the_way: Vec<String> = edited.map(|path| (*path).to_owned()).collect();
    for file in &pending {
        if !file.may_replace(dir, name, &before)? {
            in_the_way.push(file.path.to_owned());
        }
    }
    if !in_the_way.is_empty() && !force {
        return Err(WriteError::Interrupted { files: in_the_way });
    }
    for path in removed {
        if let Ok(Some(place)) = look(dir, path) {
            fs::remove_file(&place).map_err(WriteError::io("remove", &place))?;
        }
    }
    for path in removals(journal).map(|(_, path)| path).filter(|path| before.has(path)) {
        // Folders behind a link are not ours.
        if look(dir, path).is_ok() {
            remove_empty_folders(dir, path);
        }
    }
    for file in &pending {
        let to = dir.join(file.path);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(WriteError::io("create the folder", folder))?;
        }
        fs::rename(&file.from, &to).map_err(WriteError::io("write", &to))?;
    }
    Ok(())
}

/// The files that go, each with where it stands among them.
fn removals(journal: &str) -> impl Iterator<Item = (usize, &str)> {
    journal.lines().filter_map(|line| line.strip_prefix(REMOVE)).enumerate()
}

/// The files that are still to go.
fn pending_removals<'j>(dir: &Path, name: &str, journal: &'j str, before: &Listing<'_>) -> Vec<&'j str> {
    let old = dir.join(name).join(OLD);
    removals(journal)
        .filter(|(index, _)| old.join(stale_name(*index)).symlink_metadata().is_err())
        // What became a link or a folder since is not the file that was written.
        .filter(|(_, path)| before.has(path) && matches!(look(dir, path), Ok(Some(_))))
        .map(|(_, path)| path)
        .collect()
}

/// The manifest from before the run that was killed, and that of the run; empty where there is none.
fn manifests(dir: &Path, name: &str) -> Result<(String, String), WriteError> {
    let aside = read_own(dir, &format!("{name}/{OLD}/{MANIFEST}"))?;
    let current = read_own(dir, MANIFEST)?;
    let (before, after) = match read_own(dir, &format!("{name}/{NEW}/{MANIFEST}"))? {
        Some(staged) => (aside.or(current), Some(staged)),
        None => (aside, current),
    };
    let text = |bytes: Option<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    Ok((text(before), text(after)))
}

/// A staged file that is not in its place yet.
struct Pending<'j> {
    path: &'j str,
    from: PathBuf,
    /// Whether there is a file in its place.
    occupied: bool,
    /// Whether the file it replaces was moved aside, so that one in its place came later.
    aside: bool,
}

fn pending<'j>(dir: &Path, name: &str, journal: &'j str, after: &Listing<'_>) -> Result<Vec<Pending<'j>>, WriteError> {
    let mut pending = Vec::new();
    let paths = journal.lines().filter_map(|line| line.strip_prefix(PLACE));
    for (index, path) in paths.enumerate() {
        if path != MANIFEST && !after.has(path) {
            continue;
        }
        if let Some(from) = look(dir, &format!("{name}/{NEW}/{path}"))? {
            let old = dir.join(name).join(OLD).join(index.to_string());
            pending.push(Pending {
                path,
                from,
                occupied: look(dir, path)?.is_some(),
                aside: old.symlink_metadata().is_ok(),
            });
        }
    }
    Ok(pending)
}

impl Pending<'_> {
    /// Whether its place is free, or holds a file that a run would replace.
    fn may_replace(&self, dir: &Path, name: &str, before: &Listing<'_>) -> Result<bool, WriteError> {
        if !self.occupied || self.path == MANIFEST {
            return Ok(true);
        }
        let found = read_start(dir, self.path, LIMIT)?.unwrap_or_default();
        let is_ours = match (self.aside, before.owner(self.path, &found)) {
            (false, owner) => owner == Owner::Envoi,
            // What came after the run is ours only if it says so, and no list says otherwise.
            (true, owner) => owner == Owner::Envoi && is_marked(&found),
        };
        if is_ours {
            return Ok(true);
        }
        let staged = read_start(dir, &format!("{name}/{NEW}/{}", self.path), LIMIT)?.unwrap_or_default();
        Ok(found == staged && (found.len() as u64) < LIMIT)
    }
}
