//! What a request carries.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

/// Error of any type.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// A stream of bytes.
type BytesStream = Pin<Box<dyn Stream<Item = Result<Bytes, BoxError>> + Send>>;

/// Size of a chunk in bytes.
const CHUNK: usize = 64 * 1024;

/// Body of a request: bytes, a file, or a stream.
///
/// Bytes and files can be sent again after a failure. A stream is sent once, so a request with a stream is neither
/// retried nor redirected with its body. `Debug` shows the length only.
///
/// ```
/// use envoi_runtime::Body;
///
/// assert_eq!(Body::from("text").len(), Some(4));
/// ```
#[derive(Default)]
pub struct Body {
    kind: Kind,
}

#[derive(Default)]
enum Kind {
    #[default]
    None,
    Bytes(Bytes),
    File(PathBuf),
    // boxed, since every future of a call has room for bodies
    Opened(Box<Opened>),
    Stream {
        left: Option<u64>,
        // a request is shared between threads while it is sent, a stream need not be
        stream: Mutex<BytesStream>,
    },
    Chain(VecDeque<Body>),
}

struct Opened {
    file: File,
    left: u64,
    buffer: Vec<u8>,
}

impl Body {
    const fn of(kind: Kind) -> Self {
        Self { kind }
    }

    /// Creates a request without a body, which differs from an empty body.
    pub const fn none() -> Self {
        Self::of(Kind::None)
    }

    /// Creates a body from a file. The file is opened every time the request is sent.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(Kind::File(path.into()))
    }

    /// Creates a body from a stream of unknown length.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::of_stream(None, stream)
    }

    /// Creates a body from a stream of `length` bytes. The request fails if the stream is shorter or longer.
    pub fn stream_of<S, E>(length: u64, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::of_stream(Some(length), stream)
    }

    fn of_stream<S, E>(left: Option<u64>, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let stream = Mutex::new(Box::pin(AnyError(Box::pin(stream))) as BytesStream);
        Self::of(Kind::Stream { left, stream })
    }

    /// Concatenates bodies.
    pub fn chain(bodies: Vec<Self>) -> Self {
        let mut all = VecDeque::with_capacity(bodies.len());
        for body in bodies {
            match body.kind {
                Kind::Chain(inner) => all.extend(inner),
                kind => all.push_back(Self::of(kind)),
            }
        }
        Self::of(Kind::Chain(all))
    }

    /// Returns the length in bytes, if it is known already. The length of a file is read when it is sent.
    pub fn len(&self) -> Option<u64> {
        match &self.kind {
            Kind::None => Some(0),
            Kind::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::File(_) => None,
            Kind::Opened(opened) => Some(opened.left),
            Kind::Stream { left, .. } => *left,
            Kind::Chain(parts) => parts.iter().try_fold(0_u64, |sum, part| sum.checked_add(part.len()?)),
        }
    }

    /// Returns whether the body is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Returns whether there is no body, not even an empty one.
    pub const fn is_none(&self) -> bool {
        matches!(self.kind, Kind::None)
    }

    /// Returns whether the body can be sent more than once.
    pub fn is_replayable(&self) -> bool {
        match &self.kind {
            Kind::None | Kind::Bytes(_) | Kind::File(_) => true,
            Kind::Opened(_) | Kind::Stream { .. } => false,
            Kind::Chain(parts) => parts.iter().all(Self::is_replayable),
        }
    }

    /// Returns the bytes, if they are in memory in one piece.
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.kind {
            Kind::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns a copy of the body; `None` if it can be sent only once.
    pub fn replay(&self) -> Option<Self> {
        Some(Self::of(match &self.kind {
            Kind::None => Kind::None,
            Kind::Bytes(bytes) => Kind::Bytes(bytes.clone()),
            Kind::File(path) => Kind::File(path.clone()),
            Kind::Opened(_) | Kind::Stream { .. } => return None,
            Kind::Chain(parts) => Kind::Chain(parts.iter().map(Self::replay).collect::<Option<_>>()?),
        }))
    }

    /// Returns whether it has files to open.
    pub(crate) fn has_files(&self) -> bool {
        match &self.kind {
            Kind::File(_) => true,
            Kind::Chain(parts) => parts.iter().any(Self::has_files),
            Kind::None | Kind::Bytes(_) | Kind::Opened(_) | Kind::Stream { .. } => false,
        }
    }

    /// Opens its files, so that the length is known.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) async fn open(self) -> io::Result<Self> {
        Ok(Self::of(match self.kind {
            Kind::File(path) => {
                let file = File::open(path).await?;
                let left = file.metadata().await?.len();
                let buffer = Vec::new();
                Kind::Opened(Box::new(Opened { file, left, buffer }))
            }
            Kind::Chain(parts) => {
                let mut opened = VecDeque::with_capacity(parts.len());
                for part in parts {
                    // chains are flat, so that this goes one level down
                    opened.push_back(Box::pin(part.open()).await?);
                }
                Kind::Chain(opened)
            }
            kind => kind,
        }))
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    /// Reading the file or the stream fails.
    pub async fn collect(self) -> Result<Bytes, Box<dyn Error + Send + Sync>> {
        let mut body = self.open().await?;
        if let Some(bytes) = body.as_bytes() {
            return Ok(bytes.clone());
        }
        let mut all = Vec::new();
        while let Some(chunk) = std::future::poll_fn(|cx| body.poll_chunk(cx)).await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all.into())
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        match &mut self.kind {
            Kind::None => Poll::Ready(None),
            Kind::File(_) => Poll::Ready(Some(Err("the file of a body was not opened".into()))),
            Kind::Bytes(bytes) => {
                let chunk = bytes.split_to(bytes.len().min(CHUNK));
                Poll::Ready((!chunk.is_empty()).then_some(Ok(chunk)))
            }
            Kind::Opened(opened) if opened.left == 0 => Poll::Ready(None),
            Kind::Opened(opened) => opened.poll(cx).map(Some),
            Kind::Stream { left, stream } => {
                let stream = stream.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
                let chunk = ready!(stream.as_mut().poll_next(cx));
                Poll::Ready(counted(left, chunk))
            }
            Kind::Chain(parts) => {
                while let Some(first) = parts.front_mut() {
                    match ready!(first.poll_chunk(cx)) {
                        Some(chunk) => return Poll::Ready(Some(chunk)),
                        None => drop(parts.pop_front()),
                    }
                }
                Poll::Ready(None)
            }
        }
    }
}

