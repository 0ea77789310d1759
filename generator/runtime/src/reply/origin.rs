//! What errors tell about the call they come from.

/// What an error tells about the call it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// The operationId.
    pub(crate) operation: &'static str,
    /// How often the request has been sent.
    pub(crate) attempts: u32,
    /// Whether the call would have been sent again, had there been attempts left.
    pub(crate) retryable: bool,
    /// Whether it would have been sent again, had the client had retries left.
    pub(crate) is_exhausted: bool,
}
