//! Reads the files of an earlier run.

use std::path::Path;

use super::error::WriteError;
use super::listing::Listing;
use super::place::{read_own, read_start};
use super::reserved::{LIMIT, MANIFEST};
use crate::output::OutputFile;
use crate::parallel;

/// The folder of an embedded runtime, which is the same for all clients.
pub(crate) const RUNTIME: &str = "src/runtime/";

/// The files of an earlier run.
pub(crate) struct Stored {
    /// Those that were asked for.
    pub(crate) files: Vec<OutputFile>,
    /// The paths of the others.
    pub(crate) others: Vec<String>,
}

/// Returns the Rust files of a client and the `Cargo.toml` that an earlier run wrote to `dir`, as they are now, without the
/// runtime, as far as they are `needed`; `None` if Envoi wrote nothing there.
pub(crate) fn stored(dir: &Path, needed: impl Fn(&OutputFile) -> bool + Sync) -> Result<Option<Stored>, WriteError> {
    let Some(manifest) = read_own(dir, MANIFEST)? else {
        return Ok(None);
    };
    let manifest = String::from_utf8_lossy(&manifest).into_owned();
    let code = |path: &&str| path.starts_with("src/") && path.ends_with(".rs") && !path.starts_with(RUNTIME);
    let listing = Listing::read(&manifest);
    let paths: Vec<&str> = listing
        .paths()
        .filter(|path| code(path) || *path == "Cargo.toml")
        .collect();
    let found = parallel::map(&paths, |path| {
        let found = read_start(dir, path, LIMIT)?;
        let file = found.map(|bytes| OutputFile::new(*path, String::from_utf8_lossy(&bytes)));
        // what is not needed is not kept in memory
        Ok(file.map(|file| if needed(&file) { Ok(file) } else { Err(file.path) }))
    });
    let mut stored = Stored {
        files: Vec::new(),
        others: Vec::new(),
    };
    for file in found
        .into_iter()
        .collect::<Result<Vec<_>, WriteError>>()?
        .into_iter()
        .flatten()
    {
        match file {
            Ok(file) => stored.files.push(file),
            Err(path) => stored.others.push(path),
        }
    }
    Ok(Some(stored))
}
