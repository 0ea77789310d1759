//! Server-sent events.

use std::collections::BTreeMap;
use std::time::Duration;

use envoi_runtime::bytes::Bytes;
use envoi_runtime::read::{Read, Source, ValueError};
use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{ErrorKind, Event, object};

use super::{cuts, fault, reply};

const EVENTS: &str = "text/event-stream";

/// Everything that the standard has a rule for.
const BODY: &str = "\u{feff}: a comment\ndata: one\n\nevent: add\r\ndata:two\r\ndata\r\ndata:  é €\r\nid: 7\r\n\r\n\
    data\r\rid: nul\0\rretry: 25\rretry: 1x\runknown: x\rdata: last\r\revent: dropped\n\ndata: not ended\n";

async fn events(pieces: Vec<Bytes>) -> (Vec<Event>, Option<String>, Option<Duration>) {
    let mut stream = reply(EVENTS, pieces).await.raw_events().expect("events");
    let mut events = Vec::new();
    while let Some(event) = stream.next().await {
        events.push(event.expect("an event"));
    }
    assert!(stream.next().await.is_none(), "it has ended");
    (events, stream.last_event_id().map(str::to_owned), stream.retry())
}

fn event(
    name: Option<&str>,
    data: &str,
    id: Option<&str>,
    retry: Option<u64>,
) -> (Option<String>, String, Option<String>, Option<Duration>) {
    let text = |text: Option<&str>| text.map(str::to_owned);
    (text(name), data.to_owned(), text(id), retry.map(Duration::from_millis))
}

#[tokio::test]
async fn the_standard_wherever_the_body_is_cut() {
    let expected = vec![
        event(None, "one", None, None),
        event(Some("add"), "two\n\n é €", Some("7"), None),
        event(None, "", None, None),
        event(None, "last", None, Some(25)),
    ];
    for pieces in cuts(BODY.as_bytes()) {
        let said = format!("{pieces:?}");
        let (events, id, retry) = events(pieces).await;
        let found: Vec<_> = events
            .into_iter()
            .map(|event| (event.event, event.data, event.id, event.retry))
            .collect();
        assert_eq!(found, expected, "{said}");
        assert_eq!((id.as_deref(), retry), (Some("7"), Some(Duration::from_millis(25))));
    }
}

