//! Calls that are sent again, and calls that are not.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use envoi_runtime::http::Method;
use envoi_runtime::{Client, ClientBuilder, Error, ErrorKind, Operation, Parameter, Reply, Retries};

use super::List;
use super::support::{Answer, Server, builder, header};

const FAST: Duration = Duration::from_millis(1);

fn fast() -> Retries {
    Retries::default().base_delay(FAST)
}

fn retrying(server: &Server) -> ClientBuilder {
    builder(&server.origin).retries(fast())
}

/// Fails so many times, then is well.
async fn failing(times: usize, failure: impl Fn() -> Answer + Send + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        before if before < times => failure(),
        _ => Answer::json(200, "{}"),
    })
    .await
}

async fn send(client: &Client, method: &str, key: Option<&str>) -> Result<Reply, Error> {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut request = client.request(method, "/");
    key.into_iter().for_each(|key| request.idempotency_key(key));
    request.send().await
}

#[tokio::test]
async fn what_is_sent_again() {
    let keys = [None, Some("k")];
    let idempotent = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"];
    let once = ["POST", "PATCH", "PURGE"];
    let passing = [408, 429, 500, 502, 503, 504, 599];
    for status in [200, 204, 400, 401, 404, 409, 425, 501].into_iter().chain(passing) {
        let server = Server::start(move |_| Answer::new(status, "", "")).await;
        // a client for each, since the retries of all together are more than one has
        let client = retrying(&server).build().expect("client");
        for (method, key) in idempotent
            .iter()
            .chain(&once)
            .flat_map(|method| keys.map(|key| (method, key)))
        {
            let before = server.seen().len();
            let reply = send(&client, method, key).await.expect("a reply");
            assert_eq!(reply.status_code(), status);
            // what was asked to wait was not done
            let may = key.is_some() || idempotent.contains(method) || status == 429;
            let expected = if may && passing.contains(&status) { 3 } else { 1 };
            assert_eq!(server.seen().len() - before, expected, "{status} {method} {key:?}");
        }
    }
}

#[tokio::test]
async fn the_same_request_is_sent_again() {
    let server = failing(2, || Answer::new(503, "", "")).await;
    let client = retrying(&server).build().expect("client");
    let mut request = client.request(Method::POST, "/items");
    request.idempotency_key("k-1");
    request.body("text/plain", "a jar");
    assert_eq!(request.send().await.expect("a reply").status_code(), 200);
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|request| *request == seen[0]), "{seen:#?}");
    assert_eq!(header(&seen[0], "idempotency-key").as_deref(), Some("k-1"));
    assert!(seen[0].ends_with("a jar"));
}

#[tokio::test]
async fn errors_tell_how_often_the_call_was_sent() {
    let server = failing(4, || Answer::json(503, "{}")).await;
    let client = retrying(&server).build().expect("client");
    let error = client.operation(&List::INFO).call::<List>().await.expect_err("503");
    assert_eq!((error.attempts(), error.is_retryable()), (3, true));
    assert!(format!("{error:?}").contains("attempts: 3"), "{error:?}");
    client
        .operation(&List::INFO)
        .call::<List>()
        .await
        .expect("at the second attempt");
    assert_eq!(server.seen().len(), 5);

    let mut request = client.operation(&List::INFO);
    request.idempotency_key("");
    let error = request.send().await.expect_err("no key");
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error:?}");
    assert_eq!(error.attempts(), 0);
    assert_eq!(server.seen().len(), 5);

    let server = Server::start(|_| Answer::json(501, "")).await;
    let client = retrying(&server).build().expect("client");
    let error = client.operation(&List::INFO).call::<List>().await.expect_err("501");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
}

#[tokio::test]
async fn a_key_counts_however_it_is_set() {
    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let client = retrying(&server).build().expect("client");
    let keyed = retrying(&server)
        .default_header("idempotency-key", "k")
        .build()
        .expect("client");
    let post = |client: &Client| client.request(Method::POST, "/");
    let mut parameter = post(&client);
    parameter.set(Parameter::header("Idempotency-Key"), "k");
    let mut own = post(&client);
    own.header("IDEMPOTENCY-KEY", "k");
    let mut empty = post(&keyed);
    empty.header("Idempotency-Key", "");
    for (request, expected) in [
        (parameter, 3),
        (own, 3),
        (post(&keyed), 3),
        (empty, 1),
        (post(&client), 1),
    ] {
        let before = server.seen().len();
        request.send().await.expect("a reply");
        assert_eq!(server.seen().len() - before, expected);
    }
}

#[tokio::test]
async fn settings_of_a_call_replace_those_of_the_client() {
    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let table = [
        (Retries::none(), None, 1),
        (Retries::none(), Some(fast()), 3),
        (fast(), Some(Retries::none()), 1),
        (fast().attempts(5), None, 5),
        (fast(), Some(fast().attempts(2)), 2),
        (fast(), Some(fast().attempts(0)), 1),
    ];
    for (of_client, of_call, expected) in table {
        let before = server.seen().len();
        let client = builder(&server.origin)
            .retries(of_client.clone())
            .build()
            .expect("client");
        let mut request = client.request(Method::GET, "/");
        of_call.iter().for_each(|retries| request.retries(retries.clone()));
        request.send().await.expect("a reply");
        assert_eq!(server.seen().len() - before, expected, "{of_client:?} {of_call:?}");
    }
}

