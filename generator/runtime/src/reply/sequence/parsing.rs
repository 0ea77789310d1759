//! What the parsers of events and of elements have in common.

/// An element is longer than the client accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// The text of a line, whatever octets it has; one byte order mark at the beginning of a body is passed over.
pub(super) fn without_mark<'b>(octets: &'b [u8], first: &mut bool) -> &'b [u8] {
    let begins = std::mem::replace(first, false);
    octets
        .strip_prefix(b"\xef\xbb\xbf")
        .filter(|_| begins)
        .unwrap_or(octets)
}
