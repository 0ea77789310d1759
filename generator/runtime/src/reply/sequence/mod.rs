//! Bodies that are one value after the other: server-sent events, JSON Lines, JSON text sequences.

#[cfg(feature = "blocking")]
mod blocking;
mod elements;
mod event;
mod events;
mod frames;

pub use self::elements::Elements;
pub use self::event::Event;
pub use self::events::Events;

/// An element is longer than the client accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// The text of a line, whatever octets it has; one byte order mark at the beginning of a body is passed over.
fn without_mark<'b>(octets: &'b [u8], first: &mut bool) -> &'b [u8] {
    let begins = std::mem::replace(first, false);
    octets
        .strip_prefix(b"\xef\xbb\xbf")
        .filter(|_| begins)
        .unwrap_or(octets)
}
