//! Why nothing was written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// How many files an error names.
const SHOWN: usize = 10;

/// Why nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A path of the output is absolute, leaves the folder, or is taken twice.
    Path {
        /// The path in question.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Something that is not a regular file or folder is in the way; it is neither followed nor replaced.
    Occupied {
        /// What is in the way.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// Files that Envoi did not write would be overwritten.
    Foreign {
        /// Their paths.
        files: Vec<String>,
    },
    /// Another run writes to the folder right now.
    Busy {
        /// The folder.
        dir: PathBuf,
    },
    /// The file system refused.
    Io {
        /// What was being done.
        action: &'static str,
        /// With which path.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, reason } => write!(f, "`{path}` cannot be an output file: {reason}"),
            Self::Occupied { path, kind } => write!(
                f,
                "`{}` is {kind}, which Envoi neither follows nor replaces; remove it or choose another folder",
                path.display()
            ),
            Self::Foreign { files } => {
                let shown = &files[..files.len().min(SHOWN)];
                let more = match files.len() - shown.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                write!(
                    f,
                    "files that Envoi did not write would be overwritten: {}{more}; move them away, choose another \
                     folder, or overwrite them with --force",
                    shown.join(", ")
                )
            }
            Self::Busy { dir } => write!(
                f,
                "another run is writing to `{}`; nothing was written; run the command again when it has finished",
                dir.display()
            ),
            Self::Io { action, path, source } => {
                write!(f, "cannot {action} `{}`: {source}", path.display())
            }
        }
    }
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
