//! Redirects that are followed, refused, or results.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use envoi_runtime::http::{Method, StatusCode};
use envoi_runtime::{Credential, ErrorKind, Operation, OperationInfo, Redirected, Redirects, Undeclared, Undocumented};

use super::support::{Answer, Server, builder, client, header};
use super::{BEARER, COOKIE, KEY, List, list_error};

fn hops(line: &str) -> Answer {
    let path = line.split(' ').nth(1).unwrap_or_default();
    match path.strip_prefix("/hop/").and_then(|rest| rest.parse::<usize>().ok()) {
        Some(0) => Answer::json(200, "{}"),
        Some(left) => Answer::redirect(302, &format!("/hop/{}", left - 1)),
        None => Answer::redirect(path.trim_start_matches('/').parse().unwrap_or(500), "/hop/0"),
    }
}

#[tokio::test]
async fn redirects_on_the_same_origin_are_followed() {
    let server = Server::start(hops).await;
    let client = builder(&server.origin)
        .credential(&BEARER, Credential::secret("s"))
        .build()
        .expect("client");
    let reply = client.request(Method::GET, "/hop/5").send().await.expect("followed");
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(server.seen().len(), 6);
    for request in server.seen() {
        assert_eq!(header(&request, "authorization").as_deref(), Some("Bearer s"));
        assert_eq!(header(&request, "referer"), None);
    }
    let error = client
        .request(Method::GET, "/hop/6")
        .call::<Undocumented>()
        .await
        .expect_err("one too many");
    assert!(matches!(error.kind(), ErrorKind::Redirect { target } if *target == server.origin));
    assert_eq!(server.seen().len(), 12);
}

#[tokio::test]
async fn redirects_and_methods() {
    let query = Method::from_bytes(b"QUERY").expect("a token");
    let table = [
        (Method::GET, 301, Some("GET /hop/0")),
        (Method::HEAD, 302, Some("HEAD /hop/0")),
        (Method::POST, 301, None),
        (Method::POST, 302, None),
        (Method::PUT, 303, Some("GET /hop/0")),
        (query.clone(), 301, Some("QUERY /hop/0")),
        (query.clone(), 303, Some("GET /hop/0")),
        (Method::POST, 307, Some("POST /hop/0")),
        (Method::DELETE, 308, Some("DELETE /hop/0")),
    ];
    for (method, status, second) in table {
        let server = Server::start(hops).await;
        let mut request = client(&server).request(method.clone(), &format!("/{status}"));
        request.body("text/plain", "body");
        let outcome = request.call::<Undocumented>().await;
        let seen = server.seen();
        assert_eq!(outcome.is_ok(), second.is_some(), "{method} {status}: {outcome:?}");
        assert_eq!(seen.len(), if second.is_some() { 2 } else { 1 });
        if let (Some(line), Some(request)) = (second, seen.get(1)) {
            assert!(request.starts_with(line), "{request}");
            let kept = status >= 307 || line.starts_with(method.as_str());
            assert_eq!(request.ends_with("body"), kept, "{request}");
            assert_eq!(header(request, "content-type").is_some(), kept, "{request}");
        }
    }
}

