//! Which credentials are sent, and that nothing shows them.

use envoi_runtime::http::Method;
use envoi_runtime::{Credential, ErrorKind, Scheme};

use super::support::{Answer, Server, builder, header, info};
use super::{BASIC, BEARER, COOKIE, KEY, List, QUERY};

const CANARY: &str = "canary/41 5";

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
        "TestOperation: no credential is configured; required: `key`, or `query` and `cookie`"
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
        let headers = format!("Content-Type: text/html\r\nX-Echo: key={CANARY}\r\nSet-Cookie: sid=hidden\r\n");
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
        for secret in [CANARY, "sid=hidden", "canary%2F41%205", "dXNlcjpjYW5hcnkvNDEgNQ"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}
