//! Record of the last run, so that a run with equal inputs can be skipped.
//!
//! The record holds times of files, which mean something on this machine only. So it stands in a folder that git
//! ignores. Whatever is wrong with it, the worst that follows is a run that was not needed.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::place::read_own;
use super::reserved::{IGNORE, MANIFEST, RECORDS};
use crate::parallel;

const RECORD: &str = "last-run.json";

/// A run that ended well.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LastRun {
    /// The hash of what it was given.
    inputs: String,
    /// The program that wrote it: a rebuilt generator may produce other output under the same version.
    generator: Stamp,
    /// What it left.
    files: Vec<(String, Stamp)>,
    /// The list of the user's own files.
    ignore: Option<Stamp>,
    /// The messages about its documents, which are printed again when a run is skipped.
    pub(crate) said: Vec<String>,
    /// What it reported as its result.
    pub(crate) results: Vec<String>,
}

/// By what a file is known to be untouched.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    /// Since 1970.
    modified: Duration,
}

impl LastRun {
    /// The last run into `dir`, if it was given the same and all it left is untouched.
    pub(crate) fn same(dir: &Path, inputs: &str) -> Option<Self> {
        let text = read_own(dir, &format!("{RECORDS}/{RECORD}")).ok()??;
        let last: Self = serde_json::from_slice(&text).ok()?;
        let same = last.inputs == inputs && Some(&last.generator) == generator().as_ref();
        let untouched = |(path, stamp): &(String, Stamp)| Stamp::of(&dir.join(path)).as_ref() == Some(stamp);
        let same = same && last.ignore == Stamp::of(&dir.join(IGNORE));
        (same && last.files.iter().all(untouched)).then_some(last)
    }

    /// Records a run that left `files` in `dir`. A record that cannot be kept costs only the next run its time.
    pub(crate) fn keep(dir: &Path, inputs: String, files: &[String], said: Vec<String>, results: Vec<String>) {
        let paths: Vec<&str> = files.iter().map(String::as_str).chain([MANIFEST]).collect();
        let stamps = parallel::map(&paths, |path| Some(((*path).to_owned(), Stamp::of(&dir.join(path))?)));
        let stamps: Option<Vec<_>> = stamps.into_iter().collect();
        let (Some(generator), Some(files)) = (generator(), stamps) else {
            return;
        };
        let record = Self {
            inputs,
            generator,
            files,
            ignore: Stamp::of(&dir.join(IGNORE)),
            said,
            results,
        };
        let records = dir.join(RECORDS);
        let Ok(text) = serde_json::to_vec(&record) else {
            return;
        };
        let _ = fs::create_dir(&records);
        // A link in its place would lead elsewhere.
        if fs::symlink_metadata(&records).is_ok_and(|meta| meta.is_dir()) && put(&records, ".gitignore", b"*\n").is_ok()
        {
            let _ = put(&records, RECORD, &text);
        }
    }

    /// How many files it left, without the list of them.
    pub(crate) fn count(&self) -> usize {
        self.files.len().saturating_sub(1)
    }
}

/// Writes a new file, so that an existing symbolic link is not followed.
fn put(folder: &Path, name: &str, text: &[u8]) -> io::Result<()> {
    let path = folder.join(name);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    File::create_new(path)?.write_all(text)
}

impl Stamp {
    /// Of a regular file; a link in its place is something else.
    fn of(path: &Path) -> Option<Self> {
        let meta = fs::symlink_metadata(path).ok()?;
        meta.is_file().then(|| Self::read(&meta))?
    }

    fn read(meta: &Metadata) -> Option<Self> {
        Some(Self {
            bytes: meta.len(),
            modified: meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?,
        })
    }
}

/// The stamp of the program that is running: Envoi, or a build script with Envoi in it.
fn generator() -> Option<Stamp> {
    Stamp::read(&fs::metadata(std::env::current_exe().ok()?).ok()?)
}
