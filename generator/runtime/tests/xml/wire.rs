//! Calls that send and get XML.

use envoi_runtime::http::Method;
use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::xml::{Member, Node, Shape};
use envoi_runtime::{DecodeError, ErrorKind, Reply};

use super::support::{Answer, Server, client};

static NOTE: Node = Node::element(
    "note",
    Shape::object(&[
        Member::element("text", Shape::TEXT),
        Member::element("stars", Shape::NUMBER),
    ]),
);

async fn reply(headers: &str, body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref().to_vec();
    let headers = headers.to_owned();
    let server = Server::start(move |_| Answer::new(200, &headers, &body)).await;
    client(&server).request(Method::GET, "/").send().await.expect("a reply")
}

#[tokio::test]
async fn a_body_is_sent_under_its_media_type() {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let mut request = client(&server).request(Method::POST, "/");
    request.xml("application/atom+xml", &NOTE, &json!({"text": "a & b", "stars": 3}));
    request.send().await.expect("a reply");
    let seen = server.seen().concat();
    assert!(seen.contains("content-type: application/atom+xml\r\n"), "{seen}");
    let body = seen.split_once("\r\n\r\n").map(|(_, body)| body);
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?><note><text>a &amp; b</text><stars>3</stars></note>"#;
    assert_eq!(body, Some(expected));
}

#[tokio::test]
async fn what_cannot_be_written_is_not_sent() {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let mut request = client(&server).request(Method::POST, "/");
    request.xml("text/xml", &NOTE, &json!({"text": "\0"}));
    let error = request.send().await.expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error:?}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn content_types() {
    let value = json!({"text": "a", "stars": 3});
    let text = "<note><text>a</text><stars>3</stars></note>";
    for content_type in ["application/xml", "text/xml; charset=utf-8", "Application/Atom+XML", ""] {
        let headers = match content_type {
            "" => String::new(),
            other => format!("Content-Type: {other}\r\n"),
        };
        assert_eq!(
            reply(&headers, text).await.xml(&NOTE),
            Ok(value.clone()),
            "{content_type}"
        );
    }
    assert_eq!(reply("", format!("\u{feff}{text}")).await.xml(&NOTE), Ok(value));
    let html = reply("Content-Type: text/html\r\n", "<html></html>")
        .await
        .xml::<Value>(&NOTE);
    let error = html.expect_err("not XML");
    assert_eq!(error.to_string(), "expected XML, got text/html: <html></html>");
    assert_eq!(reply("", " \n").await.xml::<Value>(&NOTE), Err(DecodeError::Empty));
    assert_eq!(
        reply("", b"<note>\xff</note>").await.xml::<Value>(&NOTE),
        Err(DecodeError::Text)
    );
}

#[tokio::test]
async fn a_model_says_where_it_does_not_fit() {
    let text = "<note><text>a</text><stars>many</stars></note>";
    let error = reply("", text)
        .await
        .xml::<std::collections::BTreeMap<String, i32>>(&NOTE)
        .expect_err("no number");
    assert_eq!(error.path(), Some("text"));
    let DecodeError::Xml { reason, excerpt, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(reason, "invalid type: string \"a\", expected an integer");
    assert_eq!(excerpt, text);
}
