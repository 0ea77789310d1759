//! What requests look like on the wire.

mod support;

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{Client, EncodeError, ErrorKind, Parameter, Request, Style};
use support::{Answer, Server, builder, client, header, info};

async fn echo() -> (Server, Client) {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let client = client(&server);
    (server, client)
}

async fn refusal(request: Request) -> EncodeError {
    let error = request.send().await.expect_err("an encode error");
    match error.kind() {
        ErrorKind::Encode(encode) => encode.clone(),
        other => panic!("{other:?}"),
    }
}

fn array() -> Value {
    json!(["blue", "black", "brown"])
}

/// In alphabetical order, which is that of `Map` without the feature that keeps the order.
fn object() -> Value {
    json!({"B": 150, "G": 200, "R": 100})
}

/// OpenAPI 3.0.4, "Style Examples", row by row.
#[tokio::test]
async fn query_styles() {
    let form = Parameter::query("color");
    let list = form.explode(false);
    let space = form.style(Style::SpaceDelimited);
    let pipe = form.style(Style::PipeDelimited);
    let tab = form.style(Style::TabDelimited);
    let deep = form.style(Style::DeepObject);
    let table = [
        (form, json!(""), "?color="),
        (form, json!("blue"), "?color=blue"),
        (form, array(), "?color=blue&color=black&color=brown"),
        (form, object(), "?B=150&G=200&R=100"),
        (form, json!({"a": ""}), "?a="),
        (list, json!(""), "?color="),
        (list, array(), "?color=blue,black,brown"),
        (list, object(), "?color=B,150,G,200,R,100"),
        (space, array(), "?color=blue%20black%20brown"),
        (space, object(), "?color=B%20150%20G%20200%20R%20100"),
        (space.explode(true), array(), "?color=blue&color=black&color=brown"),
        (pipe, array(), "?color=blue%7Cblack%7Cbrown"),
        (pipe, object(), "?color=B%7C150%7CG%7C200%7CR%7C100"),
        (tab, array(), "?color=blue%09black%09brown"),
        (deep, object(), "?color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100"),
        (
            deep,
            json!({"a": {"b": [1, 2], "c": null}}),
            "?color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2",
        ),
        (form, Value::Null, ""),
        (form, json!([]), ""),
        (form, json!({}), ""),
        (list, json!([]), ""),
        (deep, json!({}), ""),
        (list, json!(["a", null, ""]), "?color=a,,"),
        (form, json!({"a": null, "b": 1}), "?b=1"),
        (form, json!([{"a": 1}]), "?color=%7B%22a%22%3A1%7D"),
        (
            form.json(),
            json!({"a": [1, "x"]}),
            "?color=%7B%22a%22%3A%5B1%2C%22x%22%5D%7D",
        ),
        (form.json(), json!("x"), "?color=%22x%22"),
        (form.json(), Value::Null, ""),
    ];
    let (server, client) = echo().await;
    for (parameter, value, expected) in table {
        let mut request = client.operation(info("/q", &[]));
        request.set(parameter, &value);
        request.send().await.expect("sent");
        assert_eq!(server.target(), format!("/q{expected}"), "{parameter:?} {value}");
    }
}

#[tokio::test]
async fn query_characters() {
    let plain = Parameter::query("q");
    let reserved = plain.allow_reserved();
    let table = [
        (plain, "a b&c=d+e#f%/?", "q=a%20b%26c%3Dd%2Be%23f%25%2F%3F"),
        (plain, "-._~é\u{0}\u{7f}", "q=-._~%C3%A9%00%7F"),
        (plain, "(*)!':;@,$[]", "q=%28%2A%29%21%27%3A%3B%40%2C%24%5B%5D"),
        (Parameter::query("page[number]"), "1", "page%5Bnumber%5D=1"),
        (Parameter::query("a&b=c"), "1", "a%26b%3Dc=1"),
        (reserved, "/:?@[]!$()*,;=", "q=/:?@[]!$()*,;="),
        (reserved, "a#b&c+d e", "q=a%23b%26c%2Bd%20e"),
        (reserved, "%41%zz%4", "q=%41%25zz%254"),
    ];
    let (server, client) = echo().await;
    for (parameter, value, expected) in table {
        let mut request = client.operation(info("/q", &[]));
        request.set(parameter, value);
        request.send().await.expect("sent");
        assert_eq!(server.target(), format!("/q?{expected}"), "{value}");
    }
}

