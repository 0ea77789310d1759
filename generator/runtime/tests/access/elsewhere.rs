//! Credentials that are not those of the client: headers set by hand, middleware, proxies, and none at all.

use envoi_runtime::{Client, ClientBuilder, Credential, ErrorKind, InMemory, Next, OperationInfo, TransportFuture};
use http::{HeaderValue, Request, Response};

use super::{
    ANY, BASIC, BEARER, BY_BEARER, BY_KEY, BY_KEYS, BY_LOGIN, BY_SIGNATURE, BY_TOKEN, COOKIE, KEY, PERHAPS_BY_KEY,
    QUERY,
};

const BY_BEARER_AND_KEY: OperationInfo = OperationInfo {
    security: &[&[&BEARER, &KEY]],
    ..ANY
};
const BY_BEARER_OR_KEY: OperationInfo = OperationInfo {
    security: &[&[&BEARER], &[&KEY]],
    ..ANY
};
const BY_QUERY: OperationInfo = OperationInfo {
    security: &[&[&QUERY]],
    ..ANY
};
const BY_COOKIE: OperationInfo = OperationInfo {
    security: &[&[&COOKIE]],
    ..ANY
};
const ELSEWHERE: OperationInfo = OperationInfo {
    server: "https://upload.example.com",
    ..BY_KEY
};

fn server() -> InMemory {
    InMemory::new(|_| Response::new("{}".into()))
}

fn builder(server: &InMemory) -> ClientBuilder {
    ClientBuilder::new("envoi-test/1", "https://api.example.com").transport(server.clone())
}

async fn call(client: &Client, info: &'static OperationInfo) -> Result<(), ErrorKind> {
    let kind = |error: envoi_runtime::Error| match error.kind() {
        ErrorKind::MissingCredential { alternatives } => ErrorKind::MissingCredential { alternatives },
        ErrorKind::InsecureCredential => ErrorKind::InsecureCredential,
        ErrorKind::UntrustedOrigin { .. } => ErrorKind::UntrustedOrigin { origin: String::new() },
        _ => panic!("{error:?}"),
    };
    client.operation(info).send().await.map(drop).map_err(kind)
}

/// The header of the last request.
fn sent(server: &InMemory, name: &str) -> Option<String> {
    let requests = server.requests();
    let value = requests.last()?.headers().get(name)?;
    Some(value.to_str().expect("text").to_owned())
}

fn signed<'a>(mut request: Request<envoi_runtime::Body>, next: Next<'a>) -> TransportFuture<'a> {
    request
        .headers_mut()
        .insert("authorization", HeaderValue::from_static("Signature abc"));
    next.run(request)
}

#[tokio::test]
async fn a_header_by_hand_is_the_credential_of_the_scheme_that_goes_there() {
    let server = server();
    let client = builder(&server)
        .default_header("Authorization", "Bearer by-hand")
        .build()
        .expect("client");
    for info in [&BY_BEARER, &BY_TOKEN, &BY_LOGIN, &BY_SIGNATURE, &BY_BEARER_OR_KEY] {
        call(&client, info).await.expect("sent");
        assert_eq!(sent(&server, "authorization").as_deref(), Some("Bearer by-hand"));
    }
    for info in [&BY_KEY, &BY_BEARER_AND_KEY] {
        let error = call(&client, info).await.expect_err("there is no key");
        assert!(matches!(error, ErrorKind::MissingCredential { .. }));
    }

    // the rest of an alternative is the client's
    let client = builder(&server)
        .default_header("Authorization", "Bearer by-hand")
        .credential(&KEY, "a-key")
        .build()
        .expect("client");
    call(&client, &BY_BEARER_AND_KEY).await.expect("sent");
    assert_eq!(sent(&server, "x-api-key").as_deref(), Some("a-key"));
    // what is configured comes first, where either would do
    call(&client, &BY_BEARER_OR_KEY).await.expect("sent");
    assert_eq!(sent(&server, "x-api-key").as_deref(), Some("a-key"));
}

#[tokio::test]
async fn what_a_call_has_by_hand_counts_for_that_call() {
    let server = server();
    let client = builder(&server).build().expect("client");
    let mut request = client.operation(&BY_KEYS);
    request.header("X-Api-Key", "one");
    request.query("api key", "two");
    request.header("Cookie", "other=1; session=three");
    request.send().await.expect("sent");
    assert!(server.requests()[0].headers()["x-api-key"].is_sensitive());
    let mut request = client.operation(&BY_KEYS);
    request.header("X-Api-Key", "one");
    request.header("Cookie", "sessions=three");
    let error = request.send().await.expect_err("no query, and another cookie");
    assert!(matches!(error.kind(), ErrorKind::MissingCredential { .. }), "{error:?}");
}