/// A wait that does not fit is not begun, so that the number of requests tells what was waited for.
#[tokio::test]
async fn servers_may_ask_for_a_wait() {
    let start = Instant::now();
    let date = |seconds| httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(seconds));
    let short = fast().max_retry_after(Duration::from_millis(500));
    let table = [
        (fast(), "0".to_owned(), 2),
        (fast(), "1".to_owned(), 2),
        (fast(), date(1), 2),
        (fast(), "Sun, 06 Nov 1994 08:49:37 GMT".to_owned(), 2),
        (fast(), "soon".to_owned(), 2),
        (short.clone(), "1".to_owned(), 1),
        (short, date(60), 1),
        // below the cap, beyond the timeout of the call
        (fast(), "30".to_owned(), 1),
        (fast(), date(30), 1),
        // beyond both
        (fast(), "61".to_owned(), 1),
        (fast(), date(3600), 1),
        (fast(), u64::MAX.to_string(), 1),
        (fast(), "99999999999999999999999".to_owned(), 1),
    ];
    for (retries, asked, expected) in table {
        let headers = format!("Retry-After: {asked}\r\nContent-Type: application/json\r\n");
        let server = failing(1, move || Answer::new(503, &headers, "{}")).await;
        let client = retrying(&server).retries(retries).build().expect("client");
        let outcome = client.operation(&List::INFO).call::<List>().await;
        assert_eq!(server.seen().len(), expected, "{asked}");
        match outcome {
            Ok(_) => assert_eq!(expected, 2, "{asked}"),
            Err(error) => assert!(
                error.attempts() == 1 && error.retry_after().is_some(),
                "{asked}: {error:?}"
            ),
        }
    }
    assert!(start.elapsed() < Duration::from_secs(25));

    // the timeout would permit it, the cap does not
    let server = Server::start(|_| Answer::new(429, "Retry-After: 61\r\n", "")).await;
    let client = retrying(&server).timeout(Duration::MAX).build().expect("client");
    assert_eq!(
        send(&client, "GET", None).await.expect("a reply").retry_after(),
        Some(Duration::from_secs(61))
    );
    server.only();
}

#[tokio::test]
async fn an_outage_does_not_multiply_the_traffic() {
    let server = Server::start(|line| match line.contains("/bad") {
        true => Answer::new(503, "", ""),
        false => Answer::new(200, "", ""),
    })
    .await;
    let client = retrying(&server).build().expect("client");
    let requests = async |times: usize, path: &str| {
        let before = server.seen().len();
        for _ in 0..times {
            // clones share the budget
            client.clone().request(Method::GET, path).send().await.expect("a reply");
        }
        server.seen().len() - before
    };
    assert_eq!(requests(60, "/bad").await, 60 + 100);
    assert_eq!(requests(5, "/bad").await, 5);
    // ten good replies pay for one retry
    assert_eq!(requests(10, "/good").await, 10);
    assert_eq!(requests(2, "/bad").await, 2 + 1);
}

#[tokio::test]
async fn the_timeout_is_that_of_all_attempts() {
    let start = Instant::now();
    let server = failing(1, || Answer::new(503, "", "")).await;
    let endless = Retries::default()
        .attempts(u32::MAX)
        .base_delay(Duration::MAX)
        .max_delay(Duration::MAX);
    let client = builder(&server.origin).retries(endless).build().expect("client");
    assert_eq!(send(&client, "GET", None).await.expect("a reply").status_code(), 503);
    server.only();

    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let never_tired = fast().attempts(u32::MAX).max_delay(Duration::from_millis(400));
    let client = builder(&server.origin)
        .retries(never_tired)
        .timeout(Duration::from_secs(1))
        .build()
        .expect("client");
    // the last attempt may be too late or not
    let _ = send(&client, "GET", None).await;
    assert!(server.seen().len() > 1);

    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => Answer::new(503, "", ""),
        _ => Answer::raw(String::new(), b"").then_hang(),
    })
    .await;
    let client = retrying(&server)
        .timeout(Duration::from_secs(1))
        .build()
        .expect("client");
    let error = send(&client, "GET", None).await.expect_err("too slow");
    assert!(error.is_timeout() && error.attempts() == 2, "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn connections_that_fail() {
    // where there was no connection, nothing was sent
    let table = [("GET", None, 3, 3), ("POST", None, 3, 1), ("POST", Some("k"), 3, 3)];
    let nobody = builder("http://127.0.0.1:1").retries(fast()).build().expect("client");
    let silent = Server::start(|_| Answer::raw(String::new(), b"")).await;
    let broken = retrying(&silent).build().expect("client");
    for (method, key, unsent, expected) in table {
        let error = send(&nobody, method, key).await.expect_err("refused");
        assert!(error.is_connect() && error.is_retryable(), "{error:?}");
        assert_eq!(error.attempts(), unsent, "{method} {key:?}");
        let before = silent.seen().len();
        let error = send(&broken, method, key).await.expect_err("no reply");
        assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
        assert_eq!(error.attempts(), expected, "{method} {key:?}");
        assert_eq!(
            error.is_retryable(),
            expected > 1,
            "what the client does, the error says"
        );
        assert_eq!(silent.seen().len() - before, expected as usize);
    }
    // what broke off inside a reply has been answered
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}";
    let server = Server::start(move |_| Answer::raw(head.to_owned(), b"")).await;
    let error = send(&retrying(&server).build().expect("client"), "GET", None)
        .await
        .expect_err("cut off");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    server.only();
}

