//! Servers that lead astray: to other places, out of the API, and round in circles.

use std::sync::{Arc, Mutex};

use envoi_runtime::{Credential, ErrorKind, Operation, OperationInfo, PagingError};

use super::support::{Answer, Server, builder, header};
use super::{
    BY_KEY, BY_QUERY, ByCursor, ByOffsetWithMore, ByPage, ByUrl, KEY, QUERY, collect, parameter, request, run, targets,
};

fn linked(link: &str) -> Answer {
    let link = envoi_runtime::serde_json::Value::from(link);
    Answer::json(200, &format!("{{\"data\": [1], \"links\": {{\"next\": {link}}}}}"))
}

/// Why a link is not followed from an API below `/api`, with the origin of the API in place of `$`.
async fn link_error(link: &'static str) -> PagingError {
    let other = Server::start(|_| Answer::json(200, "{\"data\": [666]}")).await;
    let away = other.origin.clone();
    let server = Server::start(move |line| {
        let host = line.split(' ').nth(1).unwrap_or_default();
        assert!(host.starts_with("/api/"), "{line}");
        linked(&link.replace("$OTHER", &away))
    })
    .await;
    let client = builder(&format!("{}/api", server.origin))
        .credential(&KEY, Credential::secret("secret"))
        .build()
        .expect("client");
    let info = OperationInfo {
        security: BY_KEY,
        ..ByUrl::INFO
    };
    let info = Box::leak(Box::new(info));
    let (items, error) = collect(client.operation(info).items::<ByUrl>()).await;
    let error = error.unwrap_or_else(|| panic!("{link} was followed"));
    assert_eq!(items, [1], "the page itself is good");
    assert_eq!(server.seen().len(), 1, "{link}");
    let mut items = client.operation(info).items::<ByUrl>();
    let blocking =
        tokio::task::spawn_blocking(move || std::iter::from_fn(|| items.next_blocking()).collect::<Vec<_>>());
    let [Ok(1), Err(again)] = &blocking.await.expect("no panic")[..] else {
        panic!("{link} was followed by a blocking call");
    };
    assert_eq!(format!("{again}"), format!("{error}"));
    assert_eq!(server.seen().len(), 2, "{link}");
    assert!(other.seen().is_empty(), "{link}");
    assert!(error.reply().is_some(), "the page says more");
    assert!(!error.is_retryable());
    match error.kind() {
        ErrorKind::Paging(error) => error.clone(),
        other => panic!("{link}: {other:?}"),
    }
}

#[tokio::test]
async fn links_to_other_places_are_not_followed() {
    for link in [
        "$OTHER/api/things",
        "//evil.example/api/things",
        "https://127.0.0.1/api/things",
        "http://localhost:1/api/things",
        "http://user@127.0.0.1/api/things",
        "http://127.0.0.1:80@evil.example/api/things",
        "\\\\evil.example/api",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:,x",
    ] {
        let error = link_error(link).await;
        assert!(matches!(error, PagingError::ForeignLink { .. }), "{link}: {error:?}");
    }
}

#[tokio::test]
async fn users_in_links_are_refused_at_home_too() {
    let home = Arc::new(Mutex::new(String::new()));
    let link = Arc::clone(&home);
    let server = Server::start(move |_| linked(&link.lock().expect("an origin"))).await;
    *home.lock().expect("an origin") = server.origin.replace("http://", "http://user:password@");
    let (_, error) = collect(request::<ByUrl>(&server).items::<ByUrl>()).await;
    assert_eq!(server.seen().len(), 1);
    let text = format!("{error:?} {}", error.as_ref().expect("an error"));
    assert!(matches!(
        error.expect("an error").kind(),
        ErrorKind::Paging(PagingError::ForeignLink { .. })
    ));
    assert!(!text.contains("password"), "{text}");
}

#[tokio::test]
async fn links_out_of_the_api_are_not_followed() {
    for link in [
        "/other/things",
        "/api/../other",
        "../other",
        "..",
        "/api/%2e%2E/other",
        "/api/.%2e/other",
        "..\\other",
        "/api/.\t./other",
        "/apiary/things",
        "/api",
        "/api/things two",
        "http://[",
    ] {
        assert_eq!(link_error(link).await, PagingError::InvalidLink, "{link}");
    }
}

