//! From a path or from bytes to a [`Document`]: the first stage, and the only one that reads a file.
//!
//! What it is given is not trusted: size, depth, the number of nodes and the length of texts are bounded before
//! or while the tree is built, and both notations go through one visitor.

mod index;
mod json;
mod locate;
mod text;
mod tree;
mod version;
mod yaml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

pub(crate) use self::index::Index;
pub use self::locate::locate;
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

/// Reads the file at `path`.
///
/// # Errors
///
/// One diagnostic when the file is missing, not a file, not permitted, or larger than the limit.
pub fn read(path: &Path, limits: &Limits) -> Result<Source, Diagnostic> {
    let name = path.display().to_string();
    let unreadable = |reason: &dyn std::fmt::Display| {
        Diagnostic::new(
            Code::Unreadable,
            Place::Document,
            format!("cannot read `{name}`: {reason}"),
        )
    };
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            unreadable(&"there is no such file").help("check the path; it is relative to the current folder")
        }
        _ => unreadable(&error),
    })?;
    let meta = file.metadata().map_err(|error| unreadable(&error))?;
    if meta.is_dir() {
        return Err(unreadable(&"it is a folder").help("name the OpenAPI document inside it"));
    }
    let mut bytes = Vec::new();
    file.take(limits.bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    check_size(&bytes, limits)?;
    Ok(Source { name, bytes })
}

/// Reads the text of a source and finds out which specification it follows.
///
/// # Errors
///
/// One diagnostic when the text is not JSON or YAML, exceeds a limit, writes a member twice, or declares no
/// version that is supported.
pub fn load(source: &Source, limits: &Limits) -> Result<Document, Diagnostic> {
    let (notation, root) = tree(source, limits)?;
    let version = version::detect(&root)?;
    Ok(Document {
        name: source.name.clone(),
        notation,
        version,
        root,
        moved: Vec::new(),
    })
}

/// Reads the text of a source, whatever it holds.
///
/// # Errors
///
/// As [`load`], but for the version.
pub(crate) fn tree(source: &Source, limits: &Limits) -> Result<(Notation, Value), Diagnostic> {
    check_size(&source.bytes, limits)?;
    let text = text::decode(&source.bytes).map_err(|fault| fault.into_diagnostic(""))?;
    parse(&source.name, text, limits).map_err(|fault| fault.into_diagnostic(text))
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
