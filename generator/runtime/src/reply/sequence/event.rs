//! Server-sent events (WHATWG HTML, section 9.2.6).

use std::time::Duration;

use bytes::{Buf as _, Bytes};

use super::parsing::{TooLong, without_mark};

/// Server-sent event: its undecoded fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// `event`: type of the event; `message` if it is unset.
    pub event: Option<String>,
    /// `data`: lines of the event, joined by line feeds.
    pub data: String,
    /// `id`: identifier of the event, from which a lost connection resumes.
    pub id: Option<String>,
    /// `retry`: delay before reconnecting.
    pub retry: Option<Duration>,
}

/// Parser of events from a body in chunks. Its buffer never exceeds the limit, except for the last chunk.
#[derive(Debug)]
pub(crate) struct EventParser {
    limit: usize,
    pending: Bytes,
    line: Vec<u8>,
    /// Whether no line has been read.
    first: bool,
    /// Whether the last line ended with a carriage return, to which a line feed may belong.
    returned: bool,
    event: Event,
    /// Whether the event has a `data` field, even an empty one.
    has_data: bool,
    last_event_id: String,
    retry: Option<Duration>,
}

impl EventParser {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            pending: Bytes::new(),
            line: Vec::new(),
            first: true,
            returned: false,
            event: Event::default(),
            has_data: false,
            last_event_id: String::new(),
            retry: None,
        }
    }

    /// Last event id, from which a lost connection resumes; empty if there is none.
    pub(crate) fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// Reconnection delay that the server asks for.
    pub(crate) const fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Resets the parser for another connection. An incomplete event is discarded, as the standard requires.
    pub(crate) fn reconnect(&mut self) {
        let last_event_id = std::mem::take(&mut self.last_event_id);
        *self = Self {
            last_event_id,
            retry: self.retry,
            ..Self::new(self.limit)
        };
    }

    /// Takes the next chunk, once [`next`](Self::next) has returned `None`.
    pub(crate) fn push(&mut self, piece: Bytes) {
        self.pending = piece;
    }

    /// Returns the next event; `None` if more input is needed.
    pub(crate) fn next(&mut self) -> Result<Option<Event>, TooLong> {
        while let Some(end) = self.pending.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            let by_return = self.pending[end] == b'\r';
            let belongs = std::mem::replace(&mut self.returned, by_return);
            if belongs && end == 0 && !by_return && self.line.is_empty() {
                self.pending.advance(1);
                continue;
            }
            self.take(end)?;
            self.pending.advance(1);
            if let Some(event) = self.end_line() {
                return Ok(Some(event));
            }
        }
        if !self.pending.is_empty() {
            self.returned = false;
            self.take(self.pending.len())?;
        }
        Ok(None)
    }

    /// Moves bytes of the chunk into the line.
    fn take(&mut self, length: usize) -> Result<(), TooLong> {
        if self.line.len() + self.event.data.len() + length > self.limit {
            return Err(TooLong);
        }
        self.line.extend_from_slice(&self.pending[..length]);
        self.pending.advance(length);
        Ok(())
    }

    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(without_mark(&line, &mut self.first));
        if text.is_empty() {
            return self.dispatch();
        }
        let (name, value) = text.split_once(':').unwrap_or((&text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event.event = Some(value.to_owned()),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // what does not fit is longer than anyone waits
                let wait = Duration::from_millis(value.parse().unwrap_or(u64::MAX));
                self.event.retry = Some(wait);
                self.retry = Some(wait);
            }
            _ => {}
        }
        // the buffer of the next line
        self.line = line;
        self.line.clear();
        None
    }

    /// Returns the event that an empty line ends, unless it has no data.
    fn dispatch(&mut self) -> Option<Event> {
        let mut event = std::mem::take(&mut self.event);
        if let Some(id) = &event.id {
            self.last_event_id.clone_from(id);
        }
        event.event = event.event.filter(|name| !name.is_empty());
        std::mem::take(&mut self.has_data).then_some(event)
    }
}
