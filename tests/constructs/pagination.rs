//! Results in pages: each way leads through all of them.

use envoi_runtime::{ErrorKind, Items, Paged, PagingError};

use crate::fixtures::pagination::models::Thing;
use crate::fixtures::pagination::{Client, Pages};
use crate::server::{answer_each, client};

const HEAD: &str = "200 OK\r\ncontent-type: application/json\r\n";

/// What names an item.
trait Named {
    fn name(self) -> String;
}

impl Named for Thing {
    fn name(self) -> String {
        self.id
    }
}

impl Named for String {
    fn name(self) -> String {
        self
    }
}

/// The names of all items, and what the server was asked for, with these headers and bodies for its pages.
async fn all<Op>(pages: &[(&str, &str)], call: impl FnOnce(&Client) -> Items<Op>) -> (Vec<String>, Vec<String>)
where
    Op: Paged<Item: Named> + 'static,
    Op::Error: std::fmt::Debug,
{
    let replies: Vec<String> = pages
        .iter()
        .map(|(head, body)| format!("{HEAD}{head}\r\n{body}"))
        .collect();
    let replies: Vec<&str> = replies.iter().map(String::as_str).collect();
    let (url, served) = answer_each(&replies);
    let mut items = call(&client!(pagination, url));
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.expect("an item").name());
    }
    let received = served.join().expect("as many calls as pages");
    (names, received.into_iter().map(|received| received.line).collect())
}

fn bodies<'a>(bodies: &[&'a str]) -> Vec<(&'static str, &'a str)> {
    bodies.iter().map(|body| ("", *body)).collect()
}

const THINGS: &str = r#"[{"id":"1"},{"id":"2"}]"#;

#[tokio::test]
async fn by_number() {
    let pages = bodies(&[
        r#"{"data":[{"id":"3"}],"meta":{"total_pages":4}}"#,
        r#"{"data":[{"id":"4"}],"meta":{"total_pages":4}}"#,
    ]);
    let (names, lines) = all(&pages, |client| client.by_page().page_number(3).items()).await;
    assert_eq!(names, ["3", "4"]);
    assert_eq!(
        lines,
        ["GET /by-page?page%5Bnumber%5D=3", "GET /by-page?page%5Bnumber%5D=4"]
    );
    let (_, lines) = all(&bodies(&[THINGS, "[]"]), |client| client.by_page_and_size().items()).await;
    assert_eq!(lines, ["GET /by-page-and-size", "GET /by-page-and-size?page=1"]);
    let (_, lines) = all(&bodies(&[THINGS]), |client| {
        client.by_page_and_size().per_page(3).items()
    })
    .await;
    assert_eq!(lines, ["GET /by-page-and-size?per_page=3"]);
    let pages = bodies(&[r#"{"things":[{"id":"7"}],"pages":7}"#]);
    let (names, lines) = all(&pages, |client| client.speakeasy(7).items()).await;
    assert_eq!((names[0].as_str(), lines[0].as_str()), ("7", "GET /speakeasy?at=7"));
}

#[tokio::test]
async fn by_offset() {
    let call = |client: &Client| client.by_offset().limit(2).items_parameter("x").items();
    let (names, lines) = all(&bodies(&[THINGS, r#"[{"id":"3"}]"#]), call).await;
    assert_eq!(names, ["1", "2", "3"]);
    assert_eq!(
        lines,
        [
            "GET /by-offset?limit=2&items=x",
            "GET /by-offset?limit=2&items=x&offset=2"
        ]
    );
    let pages = bodies(&[
        r#"{"result":{"values":[{"id":"1"}]},"next":"http://elsewhere.example"}"#,
        r#"{"result":{"values":[{"id":"2"}]}}"#,
    ]);
    let (names, lines) = all(&pages, |client| client.by_offset_with_next().items()).await;
    assert_eq!(names, ["1", "2"]);
    assert_eq!(lines[1], "GET /by-offset-with-next?%24skip=1");
    for nothing in ["{}", r#"{"result":null}"#, r#"{"result":{"values":null}}"#] {
        let (names, _) = all(&bodies(&[nothing]), |client| client.by_offset_with_next().items()).await;
        assert!(names.is_empty());
    }
}

#[tokio::test]
async fn by_token() {
    let pages = bodies(&[
        r#"{"by-cursor":["a"],"has_more":true,"response_metadata":{"next_cursor":"x="}}"#,
        r#"{"by-cursor":["b"],"has_more":false,"response_metadata":{"next_cursor":"y"}}"#,
    ]);
    let (names, lines) = all(&pages, |client| client.by_cursor().items()).await;
    assert_eq!(names, ["a", "b"]);
    assert_eq!(lines[1], "GET /by-cursor?cursor=x%3D");
    let pages = bodies(&[
        r#"{"data":[{"id":"1"},{"id":"2"}],"has_more":true}"#,
        r#"{"data":[],"has_more":false}"#,
    ]);
    let (_, lines) = all(&pages, |client| client.by_last_item().items()).await;
    assert_eq!(lines[1], "GET /by-last-item?starting_after=2");
    let pages = bodies(&[r#"{"things":[{"id":"1"}],"next":"n"}"#, r#"{"things":[{"id":"2"}]}"#]);
    let (_, lines) = all(&pages, |client| client.fern().items()).await;
    assert_eq!(lines[1], "GET /fern?cursor=n");
    let pages = bodies(&[r#"{"things":[{"id":"1"}],"then":"n"}"#, r#"{"things":[{"id":"2"}]}"#]);
    let (_, lines) = all(&pages, |client| client.stainless().items()).await;
    assert_eq!(lines[1], "GET /stainless?from=n");
}

#[tokio::test]
async fn by_link() {
    let pages = [("link: </by-link?page=2>; rel=next\r\n", THINGS), ("", "[]")];
    let (names, lines) = all(&pages, |client| client.by_link().items()).await;
    assert_eq!(names, ["1", "2"]);
    assert_eq!(lines, ["GET /by-link", "GET /by-link?page=2"]);
    let embedded = r#"{"_embedded":{"items":[{"id":"1"}]},"_links":{"next":{"href":"/more"}}}"#;
    let pages = bodies(&[embedded, r#"{"_embedded":{"items":[]}}"#]);
    let (_, lines) = all(&pages, |client| client.by_url().items()).await;
    assert_eq!(lines, ["GET /by-url", "GET /more"]);
    let pages = bodies(&[
        r#"{"things":[{"id":"1"}],"@odata.nextLink":"ms?$skiptoken=2"}"#,
        r#"{"things":[]}"#,
    ]);
    let (_, lines) = all(&pages, |client| client.ms().items()).await;
    assert_eq!(lines[1], "GET /ms?$skiptoken=2");
}

#[tokio::test]
async fn a_page_comes_with_its_headers() {
    let link = format!("{HEAD}link: <https://elsewhere.example/>; rel=next\r\n\r\n{THINGS}");
    let (url, served) = answer_each(&[&link]);
    let mut pages: Pages<_> = client!(pagination, url).by_link().pages();
    let page = pages.next().await.expect("a page").expect("a success");
    assert_eq!((page.status().as_u16(), page.body().len()), (200, 2));
    let error = pages.next().await.expect("the link").expect_err("to another place");
    assert!(
        matches!(error.kind(), ErrorKind::Paging(PagingError::ForeignLink { target }) if target == "https://elsewhere.example")
    );
    assert!(pages.next().await.is_none());
    served.join().expect("one call");
}
