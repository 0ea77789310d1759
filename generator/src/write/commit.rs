//! Stages files next to where they go, and renames them into place with a way back.

use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::survey::STAGING;
use super::{MANIFEST, WriteError};
use crate::output::OutputFile;
use crate::parallel;

/// A staging folder this old belongs to a run that was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// A staging folder with the new files; removed on drop.
pub(super) struct Commit<'f> {
    dir: &'f Path,
    staging: PathBuf,
    files: &'f [&'f OutputFile],
    /// What was done so far, to be undone in reverse order.
    done: Vec<Step>,
    /// Whether the staging folder holds the only copy of a file that could not be put back.
    keep: bool,
}

enum Step {
    /// A folder was created.
    Folder(PathBuf),
    /// A file was renamed into place where none was.
    Placed(PathBuf),
    /// A file was moved aside.
    Aside { from: PathBuf, to: PathBuf },
}

impl<'f> Commit<'f> {
    /// Writes the files to a new staging folder in `dir`.
    pub(super) fn stage(dir: &'f Path, files: &'f [&'f OutputFile], manifest: &str) -> Result<Self, WriteError> {
        remove_abandoned(dir);
        let staging = dir.join(format!("{STAGING}{}", std::process::id()));
        create_staging(&staging).map_err(WriteError::io("create the folder", &staging))?;
        let commit = Self {
            dir,
            staging,
            files,
            done: Vec::new(),
            keep: false,
        };
        for folder in [commit.new_place(""), commit.old_place("")] {
            fs::create_dir(&folder).map_err(WriteError::io("create the folder", &folder))?;
        }
        let indices: Vec<usize> = (0..files.len()).collect();
        let put = parallel::map(&indices, |index| commit.put(&index.to_string(), &files[*index].text));
        put.into_iter().collect::<Result<(), WriteError>>()?;
        commit.put(MANIFEST, manifest)?;
        Ok(commit)
    }

    /// Removes the stale files and renames the new ones into place; on an error everything is put back.
    pub(super) fn apply(mut self, stale: &[String]) -> Result<(), WriteError> {
        if let Err(error) = self.rename_all(stale) {
            self.undo();
            return Err(error);
        }
        for path in stale {
            remove_empty_folders(self.dir, path);
        }
        Ok(())
    }

    // The manifest goes between removals and additions: a run that is killed leaves no file that no manifest names.
    fn rename_all(&mut self, stale: &[String]) -> Result<(), WriteError> {
        for (index, path) in stale.iter().enumerate() {
            self.move_aside(&self.dir.join(path), &format!("stale-{index}"))?;
        }
        self.place(MANIFEST, &self.dir.join(MANIFEST))?;
        for (index, file) in self.files.iter().enumerate() {
            let to = self.dir.join(&file.path);
            self.create_parents(&file.path)?;
            self.place(&index.to_string(), &to)?;
        }
        Ok(())
    }

    fn put(&self, name: &str, text: &str) -> Result<(), WriteError> {
        let place = self.new_place(name);
        fs::write(&place, text).map_err(WriteError::io("write", &place))
    }

    fn place(&mut self, name: &str, to: &Path) -> Result<(), WriteError> {
        if fs::symlink_metadata(to).is_ok() {
            self.move_aside(to, name)?;
        }
        fs::rename(self.new_place(name), to).map_err(WriteError::io("write", to))?;
        self.done.push(Step::Placed(to.to_owned()));
        Ok(())
    }

    fn move_aside(&mut self, from: &Path, name: &str) -> Result<(), WriteError> {
        let to = self.old_place(name);
        fs::rename(from, &to).map_err(WriteError::io("replace", from))?;
        let from = from.to_owned();
        self.done.push(Step::Aside { from, to });
        Ok(())
    }

    fn create_parents(&mut self, path: &str) -> Result<(), WriteError> {
        let mut folder = self.dir.to_owned();
        let Some((parents, _)) = path.rsplit_once('/') else {
            return Ok(());
        };
        for part in parents.split('/') {
            folder.push(part);
            match fs::create_dir(&folder) {
                Ok(()) => self.done.push(Step::Folder(folder.clone())),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(WriteError::io("create the folder", &folder)(error)),
            }
        }
        Ok(())
    }

    fn undo(&mut self) {
        for step in self.done.drain(..).rev() {
            // The error that led here is the one to report.
            match step {
                Step::Folder(folder) => drop(fs::remove_dir(folder)),
                Step::Placed(file) => drop(fs::remove_file(file)),
                Step::Aside { from, to } => self.keep |= fs::rename(to, from).is_err(),
            }
        }
    }

    fn new_place(&self, name: &str) -> PathBuf {
        self.staging.join("new").join(name)
    }

    fn old_place(&self, name: &str) -> PathBuf {
        self.staging.join("old").join(name)
    }
}

impl Drop for Commit<'_> {
    fn drop(&mut self) {
        if !self.keep {
            // Nothing better can be done about a folder that cannot be removed; a later run tries again.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

fn create_staging(staging: &Path) -> io::Result<()> {
    // The folder has the id of this process in its name, so an existing one belongs to a process that is gone.
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(staging)
}

fn remove_abandoned(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let abandoned = entry.file_name().to_string_lossy().starts_with(STAGING)
            && entry
                .metadata()
                .is_ok_and(|meta| meta.is_dir() && meta.modified().is_ok_and(is_old));
        if abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_old(modified: SystemTime) -> bool {
    modified.elapsed().is_ok_and(|age| age > ABANDONED)
}

/// Removes the folders above a removed file as far as they are empty.
fn remove_empty_folders(dir: &Path, path: &str) {
    let mut rest = path;
    while let Some((parent, _)) = rest.rsplit_once('/') {
        if fs::remove_dir(dir.join(parent)).is_err() {
            return;
        }
        rest = parent;
    }
}
