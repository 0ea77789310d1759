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

/// Returns the Rust files of a client and the `Cargo.toml` that an earlier run wrote to `dir`, as they are now, without the
/// runtime; `None` if Envoi wrote nothing there.
pub(crate) fn stored(dir: &Path) -> Result<Option<Vec<OutputFile>>, WriteError> {
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
    let files = parallel::map(&paths, |path| {
        let found = read_start(dir, path, LIMIT)?;
        Ok(found.map(|bytes| OutputFile::new(*path, String::from_utf8_lossy(&bytes))))
    });
    let files = files.into_iter().collect::<Result<Vec<_>, WriteError>>()?;
    Ok(Some(files.into_iter().flatten().collect()))
}
