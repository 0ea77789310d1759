//! Errors of writing files.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::reserved::{IGNORE, LIMIT};

/// Maximum number of files named in an error.
const SHOWN: usize = 10;

/// Error of writing files. No file was changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// An output path is absolute, leaves the folder, or occurs twice.
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An output path exists and is not a regular file or folder, such as a symbolic link.
    Occupied {
        /// The existing path.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// Files that Envoi did not create would be overwritten.
    Foreign {
        /// Their paths.
        files: Vec<String>,
    },
    /// Generated files that were changed since would be overwritten or deleted.
    Edited {
        /// Their paths; `Cargo.toml` with the key whose value Envoi and the user changed.
        files: Vec<String>,
    },
    /// A line of `.envoiignore` cannot be used.
    Ignore {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// An interrupted run would overwrite files that were changed since, or that Envoi did not create.
    Interrupted {
        /// Their paths.
        files: Vec<String>,
    },
    /// A file that Envoi keeps for itself in the output folder is too large to be one.
    Oversized {
        /// The path.
        path: PathBuf,
    },
    /// Another run is writing to the folder.
    Busy {
        /// The folder.
        dir: PathBuf,
    },
    /// A file system operation failed.
    Io {
        /// The operation.
        action: &'static str,
        /// Its path.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, reason } => write!(f, "`{path}` cannot be an output file: {reason}"),
            Self::Occupied { path, kind } => write!(
                f,
                "`{}` is {kind}, which Envoi does not follow or replace; remove it or choose another folder",
                path.display()
            ),
            Self::Foreign { files } => write!(
                f,
                "files that Envoi did not create would be overwritten: {}; move them, list them in {IGNORE} to keep them, \
                 choose another folder, or pass --force",
                shown(files)
            ),
            Self::Edited { files } => write!(
                f,
                "generated files that were changed since would be overwritten or deleted: {}; no files were written; \
                 undo the changes, list the files in {IGNORE} to keep them, or pass --force to lose the changes",
                shown(files)
            ),
            Self::Ignore { line, reason } => write!(f, "{IGNORE}:{line}: {reason}"),
            Self::Interrupted { files } => write!(
                f,
                "an interrupted run has to be finished first, and would overwrite files that were changed since, or that \
                 Envoi did not create: {}; no files were written; move them, or pass --force to overwrite them",
                shown(files)
            ),
            Self::Oversized { path } => write!(
                f,
                "`{}` is larger than {} MiB, which Envoi does not read; delete it and run the command again",
                path.display(),
                LIMIT / (1024 * 1024)
            ),
            Self::Busy { dir } => write!(
                f,
                "another run is writing to `{}`; no files were written; run the command again when it has finished",
                dir.display()
            ),
            Self::Io { action, path, source } => {
                write!(f, "cannot {action} `{}`: {source}", path.display())
            }
        }
    }
}

/// The first files, and how many more there are.
fn shown(files: &[String]) -> String {
    let shown = &files[..files.len().min(SHOWN)];
    let more = match files.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    shown.join(", ") + &more
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl WriteError {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}
