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

/// Reads the file at `path`, and the files that it refers to in its folder and below.
///
/// A file that cannot be read because of what stands in the document is not an error here: it is known as missing, and
/// every reference to it becomes a diagnostic of [`generate`](crate::generate).
///
/// # Errors
///
/// One diagnostic when the file at `path` is missing, not a file, not permitted, or larger than the limit.
pub fn read(path: &Path, limits: &Limits) -> Result<Source, Diagnostic> {
    read_with(path, &mut Reach::default(), limits)
}

/// Reads the file at `path`, and what it refers to within `reach`.
///
/// # Errors
///
/// As those of [`read`].
pub fn read_with(path: &Path, reach: &mut Reach<'_>, limits: &Limits) -> Result<Source, Diagnostic> {
    let bytes = folder::read_file(path, limits)?;
    let mut source = Source::new(path.display().to_string(), bytes);
    gather::gather(&mut source, path, reach, limits);
    Ok(source)
}

/// Reads the file at `path`, and nothing that it refers to.
///
/// # Errors
///
/// As those of [`read`].
pub fn read_alone(path: &Path, limits: &Limits) -> Result<Source, Diagnostic> {
    Ok(Source::new(
        path.display().to_string(),
        folder::read_file(path, limits)?,
    ))
}

/// Reads the text of a source and finds out which specification it follows.
///
/// # Errors
///
/// One diagnostic when the text is not JSON or YAML, exceeds a limit, writes a member twice, or declares no
/// version that is supported.
pub fn load(source: &Source, limits: &Limits) -> Result<Document, Diagnostic> {
    let (notation, root) = tree(&source.name, &source.bytes, limits)?;
    let version = version::detect(&root)?;
    Ok(Document::new(source.name.clone(), notation, version, root))
}

#[cfg(test)]
mod tests;
