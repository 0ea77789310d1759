//! Calls against a server that is not always kind.

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

use envoi_runtime::http::{Method, StatusCode};
use envoi_runtime::object::{Members, Read, Reader, required};
use envoi_runtime::serde::de::MapAccess;
use envoi_runtime::serde::{Deserialize, Deserializer};
use envoi_runtime::{
    Credential, DecodeError, Decoded, Error, ErrorKind, Operation, OperationInfo, Reply, Response, Scheme,
};
use support::{Answer, Server, builder, client, header, info};

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");
static QUERY: Scheme = Scheme::api_key_query("query", "api key");
static COOKIE: Scheme = Scheme::api_key_cookie("cookie", "session");
static BASIC: Scheme = Scheme::basic("basic");
static BEARER: Scheme = Scheme::bearer("bearer");

const CANARY: &str = "canary/41 5";

/// Reads `{"status": 1}`.
#[derive(Debug)]
struct Item {
    status: i64,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader::<Self>::new("Item"))
    }
}

impl<'de> Read<'de> for Item {
    fn read<A: MapAccess<'de>>(mut object: Members<'de, A>) -> Result<Self, A::Error> {
        let mut status = None;
        while let Some(name) = object.next_name()? {
            match &*name {
                "status" => object.required_into(&mut status)?,
                _ => object.skip()?,
            }
        }
        Ok(Self {
            status: required(status, "status")?,
        })
    }
}

/// 200 with items, 204, 201 as text; 302, 400 and 503 with a map.
enum List {}

impl Operation for List {
    type Output = BTreeMap<String, Vec<Item>>;
    type Error = BTreeMap<String, String>;
    const INFO: OperationInfo = OperationInfo {
        id: "ListItems",
        method: Method::GET,
        path: "/items",
        accept: "application/json",
        security: &[],
    };

    fn output(reply: &Reply) -> Decoded<Self::Output> {
        match reply.status_code() {
            200 | 204 => reply.json(),
            _ => None,
        }
    }

    fn error(reply: &Reply) -> Decoded<Self::Error> {
        match reply.status_code() {
            302 | 400 | 503 => reply.json(),
            _ => None,
        }
    }
}

type Listed = Result<Response<BTreeMap<String, Vec<Item>>>, Error<BTreeMap<String, String>>>;

async fn list(answer: impl Fn(&str) -> Answer + Send + 'static) -> Listed {
    let server = Server::start(answer).await;
    client(&server).operation(List::INFO).call::<List>().await
}

async fn list_error(answer: impl Fn(&str) -> Answer + Send + 'static) -> Error<BTreeMap<String, String>> {
    list(answer).await.expect_err("an error")
}

/// The credentials in a request, each as `place=value`.
fn credentials_in(request: &str) -> Vec<String> {
    let query = request
        .lines()
        .next()
        .and_then(|line| line.split(['?', ' ']).nth(2))
        .unwrap_or_default();
    let key = query.split('&').skip(1).map(str::to_owned);
    let headers = ["x-api-key", "cookie", "authorization"].into_iter();
    key.chain(headers.filter_map(|name| Some(format!("{name}={}", header(request, name)?))))
        .collect()
}

