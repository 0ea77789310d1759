//! File names in an output folder that Envoi reserves, and how large these files may be.

/// The file that lists what was written.
pub const MANIFEST: &str = ".envoi-files";

/// The folder with what only this machine remembers of the last run; git ignores it.
pub const RECORDS: &str = ".envoi-cache";

/// The file in which users list files of their own.
pub const IGNORE: &str = ".envoiignore";

/// Staging folders begin with this.
pub(super) const STAGING: &str = ".envoi-staging-";

/// Maximum size of the files that Envoi keeps for itself, in bytes.
pub(super) const LIMIT: u64 = 64 * 1024 * 1024;
