//! Where pages begin, how they go on, and where they end.

use std::task::Poll;

use envoi_runtime::{ErrorKind, Operation, Pages, PagingError};

use super::support::{Answer, Server, builder, header};
use super::{
    BY_KEY, ByCursor, ByHeader, ByLast, ByLink, ByOffset, ByPage, ByPageFromZero, ByPageOfMany, ByPageWithMore, ByUrl,
    KEY, collect, parameter, request, run, targets,
};

fn page(items: &str) -> Answer {
    Answer::json(200, &format!("{{\"data\": [{items}]}}"))
}

#[tokio::test]
async fn an_empty_page_is_the_end_where_nothing_else_says_so() {
    let answer = |line: &str| match parameter(line, "page%5Bnumber%5D") {
        None => page("1, 2"),
        Some("2") => page("3"),
        _ => page(""),
    };
    let (items, error, targets) = run::<ByPage>(answer, |_| {}).await;
    assert_eq!(items, [1, 2, 3]);
    assert!(error.is_none());
    assert_eq!(
        targets,
        ["/things", "/things?page%5Bnumber%5D=2", "/things?page%5Bnumber%5D=3"]
    );
}

#[tokio::test]
async fn pages_begin_where_the_caller_says() {
    let answer = |line: &str| {
        page(if parameter(line, "page%5Bnumber%5D") == Some("3") {
            "7"
        } else {
            ""
        })
    };
    let begin = |request: &mut envoi_runtime::Request| {
        request.set(envoi_runtime::Parameter::query("page[number]"), &3);
        request.query("q", "a b");
    };
    let (items, _, targets) = run::<ByPage>(answer, begin).await;
    assert_eq!(items, [7]);
    assert_eq!(
        targets,
        [
            "/things?page%5Bnumber%5D=3&q=a%20b",
            "/things?q=a%20b&page%5Bnumber%5D=4"
        ]
    );
}

#[tokio::test]
async fn the_number_of_pages_is_the_end() {
    let answer = |_: &str| Answer::json(200, "{\"data\": [], \"meta\": {\"total\": 2}, \"at\": 0}");
    let (_, error, _) = run::<ByPageOfMany>(answer, |_| {}).await;
    assert!(error.is_none(), "the first of two pages, and the second");
    let numbered = |line: &str| {
        let number = parameter(line, "page").unwrap_or("x");
        Answer::json(
            200,
            &format!("{{\"data\": [1], \"meta\": {{\"total\": 3}}, \"at\": \"{number}\"}}"),
        )
    };
    let (items, _, targets) = run::<ByPageOfMany>(numbered, |_| {}).await;
    assert_eq!((items.len(), targets.len()), (3, 3));
    let (_, _, targets) = run::<ByPageFromZero>(numbered, |_| {}).await;
    assert_eq!(targets, ["/things", "/things?page=1", "/things?page=2"]);
    let last = |request: &mut envoi_runtime::Request| request.query("page", "3");
    let (_, _, targets) = run::<ByPageOfMany>(numbered, last).await;
    assert_eq!(targets.len(), 1);
}

#[tokio::test]
async fn what_says_that_there_is_more_is_believed() {
    for last in ["false", "null", "\"\""] {
        let answer = move |line: &str| match parameter(line, "page") {
            None => Answer::json(200, "{\"data\": [1], \"more\": true}"),
            Some("2") => Answer::json(200, "{\"data\": [], \"more\": \"https://elsewhere.example/3\"}"),
            _ => Answer::json(200, &format!("{{\"data\": [3], \"more\": {last}}}")),
        };
        let (items, error, targets) = run::<ByPageWithMore>(answer, |_| {}).await;
        assert_eq!((items, targets.len()), (vec![1, 3], 3));
        assert!(error.is_none());
    }
    let (_, _, targets) = run::<ByPageWithMore>(|_| page("1"), |_| {}).await;
    assert_eq!(targets.len(), 1, "nothing said is nothing more");
}

#[tokio::test]
async fn offsets_count_the_items_that_came() {
    let answer = |line: &str| match parameter(line, "offset") {
        None => page("1, 2, 3"),
        Some("3") => page("4"),
        _ => page(""),
    };
    let (items, _, targets) = run::<ByOffset>(answer, |_| {}).await;
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(targets, ["/things", "/things?offset=3", "/things?offset=4"]);
}

#[tokio::test]
async fn a_short_page_is_the_end_only_where_the_document_promises_full_ones() {
    let answer = |line: &str| {
        page(if parameter(line, "offset").is_none() {
            "1, 2"
        } else {
            ""
        })
    };
    let (items, _, targets) = run::<ByOffset>(answer, |request| request.query("limit", "3")).await;
    assert_eq!((items, targets.len()), (vec![1, 2], 1));
    // the server may give less than more than it can
    let (_, _, targets) = run::<ByOffset>(answer, |request| request.query("limit", "101")).await;
    assert_eq!(targets.len(), 2);
}