#[tokio::test]
async fn callers_say_what_is_sent_again() {
    let locked = || fast().when(|outcome| outcome.status().is_some_and(|status| status == 423));
    let table = [
        (fast().statuses([409, 429]), "GET", 409, 3),
        (fast().statuses([409, 429]), "GET", 503, 1),
        (fast().statuses([409, 429]), "POST", 409, 1),
        (fast().statuses([409, 429]), "POST", 429, 3),
        (fast().statuses([409]), "POST", 429, 1),
        (fast().methods(["POST"]), "POST", 503, 3),
        (fast().methods(["POST"]), "GET", 503, 1),
        (locked(), "POST", 423, 3),
        (locked(), "GET", 503, 1),
        (
            fast().methods(["PATCH"]).when(|outcome| outcome.is_retryable()),
            "PATCH",
            500,
            3,
        ),
        (fast().when(|outcome| outcome.method() == "GET"), "GET", 200, 1),
        (
            fast().when(|outcome| outcome.headers().is_some_and(|all| all.contains_key("x-again"))),
            "POST",
            400,
            3,
        ),
    ];
    for (retries, method, status, expected) in table {
        let server = Server::start(move |_| Answer::new(status, "X-Again: yes\r\n", "")).await;
        let client = builder(&server.origin)
            .retries(retries.clone())
            .build()
            .expect("client");
        send(&client, method, None).await.expect("a reply");
        assert_eq!(server.seen().len(), expected, "{method} {status} {retries:?}");
    }
    // a predicate is asked about connections, too
    let nobody = builder("http://127.0.0.1:1").retries(fast().when(|outcome| !outcome.is_unsent()));
    let error = send(&nobody.build().expect("client"), "GET", None)
        .await
        .expect_err("refused");
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
}

#[tokio::test]
async fn keys_are_made_for_calls_that_need_them() {
    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let client = retrying(&server).generate_idempotency_keys().build().expect("client");
    let key = |request: &String| header(request, "idempotency-key");
    send(&client, "POST", None).await.expect("a reply");
    send(&client, "POST", None).await.expect("a reply");
    let keys: Vec<String> = server.seen().iter().filter_map(key).collect();
    assert_eq!(keys.len(), 6, "a key makes a call one that may be sent again");
    assert!(
        keys[..3].iter().all(|key| *key == keys[0]),
        "it keeps its key: {keys:?}"
    );
    assert_ne!(keys[0], keys[3], "another call has another key");
    let shape: String = keys[0].chars().map(|c| if c == '-' { '-' } else { 'x' }).collect();
    assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    assert_eq!(
        (&keys[0][14..15], "89ab".contains(&keys[0][19..20])),
        ("4", true),
        "{keys:?}"
    );

    send(&client, "GET", None).await.expect("a reply");
    send(&client, "POST", Some("my own")).await.expect("a reply");
    let keys: Vec<Option<String>> = server.seen()[6..].iter().map(key).collect();
    assert_eq!(keys[..3], [None, None, None]);
    assert_eq!(keys[3].as_deref(), Some("my own"));
}

#[tokio::test]
async fn every_attempt_begins_where_the_first_did() {
    let server = Server::start(|line| match line.contains("/old") {
        true => Answer::redirect(307, "/new"),
        false => Answer::new(503, "", ""),
    })
    .await;
    let client = retrying(&server).retries(fast().attempts(2)).build().expect("client");
    let reply = client.request(Method::GET, "/old").send().await.expect("a reply");
    assert_eq!(reply.status_code(), 503);
    let targets: Vec<String> = server.seen().iter().map(|request| request[4..8].to_owned()).collect();
    assert_eq!(targets, ["/old", "/new", "/old", "/new"]);
}

#[tokio::test]
async fn dropping_a_call_ends_its_retries() {
    let server = Server::start(|_| Answer::new(503, "Retry-After: 1\r\n", "")).await;
    let client = retrying(&server).build().expect("client");
    let answered = async {
        while server.seen().is_empty() {
            tokio::time::sleep(FAST).await;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    tokio::select! {
        outcome = send(&client, "GET", None) => panic!("{outcome:?}"),
        () = answered => {}
    }
    tokio::time::sleep(Duration::from_millis(1500)).await;
    server.only();
}
