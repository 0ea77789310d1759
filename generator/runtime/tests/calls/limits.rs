//! Limits of time and size, and exchanges that break.

use std::time::{Duration, Instant};

use envoi_runtime::http::{Method, StatusCode};
use envoi_runtime::{DecodeError, ErrorKind, Undocumented};

use super::list_error;
use super::support::{Answer, Server, builder, client};

#[tokio::test]
async fn limits_of_time() {
    let silent = || Answer::raw(String::new(), b"").then_hang();
    let stalled = || {
        let head = "HTTP/1.1 200 OK\r\nX-Request-Id: r1\r\nContent-Length: 10\r\n\r\n";
        Answer::raw(head.to_owned(), b"{").then_hang()
    };
    let short = Duration::from_millis(60);
    let server = Server::start(move |line| if line.contains("/silent") { silent() } else { stalled() }).await;
    let total = builder(&server.origin).timeout(short).build().expect("client");
    let idle = builder(&server.origin).idle_timeout(short).build().expect("client");
    let per_call = builder(&server.origin).build().expect("client");
    for path in ["/silent", "/stalled"] {
        for (client, limit) in [(&total, None), (&idle, None), (&per_call, Some(short))] {
            if path == "/silent" && std::ptr::eq(client, &idle) {
                continue;
            }
            let start = Instant::now();
            let mut request = client.request(Method::GET, path);
            limit.into_iter().for_each(|limit| request.timeout(limit));
            let error = request.send().await.expect_err("too slow");
            assert!(
                error.is_timeout() && !error.is_connect() && !error.is_retryable(),
                "{error:?}"
            );
            assert!(start.elapsed() < Duration::from_secs(2));
            assert_eq!(error.request_id(), (path == "/stalled").then_some("r1"));
        }
    }
}

/// Some servers think for minutes before they answer.
#[tokio::test]
async fn the_wait_for_a_reply_is_that_of_the_call() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(200));
        Answer::json(200, "{}")
    })
    .await;
    let client = builder(&server.origin)
        .idle_timeout(Duration::from_millis(20))
        .build()
        .expect("client");
    client.request(Method::GET, "/").send().await.expect("slow, not silent");
}

#[tokio::test]
async fn limits_of_a_call_replace_those_of_the_client() {
    let server = Server::start(|line| match line.contains("/long") {
        true => Answer::new(200, "", [b'x'; 1000]),
        false => Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".to_owned(), b"{").then_hang(),
    })
    .await;
    let client = builder(&server.origin).max_body_bytes(10).build().expect("client");
    let mut request = client.request(Method::GET, "/long");
    request.max_body_bytes(1000);
    assert_eq!(request.send().await.expect("fits").body().len(), 1000);
    let mut request = client.request(Method::GET, "/stalled");
    request.idle_timeout(Duration::from_millis(60));
    let error = request.send().await.expect_err("too slow");
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn nobody_there() {
    let client = builder("http://127.0.0.1:1").build().expect("client");
    let error = client.request(Method::POST, "/").send().await.expect_err("refused");
    assert!(
        error.is_connect() && error.is_retryable() && error.reply().is_none(),
        "{error:?}"
    );
    assert_eq!(error.to_string(), "undocumented operation: no connection could be made");
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn limits_of_size() {
    let sizes = |line: &str| match line.split(' ').nth(1) {
        Some("/exact") => Answer::new(200, "", [b'x'; 1000]),
        Some("/chunked") => {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned();
            Answer::raw(
                head,
                format!("258\r\n{0}\r\n258\r\n{0}\r\n0\r\n\r\n", "x".repeat(600)).as_bytes(),
            )
        }
        Some("/error") => Answer::new(500, "", vec![b'x'; 200_000]),
        _ => Answer::new(200, "", vec![b'x'; 1001]),
    };
    let server = Server::start(sizes).await;
    let small = builder(&server.origin).max_body_bytes(1000).build().expect("client");
    assert_eq!(
        small
            .request(Method::GET, "/exact")
            .send()
            .await
            .expect("fits")
            .body()
            .len(),
        1000
    );
    for path in ["/over", "/chunked"] {
        let error = small.request(Method::GET, path).send().await.expect_err("too large");
        assert!(
            matches!(error.kind(), ErrorKind::BodyTooLarge { limit: 1000 }),
            "{error:?}"
        );
        assert_eq!(
            (error.status(), error.body().map(|body| body.len())),
            (Some(StatusCode::OK), Some(1000))
        );
        assert!(!error.is_retryable());
    }
    let call = client(&server).request(Method::GET, "/error").call::<Undocumented>();
    let cut = call.await.expect_err("an error");
    assert_eq!(cut.body().map(|body| body.len()), Some(64 * 1024));
    assert!(
        matches!(cut.kind(), ErrorKind::UndocumentedStatus),
        "cut, not refused: {cut:?}"
    );
}

#[tokio::test]
async fn broken_exchanges() {
    let table = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", Some(2)),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
            Some(2),
        ),
        ("SSH-2.0-OpenSSH_9.6\r\n", None),
        ("", None),
    ];
    for (text, kept) in table {
        let error = list_error(move |_| Answer::raw(text.to_owned(), b"")).await;
        assert!(matches!(error.kind(), ErrorKind::Transport), "{text}: {error:?}");
        assert_eq!(error.body().map(|body| body.len()), kept, "{text}");
        // what was answered is not asked for again
        assert_eq!(error.is_retryable(), kept.is_none(), "{text}");
    }
    // without a length, the end of the connection looks like the end of the body
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"data\": [{\"sta";
    let error = list_error(move |_| Answer::raw(head.to_owned(), b"")).await;
    assert_eq!(
        error.to_string(),
        "ListItems: the response could not be decoded at data[0].sta: EOF while parsing a string (was the body cut off?)"
    );
}

#[tokio::test]
async fn long_bodies_are_not_shown_whole() {
    let error = list_error(|_| Answer::new(400, "Content-Type: text/html\r\n", "é".repeat(5000))).await;
    assert!(
        error.to_string().ends_with(&format!(" {}…", "é".repeat(200))),
        "{error}"
    );
    // an error body that was cut is kept, and no longer JSON
    let long = format!("{{\"m\": \"{}\"}}", "x".repeat(70_000));
    let error = list_error(move |_| Answer::json(400, &long)).await;
    match error.kind() {
        ErrorKind::Decode(DecodeError::Json { path, .. }) => assert_eq!(path, "m"),
        other => panic!("{other:?}"),
    }
    assert_eq!(error.body().map(|body| body.len()), Some(64 * 1024));
}

/// serde_json's limit of depth holds, so a deep text is an error and not the end of the process.
#[tokio::test]
async fn deep_json_is_refused() {
    let deep = format!("{{\"x\": {}", "[".repeat(100_000));
    let error = list_error(move |_| Answer::json(200, &deep)).await;
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
}
