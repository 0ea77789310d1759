//! Lock of an output folder: one run at a time writes to it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::error::WriteError;

/// Held while a run writes to a folder. The system gives it up when the process ends, however it does.
#[derive(Debug)]
pub(crate) struct Lock {
    /// `None` where the file system has no locks.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of a folder that is there.
    pub(super) fn take(dir: &Path) -> Result<Self, WriteError> {
        let Ok(file) = Self::open(dir) else {
            return Ok(Self { _file: None });
        };
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(WriteError::Busy { dir: dir.to_owned() }),
            // not all file systems have locks
            Err(TryLockError::Error(_)) => Ok(Self { _file: None }),
        }
    }

    /// The folder itself is locked, so that nothing is left in it.
    #[cfg(unix)]
    fn open(dir: &Path) -> std::io::Result<File> {
        File::open(dir)
    }

    /// Folders cannot be opened like files here.
    #[cfg(not(unix))]
    fn open(dir: &Path) -> std::io::Result<File> {
        use super::place::look;
        use super::reserved::RECORDS;

        let lock = format!("{RECORDS}/lock");
        look(dir, &lock).map_err(std::io::Error::other)?;
        fs::create_dir_all(dir.join(RECORDS))?;
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(dir.join(lock))
    }
}

/// A folder that is there to be written to; what was made for that goes again if nothing is put into it.
pub(super) struct Made(Option<PathBuf>);

impl Made {
    pub(super) fn folder(dir: &Path) -> Result<Self, WriteError> {
        let new = !dir.is_dir();
        fs::create_dir_all(dir).map_err(WriteError::io("create the folder", dir))?;
        Ok(Self(new.then(|| dir.to_owned())))
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(dir) = &self.0 {
            // it stays if it has something
            let _ = fs::remove_dir(dir);
        }
    }
}
