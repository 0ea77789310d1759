//! Bodies that are one value after the other: server-sent events, JSON Lines, JSON text sequences.

#[cfg(feature = "blocking")]
mod blocking;
mod elements;
mod event;
mod events;
mod frames;
mod parsing;

pub use self::elements::Elements;
pub use self::event::Event;
pub use self::events::Events;
