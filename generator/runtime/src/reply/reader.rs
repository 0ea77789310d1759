//! The body of a response for code that is not asynchronous.

use std::fmt;
use std::io::{self, BufRead, Read};

use bytes::{Buf, Bytes};

use super::blocking::next;
use super::error::Error;
use super::error_kind::ErrorKind;
use super::stream::ByteStream;

impl ByteStream {
    /// Blocks until the next chunk of the body has arrived, and returns it; `None` at the end.
    ///
    /// The body of a blocking call can be read on any thread. The body of an awaited call is received by the async runtime of
    /// that call: do not block the thread that runs it.
    ///
    /// # Errors
    /// The same as `next`.
    pub fn next_blocking(&mut self) -> Option<Result<Bytes, Error>> {
        let (blocking, origin) = (self.blocking(), self.origin());
        next(blocking, origin, Self::next(self))
    }

    /// Blocks until the whole body has arrived, and returns it.
    ///
    /// # Errors
    /// The same as `collect`.
    pub fn collect_blocking(self) -> Result<Bytes, Error> {
        let (blocking, origin) = (self.blocking(), self.origin());
        let all = next(blocking, origin, async { Some(self.collect().await) });
        all.unwrap_or_else(|| Ok(Bytes::new()))
    }

    /// Returns a reader over the body, for example for [`std::io::copy`].
    pub fn into_reader(self) -> BlockingReader {
        BlockingReader {
            stream: self,
            piece: Bytes::new(),
        }
    }
}

/// Reader over the body of a response, for blocking code; see [`ByteStream::into_reader`].
///
/// The [`Error`](super::Error) of the call is inside the [`io::Error`] ([`io::Error::get_ref`]). Its kind is
/// [`io::ErrorKind::TimedOut`] if the idle timeout expired.
pub struct BlockingReader {
    stream: ByteStream,
    piece: Bytes,
}

impl BufRead for BlockingReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.piece.is_empty() {
            match self.stream.next_blocking() {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Err(failed(error)),
                None => break,
            }
        }
        Ok(&self.piece)
    }

    fn consume(&mut self, amount: usize) {
        self.piece.advance(amount.min(self.piece.len()));
    }
}

impl Read for BlockingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl fmt::Debug for BlockingReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingReader")
            .field("stream", &self.stream)
            .finish_non_exhaustive()
    }
}

fn failed(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Timeout => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