#[tokio::test]
async fn a_key_by_hand_is_kept_like_one_of_the_client() {
    let server = server();
    let plain = builder(&server)
        .base_url("http://api.example.com")
        .default_header("X-Api-Key", "by-hand")
        .build()
        .expect("client");
    let error = call(&plain, &BY_KEY).await.expect_err("plain http");
    assert!(matches!(error, ErrorKind::InsecureCredential));
    let client = builder(&server)
        .default_header("X-Api-Key", "by-hand")
        .build()
        .expect("client");
    let error = call(&client, &ELSEWHERE).await.expect_err("another origin");
    assert!(matches!(error, ErrorKind::UntrustedOrigin { .. }));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn middleware_may_sign() {
    let server = server();
    for client in [
        builder(&server).attempt_middleware(signed),
        builder(&server).middleware(signed),
    ] {
        let client = client.build().expect("client");
        for info in [&BY_BEARER, &BY_LOGIN, &BY_KEY, &BY_SIGNATURE] {
            call(&client, info).await.expect("sent");
            assert_eq!(sent(&server, "authorization").as_deref(), Some("Signature abc"));
        }
    }
    // what the client has is sent beside it
    let client = builder(&server)
        .attempt_middleware(signed)
        .credential(&KEY, "a-key")
        .build()
        .expect("client");
    call(&client, &BY_BEARER_AND_KEY).await.expect("sent");
    assert_eq!(sent(&server, "x-api-key").as_deref(), Some("a-key"));
    // and where its credential must not go, the call does not go either
    let error = call(&client, &ELSEWHERE).await.expect_err("another origin");
    assert!(matches!(error, ErrorKind::UntrustedOrigin { .. }));
}

#[tokio::test]
async fn a_client_may_call_without_credentials() {
    let server = server();
    let client = builder(&server).without_credentials().build().expect("client");
    for info in [&BY_BEARER, &BY_KEYS, &BY_LOGIN, &BY_TOKEN, &BY_SIGNATURE, &ELSEWHERE] {
        call(&client, info).await.expect("sent");
        assert_eq!(sent(&server, "authorization"), None);
    }
    let client = builder(&server).credential(&KEY, "a-key").credential(&BASIC, "x");
    assert!(client.build().is_err(), "what is configured is still checked");
}

#[tokio::test]
async fn a_call_may_go_without_the_credentials_of_its_client() {
    let server = server();
    let client = builder(&server).credential(&KEY, "a-key").build().expect("client");
    for info in [&BY_KEY, &PERHAPS_BY_KEY, &ELSEWHERE] {
        let mut request = client.operation(info);
        request.without_credentials();
        request.send().await.expect("sent");
        assert_eq!(sent(&server, "x-api-key"), None);
    }
    let mut request = client.request(http::Method::GET, "/status");
    request.without_credentials();
    request.send().await.expect("sent");
    assert_eq!(sent(&server, "x-api-key"), None);
    call(&client, &BY_KEY).await.expect("sent");
    assert_eq!(sent(&server, "x-api-key").as_deref(), Some("a-key"));
}

#[tokio::test]
async fn a_pair_by_hand_is_sent_in_place_of_the_clients() {
    let server = server();
    let client = builder(&server)
        .credential(&QUERY, Credential::secret("of-the-client"))
        .credential(&COOKIE, Credential::secret("of-the-client"))
        .build()
        .expect("client");
    let mut request = client.operation(&BY_QUERY);
    request.query("api key", "by-hand");
    request.send().await.expect("sent");
    let uri = server.requests().last().expect("a request").uri().to_string();
    assert_eq!(uri, "https://api.example.com/s?api%20key=by-hand");

    let mut request = client.operation(&BY_COOKIE);
    request.header("cookie", "other=1; session=by-hand");
    request.send().await.expect("sent");
    assert_eq!(sent(&server, "cookie").as_deref(), Some("other=1; session=by-hand"));
}

#[tokio::test]
async fn what_is_set_by_hand_is_not_sent_in_plain_text() {
    let server = server();
    let client = builder(&server)
        .base_url("http://api.example.com")
        .build()
        .expect("client");
    for (info, query, header) in [
        (&BY_QUERY, Some("api key"), None),
        (&BY_COOKIE, None, Some(("cookie", "session=by-hand"))),
        (&BY_KEY, None, Some(("x-api-key", "by-hand"))),
    ] {
        let mut request = client.operation(info);
        if let Some(name) = query {
            request.query(name, "by-hand");
        }
        if let Some((name, value)) = header {
            request.header(name, value);
        }
        let error = request.send().await.expect_err("plain text");
        assert!(matches!(error.kind(), ErrorKind::InsecureCredential), "{error:?}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn what_is_set_by_hand_is_shown_nowhere() {
    const SECRET: &str = "tok_live_0123456789";
    let server = InMemory::new(|_| {
        let mut response = Response::new(format!("{{\"error\": \"bad {SECRET}\"}}").into());
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        response
    });
    let shown =
        async |client: ClientBuilder, info: &'static OperationInfo, pair: Option<(&str, &str)>, by_query: bool| {
            let mut request = client.build().expect("client").operation(info);
            match pair {
                Some((name, value)) if by_query => request.query(name, value),
                Some((name, value)) => request.header(name, value),
                None => {}
            }
            let error = request.send().await.map(|reply| format!("{reply:?}"));
            error.unwrap_or_else(|error| format!("{error} {error:?}"))
        };
    let bearer = format!("Bearer {SECRET}");
    let sid = format!("a=b; session={SECRET}");
    let plain = || builder(&server);
    for text in [
        shown(
            plain().default_header("authorization", bearer.as_str()),
            &BY_BEARER,
            None,
            false,
        )
        .await,
        shown(plain(), &BY_BEARER, Some(("authorization", &bearer)), false).await,
        shown(
            plain().without_credentials(),
            &BY_BEARER,
            Some(("authorization", &bearer)),
            false,
        )
        .await,
        shown(plain(), &BY_KEY, Some(("x-api-key", SECRET)), false).await,
        shown(plain(), &BY_QUERY, Some(("api key", SECRET)), true).await,
        shown(plain(), &BY_COOKIE, Some(("cookie", &sid)), false).await,
    ] {
        assert!(text.contains("bad ***") && !text.contains(SECRET), "{text}");
    }
}
