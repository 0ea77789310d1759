//! Server-sent events over more than one connection.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use envoi_runtime::http::{Request, Response};
use envoi_runtime::{Body, ErrorKind, Events, Incoming, Retries, Transport, TransportError, TransportFuture};
use futures_util::stream;

use super::{Streamed, builder};

/// What becomes of one connection.
enum Script {
    /// These events, and the end.
    Events(&'static str),
    /// These events, and a connection that breaks.
    Broken(&'static str),
    /// Another status.
    Status(u16),
    /// Another media type.
    Html,
    /// No connection.
    Refused,
}

/// Follows scripts, and keeps the ids it was asked to go on from.
#[derive(Clone)]
struct Server {
    scripts: Arc<Mutex<Vec<Script>>>,
    seen: Arc<Mutex<Vec<Option<String>>>>,
}

impl Transport for Server {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let id = request.headers().get("last-event-id");
        let id = id.map(|id| String::from_utf8_lossy(id.as_bytes()).into_owned());
        self.seen.lock().expect("seen").push(id);
        let script = self
            .scripts
            .lock()
            .expect("scripts")
            .pop()
            .expect("a call that is expected");
        let answer = match script {
            Script::Events(text) => Ok(response(200, "text/event-stream", Incoming::from(text))),
            Script::Broken(text) => {
                let pieces = [Ok(text.into()), Err(std::io::Error::other("gone"))];
                Ok(response(
                    200,
                    "text/event-stream",
                    Incoming::new(Body::stream(stream::iter(pieces))),
                ))
            }
            Script::Status(status) => Ok(response(status, "text/plain", Incoming::from(""))),
            Script::Html => Ok(response(200, "text/html", Incoming::from("<p>"))),
            Script::Refused => Err(TransportError::connect("refused")),
        };
        Box::pin(async move { answer })
    }
}

fn response(status: u16, content_type: &str, body: Incoming) -> Response<Incoming> {
    let response = Response::builder().status(status).header("content-type", content_type);
    response.body(body).expect("a response")
}

/// A stream from a server that follows the scripts, and what it was asked.
async fn connect(mut scripts: Vec<Script>, body: Option<Body>) -> (Events<envoi_runtime::Event>, Server) {
    scripts.reverse();
    let server = Server {
        scripts: Arc::new(Mutex::new(scripts)),
        seen: Arc::default(),
    };
    let client = builder().retries(Retries::none()).transport(server.clone());
    let client = client.build().expect("a client");
    let mut request = client.operation(&<Streamed as envoi_runtime::Operation>::INFO);
    if let Some(body) = body {
        request.body("text/plain", body);
    }
    let reply = request.call::<Streamed>().await.expect("a reply");
    (reply.body().raw_events().expect("events"), server)
}

async fn data(events: &mut Events<envoi_runtime::Event>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => all.push(event.data),
            Err(error) => all.push(format!("{:?}", error.kind())),
        }
    }
    all
}

fn seen(server: &Server) -> Vec<Option<String>> {
    server.seen.lock().expect("seen").clone()
}

#[tokio::test]
async fn it_goes_on_where_it_was() {
    let scripts = vec![
        Script::Broken("retry: 1\nid: 1\ndata: a\n\nid: 9\ndata: lost"),
        Script::Refused,
        Script::Status(503),
        Script::Events("data: b\n\n"),
        Script::Events("id: é\ndata: c\n\nid\ndata: d\n\n"),
        Script::Status(204),
    ];
    let (events, server) = connect(scripts, Some(Body::from("replayed"))).await;
    let mut events = events.reconnecting();
    assert_eq!(data(&mut events).await, ["a", "b", "c", "d"]);
    let one = Some("1".to_owned());
    assert_eq!(seen(&server), [None, one.clone(), one.clone(), one.clone(), one, None]);
    assert_eq!(events.last_event_id(), None);
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let scripts = vec![Script::Events("retry: 80\ndata: a\n\n"), Script::Status(204)];
    let (events, _) = connect(scripts, None).await;
    let start = Instant::now();
    assert_eq!(data(&mut events.reconnecting()).await, ["a"]);
    assert!(start.elapsed() >= Duration::from_millis(80));
}

#[tokio::test(start_paused = true)]
async fn a_server_may_ask_for_a_minute_at_most() {
    let scripts = vec![
        Script::Events("retry: 99999999999999999999\ndata: a\n\n"),
        Script::Status(204),
    ];
    let (events, server) = connect(scripts, None).await;
    let start = tokio::time::Instant::now();
    assert_eq!(data(&mut events.reconnecting()).await, ["a"]);
    assert_eq!(start.elapsed().as_secs(), 60);
    assert_eq!(seen(&server).len(), 2);
}

#[tokio::test]
async fn what_will_not_pass_ends_it() {
    let first = "retry: 1\nid: 1\ndata: a\n\n";
    for (script, kind) in [(Script::Status(404), "UndocumentedStatus"), (Script::Html, "Decode")] {
        let (events, _) = connect(vec![Script::Events(first), script], None).await;
        let all = data(&mut events.reconnecting()).await;
        assert_eq!((all.len(), all[0].as_str()), (2, "a"));
        assert!(all[1].starts_with(kind), "{}", all[1]);
    }
}

#[tokio::test]
async fn five_connections_in_vain_are_enough() {
    let mut scripts = vec![Script::Events("retry: 1\ndata: a\n\n")];
    scripts.extend((0..5).map(|_| Script::Refused));
    let (events, server) = connect(scripts, None).await;
    let all = data(&mut events.reconnecting()).await;
    assert_eq!((all[0].as_str(), all[1].as_str()), ("a", "Connect"));
    assert_eq!(seen(&server).len(), 6);
}

#[tokio::test]
async fn unless_asked_or_unable_it_ends_with_the_connection() {
    let (mut events, _) = connect(vec![Script::Broken("data: a\n\n")], None).await;
    assert_eq!(events.next().await.expect("one").expect("an event").data, "a");
    let error = events.next().await.expect("two").expect_err("broken");
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert!(events.next().await.is_none());
    let once = Body::stream(stream::iter([Ok::<_, std::io::Error>("x".into())]));
    let (events, server) = connect(vec![Script::Events("data: a\n\n")], Some(once)).await;
    assert_eq!(data(&mut events.reconnecting()).await, ["a"]);
    assert_eq!(seen(&server).len(), 1);
}
