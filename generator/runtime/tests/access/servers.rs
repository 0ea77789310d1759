//! Where calls go.

use envoi_runtime::{ClientBuilder, ErrorKind, InMemory, OperationInfo, http, server_url};

use super::support::builder;
use super::{BY_KEY, KEY, PERHAPS_BY_KEY};

#[track_caller]
fn check(template: &str, values: &[(&'static str, &str)], expected: Result<&str, &str>) {
    let url = server_url(template, values);
    let url = url.as_deref().map_err(|error| error.parameter());
    assert_eq!(url, expected, "{template} {values:?}");
}

#[test]
fn values_stay_in_their_part_of_the_url() {
    let host = "https://{r}.example.com";
    for (value, expected) in [
        ("eu", Ok("https://eu.example.com")),
        ("eu-1.a_b", Ok("https://eu-1.a_b.example.com")),
        ("evil.com/", Err("r")),
        ("evil.com?", Err("r")),
        ("evil.com#", Err("r")),
        ("evil.com\\", Err("r")),
        ("user@evil", Err("r")),
        ("evil.com:443", Err("r")),
        ("evil.com%2f", Err("r")),
        ("e\u{301}", Err("r")),
        ("", Err("server")),
        ("a..b", Err("server")),
    ] {
        check(host, &[("r", value)], expected);
    }
    for (value, expected) in [
        ("example.com:8443", Ok("https://example.com:8443/v1")),
        ("[::1]", Ok("https://[::1]/v1")),
        ("0x7f.1", Err("server")),
        ("example.com:x", Err("h")),
        ("example.com:99999", Err("h")),
        ("a:b@c", Err("h")),
    ] {
        check("https://{h}/v1", &[("h", value)], expected);
    }
    check("https://a.example:{p}", &[("p", "8443")], Ok("https://a.example:8443"));
    check("https://a.example:{p}", &[("p", "1@b")], Err("p"));
    check("https://a.example:{p}", &[("p", "99999")], Err("p"));
    for (value, expected) in [
        ("v2/beta", Ok("https://a.example/v2/beta/x")),
        ("a b?c#d%", Ok("https://a.example/a%20b%3Fc%23d%25/x")),
        ("..", Err("v")),
        ("a/../../b", Err("v")),
    ] {
        check("https://a.example/{v}/x", &[("v", value)], expected);
    }
    check("{s}://a.example", &[("s", "http")], Ok("http://a.example"));
    check("{s}://a.example", &[("s", "javascript")], Err("s"));
    check("{u}/v1", &[("u", "https://b.example")], Ok("https://b.example/v1"));
    check("{u}/v1", &[("u", "https://a@b.example")], Err("u"));
    check("{u}/v1", &[("u", "")], Ok("/v1"));
    check("https://a.example/{v}", &[], Err("v"));
    check("/api/v3", &[], Ok("/api/v3"));
}

#[track_caller]
fn base(settings: ClientBuilder, expected: Result<&str, &str>) {
    match (settings.build(), expected) {
        (Ok(client), Ok(expected)) => assert_eq!(client.base_url(), expected),
        (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}"),
        (outcome, _) => panic!("{outcome:?} and not {expected:?}"),
    }
}

#[test]
fn relative_servers_need_an_origin() {
    let relative = || ClientBuilder::new("t/1", "/api/v3/");
    let absolute = || ClientBuilder::new("t/1", "https://api.example.com/v1");
    base(relative(), Err("`origin`"));
    base(
        relative().origin("https://a.example:8443"),
        Ok("https://a.example:8443/api/v3"),
    );
    base(relative().origin("https://a.example/"), Ok("https://a.example/api/v3"));
    base(
        ClientBuilder::new("t/1", "").origin("https://a.example"),
        Ok("https://a.example"),
    );
    base(
        ClientBuilder::new("t/1", "v1").origin("https://a.example"),
        Ok("https://a.example/v1"),
    );
    base(
        ClientBuilder::new("t/1", "//b.example/x").origin("https://a.example"),
        Ok("https://a.example/b.example/x"),
    );
    base(relative().origin("https://a.example/v1"), Err("no path"));
    base(relative().origin("ftp://a.example"), Err("an origin"));
    base(relative().origin("https://u:canary@a.example"), Err("an origin"));
    base(relative().base_url("https://b.example/x"), Ok("https://b.example/x"));
    base(absolute().origin("https://a.example"), Err("has no effect"));
    base(
        ClientBuilder::new("t/1", "https://{r}.example.com"),
        Err("variable without a value"),
    );
    base(
        absolute().server(server_url("https://b.example", &[])),
        Ok("https://b.example"),
    );
    base(
        absolute().server(server_url("/v2", &[])).origin("https://a.example"),
        Ok("https://a.example/v2"),
    );
    base(
        absolute().server(server_url("https://{h}", &[("h", "can/ary")])),
        Err("`h`"),
    );
    base(absolute().trust_origin("https://b.example/v1"), Err("no path"));
    base(absolute().trust_origin("https://*.example.com"), Err("a wildcard"));
    base(absolute().trust_origin("*"), Err("a wildcard"));
    base(absolute().trust_origin("https://b.example:99999"), Err("an origin"));
    base(absolute().base_url("https://b.example:99999"), Err("an invalid port"));
}

/// Where a call of an operation with a server of its own goes, with its credential.
async fn goes(
    server: &'static str,
    anonymous: bool,
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<String, String> {
    let memory = InMemory::new(|_| http::Response::new("".into()));
    let client = set(ClientBuilder::new("t/1", "https://api.example.com/v1").transport(memory.clone()))
        .credential(&KEY, "k")
        .build()
        .expect("client");
    let info = OperationInfo {
        server,
        path: "/f",
        ..if anonymous { PERHAPS_BY_KEY } else { BY_KEY }
    };
    match client.operation(Box::leak(Box::new(info))).send().await {
        Ok(_) => {
            let seen = memory.requests();
            let key = seen[0]
                .headers()
                .get("x-api-key")
                .map_or("", |key| key.to_str().expect("text"));
            Ok(format!("{} {key}", seen[0].uri()))
        }
        Err(error) => {
            assert!(memory.requests().is_empty());
            match error.kind() {
                ErrorKind::UntrustedOrigin { origin } => Err(format!("untrusted {origin}")),
                ErrorKind::InsecureCredential => Err("insecure".to_owned()),
                kind => Err(format!("{kind:?}")),
            }
        }
    }
}

#[tokio::test]
async fn operations_with_servers_of_their_own() {
    let plain = |settings: ClientBuilder| settings;
    let trusting = |settings: ClientBuilder| settings.trust_origin("https://upload.example.com:443/");
    let upload = "https://upload.example.com/v2";
    let ok = |text: &str| Ok(text.to_owned());
    let err = |text: &str| Err(text.to_owned());
    assert_eq!(goes("", false, plain).await, ok("https://api.example.com/v1/f k"));
    assert_eq!(goes("/ops", false, plain).await, ok("https://api.example.com/ops/f k"));
    assert_eq!(
        goes("//evil.example/x", false, plain).await,
        ok("https://api.example.com/evil.example/x/f k")
    );
    assert_eq!(
        goes("https://api.example.com:443/v2", false, plain).await,
        ok("https://api.example.com/v2/f k")
    );
    assert_eq!(
        goes(upload, false, plain).await,
        err("untrusted https://upload.example.com")
    );
    assert_eq!(
        goes("https://api.example.com:8443", false, plain).await,
        err("untrusted https://api.example.com:8443")
    );
    assert_eq!(goes(upload, true, plain).await, ok("https://upload.example.com/v2/f "));
    assert_eq!(
        goes(upload, false, trusting).await,
        ok("https://upload.example.com/v2/f k")
    );
    assert_eq!(
        goes(upload, true, trusting).await,
        ok("https://upload.example.com/v2/f k")
    );
    let by_hand = |settings: ClientBuilder| settings.default_header("Authorization", "mine");
    assert_eq!(
        goes(upload, true, by_hand).await,
        err("untrusted https://upload.example.com")
    );
    let insecure = |settings: ClientBuilder| settings.trust_origin("http://upload.example.com");
    assert_eq!(
        goes("http://upload.example.com", false, insecure).await,
        err("insecure")
    );
    let local = |settings: ClientBuilder| settings.trust_origin("http://127.0.0.1:1");
    assert_eq!(goes("http://127.0.0.1:1", false, local).await, err("insecure"));
    let proxy = |settings: ClientBuilder| settings.base_url("http://127.0.0.1:9/proxy");
    assert_eq!(goes(upload, false, proxy).await, ok("http://127.0.0.1:9/proxy/f k"));
    let other = |settings: ClientBuilder| settings.server(server_url("https://eu.example.com/v1", &[]));
    assert_eq!(goes("/ops", false, other).await, ok("https://eu.example.com/ops/f k"));
    assert_eq!(
        goes("javascript://x", false, plain).await,
        err("Encode(EncodeError { parameter: \"server\", reason: \"is not an http or https URL\" })")
    );
}

#[tokio::test]
async fn what_callers_put_into_headers_is_held_to_https_too() {
    for name in ["Authorization", "Cookie", "Proxy-Authorization"] {
        let client = builder("http://192.0.2.1").build().expect("client");
        let mut request = client.request(http::Method::GET, "/");
        request.header(name, "canary");
        let error = request.send().await.expect_err("over plain http");
        assert!(matches!(error.kind(), ErrorKind::InsecureCredential), "{error:?}");
        let client = builder("http://192.0.2.1")
            .default_header(name, "canary")
            .build()
            .expect("client");
        let error = client
            .request(http::Method::GET, "/")
            .send()
            .await
            .expect_err("over plain http");
        assert!(matches!(error.kind(), ErrorKind::InsecureCredential), "{error:?}");
    }
}
