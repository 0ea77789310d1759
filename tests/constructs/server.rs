//! A server that answers one call and keeps what it was sent.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// An answer without a body.
pub(crate) const NO_CONTENT: &str = "204 No Content\r\n\r\n";

/// What the server got.
#[derive(Debug)]
pub(crate) struct Received {
    /// Method and target.
    pub(crate) line: String,
    /// Headers in lower case, as they were sent.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Received {
    /// The value of a header that was sent once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "`{name}` was sent twice: {self:?}");
        value
    }

    fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            read_some(stream, &mut bytes);
        };
        let head = String::from_utf8(bytes[..end].to_vec()).expect("the head is text");
        let mut lines = head.lines();
        let line = lines.next().unwrap_or_default().replace(" HTTP/1.1", "");
        let split = |line: &str| {
            let (name, value) = line.split_once(':').expect("a header");
            (name.to_ascii_lowercase(), value.trim().to_owned())
        };
        let mut received = Self {
            line,
            headers: lines.map(split).collect(),
            body: String::new(),
        };
        let length: usize = received
            .header("content-length")
            .map_or(0, |length| length.parse().expect("a length"));
        while bytes.len() < end + 4 + length {
            read_some(stream, &mut bytes);
        }
        received.body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
        received
    }
}

fn read_some(stream: &mut TcpStream, bytes: &mut Vec<u8>) {
    let mut buffer = [0; 4096];
    let count = stream.read(&mut buffer).expect("a request within five seconds");
    assert!(count > 0, "the request ends early");
    bytes.extend_from_slice(&buffer[..count]);
}

/// How long a call may take to arrive.
const PATIENCE: Duration = Duration::from_secs(5);

/// The first connection; a call that is never made fails its test instead of keeping it waiting.
fn accept(listener: &TcpListener) -> TcpStream {
    listener.set_nonblocking(true).expect("a listener that does not wait");
    let began = Instant::now();
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).expect("a stream that waits");
                return stream;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                assert!(began.elapsed() < PATIENCE, "no call arrived");
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(error) => panic!("no connection: {error}"),
        }
    }
}

/// Answers one call with `reply`: status and reason, headers, an empty line, a body.
pub(crate) fn answer(reply: &str) -> (String, JoinHandle<Received>) {
    let (url, served) = answer_each(&[reply]);
    let only = std::thread::spawn(move || served.join().expect("the call arrived").remove(0));
    (url, only)
}

/// Answers as many calls as there are replies, each with its own.
pub(crate) fn answer_each(replies: &[&str]) -> (String, JoinHandle<Vec<Received>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let replies: Vec<String> = replies.iter().map(|reply| whole(reply)).collect();
    let served = std::thread::spawn(move || {
        let serve = |reply: &String| {
            let mut stream = accept(&listener);
            stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
            let received = Received::read(&mut stream);
            stream.write_all(reply.as_bytes()).expect("the reply is taken");
            received
        };
        replies.iter().map(serve).collect()
    });
    (url, served)
}

/// A reply as it is sent.
fn whole(reply: &str) -> String {
    let (head, body) = reply.split_once("\r\n\r\n").expect("an empty line after the headers");
    let length = if head.starts_with("204") {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    format!("HTTP/1.1 {head}\r\n{length}connection: close\r\n\r\n{body}")
}

/// Makes a call of a server that answers with `reply`; what the server got, and what the call gave.
pub(crate) async fn call<T>(reply: &str, call: impl AsyncFnOnce(String) -> T) -> (Received, T) {
    let (url, served) = answer(reply);
    let result = call(url).await;
    (served.join().expect("the call arrived"), result)
}

/// A client of a fixture at a URL.
macro_rules! client {
    ($fixture:ident, $url:expr $(, $setter:ident($($argument:expr),*))*) => {
        crate::fixtures::$fixture::Client::builder().base_url($url).retries(envoi_runtime::Retries::none())$(.$setter($($argument),*))*.build().expect("a client")
    };
}
pub(crate) use client;
