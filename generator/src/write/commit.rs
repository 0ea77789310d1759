//! Stages files next to their destination, and renames them into place; can be rolled back.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::folders::remove_empty_folders;
use super::journal;
use super::reserved::MANIFEST;
use super::staging::{self, NEW, OLD};
use crate::output::OutputFile;
use crate::parallel;

/// A staging folder with the new files; removed on drop.
pub(super) struct Commit<'f> {
    dir: &'f Path,
    staging: PathBuf,
    files: &'f [&'f OutputFile],
    /// What was done so far, to be undone in reverse order.
    done: Vec<Step>,
    /// Whether the staging folder holds the only copy of a file that could not be put back.
    pub(super) keep: bool,
    /// After how many steps nothing more is done, as if the process had been killed.
    #[cfg(test)]
    pub(super) killed_after: Option<usize>,
}

enum Step {
    /// A file, or a folder with all that is in it, was renamed into place where none was.
    Placed { from: PathBuf, to: PathBuf },
    /// A file was moved aside.
    Aside { from: PathBuf, to: PathBuf },
}

impl<'f> Commit<'f> {
    /// Writes the files to a new staging folder in `dir`.
    pub(super) fn stage(dir: &'f Path, files: &'f [&'f OutputFile], manifest: &str) -> Result<Self, WriteError> {
        let staging = staging::create(dir)?;
        let commit = Self {
            dir,
            staging,
            files,
            done: Vec::new(),
            keep: false,
            #[cfg(test)]
            killed_after: None,
        };
        let folders: BTreeSet<&str> = files.iter().flat_map(|file| folders(&file.path)).collect();
        for folder in folders {
            let folder = commit.new_place(folder);
            fs::create_dir(&folder).map_err(WriteError::io("create the folder", &folder))?;
        }
        let put = parallel::map(files, |file| commit.put(&file.path, &file.text));
        put.into_iter().collect::<Result<(), WriteError>>()?;
        commit.put(MANIFEST, manifest)?;
        Ok(commit)
    }

    /// Removes the stale files and renames the new ones into place; on an error everything is put back.
    pub(super) fn apply(mut self, stale: &[String]) -> Result<(), WriteError> {
        journal::write(&self.staging, stale, self.files)?;
        if let Err(error) = self.rename_all(stale) {
            #[cfg(test)]
            if self.killed_after == Some(self.done.len()) {
                std::mem::forget(self);
                return Err(error);
            }
            self.undo();
            journal::close(&self.staging);
            return Err(error);
        }
        journal::close(&self.staging);
        for path in stale {
            remove_empty_folders(self.dir, path);
        }
        Ok(())
    }

    // The manifest goes between removals and additions: a run that is killed leaves no file that no manifest names.
    fn rename_all(&mut self, stale: &[String]) -> Result<(), WriteError> {
        for (index, path) in stale.iter().enumerate() {
            self.move_aside(&self.dir.join(path), &journal::stale_name(index))?;
        }
        self.place(MANIFEST, MANIFEST)?;
        // By folder: whether it is new, and stands in its place with all that is in it.
        let mut known: HashMap<&str, bool> = HashMap::new();
        for (index, file) in self.files.iter().enumerate() {
            let mut placed = false;
            for folder in folders(&file.path) {
                placed = match known.get(folder) {
                    Some(new) => *new,
                    None => self.place_new_folder(folder)?,
                };
                known.insert(folder, placed);
                if placed {
                    break;
                }
            }
            if !placed {
                self.place(&file.path, &index.to_string())?;
            }
        }
        Ok(())
    }

    /// Puts a folder in place as a whole where none stands; whether that was so.
    fn place_new_folder(&mut self, folder: &str) -> Result<bool, WriteError> {
        if fs::symlink_metadata(self.dir.join(folder)).is_ok() {
            return Ok(false);
        }
        self.put_in_place(folder)?;
        Ok(true)
    }

    fn put(&self, name: &str, text: &str) -> Result<(), WriteError> {
        let place = self.new_place(name);
        fs::write(&place, text).map_err(WriteError::io("write", &place))
    }

    /// Puts a file in place; `old` is what one that stands there is called from then on.
    fn place(&mut self, path: &str, old: &str) -> Result<(), WriteError> {
        let to = self.dir.join(path);
        if fs::symlink_metadata(&to).is_ok() {
            self.move_aside(&to, old)?;
        }
        self.put_in_place(path)
    }

    /// Renames a new file or folder to where nothing stands.
    fn put_in_place(&mut self, path: &str) -> Result<(), WriteError> {
        let (from, to) = (self.new_place(path), self.dir.join(path));
        self.rename("write", &from, &to)?;
        self.done.push(Step::Placed { from, to });
        Ok(())
    }

    fn rename(&self, action: &'static str, from: &Path, to: &Path) -> Result<(), WriteError> {
        #[cfg(test)]
        if self.killed_after == Some(self.done.len()) {
            return Err(WriteError::io(action, to)(std::io::ErrorKind::Interrupted.into()));
        }
        fs::rename(from, to).map_err(WriteError::io(action, to))
    }

    fn move_aside(&mut self, from: &Path, name: &str) -> Result<(), WriteError> {
        let to = self.old_place(name);
        self.rename("replace", from, &to)?;
        let from = from.to_owned();
        self.done.push(Step::Aside { from, to });
        Ok(())
    }

    fn undo(&mut self) {
        for step in self.done.drain(..).rev() {
            // The error that led here is the one to report.
            match step {
                Step::Placed { from, to } => drop(fs::rename(to, from)),
                Step::Aside { from, to } => self.keep |= fs::rename(to, from).is_err(),
            }
        }
    }

    fn new_place(&self, name: &str) -> PathBuf {
        self.staging.join(NEW).join(name)
    }

    fn old_place(&self, name: &str) -> PathBuf {
        self.staging.join(OLD).join(name)
    }
}

impl Drop for Commit<'_> {
    fn drop(&mut self) {
        if self.keep {
            staging::release(&self.staging);
        } else {
            // Nothing better can be done about a folder that cannot be removed; a later run tries again.
            let _ = staging::discard(&self.staging);
        }
    }
}

/// The folders that lead to a file, outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}