#[tokio::test]
async fn a_number_that_is_none_is_not_counted_on() {
    let (_, error, targets) = run::<ByOffset>(|_| page("1"), |request| request.query("offset", "-1")).await;
    assert!(matches!(error.expect("an error").kind(), ErrorKind::Encode(error) if error.parameter() == "offset"));
    assert!(targets.is_empty());
}

#[tokio::test]
async fn tokens_are_followed_until_there_is_none() {
    for last in ["null", "\"\"", "{}", "[]"] {
        let answer = move |line: &str| match parameter(line, "cursor") {
            None => Answer::json(200, "{\"data\": [1], \"next\": \"a/b c\"}"),
            Some("a%2Fb%20c") => Answer::json(200, "\u{feff}{\"data\": [2], \"next\": 12345678901234567890}"),
            _ => Answer::json(200, &format!("{{\"data\": [3], \"next\": {last}}}")),
        };
        let (items, error, targets) = run::<ByCursor>(answer, |request| request.query("q", "x")).await;
        assert_eq!(items, [1, 2, 3]);
        assert!(error.is_none());
        let expected = [
            "/things?q=x",
            "/things?q=x&cursor=a%2Fb%20c",
            "/things?q=x&cursor=12345678901234567890",
        ];
        assert_eq!(targets, expected);
    }
    let answer = |_: &str| Answer::json(200, "{\"data\": [1], \"next\": \"n\", \"has_more\": false}");
    let (_, _, targets) = run::<ByCursor>(answer, |_| {}).await;
    assert_eq!(targets.len(), 1, "no more although there is a token");
}

#[tokio::test]
async fn the_last_item_can_be_the_token() {
    let answer = |line: &str| match parameter(line, "starting_after") {
        None => Answer::json(200, "{\"data\": [1, 5], \"has_more\": true}"),
        _ => Answer::json(200, "{\"data\": [7], \"has_more\": false}"),
    };
    let (items, _, targets) = run::<ByLast>(answer, |_| {}).await;
    assert_eq!(items, [1, 5, 7]);
    assert_eq!(targets[1], "/things?starting_after=5");
}

#[tokio::test]
async fn a_header_can_have_the_token() {
    let answer = |line: &str| match parameter(line, "cursor") {
        None => Answer::new(
            200,
            "Content-Type: application/json\r\nX-Next: n1\r\n",
            "{\"data\": [1]}",
        ),
        _ => page("2"),
    };
    let (items, _, targets) = run::<ByHeader>(answer, |_| {}).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(targets[1], "/things?cursor=n1");
}

#[tokio::test]
async fn links_are_found_among_others() {
    for links in [
        "Link: </things?p=2>; rel=\"next\"\r\n",
        "Link: </things?p=9>; rel=\"prev\", </things?p=2>; rel=next; title=x\r\n",
        "Link: </x>; rel=\"last\"; title=\"a, <b>; rel=\\\"next\\\"\",</things?p=2>;REL=\"prefetch NEXT\"\r\n",
        "Link: </x>; rel=prev\r\nlink: <?p=2>; title=\"\"; rel=\"next\"\r\n",
        "Link: </x>; rel=next; anchor=\"/other\", <things?p=2>;rel=next\r\n",
        "Link: </x>; rel=prev; rel=next, </things?p=2>; rel = \"next\"\r\n",
    ] {
        let answer = move |line: &str| match parameter(line, "p") {
            None => Answer::new(
                200,
                &format!("Content-Type: application/json\r\n{links}"),
                "{\"data\": [1]}",
            ),
            _ => page("2"),
        };
        let (items, error, targets) = run::<ByLink>(answer, |_| {}).await;
        assert_eq!(items, [1, 2], "{links} {error:?}");
        assert_eq!(targets[1], "/things?p=2", "{links}");
    }
    for links in [
        "",
        "Link: nonsense\r\n",
        "Link: <\r\n",
        "Link: </x>; title=\"rel=next\r\n",
        "Link: </x>;rel=previous\r\n",
    ] {
        let headers = format!("Content-Type: application/json\r\n{links}");
        let (items, error, _) = run::<ByLink>(move |_| Answer::new(200, &headers, "{\"data\": [1]}"), |_| {}).await;
        assert_eq!(items, [1], "{links}");
        assert!(error.is_none());
    }
}