#[tokio::test]
async fn exactly_the_first_configured_alternative_is_sent() {
    const ANY: &[&[&Scheme]] = &[&[&QUERY, &COOKIE], &[&KEY], &[&BEARER]];
    const LOGIN: &[&[&Scheme]] = &[&[&BASIC]];
    const OPTIONAL: &[&[&Scheme]] = &[&[], &[&KEY]];
    const ANONYMOUS: &[&[&Scheme]] = &[&[]];
    type Security = &'static [&'static [&'static Scheme]];
    let table: [(Security, &[&'static Scheme], &[&str]); 9] = [
        (ANY, &[&BEARER], &["authorization=Bearer s"]),
        (ANY, &[&BEARER, &KEY], &["x-api-key=s"]),
        (ANY, &[&BEARER, &QUERY], &["authorization=Bearer s"]),
        (
            ANY,
            &[&KEY, &QUERY, &COOKIE, &BEARER],
            &["api%20key=s", "cookie=session=s"],
        ),
        (LOGIN, &[&KEY, &BASIC], &["authorization=Basic dXNlcjpwYXNz"]),
        (OPTIONAL, &[], &[]),
        (OPTIONAL, &[&KEY], &["x-api-key=s"]),
        (ANONYMOUS, &[&KEY], &[]),
        (&[], &[&KEY, &QUERY], &[]),
    ];
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    for (security, configured, expected) in table {
        let mut settings = builder(&server.origin);
        for &scheme in configured {
            let basic = scheme.name() == "basic";
            let credential = if basic {
                Credential::basic("user", "pass")
            } else {
                Credential::secret("s")
            };
            settings = settings.credential(scheme, credential);
        }
        let client = settings.build().expect("client");
        let mut request = client.operation(info("/s", security));
        request.query("z", "1");
        request.send().await.expect("sent");
        let request = server.seen().pop().unwrap_or_default();
        assert_eq!(credentials_in(&request), expected, "{security:?} {configured:?}");
    }
}

#[tokio::test]
async fn credentials_that_are_not_sent() {
    const EITHER: &[&[&Scheme]] = &[&[&KEY], &[&QUERY, &COOKIE]];
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let without = builder(&server.origin)
        .credential(&QUERY, Credential::secret(CANARY))
        .build()
        .expect("client");
    let error = without.operation(info("/s", EITHER)).send().await.expect_err("missing");
    assert!(matches!(error.kind(), ErrorKind::MissingCredential { alternatives } if *alternatives == EITHER));
    assert_eq!(
        error.to_string(),
        "TestOperation: no credential is configured; it takes `key`, or `query` and `cookie`"
    );
    assert!(server.seen().is_empty());

    for (base, secure) in [
        ("http://192.0.2.1", false),
        ("http://localhost.example.com", false),
        ("http://127.0.0.1:1", true),
        ("http://[::1]:1", true),
        ("http://localhost:1", true),
    ] {
        let client = builder(base)
            .credential(&KEY, Credential::secret(CANARY))
            .build()
            .expect("client");
        let error = client.request(Method::GET, "/").send().await.expect_err("nobody there");
        assert_eq!(
            !matches!(error.kind(), ErrorKind::InsecureCredential),
            secure,
            "{base}: {error:?}"
        );
    }
}

#[test]
fn credentials_that_are_refused() {
    let table = [
        (&KEY, Credential::secret("")),
        (&KEY, Credential::secret("canary\n")),
        (&KEY, Credential::basic("user", "canary")),
        (&BEARER, Credential::secret("canäry")),
        (&COOKIE, Credential::secret("canary;x")),
        (&BASIC, Credential::secret("canary")),
        (&BASIC, Credential::basic("canary:x", "")),
    ];
    for (scheme, credential) in table {
        let error = builder("https://example.com")
            .credential(scheme, credential)
            .build()
            .expect_err("refused");
        assert!(error.to_string().contains(&format!("`{}`", scheme.name())), "{error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary") && !shown.contains("canäry"), "{shown}");
    }
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let echo = |line: &str| {
        let body = format!("{{\"message\": \"{CANARY} is wrong\", \"line\": \"{line}\"}}");
        let headers = format!("Content-Type: text/html\r\nX-Echo: key={CANARY}\r\nSet-Cookie: {CANARY}\r\n");
        match line {
            "GET /items HTTP/1.1" => Answer::new(200, &headers, body),
            _ => Answer::new(418, &headers, body),
        }
    };
    let server = Server::start(echo).await;
    for scheme in [&KEY, &QUERY, &BEARER, &BASIC] {
        let credential = match scheme.name() {
            "basic" => Credential::basic("user", CANARY),
            _ => Credential::secret(CANARY),
        };
        let settings = builder(&server.origin)
            .default_header("Authorization", CANARY)
            .credential(scheme, credential.clone());
        let mut shown = format!("{credential:?} {settings:?}");
        let client = settings.build().expect("client");
        let mut request = client.request(Method::GET, "/x");
        request.header("Authorization", CANARY);
        request.query("own", CANARY);
        shown += &format!("{client:?} {request:?} {:?}", client.clone().request(Method::GET, "/x"));

        let reply = client.request(Method::GET, "/items").send().await.expect("reply");
        shown += &format!("{reply:?} {:?}", reply.headers());
        let error = request.call::<List>().await.expect_err("status");
        shown += &format!("{error} {error:?}");
        let error = client
            .request(Method::GET, "/items")
            .call::<List>()
            .await
            .expect_err("html");
        shown += &format!("{error} {error:?}");
        let dead = builder("http://127.0.0.1:1")
            .credential(scheme, credential)
            .build()
            .expect("client");
        let error = dead
            .request(Method::GET, "/items")
            .send()
            .await
            .expect_err("nobody there");
        shown += &format!("{error} {error:?} {:?}", std::error::Error::source(&error));

        assert!(shown.contains("is wrong") && shown.contains(scheme.name()), "{shown}");
        for secret in [CANARY, "canary%2F41%205", "dXNlcjpjYW5hcnkvNDEgNQ"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}

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
        .send()
        .await
        .expect_err("one too many");
    assert!(matches!(error.kind(), ErrorKind::Redirect { target } if *target == server.origin));
    assert_eq!(server.seen().len(), 12);
}

#[tokio::test]
async fn redirects_and_methods() {
    let table = [
        (Method::GET, 301, Some("GET /hop/0")),
        (Method::HEAD, 302, Some("HEAD /hop/0")),
        (Method::POST, 301, None),
        (Method::POST, 302, None),
        (Method::PUT, 303, Some("GET /hop/0")),
        (Method::POST, 307, Some("POST /hop/0")),
        (Method::DELETE, 308, Some("DELETE /hop/0")),
    ];
    for (method, status, second) in table {
        let server = Server::start(hops).await;
        let mut request = client(&server).request(method.clone(), &format!("/{status}"));
        request.bytes("text/plain", "body");
        let outcome = request.send().await;
        let seen = server.seen();
        assert_eq!(outcome.is_ok(), second.is_some(), "{method} {status}: {outcome:?}");
        assert_eq!(seen.len(), if second.is_some() { 2 } else { 1 });
        if let (Some(line), Some(request)) = (second, seen.get(1)) {
            assert!(request.starts_with(line), "{request}");
            let kept = status >= 307 || method.is_safe();
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
            let error = client.operation(List::INFO).call::<List>().await.expect_err("refused");
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
            let error = client.request(Method::POST, "/").send().await.expect_err("refused");
            assert!(matches!(error.kind(), ErrorKind::Redirect { .. }), "{error:?}");
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
        error.api().and_then(|api| api.get("see")).map(String::as_str),
        Some("there")
    );

    // user information in a location would be sent as a credential
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let location = server.origin.replace("http://", "http://user@");
    let error = list_error(move |_| Answer::redirect(307, &location)).await;
    assert!(matches!(error.kind(), ErrorKind::Redirect { .. }), "{error:?}");
}

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
            let start = Instant::now();
            let mut request = client.request(Method::GET, path);
            limit.into_iter().for_each(|limit| request.timeout(limit));
            let error = request.send().await.expect_err("too slow");
            assert!(
                error.is_timeout() && !error.is_connect() && error.is_retryable(),
                "{error:?}"
            );
            assert!(start.elapsed() < Duration::from_secs(2));
            assert_eq!(error.request_id(), (path == "/stalled").then_some("r1"));
        }
    }
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
    let cut = client(&server)
        .request(Method::GET, "/error")
        .send()
        .await
        .expect("cut, not refused");
    assert_eq!(cut.body().len(), 64 * 1024);
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
        assert!(error.is_retryable());
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
async fn successes() {
    let mark = "\u{feff}{\"data\": [{\"status\": 7}]}";
    for content_type in [
        "Content-Type: application/json; charset=utf-8\r\n",
        "Content-Type: Application/Problem+JSON\r\n",
        "Content-Type: text/json\r\n",
        "",
    ] {
        let headers = format!("{content_type}X-Correlation-Id: c\r\nX-Request-Id: r\r\n");
        let response = list(move |_| Answer::new(200, &headers, mark)).await.expect("decoded");
        assert_eq!(response["data"][0].status, 7);
        assert_eq!((response.status(), response.request_id()), (StatusCode::OK, Some("r")));
        assert_eq!(response.map(|page| page.len()).into_inner(), 1);
    }
}

#[tokio::test]
async fn bodies_that_are_not_as_declared() {
    let html = "Content-Type: text/html\r\n";
    let table = [
        (
            200,
            html,
            "<p>\n\u{202e}",
            "the response could not be decoded: expected JSON, got text/html: <p>\\n\\u{202e}",
        ),
        (
            400,
            html,
            "<p>",
            "400 Bad Request: the response could not be decoded: expected JSON, got text/html: <p>",
        ),
        (200, "", "", "the response could not be decoded: the body is empty"),
        (204, "", "", "the response could not be decoded: the body is empty"),
        (
            200,
            "",
            "\u{feff}\u{feff}{}",
            "the response could not be decoded: expected value",
        ),
        (
            200,
            "",
            "[]",
            "the response could not be decoded: invalid type: sequence, expected a map",
        ),
        (
            200,
            "",
            "{\"data\": [{\"status\":1},\n{\"status\": 2},{\"x\":[\"}\",{}],\"status\":3},\n{\"status\": \"no\"} ]}",
            "the response could not be decoded at data[3].status: invalid type: string \"no\", expected i64",
        ),
        (
            200,
            "",
            "{\"a\\\"b\": [{\"status\":1}], \"data\": [{\"x\": {\"y\": 1}, \"z\": 2 }]}",
            "the response could not be decoded at data[0]: missing field `status`",
        ),
        (
            200,
            "",
            "{\"a b\": [[]]}",
            "the response could not be decoded at [\"a b\"][0]: invalid type: sequence, expected Item",
        ),
        (
            200,
            "",
            "{\"data\": 1}",
            "the response could not be decoded at data: invalid type: integer `1`, expected a sequence",
        ),
        (
            418,
            html,
            "tea\u{1b}[1m",
            "418 I'm a teapot (not documented): tea\\u{1b}[1m",
        ),
        (400, "", "{\"m\": \"e\"}", "400 Bad Request: {\"m\": \"e\"}"),
        (503, "", "{}", "503 Service Unavailable: {}"),
        (404, "", "", "404 Not Found (not documented)"),
        (201, "", "{}", "201 Created (not documented): {}"),
    ];
    for (status, headers, body, expected) in table {
        let error = list_error(move |_| match status {
            204 => Answer::raw("HTTP/1.1 204 X\r\nConnection: close\r\n\r\n".to_owned(), b""),
            _ => Answer::new(status, headers, body),
        })
        .await;
        assert_eq!(error.to_string(), format!("ListItems: {expected}"));
        assert_eq!(error.body().map(|found| &found[..]), Some(body.as_bytes()));
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        assert_eq!(error.operation(), "ListItems");
    }
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

#[tokio::test]
async fn declared_errors_come_by_value() {
    let error = list_error(|_| Answer::json(400, r#"{"m":"e"}"#)).await;
    assert!(!error.is_retryable() && !error.is_timeout());
    assert_eq!(
        error.into_api().ok(),
        Some(BTreeMap::from([("m".to_owned(), "e".to_owned())]))
    );
    let error = list_error(|_| Answer::json(404, "{}")).await;
    assert_eq!(
        error.into_api().err().and_then(|error| error.status()),
        Some(StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn other_bodies() {
    let server = Server::start(|line| match line.contains("/text") {
        true => Answer::new(200, "Content-Type: text/plain\r\n", "\u{feff}é"),
        false => Answer::new(200, "Content-Type: text/plain\r\n", b"\xff"),
    })
    .await;
    let client = client(&server);
    let text = client.request(Method::GET, "/text").send().await.expect("reply");
    assert_eq!(text.text(), Some(Ok("é".to_owned())));
    assert_eq!((text.content_type(), text.empty()), (Some("text/plain"), Some(Ok(()))));
    let octets = client.request(Method::GET, "/octets").send().await.expect("reply");
    assert_eq!(octets.text(), Some(Err(DecodeError::Text)));
    assert_eq!(octets.bytes().and_then(Result::ok).as_deref(), Some(&b"\xff"[..]));
}

/// serde_json's limit of depth holds, so a deep text is an error and not the end of the process.
#[tokio::test]
async fn deep_json_is_refused() {
    let deep = format!("{{\"x\": {}", "[".repeat(100_000));
    let error = list_error(move |_| Answer::json(200, &deep)).await;
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
}

#[tokio::test]
async fn retry_after() {
    let in_an_hour = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    let table = [
        ("1".to_owned(), Some(1..=1)),
        (" 120 ".to_owned(), Some(120..=120)),
        (in_an_hour, Some(3590..=3600)),
        ("Sun, 06 Nov 1994 08:49:37 GMT".to_owned(), Some(0..=0)),
        ("1000000000000".to_owned(), Some(1_000_000_000_000..=1_000_000_000_000)),
        ("-1".to_owned(), None),
        ("+1".to_owned(), None),
        ("1.5".to_owned(), None),
        ("soon".to_owned(), None),
        ("99999999999999999999".to_owned(), None),
        (String::new(), None),
    ];
    for (value, expected) in table {
        let headers = format!("Retry-After: {value}\r\n");
        let error = list_error(move |_| Answer::new(503, &headers, "{}")).await;
        let seconds = error.retry_after().map(|wait| wait.as_secs());
        assert!(error.is_retryable());
        match (seconds, expected) {
            (None, None) => {}
            (Some(seconds), Some(expected)) if expected.contains(&seconds) => {}
            (found, expected) => panic!("{value}: {found:?}, not {expected:?}"),
        }
    }
}

#[tokio::test]
async fn what_can_be_tried_again() {
    let table = [
        (Method::GET, 503, false, true),
        (Method::GET, 500, false, true),
        (Method::DELETE, 429, false, true),
        (Method::PUT, 408, false, true),
        (Method::GET, 404, false, false),
        (Method::GET, 409, false, false),
        (Method::POST, 503, false, false),
        (Method::PATCH, 429, false, false),
        (Method::POST, 503, true, true),
    ];
    for (method, status, keyed, expected) in table {
        let server = Server::start(move |_| Answer::new(status, "", "")).await;
        let mut request = client(&server).request(method.clone(), "/");
        if keyed {
            request.header("Idempotency-Key", "k");
        }
        let error = request.call::<List>().await.expect_err("status");
        assert_eq!(error.is_retryable(), expected, "{method} {status}");
    }
}

#[test]
fn what_crosses_threads() {
    fn crosses<T: Send + Sync + 'static>(_: &T) {}
    fn is_sent<T: Send>(_: T) {}
    let client = builder("https://example.com").build().expect("client");
    crosses(&client);
    crosses(&client.request(Method::GET, "/"));
    is_sent(client.operation(List::INFO).call::<List>());
    is_sent(client.request(Method::GET, "/").send());
    fn error_type<E: std::error::Error + Send + Sync + 'static>() {}
    error_type::<Error<BTreeMap<String, String>>>();
    error_type::<Error>();
}
