//! How files are written.

/// Options of [`write_all`](super::write_all) and [`compare`](super::compare).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Whether to overwrite files that Envoi did not create, and generated files that were changed since. Default:
    /// `false`.
    pub force: bool,
    /// Whether the version in the generated `Cargo.toml` was set by the user, and not taken from the document. It then
    /// replaces another one on disk when it changes. Default: `false`.
    pub fixed_version: bool,
    /// Whether nobody edits the folder, such as one in the `OUT_DIR` of a build script: changed files are overwritten, no
    /// hashes are recorded, and `.envoiignore` is not read. Default: `false`.
    pub disposable: bool,
}
