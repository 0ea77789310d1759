//! Bodies that are sequences of values: server-sent events, JSON Lines, JSON text sequences.

#[cfg(feature = "blocking")]
mod blocking;
mod event;
mod events;
mod frames;
mod json_lines;
mod parsing;

pub use self::event::Event;
pub use self::events::Events;
pub use self::json_lines::JsonLines;
