//! Request bodies, on the wire.

use std::fmt::Debug;

use serde_json::json;

use crate::fixtures::bodies::Client;
use crate::fixtures::bodies::models::{ListRequestItem, MaybeNullRequest, Note, NotePlace};
use crate::fixtures::swagger2;
use crate::server::{NO_CONTENT, call, client};

fn note() -> Note {
    Note::new("a & b").tags(vec!["x".to_owned(), "y z".to_owned()]).stars(3)
}

const NOTE: &str = r#"{"text":"a & b","tags":["x","y z"],"stars":3}"#;

/// What a call sends: its line, the media type, the body.
async fn check<T, E: Debug>(
    line: &str,
    expected: Option<(&str, &str)>,
    make: impl AsyncFnOnce(Client) -> Result<T, E>,
) {
    let (received, result) = call(NO_CONTENT, async |url| make(client!(bodies, url)).await).await;
    if let Err(error) = result {
        panic!("{error:?}");
    }
    assert_eq!(received.line, line);
    let (media_type, body) = expected.map_or((None, ""), |(media_type, body)| (Some(media_type), body));
    assert_eq!(
        (received.header("content-type"), received.body.as_str()),
        (media_type, body),
        "{line}"
    );
}

#[tokio::test]
async fn json_bodies() {
    let json = "application/json";
    check("POST /json", Some((json, NOTE)), async |client| {
        client.json(&note()).await
    })
    .await;
    check(
        "POST /vendor",
        Some(("application/vnd.notes+json", NOTE)),
        async |client| client.vendor(&note()).await,
    )
    .await;
    check(
        "POST /several",
        Some(("application/json; charset=utf-8", NOTE)),
        async |client| client.several(&note()).await,
    )
    .await;
    check("POST /list", Some((json, r#"[{"id":1},{"id":2}]"#)), async |client| {
        client.list(&[ListRequestItem::new(1), ListRequestItem::new(2)]).await
    })
    .await;
    check("POST /word", Some((json, r#""a\"b""#)), async |client| {
        client.word("a\"b").await
    })
    .await;
    check("POST /number", Some((json, "5")), async |client| {
        client.number(&5).await
    })
    .await;
    check("POST /any", Some((json, "[null]")), async |client| {
        client.anything(&json!([null])).await
    })
    .await;
    check("POST /null", Some((json, "{}")), async |client| {
        client.maybe_null(&MaybeNullRequest::default()).await
    })
    .await;
}

#[tokio::test]
async fn an_optional_body_is_left_out() {
    check("PUT /json", None, async |client| client.perhaps_json().await).await;
    check("PUT /json", Some(("application/json", NOTE)), async |client| {
        client.perhaps_json().body(&note()).await
    })
    .await;
    check("POST /upload", None, async |client| client.perhaps_multipart().await).await;
    check("POST /upload", Some(("multipart/mixed", "x")), async |client| {
        client.perhaps_multipart().body("multipart/mixed", "x").await
    })
    .await;
    check("POST /empty", None, async |client| client.empty().await).await;
}

#[tokio::test]
async fn other_bodies() {
    let form = "text=a%20%26%20b&tags=x&tags=y%20z&stars=3&place=%7B%22x%22%3A1%7D";
    check(
        "POST /form",
        Some(("application/x-www-form-urlencoded", form)),
        async |client| client.form(&note().place(NotePlace::default().x(1))).await,
    )
    .await;
    check("POST /text", Some(("text/plain", "a & b")), async |client| {
        client.text("a & b").await
    })
    .await;
    check(
        "POST /octets",
        Some(("application/octet-stream", "a\0b")),
        async |client| client.octets("a\0b").await,
    )
    .await;
    check("POST /xml", Some(("application/xml", "<a/>")), async |client| {
        client.xml("<a/>").await
    })
    .await;
    let multipart = "multipart/form-data; boundary=b";
    check("POST /multipart", Some((multipart, "--b--")), async |client| {
        client.multipart(multipart, "--b--").await
    })
    .await;
    check("POST /wild", Some(("image/gif", "GIF")), async |client| {
        client.wild("image/gif", "GIF").await
    })
    .await;
}

#[tokio::test]
async fn bodies_of_swagger_2() {
    let book = swagger2::models::Book::from(swagger2::models::Novel::new("Emma"));
    let make = async |url| client!(swagger2, url, key("k")).books().put_book(7, &book).await;
    let ok = "200 OK\r\ncontent-type: application/json\r\n\r\n";
    let (received, result) = call(&format!("{ok}{{\"kind\":\"Novel\",\"title\":\"Emma\"}}"), make).await;
    assert_eq!(result.expect("a book"), book);
    assert_eq!(
        (received.line.as_str(), received.body.as_str()),
        ("PUT /books/7", r#"{"kind":"Novel","title":"Emma"}"#)
    );

    let search = swagger2::models::SearchBooksRequest::new("jane austen").limit(5);
    let make = async |url| {
        client!(swagger2, url, key("k"))
            .books()
            .search_books(&search)
            .await
            .map(|books| books.len())
    };
    let (received, result) = call(&format!("{ok}[]"), make).await;
    assert_eq!(result.expect("books"), 0);
    assert_eq!(
        received.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(received.body, "q=jane%20austen&limit=5");
}