#[tokio::test]
async fn redirects_to_other_origins_are_refused() {
    let other = Server::start(|_| Answer::json(200, "{}")).await;
    let port = other.origin.rsplit(':').next().unwrap_or_default().to_owned();
    let targets = [
        (format!("{}/x?token=t", other.origin), other.origin.clone()),
        (format!("//127.0.0.1:{port}/x"), other.origin.clone()),
        (format!("http://localhost:{port}/x"), format!("http://localhost:{port}")),
        (
            format!("https://127.0.0.1:{port}/x"),
            format!("https://127.0.0.1:{port}"),
        ),
        ("file:///etc/passwd".to_owned(), "null".to_owned()),
    ];
    for (location, origin) in targets {
        for status in [301, 307] {
            let location = location.clone();
            let server = Server::start(move |_| Answer::redirect(status, &location)).await;
            let client = builder(&server.origin)
                .credential(&KEY, Credential::secret("s"))
                .build()
                .expect("client");
            let error = client.operation(&List::INFO).call::<List>().await.expect_err("refused");
            assert!(
                matches!(error.kind(), ErrorKind::Redirect { target } if *target == origin),
                "{error:?}"
            );
            assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
            assert_eq!(
                error.to_string(),
                format!("ListItems: a redirect to {origin} was not followed")
            );
            assert!(!format!("{error:?}").contains("token"), "{error:?}");
            let reply = client.request(Method::POST, "/").send().await.expect("a redirect");
            assert_eq!((reply.status_code(), reply.redirects_to().is_some()), (status, true));
        }
    }
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn redirects_that_are_results() {
    let server = Server::start(|_| Answer::new(302, "", "")).await;
    let reply = client(&server)
        .request(Method::GET, "/")
        .send()
        .await
        .expect("no location, no redirect");
    assert_eq!(reply.status_code(), 302);

    let error = list_error(|_| Answer::new(301, "", "")).await;
    assert!(matches!(error.kind(), ErrorKind::UndocumentedStatus), "{error:?}");

    let headers = "Location: https://example.com/\r\nContent-Type: application/json\r\n";
    let error = list_error(move |_| Answer::new(302, headers, r#"{"see":"there"}"#)).await;
    assert_eq!(
        error.api().and_then(|api| api.0.get("see")).map(String::as_str),
        Some("there")
    );

    // user information in a location would be sent as a credential, even to the same origin
    let location = Arc::new(Mutex::new(String::new()));
    let known = Arc::clone(&location);
    let server = Server::start(move |_| Answer::redirect(307, &known.lock().expect("location"))).await;
    let client = client(&server);
    for (count, user) in [(1, "user"), (2, ":password")] {
        *location.lock().expect("location") = server.origin.replace("http://", &format!("http://{user}@"));
        let call = client.request(Method::GET, "/").call::<Undocumented>();
        let error = call.await.expect_err("refused");
        assert!(matches!(error.kind(), ErrorKind::Redirect { target } if *target == server.origin));
        assert_eq!(server.seen().len(), count, "not followed even once");
    }
}

/// What a redirect leads to that an operation has as its only success.
enum Download {}

impl Operation for Download {
    type Output = Redirected;
    type Decoder = Redirected;
    type Error = Undeclared;
    const INFO: OperationInfo = OperationInfo {
        streams: &[(200, 299, "*/*")],
        security: &[&[&BEARER, &KEY, &COOKIE]],
        ..OperationInfo::new("Download", "GET", "/archive")
    };
}

#[tokio::test]
async fn downloads_from_another_origin() {
    let store = Server::start(|line| match line.contains("/first") {
        true => Answer::redirect(302, "/signed?signature=s3cr3t-enough"),
        false => Answer::new(200, "Content-Type: application/zip\r\n", "octets"),
    })
    .await;
    let first = format!("{}/first", store.origin);
    let location = first.clone();
    let server = Server::start(move |_| Answer::redirect(302, &location)).await;
    let client = |redirects| {
        builder(&server.origin)
            .credential(&BEARER, Credential::secret("bearer"))
            .credential(&KEY, Credential::secret("key"))
            .credential(&COOKIE, Credential::secret("cookie"))
            .default_header("X-Own", "o")
            .redirects(redirects)
            .build()
            .expect("client")
    };
    for redirects in [Redirects::SameOrigin, Redirects::None] {
        let found = client(redirects).operation(&Download::INFO).call::<Download>().await;
        let found = found.expect("the location is the result").into_body();
        assert_eq!(found.location(), Some(first.as_str()));
        assert!(store.seen().is_empty());
    }

    let found = client(Redirects::Anywhere)
        .operation(&Download::INFO)
        .future::<Download>()
        .await;
    let content = found.expect("followed").into_content().expect("content");
    assert_eq!(content.collect().await.expect("all of it"), "octets");
    let seen = store.seen();
    assert_eq!(seen.len(), 2);
    for request in seen {
        for name in ["authorization", "x-api-key", "cookie", "x-own"] {
            assert_eq!(header(&request, name), None, "{request}");
        }
        assert!(header(&request, "user-agent").is_some(), "{request}");
    }

    // one call can decide for itself
    let mut request = client(Redirects::None).operation(&Download::INFO);
    request.redirects(Redirects::Anywhere);
    let found = request.call::<Download>().await.expect("followed");
    assert!(found.body().location().is_none());
}

#[tokio::test]
async fn where_nobody_is_followed() {
    let other = Server::start(|_| Answer::json(200, "{}")).await;
    // what changes something, and what says who one is
    let locations = [other.origin.clone(), other.origin.replace("http://", "http://user@")];
    for (location, method) in [
        (&locations[0], Method::POST),
        (&locations[0], Method::PUT),
        (&locations[1], Method::GET),
    ] {
        for status in [302, 307] {
            let location = location.clone();
            let server = Server::start(move |_| Answer::redirect(status, &location)).await;
            let client = builder(&server.origin)
                .redirects(Redirects::Anywhere)
                .build()
                .expect("client");
            let call = client.request(method.clone(), "/").call::<Undocumented>();
            let error = call.await.expect_err("refused");
            assert!(matches!(error.kind(), ErrorKind::Redirect { .. }), "{error:?}");
        }
    }
    assert!(other.seen().is_empty());
    let server = Server::start(hops).await;
    let client = builder(&server.origin)
        .redirects(Redirects::None)
        .build()
        .expect("client");
    let reply = client.request(Method::GET, "/hop/1").send().await.expect("refused");
    assert_eq!(
        reply.redirects_to().map(str::to_owned),
        Some(format!("{}/hop/0", server.origin)),
        "relative in the header, absolute here"
    );
}

/// The time is that of the call, not that of one hop.
#[tokio::test]
async fn redirects_do_not_extend_the_time() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(40));
        Answer::redirect(302, "/again")
    })
    .await;
    let client = builder(&server.origin)
        .timeout(Duration::from_millis(100))
        .build()
        .expect("client");
    let error = client.request(Method::GET, "/").send().await.expect_err("too slow");
    assert!(error.is_timeout(), "{error:?}");
}

/// A POST that was answered must not be sent again because the way to the answer is gone.
#[tokio::test]
async fn nobody_there_after_a_redirect() {
    for (method, retryable) in [(Method::POST, false), (Method::PUT, true)] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bind");
        let base = format!("http://{}", listener.local_addr().expect("address"));
        let server = std::thread::spawn(move || {
            use std::io::{Read as _, Write as _};
            let (mut stream, _) = listener.accept().expect("accept");
            drop(listener);
            let _ = stream.read(&mut [0; 4096]);
            let reply = "HTTP/1.1 303 X\r\nLocation: /x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            stream.write_all(reply.as_bytes()).expect("write");
        });
        let client = builder(&base).build().expect("client");
        let error = client.request(method, "/").send().await.expect_err("gone");
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(error.is_retryable(), retryable);
        server.join().expect("server");
    }
}