#[tokio::test]
async fn numbers_keep_their_digits() {
    let (server, client) = echo().await;
    let mut request = client.operation(info("/n", &[]));
    request.set(Parameter::query("a"), &10.0_f64);
    request.set(Parameter::query("b"), &0.1_f32);
    request.set(Parameter::query("c"), &u64::MAX);
    request.set(Parameter::query("d"), &9_007_199_254_740_993_i64);
    request.set(Parameter::query("e"), &(u128::from(u64::MAX) + 1));
    request.set(Parameter::query("f"), &[1.0, -2.5]);
    request.set(Parameter::query("g"), &true);
    request.set(Parameter::query("h"), &f64::NAN);
    request.send().await.expect("sent");
    assert_eq!(
        server.target(),
        "/n?a=10&b=0.1&c=18446744073709551615&d=9007199254740993&e=18446744073709551616&f=1&f=-2.5&g=true"
    );
}

/// OpenAPI 3.0.4, "Style Examples", and RFC 6570 where it corrects it (`label`, not exploded).
#[tokio::test]
async fn path_styles() {
    let simple = Parameter::path("p");
    let label = simple.style(Style::Label);
    let matrix = simple.style(Style::Matrix);
    let table = [
        (simple, json!("blue"), "blue"),
        (simple, json!(7), "7"),
        (simple, array(), "blue,black,brown"),
        (simple, object(), "B,150,G,200,R,100"),
        (simple.explode(true), object(), "B=150,G=200,R=100"),
        (label, json!("blue"), ".blue"),
        (label, array(), ".blue,black,brown"),
        (label, object(), ".B,150,G,200,R,100"),
        (label.explode(true), array(), ".blue.black.brown"),
        (label.explode(true), object(), ".B=150.G=200.R=100"),
        (matrix, json!(""), ";p"),
        (matrix, json!("blue"), ";p=blue"),
        (matrix, array(), ";p=blue,black,brown"),
        (matrix, object(), ";p=B,150,G,200,R,100"),
        (matrix.explode(true), array(), ";p=blue;p=black;p=brown"),
        (matrix.explode(true), object(), ";B=150;G=200;R=100"),
        (simple, json!("a/b\\c?d#e%2F;é"), "a%2Fb%5Cc%3Fd%23e%252F%3B%C3%A9"),
        (simple, json!("%2e%2e"), "%252e%252e"),
        (simple, json!("..."), "..."),
        (simple, json!("..\\..\\admin"), "..%5C..%5Cadmin"),
        (simple, json!("\t\n{}"), "%09%0A%7B%7D"),
        (simple.allow_reserved(), json!("a/b?c#d"), "a/b%3Fc%23d"),
    ];
    let (server, client) = echo().await;
    for (parameter, value, expected) in table {
        let mut request = client.operation(info("/a/{p}/b", &[]));
        request.set(parameter, &value);
        request.send().await.expect("sent");
        assert_eq!(server.target(), format!("/a/{expected}/b"), "{parameter:?} {value}");
    }
}

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
        let error = refusal(request).await;
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
fn raw_header(request: &str, name: &str) -> Option<String> {
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
        let error = refusal(request).await;
        assert_eq!(error.parameter(), "X-H");
        assert!(!format!("{error} {error:?}").contains("cret"), "{error:?}");

        let mut request = client.operation(info("/h", &[]));
        request.header("X-Own", value);
        assert_eq!(refusal(request).await.parameter(), "X-Own");
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
        assert_eq!(refusal(request).await.parameter(), name);
        assert!(
            builder(&server.origin).default_header(name, "x").build().is_err(),
            "{name}"
        );
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn cookies() {
    let c = Parameter::cookie("c");
    let table = [
        (c, json!("a;b, c\"\\%é"), "c=a%3Bb%2C%20c%22%5C%25%C3%A9"),
        (c, json!("a=b/c+d"), "c=a=b/c+d"),
        (c, array(), "c=blue; c=black; c=brown"),
        (c.explode(false), array(), "c=blue,black,brown"),
        (c, object(), "B=150; G=200; R=100"),
    ];
    let (server, client) = echo().await;
    for (parameter, value, expected) in table {
        let mut request = client.operation(info("/c", &[]));
        request.set(parameter, &value);
        request.set(Parameter::cookie("last"), "1");
        request.header("Cookie", "own=0");
        request.send().await.expect("sent");
        let request = server.seen().pop().unwrap_or_default();
        assert_eq!(
            header(&request, "cookie"),
            Some(format!("own=0; {expected}; last=1")),
            "{value}"
        );
    }
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
                request.form("application/x-www-form-urlencoded", &form);
            },
            "application/x-www-form-urlencoded",
            "a%20b=c%26d&e=1&e=2&o=%7B%22x%22%3A1%7D",
        ),
        (|request| request.bytes("text/csv", "a,b"), "text/csv", "a,b"),
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
    request.form("application/x-www-form-urlencoded", "text");
    assert_eq!(refusal(request).await.parameter(), "body");
    let mut request = client.operation(info("/b", &[]));
    request.bytes("text/\r\nplain", "x");
    assert_eq!(refusal(request).await.parameter(), "content-type");
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
        assert_eq!(refusal(client.request(get(), path)).await.parameter(), "path", "{path}");
    }
}
