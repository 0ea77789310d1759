//! Headers and bodies.

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{Encoding, Parameter, Request, Style};

use super::support::{Answer, Server, builder, client, header, info};
use super::{array, echo, encode_error, object};

#[tokio::test]
async fn headers() {
    let h = Parameter::header("X-H");
    let table = [
        (h, json!("a b;c=\"d\""), Some("a b;c=\"d\"")),
        (h, json!(""), Some("")),
        (h, array(), Some("blue,black,brown")),
        (h, object(), Some("B,150,G,200,R,100")),
        (h.explode(true), object(), Some("B=150,G=200,R=100")),
        (h.json(), json!({"a": 1}), Some("{\"a\":1}")),
        (h, Value::Null, None),
        (h, json!([]), None),
    ];
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let client = client(&server);
    for (parameter, value, expected) in table {
        let mut request = client.operation(info("/h", &[]));
        request.set(parameter, &value);
        request.send().await.expect("sent");
        let request = server.seen().pop().unwrap_or_default();
        assert_eq!(raw_header(&request, "x-h").as_deref(), expected, "{value}");
    }
}

/// `support::header` needs a space after the colon, which an empty value does not have.
pub(super) fn raw_header(request: &str, name: &str) -> Option<String> {
    request
        .lines()
        .find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim().to_owned()))
}

#[tokio::test]
async fn header_values_that_are_refused() {
    let (server, client) = echo().await;
    for value in [
        "secret\r\nX-Evil: 1",
        "secret\n",
        "secret\0",
        "secret\u{7f}",
        "sécret",
        "secret\t",
        " secret",
        "secret ",
    ] {
        let mut request = client.operation(info("/h", &[]));
        request.set(Parameter::header("X-H"), value);
        let error = encode_error(request).await;
        assert_eq!(error.parameter(), "X-H");
        assert!(!format!("{error} {error:?}").contains("cret"), "{error:?}");

        let mut request = client.operation(info("/h", &[]));
        request.header("X-Own", value);
        assert_eq!(encode_error(request).await.parameter(), "X-Own");
    }
    for name in [
        "Host",
        "content-length",
        "Transfer-Encoding",
        "Connection",
        "",
        "a b",
        "a:b",
    ] {
        let mut request = client.operation(info("/h", &[]));
        request.header(name, "x");
        assert_eq!(encode_error(request).await.parameter(), name);
        assert!(
            builder(&server.origin).default_header(name, "x").build().is_err(),
            "{name}"
        );
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn bodies() {
    type Set = fn(&mut Request);
    let table: [(Set, &str, &str); 4] = [
        (
            |request| request.json("application/vnd.api+json", &json!({"a": 1})),
            "application/vnd.api+json",
            "{\"a\":1}",
        ),
        (
            |request| {
                let form = json!({"a b": "c&d", "e": [1, 2.0], "n": null, "o": {"x": 1}});
                request.form("application/x-www-form-urlencoded", &[], &form);
            },
            "application/x-www-form-urlencoded",
            "a%20b=c%26d&e=1&e=2&o=%7B%22x%22%3A1%7D",
        ),
        (|request| request.body("text/csv", "a,b"), "text/csv", "a,b"),
        (
            |request| {
                request.header("Content-Type", "text/own");
                request.json("application/json", &1);
            },
            "text/own",
            "1",
        ),
    ];
    let (server, client) = echo().await;
    for (set, media_type, body) in table {
        let mut request = client.request(envoi_runtime::http::Method::POST, "/b");
        set(&mut request);
        request.send().await.expect("sent");
        let request = server.seen().pop().unwrap_or_default();
        assert_eq!(header(&request, "content-type").as_deref(), Some(media_type));
        assert_eq!(request.split_once("\r\n\r\n").map(|(_, body)| body), Some(body));
    }
    let mut request = client.operation(info("/b", &[]));
    request.form("application/x-www-form-urlencoded", &[], "text");
    assert_eq!(encode_error(request).await.parameter(), "body");
    let mut request = client.operation(info("/b", &[]));
    request.body("text/\r\nplain", "x");
    assert_eq!(encode_error(request).await.parameter(), "content-type");
}

#[tokio::test]
async fn encoded_members_of_forms() {
    let e = Encoding::new("v");
    let table = [
        (e.style(Style::Form), array(), "v=blue&v=black&v=brown"),
        (e.style(Style::Form).explode(false), array(), "v=blue,black,brown"),
        (e.style(Style::SpaceDelimited), array(), "v=blue%20black%20brown"),
        (e.style(Style::PipeDelimited), array(), "v=blue%7Cblack%7Cbrown"),
        (e.style(Style::TabDelimited), array(), "v=blue%09black%09brown"),
        (e.style(Style::Form), object(), "B=150&G=200&R=100"),
        (e.style(Style::Form).explode(false), object(), "v=B,150,G,200,R,100"),
        (
            e.style(Style::DeepObject),
            object(),
            "v%5BB%5D=150&v%5BG%5D=200&v%5BR%5D=100",
        ),
        (
            e.style(Style::DeepObject),
            json!([{"a": [1]}, {"a": null}]),
            "v%5B0%5D%5Ba%5D%5B0%5D=1",
        ),
        (e.style(Style::Form), json!("a/b"), "v=a%2Fb"),
        (e.allow_reserved(), json!("a/b&c=d+e"), "v=a/b%26c=d%2Be"),
        (
            e.content_type("application/json"),
            json!([1, "a"]),
            "v=%5B1%2C%22a%22%5D",
        ),
        (e.content_type("application/json"), json!("{}"), "v=%7B%7D"),
        (e.style(Style::Form), Value::Null, ""),
    ];
    let (server, client) = echo().await;
    for (encoding, value, expected) in table {
        let mut request = client.request(envoi_runtime::http::Method::POST, "/b");
        request.form("application/x-www-form-urlencoded", &[encoding], &json!({"v": value}));
        request.send().await.expect("sent");
        let request = server.seen().pop().unwrap_or_default();
        assert_eq!(
            request.split_once("\r\n\r\n").map(|(_, body)| body),
            Some(expected),
            "{encoding:?}"
        );
    }
}

#[tokio::test]
async fn header_layers() {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let client = builder(&server.origin)
        .default_header("X-A", "default")
        .default_header("X-B", "default")
        .default_header("Accept", "text/default")
        .build()
        .expect("client");
    let mut request = client.operation(info("/h", &[]));
    request.header("X-B", "own");
    request.set(Parameter::header("X-B"), "parameter");
    request.send().await.expect("sent");
    let request = server.only();
    let get = |name| header(&request, name).unwrap_or_default();
    assert_eq!(
        [get("x-a"), get("x-b"), get("accept"), get("user-agent")],
        ["default", "own", "text/default", "envoi-test/1"]
    );
}
