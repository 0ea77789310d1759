//! Reads files of one folder, the only files a document may refer to.

use std::ffi::OsString;
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use super::limits::Limits;
use super::notation::check_size;
use crate::bundle::uri;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Missing;
use crate::nearest::nearest;

/// Maximum number of symbolic links followed on the way to a file.
const MOST_LINKS: usize = 40;

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
            unreadable(&"it is a URL; the document must be a file")
                .help("download it first, for example with `curl -O`")
        }
        ErrorKind::NotFound => {
            unreadable(&"there is no such file").help("check the path, which is relative to the current folder")
        }
        _ => unreadable(&error),
    })?;
    let meta = file.metadata().map_err(|error| unreadable(&error))?;
    if meta.is_dir() {
        return Err(unreadable(&"it is a folder, not a file").help("name the OpenAPI document inside it"));
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

/// A folder, and the location of the document in it.
pub(super) struct Folder {
    /// The folder of the document, without symbolic links.
    beside: PathBuf,
    /// The folder that may be read, without symbolic links.
    within: PathBuf,
    /// Name used in messages.
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
            return Err(
                refused("is neither a path nor a URL of http or https").help("use a path relative to the document")
            );
        }
        let outside = || {
            refused(&format!("points outside the folder `{}`", self.shown)).help(
                "set the folder that contains all files of the document: `--root DIR`, or `root` of the client \
                 in `envoi.toml`",
            )
        };
        if address.starts_with(['/', '\\']) || Path::new(address).is_absolute() || address.get(1..2) == Some(":") {
            return Err(refused("is an absolute path").help("use a path relative to the document"));
        }
        let path = lexical(&self.beside, address);
        let found = self.followed(&path).ok_or_else(outside)?;
        let path = match found {
            Ok(path) => path,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let absent = missing(format!("points to nothing: there is no file `{address}`"));
                return Err(match self.similar(&path) {
                    Some(similar) => absent.help(format!("did you mean `{similar}`?")),
                    None => absent.help("paths are relative to the file that contains the reference"),
                });
            }
            Err(error) => return Err(missing(format!("cannot be read: {error}"))),
        };
        let meta = path
            .metadata()
            .map_err(|error| missing(format!("cannot be read: {error}")))?;
        if meta.is_dir() {
            return Err(missing(format!("points to the folder `{address}`")).help("refer to a file in it"));
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
            return Err(Missing::new(Code::Limit, "makes the document with its files too large"));
        }
        Ok(bytes)
    }

    /// Resolves the symbolic links of a path, one by one; `None` if one leads out of the folder. Nothing outside is
    /// accessed, so that a document cannot find out whether a file exists there.
    fn followed(&self, path: &Path) -> Option<std::io::Result<PathBuf>> {
        let mut pending: Vec<OsString> = Vec::new();
        let follow = |path: &Path, pending: &mut Vec<OsString>| -> Option<()> {
            let below = path.strip_prefix(&self.within).ok()?;
            pending.extend(below.components().rev().map(|part| part.as_os_str().to_owned()));
            Some(())
        };
        follow(path, &mut pending)?;
        let mut place = self.within.clone();
        let mut links = 0;
        while let Some(part) = pending.pop() {
            let next = place.join(part);
            match next
                .symlink_metadata()
                .and_then(|meta| meta.is_symlink().then(|| next.read_link()).transpose())
            {
                Err(error) => return Some(Err(error)),
                Ok(None) => place = next,
                Ok(Some(target)) => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Some(Err(ErrorKind::InvalidInput.into()));
                    }
                    let target = match target.is_absolute() {
                        true => target,
                        false => lexical(&place, &target),
                    };
                    follow(&target, &mut pending)?;
                    place.clone_from(&self.within);
                }
            }
        }
        Some(Ok(place))
    }

    /// Returns an existing file with a similar name.
    fn similar(&self, path: &Path) -> Option<String> {
        let folder = self.followed(path.parent()?)?.ok()?;
        let entries = folder.read_dir().ok()?.flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        nearest(path.file_name()?.to_str()?, names.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// Removes `..` from a path lexically, since a path that does not exist cannot be resolved otherwise.
fn lexical(base: &Path, address: impl AsRef<Path>) -> PathBuf {
    let mut path = base.to_owned();
    for component in address.as_ref().components() {
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
