//! Reads the files of an earlier run.

use std::collections::HashMap;
use std::path::Path;

use super::cargo_toml;
use super::error::WriteError;
use super::listing::{Listing, Owner};
use super::place::{read_own, read_start};
use super::reserved::{LIMIT, MANIFEST};
use crate::output::{CARGO_TOML, OutputFile};
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
    let listing = Listing::read(&manifest);
    let paths = declaring(&listing);
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

/// The paths of the files that say what a crate declares.
fn declaring<'t>(listing: &Listing<'t>) -> Vec<&'t str> {
    let code = |path: &str| path.starts_with("src/") && path.ends_with(".rs") && !path.starts_with(RUNTIME);
    let paths = listing.paths();
    paths.filter(|path| code(path) || *path == CARGO_TOML).collect()
}

/// What keeps `files`, which are all that an earlier run wrote to `dir`, from saying what that run declared; a line for each.
pub(crate) fn damages(dir: &Path, files: &[OutputFile]) -> Result<Vec<String>, WriteError> {
    let manifest = read_own(dir, MANIFEST)?.unwrap_or_default();
    let manifest = String::from_utf8_lossy(&manifest).into_owned();
    let listing = Listing::read(&manifest);
    let found: HashMap<&str, &str> = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let damage = |path: &str| match found.get(path) {
        None => Some("is missing".to_owned()),
        Some(text) if path == CARGO_TOML => {
            let fault = cargo_toml::fault(text)?;
            Some(format!("is no TOML: {fault}"))
        }
        Some(text) => match listing.owner(path, text.as_bytes()) {
            Owner::Edited => Some("was changed since it was generated".to_owned()),
            Owner::Envoi | Owner::User => None,
        },
    };
    let place = |path: &str| dir.join(path).display().to_string();
    let paths = declaring(&listing).into_iter();
    Ok(paths
        .filter_map(|path| Some(format!("{} {}", place(path), damage(path)?)))
        .collect())
}