impl Opened {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, BoxError>> {
        // no more than was announced, should the file have grown
        let most = usize::try_from(self.left).unwrap_or(CHUNK).min(CHUNK);
        self.buffer.resize(most, 0);
        let mut read = ReadBuf::new(&mut self.buffer);
        ready!(Pin::new(&mut self.file).poll_read(cx, &mut read))?;
        let bytes = Bytes::copy_from_slice(read.filled());
        self.left -= u64::try_from(bytes.len()).unwrap_or(self.left);
        Poll::Ready(if bytes.is_empty() {
            Err("the file was truncated while it was sent".into())
        } else {
            Ok(bytes)
        })
    }
}

/// Checks the length of a stream.
fn counted(left: &mut Option<u64>, chunk: Option<Result<Bytes, BoxError>>) -> Option<Result<Bytes, BoxError>> {
    let Some(expected) = left else {
        return chunk;
    };
    let length = match &chunk {
        Some(Ok(chunk)) => u64::try_from(chunk.len()).unwrap_or(u64::MAX),
        Some(Err(_)) => return chunk,
        None if *expected == 0 => return None,
        None => return Some(Err("the body stream is shorter than announced".into())),
    };
    match expected.checked_sub(length) {
        Some(rest) => *expected = rest,
        None => return Some(Err("the body stream is longer than announced".into())),
    }
    chunk
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_chunk(cx)
            .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.len().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::of(Kind::Bytes(bytes.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("len", &self.len())
            .field("is_replayable", &self.is_replayable())
            .finish()
    }
}

/// Stream whose errors are of any type.
struct AnyError<S>(Pin<Box<S>>);

impl<S, E> Stream for AnyError<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0
            .as_mut()
            .poll_next(cx)
            .map(|item| item.map(|item| item.map_err(Into::into)))
    }
}
