//! Staging folders: their names, contents and removal.
//!
//! A folder is a staging folder if its name is one and it contains [`MARK`], which is put into it first and removed last.
//! Everything else belongs to someone else and is kept, whatever it is called.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::place::look;
use super::reserved::STAGING;

/// The empty file by which a staging folder is known.
const MARK: &str = "staged-by-envoi";

/// The journal in a staging folder.
pub(super) const JOURNAL: &str = "journal";

/// The journal while it is written.
pub(super) const DRAFT: &str = "draft";

/// The folder of the files to be put in place.
pub(super) const NEW: &str = "new";

/// The folder of the files that were moved aside.
pub(super) const OLD: &str = "old";

/// Creates a staging folder for this process.
pub(super) fn create(dir: &Path) -> Result<PathBuf, WriteError> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let mut number = std::process::id();
    let staging = loop {
        let staging = dir.join(format!("{STAGING}{number}"));
        match builder.create(&staging) {
            Ok(()) => break staging,
            // Leftovers of other runs are removed before: this is not one.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number = number.wrapping_add(1),
            Err(error) => return Err(WriteError::io("create the folder", &staging)(error)),
        }
    };
    let mark = staging.join(MARK);
    File::create_new(&mark).map_err(WriteError::io("write", &mark))?;
    for folder in [NEW, OLD].map(|name| staging.join(name)) {
        fs::create_dir(&folder).map_err(WriteError::io("create the folder", &folder))?;
    }
    Ok(staging)
}

/// The names of the staging folders in `dir`, of runs that were killed or are still at work.
pub(super) fn found(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_name(name) && is_ours(dir, name)).collect();
    names.sort();
    names
}

fn is_name(name: &str) -> bool {
    let number = name.strip_prefix(STAGING);
    number.is_some_and(|number| number.parse::<u32>().is_ok_and(|value| value.to_string() == number))
}

/// Whether the mark is there, or nothing at all: the run was killed before it could put anything into the folder.
fn is_ours(dir: &Path, name: &str) -> bool {
    let folder = dir.join(name);
    let is_folder = fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir());
    let is_empty = || fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_none());
    is_folder && (matches!(look(dir, &format!("{name}/{MARK}")), Ok(Some(_))) || is_empty())
}

/// Deletes what Envoi put into a staging folder, and the folder itself unless something else is in it.
pub(super) fn discard(staging: &Path) -> Result<(), WriteError> {
    type Remove = fn(PathBuf) -> io::Result<()>;
    let (file, folder): (Remove, Remove) = (fs::remove_file, fs::remove_dir_all);
    for (name, remove) in [
        (JOURNAL, file),
        (DRAFT, file),
        (NEW, folder),
        (OLD, folder),
        (MARK, file),
    ] {
        let place = staging.join(name);
        match remove(place.clone()) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(WriteError::io("remove", &place)(error)),
            _ => {}
        }
    }
    let _ = fs::remove_dir(staging);
    Ok(())
}

/// Makes a staging folder an ordinary one, which no later run removes.
pub(super) fn release(staging: &Path) {
    let _ = fs::remove_file(staging.join(MARK));
}
