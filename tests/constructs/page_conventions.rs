//! Pages as well-known APIs have them: each is walked to its end.

use envoi_runtime::{ErrorKind, Items, Paged, PagingError};

use crate::fixtures::page_conventions::Client;
use crate::fixtures::page_conventions::models::{NotionQueryRequest, NotionQueryRequestFilter, Thing};
use crate::server::{Received, answer_each, client};

const HEAD: &str = "200 OK\r\ncontent-type: application/json\r\n";

/// The items of all pages, as one text, and the calls for them.
async fn all<Op>(pages: &[(&str, &str)], call: impl FnOnce(&Client) -> Items<Op>) -> (String, Vec<Received>)
where
    Op: Paged<Item = Thing> + 'static,
    Op::Error: std::fmt::Debug,
{
    let replies: Vec<String> = pages
        .iter()
        .map(|(head, body)| match *body {
            "" => crate::server::NO_CONTENT.to_owned(),
            body => format!("{HEAD}{head}\r\n{body}"),
        })
        .collect();
    let replies: Vec<&str> = replies.iter().map(String::as_str).collect();
    let (url, served) = answer_each(&replies);
    let mut items = call(&client!(page_conventions, url));
    let mut names = String::new();
    while let Some(item) = items.next().await {
        names += &item.expect("an item").id;
    }
    (names, served.join().expect("as many calls as pages"))
}

/// Walks through pages of bodies: what they hold, and what the pages after the first are asked for with.
async fn walk<Op>(bodies: &[&str], call: impl FnOnce(&Client) -> Items<Op>) -> (String, Vec<String>)
where
    Op: Paged<Item = Thing> + 'static,
    Op::Error: std::fmt::Debug,
{
    let pages: Vec<(&str, &str)> = bodies.iter().map(|body| ("", *body)).collect();
    let (names, calls) = all(&pages, call).await;
    (names, lines(&calls))
}

/// Method and target of all calls but the first.
fn lines(calls: &[Received]) -> Vec<String> {
    calls.iter().skip(1).map(|received| received.line.clone()).collect()
}

const FIRST: &str = r#"[{"id":"a"},{"id":"b"}]"#;
const LAST: &str = r#"[{"id":"c"}]"#;

/// Two pages: one with members beside its items, and one with others.
macro_rules! two {
    ($items:literal, $first:literal, $last:literal) => {
        [
            &format!(concat!("{{\"", $items, "\":{}", $first, "}}"), FIRST),
            &format!(concat!("{{\"", $items, "\":{}", $last, "}}"), LAST),
        ]
    };
}

#[tokio::test]
async fn stripe() {
    let list = two!(
        "data",
        ",\"has_more\":true,\"object\":\"list\",\"url\":\"/\"",
        ",\"has_more\":false,\"object\":\"list\",\"url\":\"/\""
    );
    let (names, lines) = walk(&list.map(|body| body.as_str()), |client| {
        client.stripe_charges().items()
    })
    .await;
    assert_eq!(
        (names.as_str(), &*lines),
        ("abc", &["GET /stripe/charges?starting_after=b".to_owned()][..])
    );
    let found = two!(
        "data",
        ",\"has_more\":true,\"next_page\":\"n\"",
        ",\"has_more\":false,\"next_page\":null"
    );
    let (names, lines) = walk(&found.map(|body| body.as_str()), |client| {
        client.stripe_search().items()
    })
    .await;
    assert_eq!(
        (names.as_str(), &*lines),
        ("abc", &["GET /stripe/charges/search?page=n".to_owned()][..])
    );
}

#[tokio::test]
async fn identifiers_of_the_last_item() {
    let more = ",\"has_more\":true,\"first_id\":\"a\",\"last_id\":\"z\"";
    let files = [
        format!("{{\"data\":{FIRST}{more}}}"),
        format!("{{\"data\":{LAST},\"has_more\":false,\"first_id\":\"c\",\"last_id\":\"c\"}}"),
    ];
    let files = files.each_ref().map(String::as_str);
    let (names, lines) = walk(&files, |client| client.openai_files().items()).await;
    assert_eq!(
        (names.as_str(), lines[0].as_str()),
        ("abc", "GET /openai/files?after=z")
    );
    let (names, lines) = walk(&files, |client| client.anthropic_models().items()).await;
    assert_eq!(
        (names.as_str(), lines[0].as_str()),
        ("abc", "GET /anthropic/models?after_id=z")
    );
    let (names, lines) = walk(&files, |client| client.openai_jobs().items()).await;
    assert_eq!((names.as_str(), lines[0].as_str()), ("abc", "GET /openai/jobs?after=b"));
}

