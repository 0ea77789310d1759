//! Bodies that are one value after the other.

use envoi_runtime::{Error, Events, JsonLines};

use crate::fixtures::sequences::Client;
use crate::fixtures::sequences::apis::client_operations::{ChatError, ChatOutput, WholeError};
use crate::fixtures::sequences::models::{Answer, KindsResponseItem, Piece};
use crate::server::{call, client};

async fn made<T>(status: &str, content_type: &str, body: &str, make: impl AsyncFnOnce(Client) -> T) -> T {
    let reply = format!("{status}\r\ncontent-type: {content_type}\r\n\r\n{body}");
    call(&reply, async |url| make(client!(sequences, url)).await).await.1
}

async fn of_events<T>(mut events: Events<T>) -> Vec<Result<T, Error>> {
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event);
    }
    all
}

async fn of_items<T>(mut items: JsonLines<T>) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        all.push(item.expect("decoded"));
    }
    all
}

fn deltas(pieces: Vec<Result<Piece, Error>>) -> Vec<String> {
    pieces.into_iter().map(|piece| piece.expect("decoded").delta).collect()
}

const DELTAS: &str = "data: {\"delta\": \"a\"}\n\ndata: {\"delta\": \"b\"}\n\ndata: [DONE]\n\n";

#[tokio::test]
async fn whole_or_piece_by_piece() {
    let chat = async |client: Client| client.chat().await;
    match made("200 OK", "application/json", "{\"text\":\"ab\"}", chat).await {
        Ok(ChatOutput::Json(answer)) => assert_eq!(answer, Answer::new("ab")),
        other => panic!("{other:?}"),
    }
    match made("200 OK", "text/event-stream; charset=utf-8", DELTAS, chat).await {
        Ok(ChatOutput::Events(events)) => assert_eq!(deltas(of_events(events).await), ["a", "b"]),
        other => panic!("{other:?}"),
    }
    let error = made("400 Bad", "application/json", "{\"delta\":\"no\"}", chat)
        .await
        .expect_err("400");
    assert_eq!(error.api(), Some(&ChatError::BadRequest(Piece::new("no"))));
}

#[tokio::test]
async fn events_described_before_there_were_words_for_it() {
    let flux = async |client: Client| client.flux().await.expect("events");
    let events = made("200 OK", "text/event-stream", DELTAS, flux).await;
    assert_eq!(deltas(of_events(events).await), ["a", "b"]);
    let raw = async |client: Client| client.raw().await.expect("events");
    let events = of_events(made("200 OK", "text/event-stream", "event: e\ndata: not json\n\n", raw).await).await;
    let event = events[0].as_ref().expect("an event");
    assert_eq!((event.event.as_deref(), event.data.as_str()), (Some("e"), "not json"));
}

#[tokio::test]
async fn events_described_whole() {
    let typed = async |client: Client| client.typed().await.expect("events");
    let body = "id: 7\nretry: 10\nevent: e\ndata: {\"delta\": \"a\"}\n\ndata: {\"delta\": 1}\n\n";
    let events = of_events(made("200 OK", "text/event-stream", body, typed).await).await;
    let event = events[0].as_ref().expect("an event");
    assert_eq!(
        (event.event.as_deref(), event.id.as_deref(), event.retry),
        (Some("e"), Some("7"), Some(10))
    );
    assert_eq!(event.data, Piece::new("a"));
    let error = events[1].as_ref().expect_err("a number");
    assert!(
        error.to_string().contains("could not be decoded at data.delta"),
        "{error}"
    );
    let kinds = async |client: Client| client.kinds().await.expect("events");
    let body = "event: add\ndata: {\"delta\": \"a\"}\n\nevent: say\ndata: {\"delta\": \"a\"}\n\n";
    let events = of_events(made("200 OK", "text/event-stream", body, kinds).await).await;
    match (&events[0], &events[1]) {
        (Ok(KindsResponseItem::Added(added)), Ok(KindsResponseItem::Said(said))) => {
            assert_eq!(*added, Piece::new("a"));
            assert_eq!(said, "{\"delta\": \"a\"}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn lines_and_records() {
    let lines = async |client: Client| client.lines().await.expect("lines");
    let items = made(
        "200 OK",
        "application/x-ndjson",
        "{\"delta\":\"a\"}\n\n{\"delta\":\"b\"}",
        lines,
    )
    .await;
    assert_eq!(of_items(items).await, [Piece::new("a"), Piece::new("b")]);
    let old = async |client: Client| client.old_lines().await.expect("lines");
    let items = of_items(made("200 OK", "application/jsonl", "{\"n\":1}\n{\"n\":2}\n", old).await).await;
    assert_eq!(items.iter().map(|item| item.n).sum::<i64>(), 3);
    let records = async |client: Client| client.records().await.expect("records");
    let items = made(
        "200 OK",
        "application/json-seq",
        "\u{1e}{\"delta\":\n\"a\"}\n\u{1e}{\"delta\":\"b\"}",
        records,
    )
    .await;
    assert_eq!(of_items(items).await, [Piece::new("a"), Piece::new("b")]);
    let any = async |client: Client| client.any().await.expect("lines");
    let items = made("200 OK", "application/jsonl", "1\n[]", any).await;
    assert_eq!(of_items(items).await, [serde_json::json!(1), serde_json::json!([])]);
}

#[tokio::test]
async fn the_path_of_what_is_wrong() {
    let lines = async |client: Client| client.lines().await.expect("lines");
    let mut items = made("200 OK", "application/jsonl", "{\"delta\": 3}\n", lines).await;
    let error = items.next().await.expect("an item").expect_err("a number");
    let expected = "lines: the response could not be decoded at delta: invalid type: integer `3`, expected a string";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn lines_of_text_are_texts() {
    let log = async |client: Client| client.log().await.expect("lines");
    let lines = made("200 OK", "application/jsonl", "{\"n\": 1}\r\n\nplain\n", log).await;
    let lines: Vec<String> = of_items(lines).await;
    assert_eq!(lines, ["{\"n\": 1}", "plain"]);
}

#[tokio::test]
async fn any_call_can_be_taken_as_it_comes_in() {
    let watch = async |client: Client| client.whole().send_streaming().await;
    let body = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
    let reply = made("200 OK", "application/json", body, watch)
        .await
        .expect("a success");
    let mut answers = reply.json_lines::<Answer>().expect("lines");
    let mut all = Vec::new();
    while let Some(answer) = answers.next().await {
        all.push(answer.expect("decoded").text);
    }
    assert_eq!(all, ["a", "b"]);
    let error = made("400 Bad", "application/json", "{\"delta\":\"no\"}", watch).await;
    let error = error.expect_err("no success");
    assert_eq!(error.api(), Some(&WholeError::BadRequest(Piece::new("no"))));
}
