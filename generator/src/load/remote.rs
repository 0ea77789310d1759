//! What URLs lead to: fetched once, kept beside `envoi.lock`, and read from there by every later run.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::fetch::fetch;

use crate::diagnostic::Code;
use crate::document::Missing;

/// The file that lists what was fetched.
const LOCK: &str = "envoi.lock";

/// The folder with the copies, each named after its hash.
const COPIES: &str = "envoi.lock.d";

const HEAD: &str = "\
# Made by envoi: what references to URLs led to. Keep this file and the folder envoi.lock.d under version control.
version = 1
";

/// How many URLs are fetched in one run; how many bytes all parts of a document may have is among the limits of reading.
const MOST_FETCHES: usize = 256;

/// When the network is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fetch {
    /// Never: there is what the lock file has.
    #[default]
    Never,
    /// For what the lock file does not have.
    New,
    /// For everything, which brings the lock file up to date.
    All,
}

/// The lock file of a folder, and what was fetched beyond it.
#[derive(Debug)]
pub struct Remote {
    folder: PathBuf,
    fetch: Fetch,
    /// The hosts that are asked although they are not on the internet.
    private: Vec<String>,
    /// By URL: the SHA-256 of what was there.
    locked: BTreeMap<String, String>,
    /// By URL: what is there now.
    fetched: BTreeMap<String, Vec<u8>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LockFile {
    version: u32,
    #[serde(default)]
    remote: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    url: String,
    sha256: String,
}

impl Remote {
    /// Reads the lock file of `folder`, if it has one.
    ///
    /// # Errors
    ///
    /// When there is one that cannot be read.
    pub fn open(folder: &Path, fetch: Fetch) -> io::Result<Self> {
        let mut remote = Self {
            folder: folder.to_owned(),
            fetch,
            private: Vec::new(),
            locked: BTreeMap::new(),
            fetched: BTreeMap::new(),
        };
        let path = folder.join(LOCK);
        let wrong = |reason: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {reason}", path.display()));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(remote),
            Err(error) => return Err(wrong(&error.to_string())),
        };
        let file: LockFile = toml_edit::de::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
        if file.version != 1 {
            return Err(wrong("it was made by a newer version of envoi"));
        }
        for Entry { url, sha256 } in file.remote {
            if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(wrong("a `sha256` is not one"));
            }
            remote.locked.insert(url, sha256.to_ascii_lowercase());
        }
        Ok(remote)
    }

    /// Allows to ask these hosts although their addresses are those of this machine or of its own network.
    #[must_use]
    pub fn with_private_hosts(mut self, hosts: impl IntoIterator<Item = String>) -> Self {
        self.private.extend(hosts);
        self
    }

    /// What a URL leads to.
    pub(super) fn get(&mut self, url: &str, most: usize) -> Result<Vec<u8>, Missing> {
        if let Some(bytes) = self.fetched.get(url) {
            return Ok(bytes.clone());
        }
        let unusable = |reason: String| Missing::new(Code::ExternalReference, reason);
        let again = "`envoi generate --update-remote` fetches everything again, if that is meant to change";
        let locked = self.locked.get(url).filter(|_| self.fetch != Fetch::All);
        if let Some(hash) = locked
            && let Ok(bytes) = self.copy(hash, most)
        {
            if sha256(&bytes) == *hash {
                return Ok(bytes);
            }
            return Err(unusable(format!("has a copy in `{COPIES}` that is not what `{LOCK}` records")).help(again));
        }
        if self.fetch == Fetch::Never {
            return Err(match locked {
                Some(_) => unusable(format!("stands in `{LOCK}`, but `{COPIES}` has no copy of it")).help(again),
                None => refused(),
            });
        }
        let authority = url.split('/').nth(2).unwrap_or_default();
        if authority.contains('@') {
            return Err(unusable(
                "holds credentials, which would be kept in the lock file".to_owned(),
            ));
        }
        if self.fetched.len() >= MOST_FETCHES {
            return Err(unusable(format!(
                "is not fetched: a run fetches at most {MOST_FETCHES} URLs"
            )));
        }
        let bytes =
            fetch(url, most, &self.private).map_err(|reason| unusable(format!("cannot be fetched: {reason}")))?;
        if locked.is_some_and(|hash| *hash != sha256(&bytes)) {
            return Err(unusable(format!("is no longer what `{LOCK}` records")).help(again));
        }
        self.fetched.insert(url.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn copy(&self, hash: &str, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs::File::open(self.folder.join(COPIES).join(hash))?;
        file.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Records what was fetched. Nothing is written when nothing was.
    ///
    /// # Errors
    ///
    /// When the lock file or a copy cannot be written.
    pub fn save(&mut self) -> io::Result<()> {
        if self.fetched.is_empty() {
            return Ok(());
        }
        let copies = self.folder.join(COPIES);
        fs::create_dir_all(&copies)?;
        let mut replaced = Vec::new();
        for (url, bytes) in std::mem::take(&mut self.fetched) {
            let hash = sha256(&bytes);
            replace(&copies.join(&hash), &bytes)?;
            replaced.extend(self.locked.insert(url, hash));
        }
        let mut text = HEAD.to_owned();
        for (url, hash) in &self.locked {
            let url = toml_edit::Value::from(url.as_str());
            text.push_str(&format!("\n[[remote]]\nurl = {url}\nsha256 = \"{hash}\"\n"));
        }
        replace(&self.folder.join(LOCK), text.as_bytes())?;
        for hash in replaced
            .iter()
            .filter(|hash| !self.locked.values().any(|kept| kept == *hash))
        {
            fs::remove_file(copies.join(hash))?;
        }
        Ok(())
    }
}

/// Writes a file all at once.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is said of URLs that may not be fetched.
pub(super) fn refused() -> Missing {
    Missing::new(Code::ExternalReference, "is not on this machine").help(
        "`envoi generate --allow-remote` fetches it once and keeps a copy beside `envoi.lock`, which later runs use",
    )
}