#[tokio::test]
async fn odd_texts() {
    let table: [(&[u8], &[&str]); 8] = [
        (b"", &[]),
        (b"\n\n\n", &[]),
        (b"data", &[]),
        (b"data\n\n", &[""]),
        (b"data: a\xff\n\n", &["a\u{fffd}"]),
        (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\ndata: b\n\n", &["b"]),
        (b"data:a:b\n\nDATA: c\n\n data: d\n\n", &["a:b"]),
        (b"retry: 99999999999999999999\ndata: x\n\n", &["x"]),
    ];
    for (body, expected) in table {
        let (events, ..) = events(vec![Bytes::copy_from_slice(body)]).await;
        let data: Vec<&str> = events.iter().map(|event| event.data.as_str()).collect();
        assert_eq!(data, expected, "{body:?}");
    }
}

#[tokio::test]
async fn data_is_json_until_it_is_done() {
    let body = "data: {\"n\": 1}\n\ndata:\n\n: ping\n\nevent: x\ndata: {\"n\":\ndata: 2}\n\ndata: {\"n\": \"no\"}\n\n\
        data: {\"n\": 3}\n\ndata: [DONE]\n\ndata: {\"n\": 4}\n\n";
    for pieces in cuts(body.as_bytes()).into_iter().take(300) {
        let reply = reply(EVENTS, pieces).await;
        let mut stream = reply.event_data::<BTreeMap<String, i64>>().expect("events");
        let mut numbers = Vec::new();
        while let Some(item) = stream.next().await {
            match item {
                Ok(item) => numbers.push(item["n"]),
                Err(error) => {
                    assert_eq!(error.operation(), "Streamed");
                    assert_eq!(fault(&error), ("n", "invalid type: string \"no\", expected an integer"));
                    numbers.push(-1);
                }
            }
        }
        assert_eq!(numbers, [1, 2, -1, 3]);
        assert!(reply.raw_events().is_err(), "a body is taken once");
    }
}

#[tokio::test]
async fn events_are_objects_of_their_fields() {
    let body = "id: 1\nretry: 5\nevent: e\ndata: {\"n\": 1}\n\ndata: \"t\"\n\n";
    let reply = reply(EVENTS, vec![body.into()]).await;
    let mut stream = reply.events::<Value>().expect("events");
    let mut next = async || stream.next().await.expect("an event").expect("decoded");
    assert_eq!(
        next().await,
        json!({ "event": "e", "data": "{\"n\": 1}", "id": "1", "retry": 5 })
    );
    assert_eq!(next().await, json!({ "data": "\"t\"" }));
}

#[tokio::test]
async fn data_is_taken_apart_where_a_text_will_not_do() {
    let body = "data: {\"n\": 1}\n\ndata: {\"n\": []}\n\ndata: no\n\n";
    let reply = reply(EVENTS, vec![body.into()]).await;
    let mut stream = reply
        .events::<BTreeMap<String, BTreeMap<String, i64>>>()
        .expect("events");
    assert_eq!(stream.next().await.expect("one").expect("decoded")["data"]["n"], 1);
    let error = stream.next().await.expect("two").expect_err("a list");
    assert_eq!(fault(&error).0, "data.n");
    let error = stream.next().await.expect("three").expect_err("a text");
    assert_eq!(fault(&error), ("data", "invalid type: string \"no\", expected a map"));
}

#[tokio::test]
async fn events_of_no_kind_are_messages_and_done_ends() {
    let body = "data: {\"n\": 1}\n\nevent: add\ndata: {\"n\": 2}\n\ndata: [DONE]\n\ndata: {\"n\": 3}\n\n";
    let reply = reply(EVENTS, vec![Bytes::from_static(body.as_bytes())]).await;
    let mut stream = reply.events::<Kinded>().expect("events");
    let mut all = Vec::new();
    while let Some(event) = stream.next().await {
        let Kinded { event, n } = event.expect("decoded");
        all.push((event, n));
    }
    assert_eq!(all, [("message".to_owned(), 1), ("add".to_owned(), 2)]);
}

/// An event whose kind is required.
struct Kinded {
    event: String,
    n: i64,
}

impl Read for Kinded {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let (mut event, mut data) = (None, None);
        let members = &mut [
            object::required("event", &mut event),
            object::required("data", &mut data),
        ];
        object::read(source, "Kinded", members)?;
        let data: BTreeMap<String, i64> = object::present(data);
        Ok(Self {
            event: object::present(event),
            n: data["n"],
        })
    }
}

#[tokio::test]
async fn no_event_is_longer_than_a_body() {
    let line = format!("data: {}\n", "x".repeat(90));
    for body in [
        line.repeat(3),
        "x".repeat(500),
        format!("data: ok\n\nevent: {}", "y".repeat(300)),
    ] {
        let pieces: Vec<Bytes> = body.as_bytes().chunks(7).map(Bytes::copy_from_slice).collect();
        let mut stream = reply(EVENTS, pieces).await.raw_events().expect("events");
        let mut last = stream.next().await.expect("an error");
        if last.is_ok() {
            last = stream.next().await.expect("an error");
        }
        let error = last.expect_err("too long");
        assert!(
            matches!(error.kind(), ErrorKind::BodyTooLarge { limit: 200 }),
            "{error}"
        );
        assert!(stream.next().await.is_none());
    }
    // as many as they are, if each of them is short
    let pieces = vec![Bytes::from("data: x\n\n"); 1000];
    assert_eq!(events(pieces).await.0.len(), 1000);
}
