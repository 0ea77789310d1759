//! Base URLs, path templates and paths that are refused.

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{Parameter, Style};

use super::support::{Answer, Server, builder, info};
use super::{echo, encode_error};

#[tokio::test]
async fn path_values_that_are_refused() {
    let p = Parameter::path("p");
    let table = [
        ("/a/{p}/b", p, json!("."), "p"),
        ("/a/{p}/b", p, json!(".."), "p"),
        ("/a/{p}/b", p, json!(""), "p"),
        ("/a/{p}/b", p, Value::Null, "p"),
        ("/a/{p}/b", p, json!([]), "p"),
        ("/a/.{p}/b", p, json!("."), "p"),
        ("/a/{p}", p.style(Style::Label), json!(""), "p"),
        ("/a/{p}", p.allow_reserved(), json!("x/../y"), "p"),
        ("/a/{p}", p.allow_reserved(), json!("%2e%2E"), "p"),
        ("/a/{p}/{other}", p, json!("x"), "other"),
        ("/a/../{p}", p, json!("secret"), "path"),
    ];
    let (server, client) = echo().await;
    for (template, parameter, value, named) in table {
        let mut request = client.operation(info(template, &[]));
        request.set(parameter, &value);
        let error = encode_error(request).await;
        assert_eq!(error.parameter(), named, "{template} {value}");
        assert!(!error.to_string().contains("secret"));
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn templates_and_bases() {
    let table = [
        ("", "/v{p}/x", "/v7/x"),
        ("/", "/{p}.json", "/7.json"),
        ("/api/v1/", "/{p}/", "/api/v1/7/"),
        ("/api", "/a b|{p}%20:@", "/api/a%20b%7C7%20:@"),
        ("/api", "/{p}?action=list", "/api/7?action=list&q=1"),
        ("/api", "/{p}?", "/api/7?q=1"),
        ("/api", "/{p}#fragment", "/api/7"),
        ("/a%20b", "//{p}", "/a%20b//7"),
    ];
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    for (base, template, expected) in table {
        let client = builder(&format!("{}{base}", server.origin)).build().expect("client");
        let mut request = client.operation(info(template, &[]));
        request.set(Parameter::path("p"), &7);
        if expected.contains("q=1") {
            request.query("q", "1");
        }
        request.send().await.expect("sent");
        assert_eq!(server.target(), expected, "{base} {template}");
    }
}

#[test]
fn base_urls() {
    let table = [
        ("https://api.example.com/v2/", Ok("https://api.example.com/v2")),
        ("https://[::1]:8443/a", Ok("https://[::1]:8443/a")),
        ("http://localhost:80", Ok("http://localhost")),
        ("", Err("not absolute")),
        ("/api", Err("not absolute")),
        ("ftp://example.com", Err("neither http nor https")),
        ("https://user:canary@example.com", Err("user name or a password")),
        ("https://example.com?x=1", Err("query or a fragment")),
        ("https://example.com#x", Err("query or a fragment")),
    ];
    for (base, expected) in table {
        match (builder(base).build(), expected) {
            (Ok(client), Ok(url)) => assert_eq!(client.base_url(), url),
            (Err(error), Err(reason)) => {
                assert!(error.to_string().contains(reason), "{base}: {error}");
                assert!(!format!("{error} {error:?}").contains("canary"));
            }
            (built, _) => panic!("{base}: {built:?}"),
        }
    }
}

#[tokio::test]
async fn methods() {
    let (server, client) = echo().await;
    for method in ["QUERY", "COPY", "link", "M-SEARCH"] {
        let info = envoi_runtime::OperationInfo::new("TestOperation", method, "/m");
        client.operation(Box::leak(Box::new(info))).send().await.expect("sent");
        let request = server.seen().pop().unwrap_or_default();
        assert!(request.starts_with(&format!("{method} /m ")), "{request}");
    }
    for method in ["", "NO SPACE", "GÉT", "A/B"] {
        let info = envoi_runtime::OperationInfo::new("TestOperation", method, "/m");
        assert_eq!(
            encode_error(client.operation(Box::leak(Box::new(info))))
                .await
                .parameter(),
            "method",
            "{method}"
        );
    }
}

#[tokio::test]
async fn literal_paths() {
    let (server, client) = echo().await;
    let get = || envoi_runtime::http::Method::GET;
    let mut request = client.request(get(), "/a%2Fb/c");
    request.query("k[]", "v w");
    request.send().await.expect("sent");
    assert_eq!(server.target(), "/a%2Fb/c?k%5B%5D=v%20w");
    for path in [
        "",
        "a",
        "/a?b=c",
        "/a#b",
        "/../a",
        "/a/%2E%2e/b",
        "/a\\..\\b",
        "/a\tb",
        "/é",
    ] {
        assert_eq!(
            encode_error(client.request(get(), path)).await.parameter(),
            "path",
            "{path}"
        );
    }
}
