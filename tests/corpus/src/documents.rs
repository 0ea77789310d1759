//! The documents of a corpus, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};
use std::{fs, io};

use envoi::Source;

use crate::Result;

/// A file that may be a document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its path below the folder of the corpus, separated by `/`.
    pub name: String,
    pub path: PathBuf,
    pub bytes: u64,
}

impl Document {
    pub fn source(&self) -> Result<Source> {
        Ok(Source::new(self.name.clone(), fs::read(&self.path)?))
    }
}

/// Every file below a folder whose name ends with one of `endings`.
pub fn list(folder: &Path, endings: &[&str]) -> io::Result<Vec<Document>> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                pending.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                let below = path.strip_prefix(folder).unwrap_or(&path);
                found.push(Document {
                    name: below.to_string_lossy().replace('\\', "/"),
                    bytes: fs::metadata(&path)?.len(),
                    path,
                });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}