#[tokio::test]
async fn relative_links_are_of_the_page_they_stand_in() {
    for (link, target) in [
        ("?page=2", "/api/things?page=2"),
        ("things?page=2", "/api/things?page=2"),
        ("more/2", "/api/more/2"),
        ("/api/things/2?a=%2F..&&b", "/api/things/2?a=%2F..&b"),
        ("/api/things?x=1#part", "/api/things?x=1"),
    ] {
        let server = Server::start(move |line| match line.starts_with("GET /api/things ") {
            true => linked(link),
            false => Answer::json(200, "{\"data\": [2]}"),
        })
        .await;
        let client = builder(&format!("{}/api/", server.origin)).build().expect("client");
        let (items, error) = collect(client.operation(&ByUrl::INFO).items::<ByUrl>()).await;
        assert!(error.is_none(), "{link}: {error:?}");
        assert_eq!((items, targets(&server)[1].as_str()), (vec![1, 2], target));
    }
}

#[tokio::test]
async fn credentials_are_attached_anew_and_not_taken_from_the_link() {
    let server = Server::start(|line| match parameter(line, "page") {
        None => linked("/things?api+key=stolen&page=2&api%20key=stolen"),
        _ => Answer::json(200, "{\"data\": [2]}"),
    })
    .await;
    let client = builder(&server.origin)
        .credential(&QUERY, Credential::secret("own"))
        .build()
        .expect("client");
    let info = OperationInfo {
        security: BY_QUERY,
        ..ByUrl::INFO
    };
    let (items, error) = collect(client.operation(Box::leak(Box::new(info))).items::<ByUrl>()).await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2]);
    assert_eq!(
        targets(&server),
        ["/things?api%20key=own", "/things?page=2&api%20key=own"]
    );
    assert_eq!(header(&server.seen()[1], "referer"), None);

    // what the caller has set by hand goes with each page, too
    let mut request = client.operation(Box::leak(Box::new(info)));
    request.query("api key", "by-hand");
    let (items, error) = collect(request.items::<ByUrl>()).await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2]);
    assert_eq!(
        targets(&server)[2..],
        ["/things?api%20key=by-hand", "/things?api%20key=by-hand&page=2"]
    );
}

#[tokio::test]
async fn what_leads_back_is_an_error() {
    // to itself
    let (items, error, targets) = run::<ByUrl>(|_| linked("/things"), |_| {}).await;
    assert_eq!((items, targets.len()), (vec![1], 1));
    assert!(matches!(
        error.expect("an error").kind(),
        ErrorKind::Paging(PagingError::Repeated)
    ));
    // in a circle
    let circle = |line: &str| {
        linked(if parameter(line, "p") == Some("2") {
            "?p=3"
        } else {
            "?p=2"
        })
    };
    let (items, error, _) = run::<ByUrl>(circle, |_| {}).await;
    assert_eq!(items.len(), 3);
    assert!(matches!(
        error.expect("an error").kind(),
        ErrorKind::Paging(PagingError::Repeated)
    ));
    // a token that the caller has begun with
    let token = |_: &str| Answer::json(200, "{\"data\": [1], \"next\": \"a b\"}");
    let (items, error, _) = run::<ByCursor>(token, |request| request.query("cursor", "a b")).await;
    assert_eq!(items, [1]);
    let error = error.expect("an error");
    assert!(matches!(error.kind(), ErrorKind::Paging(PagingError::Repeated)));
    assert_eq!(error.to_string(), "ListThings: the next page was requested before");
}

#[tokio::test]
async fn a_server_that_does_not_count_is_noticed() {
    let (items, error, _) = run::<ByPage>(|_| Answer::json(200, "{\"data\": [1, 2]}"), |_| {}).await;
    assert_eq!(items, [1, 2, 1, 2]);
    assert!(matches!(
        error.expect("an error").kind(),
        ErrorKind::Paging(PagingError::Repeated)
    ));
    let nothing = |_: &str| Answer::json(200, "{\"data\": [], \"more\": true}");
    let (items, error, targets) = run::<ByOffsetWithMore>(nothing, |_| {}).await;
    assert_eq!((items.len(), targets.len()), (0, 1));
    assert!(matches!(
        error.expect("an error").kind(),
        ErrorKind::Paging(PagingError::Repeated)
    ));
}

#[tokio::test]
async fn redirects_of_pages_stay_within_the_origin() {
    let other = Server::start(|_| Answer::json(200, "{\"data\": [666]}")).await;
    let away = other.origin.clone();
    let answer = move |line: &str| match parameter(line, "p") {
        None => linked("?p=2"),
        _ => Answer::redirect(302, &away),
    };
    let (items, error, _) = run::<ByUrl>(answer, |_| {}).await;
    assert_eq!(items, [1]);
    assert!(matches!(error.expect("an error").kind(), ErrorKind::Redirect { .. }));
    assert!(other.seen().is_empty());
}
