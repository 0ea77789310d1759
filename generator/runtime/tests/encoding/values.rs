//! Parameters in the styles of OpenAPI, and cookies.

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{Parameter, Style};

use super::support::{header, info};
use super::{array, echo, encode_error, object};

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
            "?color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=2",
        ),
        (deep, json!(["a b", "c"]), "?color%5B0%5D=a%20b&color%5B1%5D=c"),
        (
            deep,
            json!([{"a": 1}, {"a": 2}]),
            "?color%5B0%5D%5Ba%5D=1&color%5B1%5D%5Ba%5D=2",
        ),
        (deep, json!([]), ""),
        (form.allow_reserved(), json!("a=b&c/d#+"), "?color=a=b%26c/d%23%2B"),
        (form.unescaped(), json!("a=b&c/d#+ %2F"), "?color=a=b&c/d%23+%20%2F"),
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

/// OpenAPI 3.2, `in: querystring`.
#[tokio::test]
async fn query_strings() {
    let whole = Parameter::query_string("name");
    let table = [
        (whole, json!({"bar": true, "foo": "a + b"}), "?bar=true&foo=a%20%2B%20b"),
        (whole, json!({"a": [1, 2], "b": null}), "?a=1&a=2"),
        (whole, json!("$.a.b[1:1]"), "?%24.a.b%5B1%3A1%5D"),
        (whole, json!({}), ""),
        (whole, Value::Null, ""),
        (whole.json(), json!({"a": [1]}), "?%7B%22a%22%3A%5B1%5D%7D"),
    ];
    let (server, client) = echo().await;
    for (parameter, value, expected) in table {
        let mut request = client.operation(info("/q", &[]));
        request.set(parameter, &value);
        request.send().await.expect("sent");
        assert_eq!(server.target(), format!("/q{expected}"), "{value}");
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
async fn numbers_that_json_does_not_have() {
    let (server, client) = echo().await;
    for none in [f64::NAN, f64::NEG_INFINITY] {
        let mut request = client.operation(info("/n", &[]));
        request.set_number(Parameter::query("q"), [1.0, none].as_slice());
        assert_eq!(encode_error(request).await.parameter(), "q");
        let mut request = client.operation(info("/n", &[]));
        request.json_numbers("application/json", [Some(1.0), Some(none)].as_slice());
        assert_eq!(encode_error(request).await.parameter(), "body");
    }
    let mut request = client.operation(info("/n", &[]));
    request.set_number(Parameter::query("q"), &1.5);
    request.json_numbers("application/json", [Some(-2.5), None].as_slice());
    request.send().await.expect("sent");
    assert_eq!(server.target(), "/n?q=1.5");
    let sent = server.seen().pop().unwrap_or_default();
    assert!(sent.ends_with("\r\n\r\n[-2.5,null]"), "{sent}");
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
async fn cookies() {
    let c = Parameter::cookie("c");
    let whole = c.style(Style::Cookie);
    let table = [
        (whole, json!("Hello%2C world!"), "c=Hello%2C world!"),
        (whole, json!("a; b=c\n"), "c=a%3B b=c%0A"),
        (whole, array(), "c=blue; c=black; c=brown"),
        (whole.explode(false), array(), "c=blue,black,brown"),
        (whole, object(), "B=150; G=200; R=100"),
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
