//! Loads a [`Document`] from a path or bytes: the first stage, and the only one that reads files.
//!
//! What it is given is not trusted: size, depth, the number of nodes and the length of texts are bounded before
//! or while the tree is built, and both notations go through one visitor.

mod fault;
mod fetch;
mod folder;
mod gather;
mod index;
mod json;
mod limits;
mod locate;
mod notation;
mod position;
#[cfg(feature = "remote")]
mod private;
mod remote;
mod text;
mod tree;
mod version;
mod yaml;

use std::path::Path;

pub use self::gather::Reach;
pub(crate) use self::index::Index;
pub use self::limits::Limits;
pub use self::locate::locate;
pub(crate) use self::locate::locate_in;
pub(crate) use self::notation::tree;
pub use self::position::Position;
pub use self::remote::{Fetch, Remote};
pub(crate) use self::text::lines;
pub(crate) use self::version::detect;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Source};

/// Reads the file at `path`, and the files it refers to in its folder and below.
///
/// A referenced file that cannot be read is not an error here: every reference to it becomes a diagnostic of
/// [`generate`](crate::generate).
///
/// # Errors
///
/// Returns a diagnostic if the file at `path` does not exist, is not a file, cannot be accessed, or exceeds the limit.
pub fn read(path: &Path, limits: &Limits) -> Result<Source, Diagnostic> {
    read_with(path, &mut Reach::default(), limits)
}

/// Reads the file at `path`, and the files it refers to within `reach`.
///
/// # Errors
///
/// See [`read`].
pub fn read_with(path: &Path, reach: &mut Reach<'_>, limits: &Limits) -> Result<Source, Diagnostic> {
    let bytes = folder::read_file(path, limits)?;
    let mut source = Source::new(path.display().to_string(), bytes);
    gather::gather(&mut source, path, reach, limits);
    Ok(source)
}

/// Reads only the file at `path`, without the files it refers to.
///
/// # Errors
///
/// See [`read`].
pub fn read_alone(path: &Path, limits: &Limits) -> Result<Source, Diagnostic> {
    Ok(Source::new(
        path.display().to_string(),
        folder::read_file(path, limits)?,
    ))
}

/// Parses a source and detects the version of its specification.
///
/// # Errors
///
/// Returns a diagnostic if the text is not valid JSON or YAML, exceeds a limit, has a duplicate key, or declares no
/// supported version.
pub fn load(source: &Source, limits: &Limits) -> Result<Document, Diagnostic> {
    let (notation, root) = tree(&source.name, &source.bytes, limits)?;
    let version = version::detect(&root)?;
    Ok(Document::new(source.name.clone(), notation, version, root))
}

#[cfg(test)]
mod tests;
