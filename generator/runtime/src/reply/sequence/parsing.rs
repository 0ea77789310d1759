//! What the parsers of events and of elements have in common.

/// An element exceeds the maximum size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Returns the text of a line without a leading byte order mark of the body.
pub(super) fn without_mark<'b>(bytes: &'b [u8], first: &mut bool) -> &'b [u8] {
    let begins = std::mem::replace(first, false);
    bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| begins).unwrap_or(bytes)
}
