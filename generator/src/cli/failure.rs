//! Why a command ended early.

/// Why a command ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// A document cannot be used; the messages are printed already.
    Document,
    /// The call, the configuration or the file system is at fault.
    Usage(String),
    /// The output is not what it would be.
    Drift,
}