#[tokio::test]
async fn tokens_of_replies() {
    let slack = two!(
        "channels",
        ",\"ok\":true,\"response_metadata\":{{\"next_cursor\":\"dGVhbTpD=\"}}",
        ",\"ok\":true,\"response_metadata\":{{\"next_cursor\":\"\"}}"
    );
    let (names, lines) = walk(&slack.map(|body| body.as_str()), |client| {
        client.slack_conversations().items()
    })
    .await;
    assert_eq!(
        (names.as_str(), lines[0].as_str()),
        ("abc", "GET /slack/conversations.list?cursor=dGVhbTpD%3D")
    );
    let google = two!("types", ",\"nextPageToken\":\"t\"", "");
    let (names, lines) = walk(&google.map(|body| body.as_str()), |client| {
        client.google_entity_types("p").page_size(2).items()
    })
    .await;
    assert_eq!(
        (names.as_str(), lines[0].as_str()),
        ("abc", "GET /google/p/entityTypes?pageSize=2&pageToken=t")
    );
    let pages = [("NextPageToken: t\r\n", FIRST), ("", LAST)];
    let (names, calls) = all(&pages, |client| client.visma_users().items()).await;
    assert_eq!(
        (names.as_str(), calls[1].line.as_str()),
        ("abc", "GET /visma/users?pageToken=t")
    );
}

#[tokio::test]
async fn links_in_headers() {
    let pages = [
        ("link: </gitlab/users?id_after=b>; rel=\"next\"\r\n", FIRST),
        ("", LAST),
    ];
    let (names, calls) = all(&pages, |client| client.gitlab_users().pagination("keyset").items()).await;
    assert_eq!(
        (names.as_str(), calls[1].line.as_str()),
        ("abc", "GET /gitlab/users?id_after=b")
    );
    let products = [format!("{{\"products\":{FIRST}}}"), format!("{{\"products\":{LAST}}}")];
    let previous = "link: </shopify/products.json?page_info=p>; rel=\"previous\"\r\n";
    let next = "link: </shopify/products.json?page_info=p>; rel=\"previous\", \
        </shopify/products.json?page_info=n>; rel=\"next\"\r\n";
    let pages = [(next, products[0].as_str()), (previous, products[1].as_str())];
    let (names, calls) = all(&pages, |client| client.shopify_products().items()).await;
    assert_eq!(
        (names.as_str(), calls[1].line.as_str()),
        ("abc", "GET /shopify/products.json?page_info=n")
    );
    let pages = [("link: </github/audit-log?after=x>; rel=next\r\n", FIRST), ("", LAST)];
    let (names, calls) = all(&pages, |client| client.github_audit_log().items()).await;
    assert_eq!(
        (names.as_str(), calls[1].line.as_str()),
        ("abc", "GET /github/audit-log?after=x")
    );
}

#[tokio::test]
async fn links_in_bodies() {
    let graph = two!("value", ",\"@odata.nextLink\":\"/graph/users?$skiptoken=x\"", "");
    let (names, lines) = walk(&graph.map(|body| body.as_str()), |client| client.graph_users().items()).await;
    assert_eq!(
        (names.as_str(), lines[0].as_str()),
        ("abc", "GET /graph/users?$skiptoken=x")
    );
    let azure = two!("value", ",\"nextLink\":\"/azure/servers?page=2\"", "");
    let (names, lines) = walk(&azure.map(|body| body.as_str()), |client| {
        client.azure_servers().items()
    })
    .await;
    assert_eq!(
        (names.as_str(), lines[0].as_str()),
        ("abc", "GET /azure/servers?page=2")
    );
    let hal = [
        format!("{{\"_embedded\":{{\"orders\":{FIRST}}},\"_links\":{{\"next\":{{\"href\":\"/hal/orders?page=1\"}}}}}}"),
        format!("{{\"_embedded\":{{\"orders\":{LAST}}},\"_links\":{{\"self\":{{\"href\":\"/hal/orders?page=1\"}}}}}}"),
    ];
    let (names, lines) = walk(&hal.each_ref().map(String::as_str), |client| {
        client.hal_orders().items()
    })
    .await;
    assert_eq!((names.as_str(), lines[0].as_str()), ("abc", "GET /hal/orders?page=1"));
    for next in [
        "\"/jsonapi/articles?page=2\"",
        "{\"href\":\"/jsonapi/articles?page=2\"}",
    ] {
        let pages = [
            format!("{{\"data\":{FIRST},\"links\":{{\"next\":{next}}}}}"),
            format!("{{\"data\":{LAST},\"links\":{{\"next\":null}}}}"),
        ];
        let pages = pages.each_ref().map(String::as_str);
        let (names, lines) = walk(&pages, |client| client.jsonapi_articles().items()).await;
        assert_eq!(
            (names.as_str(), lines[0].as_str()),
            ("abc", "GET /jsonapi/articles?page=2")
        );
    }
}

