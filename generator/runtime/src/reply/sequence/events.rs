//! Server-sent events as a stream of values.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
#[cfg(feature = "blocking")]
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::StatusCode;
use serde_json::{Map, Value};
use tokio::time::Sleep;

use super::super::super::model::Read;
#[cfg(feature = "blocking")]
use super::super::super::transport::blocking::Blocking;
use super::super::super::transport::status::is_transient;
use super::super::decode::{self, DecodeError, Fault};
use super::super::error::Error;
use super::super::error_kind::ErrorKind;
#[cfg(feature = "blocking")]
use super::super::origin::Origin;
use super::super::response::{Reconnect, Reconnecting, Reply};
use super::super::stream::ByteStream;
use super::event::{Event, EventParser};
use super::parsing::TooLong;

/// The media type.
const EVENT_STREAM: &str = "text/event-stream";

/// Data of an event that ends the stream, a convention of OpenAI.
const DONE: &str = "[DONE]";

/// Default type of an event (WHATWG HTML, section 9.2.6).
const MESSAGE: &str = "message";

/// Default reconnection delay.
const WAIT: Duration = Duration::from_secs(3);

/// Maximum reconnection delay.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Maximum number of connections in a row without an event.
const MOST_FAILURES: u32 = 5;

/// Stream of server-sent events, decoded as they arrive.
///
/// An event that cannot be decoded yields an error, and the stream continues. It ends after any other error. The
/// maximum size of an event is that of a body (`max_body_bytes`). Dropping the stream closes the connection.
pub struct Events<T> {
    source: Box<Source>,
    /// Decodes an event; `None` if it ends the stream.
    decode: fn(&Event, bool) -> Result<Option<T>, Fault>,
}

struct Source {
    state: State,
    parser: EventParser,
    /// Whether only the data counts, and that of some events has a meaning of its own.
    data_alone: bool,
    head: Reply,
    call: Option<Box<dyn Reconnect>>,
    reconnects: bool,
    failures: u32,
    #[cfg(feature = "blocking")]
    blocking: Option<Arc<Blocking>>,
}

enum State {
    Open(ByteStream),
    Waiting(Pin<Box<Sleep>>),
    Connecting(Pin<Box<dyn Future<Output = Result<Option<ByteStream>, Error>> + Send>>),
    Closed,
}

impl Reply {
    /// Returns a stream of undecoded server-sent events.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn raw_events(&self) -> Result<Events<Event>, DecodeError> {
        self.event_stream(false, |event, _| Ok(Some(event.clone())))
    }

    /// Returns a stream of server-sent events, each decoded from an object of its fields: `event`, `data`, `id`,
    /// `retry`. Data is parsed as JSON unless `T` takes it as a string; an unset `event` is `message` if `T` requires
    /// it; `[DONE]` ends the stream unless `T` accepts it.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn events<T: Read>(&self) -> Result<Events<T>, DecodeError> {
        self.event_stream(false, whole_event)
    }

    /// Returns a stream of the data of server-sent events, each decoded from JSON. `[DONE]` ends the stream, and events
    /// without data are skipped.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn event_data<T: Read>(&self) -> Result<Events<T>, DecodeError> {
        self.event_stream(true, |event, strict| {
            decode::model(event.data.as_bytes(), strict).map(Some)
        })
    }

    fn event_stream<T>(
        &self,
        data_alone: bool,
        decode: fn(&Event, bool) -> Result<Option<T>, Fault>,
    ) -> Result<Events<T>, DecodeError> {
        let mut stream = self.stream()?;
        let source = Source {
            parser: EventParser::new(stream.limit()),
            call: stream.take_call(),
            data_alone,
            head: stream.head().clone(),
            #[cfg(feature = "blocking")]
            blocking: stream.blocking(),
            state: State::Open(stream),
            reconnects: false,
            failures: 0,
        };
        Ok(Events {
            source: Box::new(source),
            decode,
        })
    }
}

impl<T> Events<T> {
    /// Returns the next event; `None` at the end.
    ///
    /// # Errors
    /// The event is not a `T` or too long, the idle timeout expired, or the connection broke.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    /// Reconnects when the connection ends, with the `Last-Event-ID` header, after the delay that the server asks for
    /// (at most one minute). The stream ends when the server answers with 204 or with a failure that is not transient,
    /// or when five connections in a row yield no event. A request whose body can be sent only once is not sent again.
    #[must_use]
    pub fn reconnecting(mut self) -> Self {
        self.source.reconnects = true;
        self
    }

    /// Returns the `id` of the last event that had one, from which a lost connection resumes.
    pub fn last_event_id(&self) -> Option<&str> {
        Some(self.source.parser.last_event_id()).filter(|id| !id.is_empty())
    }

    /// Returns the reconnection delay that the server asks for, without an upper limit.
    pub fn retry(&self) -> Option<Duration> {
        self.source.parser.retry()
    }

