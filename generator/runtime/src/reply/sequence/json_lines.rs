//! JSON Lines and JSON text sequences as a stream of values.

use std::fmt;
use std::pin::Pin;
#[cfg(feature = "blocking")]
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::super::super::model::Read;
#[cfg(feature = "blocking")]
use super::super::super::transport::blocking::Blocking;
use super::super::decode::{self, DecodeError, Fault};
use super::super::error::Error;
use super::super::error_kind::ErrorKind;
#[cfg(feature = "blocking")]
use super::super::origin::Origin;
use super::super::response::Reply;
use super::super::stream::ByteStream;
use super::frames::{FrameParser, Framing};
use super::parsing::TooLong;

/// Stream of the elements of a body, decoded as they arrive: JSON Lines, text lines, or a JSON text sequence.
///
/// An element that cannot be decoded yields an error, and the stream continues. It ends after any other error. The
/// maximum size of an element is that of a body (`max_body_bytes`). Dropping the stream closes the connection.
pub struct JsonLines<T> {
    source: Source,
    decode: fn(&[u8], bool) -> Result<T, Fault>,
}

struct Source {
    stream: ByteStream,
    parser: FrameParser,
    done: bool,
}

impl Reply {
    /// Returns a stream of the values of JSON Lines. Empty lines are skipped.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn json_lines<T: Read>(&self) -> Result<JsonLines<T>, DecodeError> {
        self.items(Framing::Lines, decode::model)
    }

    /// Returns a stream of the lines of a text. Empty lines are skipped.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn text_lines(&self) -> Result<JsonLines<String>, DecodeError> {
        self.items(Framing::Lines, |line, _| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            Ok(String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned())
        })
    }

    /// Returns a stream of the values of a JSON text sequence (RFC 7464).
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn json_records<T: Read>(&self) -> Result<JsonLines<T>, DecodeError> {
        self.items(Framing::Records, decode::model)
    }

    fn items<T>(
        &self,
        framing: Framing,
        decode: fn(&[u8], bool) -> Result<T, Fault>,
    ) -> Result<JsonLines<T>, DecodeError> {
        let stream = self.stream()?;
        let source = Source {
            parser: FrameParser::new(framing, stream.limit()),
            stream,
            done: false,
        };
        Ok(JsonLines { source, decode })
    }
}

impl<T> JsonLines<T> {
    /// Returns the next element; `None` at the end.
    ///
    /// # Errors
    /// The element is not a `T` or too long, the idle timeout expired, or the connection broke.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|cx| self.poll(cx)).await
    }

    #[cfg(feature = "blocking")]
    pub(super) fn waiting(&self) -> (Option<Arc<Blocking>>, Origin) {
        (self.source.stream.blocking(), self.source.stream.origin())
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let text = match ready!(self.source.poll(cx)) {
            Some(Ok(text)) => text,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        let decoded = match self.source.parser.fault(&text) {
            Some(fault) => Err(fault),
            None => (self.decode)(&text, self.source.stream.head().is_strict()),
        };
        Poll::Ready(Some(decoded.map_err(|fault| {
            let stream = &self.source.stream;
            let error = stream.head().json_error(&fault, &text);
            stream.error(ErrorKind::Decode(error))
        })))
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines")
            .field("head", self.source.stream.head())
            .finish_non_exhaustive()
    }
}

impl Source {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, Error>>> {
        if self.done {
            return Poll::Ready(None);
        }
        loop {
            match self.parser.next() {
                Ok(Some(text)) => return Poll::Ready(Some(Ok(text))),
                Ok(None) => {}
                Err(TooLong) => {
                    self.done = true;
                    let limit = self.stream.limit();
                    return Poll::Ready(Some(Err(self.stream.error(ErrorKind::BodyTooLarge { limit }))));
                }
            }
            match ready!(Pin::new(&mut self.stream).poll_next(cx)) {
                Some(Ok(piece)) => self.parser.push(piece),
                Some(Err(error)) => {
                    self.done = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.done = true;
                    return Poll::Ready(self.parser.finish().map(Ok));
                }
            }
        }
    }
}
