//! An HTTP server on the loopback that remembers what it was asked, and the APIs it can play.

pub mod clerk;
pub mod fastly;
mod judge;
pub mod octopus;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use http::{HeaderMap, Method, Response};
use serde_json::Value;
use std::future::pending;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: Method,
    /// Path and query, still encoded.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Seen {
    async fn read(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let target = head.uri.path_and_query().map_or("", |target| target.as_str());
        Self {
            method: head.method,
            target: target.to_owned(),
            headers: head.headers,
            body: to_bytes(body, usize::MAX).await.expect("a whole body"),
        }
    }

    /// Method, path and query, as in `GET /invitations?page%5Bsize%5D=20`.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a text"))
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// What the server sends back.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
    never: bool,
}

impl Answer {
    /// A reply without a body.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            never: false,
        }
    }

    /// A reply with a body of this content type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let answer = Self::status(status).header("content-type", content_type);
        Self {
            body: body.into(),
            ..answer
        }
    }

    /// A reply with this JSON text, which need not be valid.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, "application/json", body)
    }

    pub fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::status(status).header("location", location)
    }

    /// The connection stays open, and nothing comes.
    pub fn never() -> Self {
        Self {
            never: true,
            ..Self::status(200)
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    async fn into_response(self) -> Response<Body> {
        if self.never {
            return pending().await;
        }
        let mut response = Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(self.body)).expect("a valid reply")
    }
}

/// A running server; it stops when dropped.
pub struct Server {
    origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    statuses: Arc<Mutex<Vec<u16>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers every request with what `answer` makes of it.
    pub async fn start(answer: impl FnMut(&Seen) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(Mutex::new(answer));
        let statuses = Arc::new(Mutex::new(Vec::new()));
        let (log, answered) = (Arc::clone(&seen), Arc::clone(&statuses));
        let app = Router::new().fallback(async move |request: Request| {
            let request = Seen::read(request).await;
            let reply = answer.lock().expect("no panic in another call")(&request);
            log.lock().expect("no panic in another call").push(request);
            answered.lock().expect("no panic in another call").push(reply.status);
            reply.into_response().await
        });
        let task = tokio::spawn(async move { axum::serve(listener, app).await.expect("a served listener") });
        Self {
            origin: format!("http://{address}"),
            seen,
            statuses,
            task,
        }
    }

    /// Answers every request alike.
    pub async fn canned(answer: Answer) -> Self {
        Self::start(move |_| answer.clone()).await
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The requests that came, oldest first.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic in a call").clone()
    }

    /// The lines of the requests that came.
    pub fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }

    /// The statuses of the replies, oldest first.
    pub fn statuses(&self) -> Vec<u16> {
        self.statuses.lock().expect("no panic in a call").clone()
    }

    /// The request that came last.
    pub fn last(&self) -> Seen {
        self.seen().pop().expect("a request")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
