//! Reasons for which a command fails.

/// Reason for which a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// A document has errors; the diagnostics have been printed.
    Document,
    /// The arguments or the configuration are invalid, or a file cannot be read or written.
    Usage(String),
    /// The files on disk differ from what would be generated, or an API has changes that are denied.
    Drift,
}