#[tokio::test]
async fn each_page_is_a_call_with_the_settings_of_the_first_but_its_key() {
    let server = Server::start(|line: &str| match parameter(line, "cursor") {
        None => Answer::json(200, "{\"data\": [1], \"next\": \"n\"}"),
        _ => page("2"),
    })
    .await;
    let client = builder(&server.origin)
        .credential(&KEY, envoi_runtime::Credential::secret("secret"))
        .build()
        .expect("client");
    let info = envoi_runtime::OperationInfo {
        security: BY_KEY,
        ..ByCursor::INFO
    };
    let mut request = client.operation(Box::leak(Box::new(info)));
    request.header("X-Own", "mine");
    request.idempotency_key("once");
    let (items, _) = collect(request.items::<ByCursor>()).await;
    assert_eq!(items, [1, 2]);
    for (request, key) in server.seen().iter().zip([Some("once"), None]) {
        assert_eq!(header(request, "x-own").as_deref(), Some("mine"));
        assert_eq!(header(request, "x-api-key").as_deref(), Some("secret"));
        assert_eq!(header(request, "idempotency-key").as_deref(), key);
    }
}

#[tokio::test]
async fn pages_come_whole_one_at_a_time_and_may_be_waited_for_twice() {
    let server = Server::start(|line: &str| match parameter(line, "cursor") {
        None => Answer::new(
            200,
            "Content-Type: application/json\r\nX-Request-Id: first\r\n",
            "{\"data\": [1], \"next\": \"n\"}",
        ),
        _ => page("2"),
    })
    .await;
    let mut pages: Pages<ByCursor> = request::<ByCursor>(&server).pages();
    assert!(targets(&server).is_empty(), "nothing is asked before it is wanted");
    let mut next = Box::pin(pages.next());
    let given_up = std::future::poll_fn(|context| Poll::Ready(next.as_mut().poll(context).is_pending())).await;
    drop(next);
    assert!(given_up);
    let first = pages.next().await.expect("a page").expect("a success");
    assert_eq!(first.request_id(), Some("first"));
    assert_eq!(
        targets(&server).len(),
        1,
        "the call went on, and the second is not asked for yet"
    );
    let second = pages.next().await.expect("a page").expect("a success");
    assert_eq!(second.into_body()["data"][0], 2);
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_failed_page_ends_the_stream() {
    let answer = |line: &str| match parameter(line, "cursor") {
        None => Answer::json(200, "{\"data\": [1], \"next\": \"n\"}"),
        _ => Answer::json(500, "{}"),
    };
    let (items, error, targets) = run::<ByCursor>(answer, |_| {}).await;
    assert_eq!(items, [1]);
    assert_eq!(
        error.expect("an error").status().map(|status| status.as_u16()),
        Some(500)
    );
    assert_eq!(targets.len(), 2);
}

#[tokio::test]
async fn streams_can_be_sent_and_are_shown_without_what_they_hold() {
    fn is_send<T: Send + Unpin>(_: &T) {}
    let server = Server::start(|_| page("1")).await;
    let pages = request::<ByUrl>(&server).pages::<ByUrl>();
    let items = request::<ByUrl>(&server).items::<ByUrl>();
    is_send(&pages);
    is_send(&items);
    assert_eq!(
        format!("{pages:?} {items:?}"),
        "Pages { operation: \"ListThings\", .. } Items { operation: \"ListThings\", at_hand: 0, .. }"
    );
    let joined = tokio::spawn(async move { collect(items).await.0 });
    assert_eq!(joined.await.expect("a task"), [1]);
}

#[tokio::test]
async fn there_is_a_limit_of_pages() {
    let server = Server::start(|line: &str| {
        let number = parameter(line, "cursor")
            .and_then(|text| text.parse::<u64>().ok())
            .unwrap_or(0)
            + 1;
        Answer::json(200, &format!("{{\"data\": [{number}], \"next\": \"{number}\"}}"))
    })
    .await;
    let items = request::<ByCursor>(&server).items::<ByCursor>().max_pages(3);
    let (items, error) = collect(items).await;
    assert_eq!(items, [1, 2, 3]);
    let error = error.expect("an error");
    assert!(matches!(
        error.kind(),
        ErrorKind::Paging(PagingError::TooManyPages { limit: 3 })
    ));
    assert_eq!(error.to_string(), "ListThings: there are more than 3 pages");
    assert_eq!(targets(&server).len(), 3);
}

#[test]
fn code_that_is_not_asynchronous_waits() {
    let running = tokio::runtime::Runtime::new().expect("a runtime");
    let answer = |line: &str| match parameter(line, "cursor") {
        None => Answer::json(200, "{\"data\": [1], \"next\": \"n\"}"),
        _ => page("2"),
    };
    let server = running.block_on(Server::start(answer));
    let mut items = request::<ByCursor>(&server).items::<ByCursor>();
    let all: Vec<u64> = std::iter::from_fn(|| items.next_blocking())
        .map(|item| item.expect("an item"))
        .collect();
    assert_eq!(all, [1, 2]);
    let mut pages = request::<ByCursor>(&server).pages::<ByCursor>();
    assert!(pages.next_blocking().is_some_and(|page| page.is_ok()));
    assert!(pages.next_blocking().is_some());
    assert!(pages.next_blocking().is_none());
}