    #[cfg(feature = "blocking")]
    pub(super) fn waiting(&self) -> (Option<Arc<Blocking>>, Origin) {
        (self.source.blocking.clone(), self.source.head.origin())
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let event = match ready!(self.source.poll(cx)) {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        match (self.decode)(&event, self.source.head.is_strict()) {
            Ok(Some(decoded)) => Poll::Ready(Some(Ok(decoded))),
            Ok(None) => {
                self.source.state = State::Closed;
                Poll::Ready(None)
            }
            Err(fault) => Poll::Ready(Some(Err(self.source.undecodable(&fault, &event)))),
        }
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("head", &self.source.head)
            .finish_non_exhaustive()
    }
}

impl Source {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event, Error>>> {
        loop {
            match self.parser.next() {
                Ok(Some(event)) => {
                    self.failures = 0;
                    match event.data.trim() {
                        "" if self.data_alone => {}
                        DONE if self.data_alone => self.state = State::Closed,
                        _ => return Poll::Ready(Some(Ok(event))),
                    }
                    if !matches!(self.state, State::Closed) {
                        continue;
                    }
                }
                Ok(None) => {}
                Err(TooLong) => return Poll::Ready(self.too_long().map(Err)),
            }
            match &mut self.state {
                State::Open(stream) => match ready!(Pin::new(stream).poll_next(cx)) {
                    Some(Ok(piece)) => self.parser.push(piece),
                    Some(Err(error)) => match self.lost() {
                        true => {}
                        false => return Poll::Ready(Some(Err(error))),
                    },
                    None => drop(self.lost()),
                },
                State::Waiting(alarm) => {
                    ready!(alarm.as_mut().poll(cx));
                    self.connect();
                }
                State::Connecting(call) => match ready!(call.as_mut().poll(cx)) {
                    Ok(Some(stream)) => {
                        self.parser.reconnect();
                        self.state = State::Open(stream);
                    }
                    Ok(None) => self.state = State::Closed,
                    Err(error) if !may_recover(&error) || !self.lost() => {
                        self.state = State::Closed;
                        return Poll::Ready(Some(Err(error)));
                    }
                    Err(_) => {}
                },
                State::Closed => return Poll::Ready(None),
            }
        }
    }

    /// Handles a lost connection, and returns whether to reconnect.
    fn lost(&mut self) -> bool {
        self.failures += 1;
        let may_reconnect = self.reconnects && self.call.is_some() && self.failures <= MOST_FAILURES;
        self.state = if may_reconnect {
            let asked = self.parser.retry().unwrap_or(WAIT);
            let wait = asked.saturating_mul(1 << (self.failures - 1)).min(LONGEST_WAIT);
            State::Waiting(Box::pin(tokio::time::sleep(wait)))
        } else {
            State::Closed
        };
        may_reconnect
    }

    fn connect(&mut self) {
        let last_event_id = self.parser.last_event_id();
        let call = self.call.as_ref().and_then(|call| call.reconnect(last_event_id));
        self.state = match call {
            Some(call) => State::Connecting(Box::pin(connect(call))),
            None => State::Closed,
        };
    }

    fn too_long(&mut self) -> Option<Error> {
        match std::mem::replace(&mut self.state, State::Closed) {
            State::Open(stream) => {
                let limit = stream.limit();
                Some(stream.error(ErrorKind::BodyTooLarge { limit }))
            }
            _ => None,
        }
    }

    fn undecodable(&self, fault: &Fault, event: &Event) -> Error {
        let kind = ErrorKind::Decode(self.head.json_error(fault, event.data.as_bytes()));
        match &self.state {
            State::Open(stream) => stream.error(kind),
            _ => Error::new(self.head.origin(), kind, Some(self.head.clone())),
        }
    }
}

/// Sends the request again. 204 means that no more events will come.
async fn connect(call: Reconnecting) -> Result<Option<ByteStream>, Error> {
    let reply = call.await?;
    let fail = |kind| Error::new(reply.origin(), kind, Some(reply.clone()));
    match reply.status() {
        StatusCode::NO_CONTENT => Ok(None),
        status if status.is_success() => {
            let stream = reply.media_type(&[EVENT_STREAM]).and_then(|_| reply.stream());
            stream.map(Some).map_err(|error| fail(ErrorKind::Decode(error)))
        }
        _ => Err(fail(ErrorKind::UndocumentedStatus)),
    }
}

/// Returns whether reconnecting may succeed.
fn may_recover(error: &Error) -> bool {
    match error.status() {
        Some(status) => is_transient(status),
        None => matches!(
            error.kind(),
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport
        ),
    }
}

/// Returns an event as an object of its fields.
fn whole_event<T: Read>(event: &Event, strict: bool) -> Result<Option<T>, Fault> {
    let mut object = fields(event);
    if let Some(known) = known(&object, strict) {
        return Ok(Some(known));
    }
    if event.data.trim() == DONE {
        return Ok(None);
    }
    if let Ok(data) = serde_json::from_str(&event.data) {
        object.insert("data".to_owned(), data);
        if let Some(known) = known(&object, strict) {
            return Ok(Some(known));
        }
    }
    decode::model(object_text(&object).as_bytes(), strict).map(Some)
}

/// The event, if it is one that `T` knows, as it came or else with the kind that it has by default.
fn known<T: Read>(object: &Map<String, Value>, strict: bool) -> Option<T> {
    let read = |object: &Map<String, Value>| decode::model(object_text(object).as_bytes(), strict);
    // unions: begin
    // a union would keep what it does not know, and the other way may be one that it knows
    let read = |object: &Map<String, Value>| super::super::super::model::union::only_known(|| read(object));
    // unions: end
    read(object).ok().or_else(|| {
        let mut object = object.clone();
        let kind = object.entry("event");
        kind.or_insert_with(|| MESSAGE.into());
        read(&object).ok()
    })
}

fn fields(event: &Event) -> Map<String, Value> {
    let mut object = Map::new();
    let text = |text: &String| Value::from(text.as_str());
    object.extend(event.event.as_ref().map(|name| ("event".to_owned(), text(name))));
    object.insert("data".to_owned(), text(&event.data));
    object.extend(event.id.as_ref().map(|id| ("id".to_owned(), text(id))));
    let retry = event.retry.and_then(|retry| u64::try_from(retry.as_millis()).ok());
    object.extend(retry.map(|retry| ("retry".to_owned(), retry.into())));
    object
}

fn object_text(object: &Map<String, Value>) -> String {
    serde_json::to_string(object).unwrap_or_default()
}
