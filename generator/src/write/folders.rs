//! Removes empty folders.

use std::fs;
use std::path::Path;

/// Removes the folders above a removed file as far as they are empty.
pub(super) fn remove_empty_folders(dir: &Path, path: &str) {
    let mut rest = path;
    while let Some((parent, _)) = rest.rsplit_once('/') {
        if fs::remove_dir(dir.join(parent)).is_err() {
            return;
        }
        rest = parent;
    }
}
