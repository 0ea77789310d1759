//! A server of raw bytes that plays a script on each connection, remembers what it heard and counts what it could send.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use envoi_runtime::bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::certificates::{self, Tls};
use super::wire::Wire;

/// What a flood stops at if nobody closes the connection; far more than any test permits.
const MOST_FLOOD: usize = 1024 * 1024 * 1024;

/// What is between two bytes of a drip.
const DRIP: Duration = Duration::from_millis(30);

/// How long a silent connection is held at most.
const HELD: Duration = Duration::from_secs(5);

/// One thing a server does.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends; `{a}` and `{b}` are the origins, `{a-port}` and `{b-port}` their ports.
    Text(String),
    Bytes(Vec<u8>),
    /// Sends one byte at a time.
    Drip(String),
    /// Sends the same over and over, until the client closes.
    Flood(Vec<u8>),
    /// Reads until a request of HTTP/2 is there.
    Await,
    /// Does nothing until the client closes.
    Hang,
    /// Ends with RST instead of FIN.
    Reset,
    /// Sends beneath TLS.
    Raw(Vec<u8>),
    /// Ends the connection beneath TLS, without saying so in TLS.
    Cut,
}

/// What a server reads before it does anything.
#[derive(Clone, Copy, Default, PartialEq)]
enum Reads {
    #[default]
    All,
    Head,
    Nothing,
}

/// What is done on one connection.
#[derive(Clone, Default)]
pub(crate) struct Script {
    steps: Vec<Step>,
    reads: Reads,
}

impl Script {
    /// Sends a text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::default().then(Step::Text(text.into()))
    }

    /// A head without a length; the end of the connection is that of the body.
    pub(crate) fn head(status: u16, headers: &str) -> Self {
        Self::text(format!("HTTP/1.1 {status} X\r\n{headers}Connection: close\r\n\r\n"))
    }

    /// A whole reply with its length.
    pub(crate) fn reply(status: u16, headers: &str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::head(status, &format!("{headers}Content-Length: {}\r\n", body.len())).then(Step::Bytes(body))
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::reply(status, &format!("Location: {location}\r\n"), "")
    }

    pub(crate) fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Begins as soon as the head of the request is there.
    pub(crate) fn early(mut self) -> Self {
        self.reads = Reads::Head;
        self
    }

    /// Begins without a request.
    pub(crate) fn unasked(mut self) -> Self {
        self.reads = Reads::Nothing;
        self
    }
}

/// Two servers are two origins, since their ports differ.
pub(crate) struct Origin {
    listener: TcpListener,
    port: u16,
    tls: Option<Tls>,
}

/// What happened to a server.
#[derive(Clone, Default)]
pub(crate) struct Log {
    heard: Arc<Mutex<Vec<String>>>,
    sent: Arc<AtomicUsize>,
    accepted: Arc<AtomicUsize>,
}

impl Log {
    /// The requests, as far as they were read.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("log").clone()
    }

    pub(crate) fn hear(&self, request: String) {
        self.heard.lock().expect("log").push(request);
    }

    /// The bytes that the network took.
    pub(crate) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// The connections.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::Relaxed)
    }
}

impl Origin {
    pub(crate) async fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let port = listener.local_addr().expect("address").port();
        let tls = None;
        Self { listener, port, tls }
    }

    pub(crate) fn with(self, tls: Option<Tls>) -> Self {
        Self { tls, ..self }
    }

    pub(crate) fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// Plays a script per connection; the last one is repeated.
    pub(crate) fn play(self, scripts: Vec<Script>) -> Log {
        let log = Log::default();
        let noted = log.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = self.listener.accept().await {
                let count = noted.accepted.fetch_add(1, Ordering::Relaxed);
                let script = scripts.get(count).or(scripts.last()).cloned().unwrap_or_default();
                let (tls, noted) = (self.tls.clone(), noted.clone());
                tokio::spawn(async move {
                    match tls {
                        None => answer(stream, script, noted).await,
                        Some(Tls::None) => answer(stream, script, noted).await,
                        Some(Tls::Half(config)) => certificates::half(stream, &config).await,
                        Some(Tls::Whole(config)) => {
                            // the client may refuse
                            if let Ok(stream) = TlsAcceptor::from(config).accept(stream).await {
                                answer(stream, script, noted).await;
                            }
                        }
                    }
                });
            }
        });
        log
    }
}