#[tokio::test]
async fn numbers() {
    let total = "X-Pages: 2\r\nX-Total-Pages: 2\r\n";
    let pages = [(total, FIRST), (total, LAST)];
    let (names, calls) = all(&pages, |client| client.evetech_contracts().items()).await;
    assert_eq!(
        (names.as_str(), calls[1].line.as_str()),
        ("abc", "GET /evetech/contracts?page=2")
    );
    let (names, calls) = all(&pages, |client| client.gitlab_projects().items()).await;
    assert_eq!(
        (names.as_str(), calls[1].line.as_str()),
        ("abc", "GET /gitlab/projects?page=2")
    );
    let pages = [("", FIRST), ("", "")];
    let (names, calls) = all(&pages, |client| client.github_contributors().items()).await;
    assert_eq!((names.as_str(), calls.len()), ("ab", 2), "204 is a page without items");
    for (first, second) in [("0", "page=1"), ("1", "page=2")] {
        let meta = |number: &str| format!("\"meta\":{{\"current_page\":{number},\"total_pages\":2}}");
        let pages = [
            format!("{{\"data\":{FIRST},{}}}", meta(first)),
            format!("{{\"data\":{LAST},{}}}", meta("7")),
        ];
        let pages = pages.each_ref().map(String::as_str);
        let (names, lines) = walk(&pages, |client| client.laravel_posts().items()).await;
        assert_eq!(
            (names.as_str(), lines[0].as_str()),
            ("abc", &*format!("GET /laravel/posts?{second}"))
        );
    }
    let pages = [
        format!("{{\"Items\":{FIRST},\"StartIndex\":1}}"),
        format!("{{\"Items\":{LAST},\"StartIndex\":3}}"),
        "{\"Items\":[]}".to_owned(),
    ];
    let pages = pages.each_ref().map(String::as_str);
    let (names, lines) = walk(&pages, |client| client.jellyfin_items().items()).await;
    assert_eq!(names, "abc");
    assert_eq!(
        lines,
        ["GET /jellyfin/items?startIndex=3", "GET /jellyfin/items?startIndex=4"]
    );
}

#[tokio::test]
async fn a_page_without_its_number_is_no_guess() {
    let page = format!("{HEAD}\r\n{{\"data\":{FIRST}}}");
    let (url, served) = answer_each(&[&page]);
    let mut pages = client!(page_conventions, url).laravel_posts().pages();
    assert!(pages.next().await.expect("a page").is_ok());
    let error = pages.next().await.expect("an error").expect_err("no number");
    assert!(matches!(error.kind(), ErrorKind::Paging(PagingError::Unnumbered)));
    served.join().expect("one call");
}

#[tokio::test]
async fn members_of_bodies() {
    let pages = two!(
        "results",
        ",\"has_more\":true,\"next_cursor\":\"n\\\"1\"",
        ",\"has_more\":false,\"next_cursor\":null"
    );
    let pages: Vec<(&str, &str)> = pages.iter().map(|body| ("", body.as_str())).collect();
    let query = NotionQueryRequest {
        filter: Some(NotionQueryRequestFilter { above: Some(1.5) }),
        page_size: Some(2),
        ..NotionQueryRequest::default()
    };
    let (names, calls) = all(&pages, |client| client.notion_query("d", &query).items()).await;
    assert_eq!(names, "abc");
    assert_eq!(calls[1].line, "POST /notion/databases/d/query");
    assert_eq!(calls[0].body, r#"{"filter":{"above":1.5},"page_size":2}"#);
    assert_eq!(
        calls[1].body,
        r#"{"filter":{"above":1.5},"page_size":2,"start_cursor":"n\"1"}"#
    );
    // a call without a body has one from the second page on
    let pages = two!("Jars", ",\"NextToken\":\"n\"", "");
    let pages: Vec<(&str, &str)> = pages.iter().map(|body| ("", body.as_str())).collect();
    let (names, calls) = all(&pages, |client| client.aws_list().items()).await;
    assert_eq!(names, "abc");
    assert_eq!(
        (calls[0].body.as_str(), calls[1].body.as_str()),
        ("", r#"{"NextToken":"n"}"#)
    );
    assert_eq!(calls[1].header("content-type"), Some("application/json"));
    assert_eq!(calls[1].line, "POST /aws/list");
}
