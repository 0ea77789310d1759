//! What errors tell about the call they come from.

/// Facts about a call for its error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    /// `operationId` of the operation.
    pub(crate) operation: &'static str,
    /// Number of times the request was sent.
    pub(crate) attempts: u32,
    /// Whether the request would have been retried if attempts had been left.
    pub(crate) retryable: bool,
    /// Whether it would have been retried if the retry budget had not been empty.
    pub(crate) is_exhausted: bool,
}

impl Origin {
    /// No operation of an API description, and no call.
    pub(crate) const NONE: Self = Self {
        operation: "undocumented operation",
        attempts: 0,
        retryable: false,
        is_exhausted: false,
    };
}
