//! Status codes of a response.

/// Which statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred, such as `4XX`.
    Range(u8),
    /// Every status that is not declared.
    Default,
}

impl Status {
    /// Whether a response with this status is a success.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether a response with this status may say where to go instead (RFC 9110, section 15.4).
    #[must_use]
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(300..=303 | 307 | 308) | Self::Range(3))
    }
}
