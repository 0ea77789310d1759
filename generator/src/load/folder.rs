//! Files of one folder: the only ones that a document may have read.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use super::{Limits, check_size};
use crate::bundle::uri;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Missing;
use crate::nearest::nearest;

/// Reads the file that the user named.
pub(super) fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display();
    let unreadable = |reason: &dyn std::fmt::Display| {
        Diagnostic::new(
            Code::Unreadable,
            Place::Document,
            format!("cannot read `{name}`: {reason}"),
        )
    };
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound if name.to_string().contains("://") => {
            unreadable(&"it is a URL, and documents are files").help("download it first, for example with `curl -O`")
        }
        ErrorKind::NotFound => {
            unreadable(&"there is no such file").help("check the path; it is relative to the current folder")
        }
        _ => unreadable(&error),
    })?;
    let meta = file.metadata().map_err(|error| unreadable(&error))?;
    if meta.is_dir() {
        return Err(unreadable(&"it is a folder").help("name the OpenAPI document inside it"));
    }
    let mut bytes = Vec::with_capacity(room(&meta, limits.bytes));
    file.take(limits.bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    check_size(&bytes, limits)?;
    Ok(bytes)
}

/// How many bytes a file will take, with one to see its end, so that they are not moved while it is read.
fn room(meta: &Metadata, most: usize) -> usize {
    usize::try_from(meta.len()).unwrap_or_default().min(most) + 1
}

/// A folder, and where the document stands in it.
pub(super) struct Folder {
    /// The folder of the document, without symbolic links.
    beside: PathBuf,
    /// The folder that may be read, without symbolic links.
    within: PathBuf,
    /// What messages call it.
    shown: String,
}

impl Folder {
    /// The folder `within`, or that of the document.
    pub(super) fn of(document: &Path, within: Option<&Path>) -> std::io::Result<Self> {
        let beside = match document.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        let within = within.unwrap_or(beside);
        Ok(Self {
            beside: beside.canonicalize()?,
            within: within.canonicalize()?,
            shown: within.display().to_string(),
        })
    }

    /// The bytes of the file at an address relative to the document.
    pub(super) fn read(&self, address: &str, most: usize) -> Result<Vec<u8>, Missing> {
        let missing = |reason: String| Missing::new(Code::DanglingReference, reason);
        let refused = |reason: &str| Missing::new(Code::ExternalReference, reason);
        if uri::scheme(address).is_some() {
            return Err(refused("is neither a path nor a URL of http or https")
                .help("write the path of the file, relative to the document"));
        }
        let outside = || {
            refused(&format!("leads out of the folder `{}`", self.shown))
                .help("set a folder that holds all files of the document: `--root DIR`, or `root` of the client")
        };
        if address.starts_with(['/', '\\']) || Path::new(address).is_absolute() || address.get(1..2) == Some(":") {
            return Err(refused("is an absolute path").help("write the path of the file, relative to the document"));
        }
        // Whether a file outside exists is nothing that a document may ask.
        let path = lexical(&self.beside, address);
        if !path.starts_with(&self.within) {
            return Err(outside());
        }
        let path = match path.canonicalize() {
            Ok(path) if path.starts_with(&self.within) => path,
            Ok(_) => return Err(outside()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let absent = missing(format!("points to nothing: there is no file `{address}`"));
                return Err(match self.similar(&path) {
                    Some(similar) => absent.help(format!("did you mean `{similar}`?")),
                    None => absent.help("paths are relative to the file that the reference stands in"),
                });
            }
            Err(error) => return Err(missing(format!("cannot be read: {error}"))),
        };
        let meta = path
            .metadata()
            .map_err(|error| missing(format!("cannot be read: {error}")))?;
        if meta.is_dir() {
            return Err(missing(format!("points to the folder `{address}`")).help("name a file inside it"));
        }
        // Opening anything else may wait for ever.
        if !meta.is_file() {
            return Err(refused("is not a regular file"));
        }
        let mut bytes = Vec::with_capacity(room(&meta, most));
        File::open(&path)
            .and_then(|file| file.take(most as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| missing(format!("cannot be read: {error}")))?;
        if bytes.len() > most {
            return Err(Missing::new(Code::Limit, "makes the document and its files too large"));
        }
        Ok(bytes)
    }

    /// A file that is called like one that is not there.
    fn similar(&self, path: &Path) -> Option<String> {
        let folder = path.parent()?.canonicalize().ok()?;
        if !folder.starts_with(&self.within) {
            return None;
        }
        let entries = folder.read_dir().ok()?.flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// A path without `..`, as text: what does not exist cannot be resolved in any other way.
fn lexical(base: &Path, address: &str) -> PathBuf {
    let mut path = base.to_owned();
    for component in Path::new(address).components() {
        match component {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}
