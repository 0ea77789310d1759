//! From a path or from bytes to a [`Document`]: the first stage, and the only one that reads files.
//!
//! What it is given is not trusted: size, depth, the number of nodes and the length of texts are bounded before
//! or while the tree is built, and both notations go through one visitor.

mod fetch;
mod folder;
mod gather;
mod index;
mod json;
mod locate;
#[cfg(feature = "remote")]
mod private;
mod remote;
mod text;
mod tree;
mod version;
mod yaml;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) use self::index::Index;
pub use self::locate::locate;
pub(crate) use self::locate::locate_in;
pub use self::remote::{Fetch, Remote};
pub use self::text::Position;
pub(crate) use self::text::lines;
pub(crate) use self::version::detect;

use self::tree::Tally;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{Document, Notation, Source};

/// How large a document may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Objects and arrays inside each other; the parsers themselves stop at 128.
    pub depth: usize,
    /// Values of any kind, with aliases expanded.
    pub nodes: usize,
    /// Bytes of a single text or member name.
    pub string_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 128,
            nodes: 5_000_000,
            string_bytes: 4 << 20,
        }
    }
}

/// What a document may refer to.
#[derive(Debug, Default)]
pub struct Reach<'r> {
    /// The folder whose files may be read; by default that of the document.
    pub folder: Option<PathBuf>,
    /// What URLs lead to; by default nothing.
    pub remote: Option<&'r mut Remote>,
}

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

/// Reads a text that need not be a whole document.
pub(crate) fn tree(name: &str, bytes: &[u8], limits: &Limits) -> Result<(Notation, Value), Diagnostic> {
    check_size(bytes, limits)?;
    let text = text::decode(bytes).map_err(|fault| fault.into_diagnostic(""))?;
    parse(name, text, limits).map_err(|fault| fault.into_diagnostic(text))
}

/// JSON is tried first where the text can be JSON; flow-style YAML begins with the same characters.
fn parse(name: &str, text: &str, limits: &Limits) -> Result<(Notation, Value), Fault> {
    let first = text.trim_start().chars().next();
    let tally = Tally::new(limits, text.len(), Notation::Json);
    let json = if matches!(first, Some('{' | '[')) {
        match json::read(text, &tally) {
            Ok(root) => return Ok((Notation::Json, root)),
            Err(fault) if fault.code == Code::Syntax => Some(fault),
            Err(fault) => return Err(fault),
        }
    } else {
        None
    };
    let yaml = match yaml::read(text, &Tally::new(limits, text.len(), Notation::Yaml)) {
        Ok(root) => return Ok((Notation::Yaml, root)),
        Err(fault) => fault,
    };
    let named_json = Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if named_json || first == Some('{') {
        return Err(match json {
            Some(fault) => fault,
            None => json::read(text, &tally).err().unwrap_or(yaml),
        });
    }
    Err(yaml)
}

fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
    if bytes.len() <= limits.bytes {
        return Ok(());
    }
    Err(Diagnostic::new(
        Code::Limit,
        Place::Document,
        format!("the document is larger than {} bytes", limits.bytes),
    ))
}

/// Why a text could not be read, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    code: Code,
    message: String,
    help: Option<String>,
    at: FaultPlace,
}

/// Where a fault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FaultPlace {
    Unknown,
    Offset(usize),
    Position(Position),
}

impl Fault {
    fn new(code: Code, at: FaultPlace, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            at,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn into_diagnostic(self, text: &str) -> Diagnostic {
        let position = match self.at {
            FaultPlace::Unknown => None,
            FaultPlace::Offset(offset) => Some(Position::of_offset(text, offset)),
            FaultPlace::Position(position) => Some(position),
        };
        let at = position.map_or(Place::Document, |Position { line, column }| Place::Position {
            line,
            column,
        });
        let diagnostic = Diagnostic::new(self.code, at, self.message);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

#[cfg(test)]
mod tests;