/// Puts the addresses of the two origins into a text.
pub(crate) fn with_origins(text: &str, a: &str, b: &str) -> String {
    let port = |url: &str| url.rsplit(':').next().unwrap_or_default().to_owned();
    let text = text.replace("{a-port}", &port(a)).replace("{b-port}", &port(b));
    text.replace("{a}", a).replace("{b}", b)
}

impl Script {
    /// What is sent, if it is one whole response and nothing else, which needs no connection.
    pub(crate) fn response(&self) -> Option<http::Response<Bytes>> {
        let mut bytes = Vec::new();
        for step in &self.steps {
            match step {
                Step::Text(text) => bytes.extend_from_slice(text.as_bytes()),
                Step::Bytes(more) => bytes.extend_from_slice(more),
                _ => return None,
            }
        }
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let body = Bytes::copy_from_slice(&bytes[end + 4..]);
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.split(' ').next()?;
        let mut response = http::Response::builder().status(status);
        for line in lines {
            let (name, value) = line.split_once(": ")?;
            response = response.header(name, value);
        }
        let response = response.body(body).ok()?;
        let length = response.headers().get("content-length");
        let told = length.is_none_or(|length| *length == *response.body().len().to_string());
        let plain = told && !response.headers().contains_key("transfer-encoding");
        (self.reads == Reads::All && plain).then_some(response)
    }

    /// The script with the addresses in its texts.
    pub(crate) fn between(mut self, a: &str, b: &str) -> Self {
        for step in &mut self.steps {
            if let Step::Text(text) = step {
                *text = with_origins(text, a, b);
            }
        }
        self
    }
}

async fn answer(mut stream: impl Wire, script: Script, log: Log) {
    if script.reads != Reads::Nothing {
        let request = read_request(&mut stream, script.reads == Reads::Head).await;
        if request.is_empty() {
            return;
        }
        log.hear(request);
    }
    for step in &script.steps {
        match step {
            Step::Text(text) => send(&mut stream, text.as_bytes(), &log).await,
            Step::Bytes(bytes) => send(&mut stream, bytes, &log).await,
            Step::Drip(text) => {
                for byte in text.bytes() {
                    send(&mut stream, &[byte], &log).await;
                    tokio::time::sleep(DRIP).await;
                }
            }
            Step::Flood(bytes) => flood(&mut stream, bytes, &log).await,
            Step::Await => await_headers(&mut stream).await,
            Step::Hang => drain(&mut stream).await,
            Step::Reset => return stream.socket().set_zero_linger().expect("a socket"),
            Step::Raw(bytes) => send(stream.socket(), bytes, &log).await,
            Step::Cut => {
                let _ = stream.socket().shutdown().await;
                return drain(stream.socket()).await;
            }
        }
    }
    let _ = stream.shutdown().await;
    // a close with something unread would be a reset
    drain(&mut stream).await;
}

/// Reads the preface of HTTP/2 and frames until the headers of a request.
async fn await_headers(stream: &mut impl Wire) {
    const PREFACE: usize = 24;
    const HEADERS: u8 = 1;
    let mut bytes = vec![0; PREFACE];
    let mut head = [0; 9];
    while stream.read_exact(&mut bytes).await.is_ok()
        && head[3] != HEADERS
        && stream.read_exact(&mut head).await.is_ok()
    {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        bytes.resize(usize::try_from(length).expect("small"), 0);
    }
}

async fn drain(stream: &mut impl Wire) {
    let mut rest = [0; 4096];
    let drained = async { while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {} };
    let _ = tokio::time::timeout(HELD, drained).await;
}

/// Sends; the client may have given up.
async fn send(stream: &mut impl Wire, bytes: &[u8], log: &Log) {
    if stream.write_all(bytes).await.is_ok() {
        log.sent.fetch_add(bytes.len(), Ordering::Relaxed);
    }
}

async fn flood(stream: &mut impl Wire, unit: &[u8], log: &Log) {
    // large writes, whatever the unit
    let unit = unit.repeat((64 * 1024 / unit.len()).max(1));
    let mut sent = 0;
    while sent < MOST_FLOOD && stream.write_all(&unit).await.is_ok() {
        sent += unit.len();
        // both sides share a thread, and one of them counts each byte
        tokio::time::sleep(Duration::from_millis(1)).await;
        log.sent.fetch_add(unit.len(), Ordering::Relaxed);
    }
}

/// The head of a request, and its body if it is not to be left.
async fn read_request(stream: &mut impl Wire, head_only: bool) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = super::support::header(head, "content-length").and_then(|length| length.parse().ok());
            if head_only || body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return text,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}
