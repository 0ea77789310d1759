//! A server on the loopback that answers with canned bytes and remembers what it was asked.

#![allow(dead_code, reason = "every test binary uses its own part of this")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use envoi_runtime::{Client, ClientBuilder, OperationInfo, Retries, Scheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server sends; after it the connection is closed, or held open without a word.
pub(crate) struct Answer {
    bytes: Vec<u8>,
    hang: bool,
}

impl Answer {
    /// A whole reply with its length.
    pub(crate) fn new(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        Self::raw(
            format!(
                "HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            ),
            body,
        )
    }

    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::new(status, "Content-Type: application/json\r\n", body)
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, &format!("Location: {location}\r\n"), "")
    }

    pub(crate) fn raw(head: String, body: &[u8]) -> Self {
        Self {
            bytes: [head.as_bytes(), body].concat(),
            hang: false,
        }
    }

    pub(crate) fn then_hang(self) -> Self {
        Self { hang: true, ..self }
    }
}

pub(crate) struct Server {
    pub(crate) origin: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers every request by its request line, `GET /path HTTP/1.1`.
    pub(crate) async fn start(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        Self::echo(move |request| answer(request.lines().next().unwrap_or_default())).await
    }

    /// Answers every request by all of it.
    pub(crate) async fn echo(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let origin = format!("http://{}", listener.local_addr().expect("address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                let answer = answer(&request);
                log.lock().expect("log").push(request);
                // the client may have given up
                let _ = stream.write_all(&answer.bytes).await;
                if answer.hang {
                    held.push(stream);
                } else {
                    let _ = stream.shutdown().await;
                }
            }
        });
        Self { origin, seen }
    }

    /// The requests that came, whole, oldest first.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("log").clone()
    }

    /// The only request that came.
    pub(crate) fn only(&self) -> String {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen[0].clone()
    }

    /// The path and query of the last request.
    pub(crate) fn target(&self) -> String {
        let seen = self.seen();
        seen.last()
            .and_then(|request| request.split(' ').nth(1))
            .unwrap_or_default()
            .to_owned()
    }
}

pub(crate) async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length")
                .and_then(|length| length.parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return text,
            Ok(read) => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}

/// The value of a header in the text of a request.
pub(crate) fn header(request: &str, name: &str) -> Option<String> {
    request.lines().find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// Settings for a server of these tests: no proxy, short limits, and every request once.
pub(crate) fn builder(base: &str) -> ClientBuilder {
    ClientBuilder::new("envoi-test/1", "")
        .base_url(base)
        .http_client(|http| http.no_proxy())
        .timeout(Duration::from_secs(5))
        .retries(Retries::none())
}

pub(crate) fn client(server: &Server) -> Client {
    builder(&server.origin).build().expect("client")
}

pub(crate) fn info(path: &'static str, security: &'static [&'static [&'static Scheme]]) -> &'static OperationInfo {
    Box::leak(Box::new(OperationInfo {
        accept: "application/json",
        security,
        ..OperationInfo::new("TestOperation", "GET", path)
    }))
}
