//! Every place, style and `explode` of a parameter, on the wire.

use std::fmt::Debug;

use envoi_runtime::ErrorKind;
use serde_json::json;

use crate::fixtures::parameters::apis::styles::{HeadersAndCookies, Queries};
use crate::fixtures::parameters::models::{Order, Point};
use crate::fixtures::parameters::{Client, Request};
use crate::fixtures::{constants, formats, swagger2};
use crate::server::{NO_CONTENT, call, client};

fn point() -> Point {
    Point::new(1).y(-2)
}

/// The request line of a call.
async fn line<T, E: Debug>(make: impl AsyncFnOnce(String) -> Result<T, E>) -> String {
    let (received, result) = call(NO_CONTENT, make).await;
    if let Err(error) = result {
        panic!("{error:?}");
    }
    received.line
}

#[tokio::test]
async fn paths() {
    let paths = async |url| {
        let client = client!(parameters, url);
        let ids = [3, 4];
        let call = client
            .styles()
            .paths("a/b ü", ids, point(), point(), "l", ids, point(), "m", ids, ids);
        call.await
    };
    let expected = "GET /p/a%2Fb%20%C3%BC/3,4/x,1,y,-2/x=1,y=-2/x.l/x.3,4/x.x=1.y=-2/x;matrix=m/x;matrix_list=3,4\
                    /x;matrix_exploded=3;matrix_exploded=4";
    assert_eq!(line(paths).await, expected);
}

async fn check_query(expected: &str, set: impl FnOnce(Request<Queries>) -> Request<Queries>) {
    let sent = line(async |url| set(client!(parameters, url).styles().queries()).await).await;
    let query = sent.strip_prefix("GET /q").expect("the path of the operation");
    assert_eq!(query.strip_prefix('?').unwrap_or_default(), expected);
}

#[tokio::test]
async fn queries() {
    check_query("", |call| call).await;
    check_query("text=a%20%26b%2B%2F", |call| call.text("a &b+/")).await;
    check_query("text=", |call| call.text("")).await;
    check_query("flag=true&ratio=2", |call| call.flag(true).ratio(2.0)).await;
    check_query("texts=a%2Cb&texts=c", |call| call.texts(["a,b", "c"])).await;
    check_query("", |call| call.numbers([0; 0])).await;
    check_query("joined=a%2Cb,c", |call| call.joined(["a,b".to_owned(), "c".to_owned()])).await;
    check_query("numbers=1,-2", |call| call.numbers([1, -2])).await;
    check_query("spaced=1%202", |call| call.spaced([1, 2])).await;
    check_query("spaced_exploded=1&spaced_exploded=2", |call| {
        call.spaced_exploded([1, 2])
    })
    .await;
    check_query("piped=a%7Cb", |call| call.piped(["a", "b"])).await;
    check_query("piped_exploded=a&piped_exploded=b", |call| {
        call.piped_exploded(["a", "b"])
    })
    .await;
    check_query("expand%5B0%5D=a&expand%5B1%5D=b%5Bc%5D", |call| {
        call.expand(["a", "b[c]"])
    })
    .await;
    check_query("deep%5Bx%5D=1&deep%5By%5D=-2", |call| call.deep(point())).await;
    check_query("x=1&y=-2", |call| call.members(point())).await;
    check_query("packed=x,1,y,-2", |call| call.packed(point())).await;
    check_query("json=%7B%22x%22%3A1%2C%22y%22%3A-2%7D", |call| call.json(point())).await;
    check_query("reserved=a/b?c:d%26e%20f", |call| call.reserved("a/b?c:d&e f")).await;
    check_query("order=up&orders=down&orders=side%20ways", |call| {
        call.order(Order::Up).orders([Order::Down, Order::from("side ways")])
    })
    .await;
    check_query("any=a&maybe=b&undescribed=c", |call| {
        call.any(json!("a")).maybe("b").undescribed("c")
    })
    .await;
    check_query("", |call| call.any(json!(null))).await;
}

async fn check_headers(
    expected: &[(&str, Option<&str>)],
    set: impl FnOnce(Request<HeadersAndCookies>) -> Request<HeadersAndCookies>,
) {
    let make = async |url| set(client!(parameters, url).styles().headers_and_cookies("u", 7)).await;
    let (received, result) = call(NO_CONTENT, make).await;
    result.expect("an answer");
    assert_eq!(received.line, "GET /h/u");
    for (name, value) in expected {
        assert_eq!(received.header(name), *value, "{name}");
    }
}

#[tokio::test]
async fn headers_and_cookies() {
    check_headers(
        &[
            ("x-both", Some("7")),
            ("x-shared", None),
            ("x-list", None),
            ("cookie", None),
        ],
        |call| call,
    )
    .await;
    check_headers(&[("x-shared", Some("a b;c")), ("x-list", Some("1,2"))], |call| {
        call.x_shared("a b;c").x_list([1, 2])
    })
    .await;
    check_headers(
        &[
            ("x-point", Some("x,1,y,-2")),
            ("x-point-exploded", Some("x=1,y=-2")),
            ("x-json", Some(r#"{"x":1,"y":-2}"#)),
        ],
        |call| call.x_point(point()).x_point_exploded(point()).x_json(point()),
    )
    .await;
    check_headers(&[("cookie", Some("session=a%3Bb; parts=1,2"))], |call| {
        call.session("a;b").parts([1, 2])
    })
    .await;
}

#[tokio::test]
async fn arguments_that_cannot_be_sent_are_refused() {
    let client: Client = client!(parameters, "http://127.0.0.1:9");
    let error = client
        .styles()
        .headers_and_cookies("..", 7)
        .await
        .expect_err("a path segment that would vanish");
    assert!(error.to_string().contains("undeclared"), "{error}");
    let error = client
        .styles()
        .headers_and_cookies("u", 7)
        .x_shared("a\r\nb")
        .await
        .expect_err("a line break");
    assert!(
        error.to_string().contains("x-shared") || error.to_string().contains("X-Shared"),
        "{error}"
    );
}

#[tokio::test]
async fn names_that_clash_are_sent_to_their_places() {
    let make = async |url| {
        let client = client!(names, url);
        let call = client
            .a_b_c()
            .get_thing("p", "r", "s")
            .id_query("q")
            .id_header("h")
            .r#type("t")
            .page_number(2);
        call.filter("f").send_parameter("x").body_parameter("y").send().await
    };
    let (received, result) = call(
        "200 OK\r\ncontent-type: application/json\r\n\r\n{\"type\":\"\",\"Self\":\"\"}",
        make,
    )
    .await;
    result.expect("a thing");
    let expected = "GET /things/p?request=r&self=s&id=q&type=t&page%5Bnumber%5D=2&%24filter=f&send=x&body=y";
    assert_eq!((received.line.as_str(), received.header("id")), (expected, Some("h")));
    for (expected, sent) in [
        (
            "DELETE /things/p",
            line(async |url| client!(names, url).a_b_c().delete_things_by_id("p").await).await,
        ),
        (
            "PATCH /things/p",
            line(async |url| client!(names, url).a_b_c().patch_things_by_id("p").await).await,
        ),
        (
            "PUT /things/p",
            line(async |url| client!(names, url).r#match("p").await).await,
        ),
        (
            "GET /other/self",
            line(async |url| client!(names, url).client().new_operation().await).await,
        ),
        (
            "GET /crate",
            line(async |url| client!(names, url).self_().clone().await).await,
        ),
        (
            "GET /signs",
            line(async |url| client!(names, url).star_star_star().await).await,
        ),
    ] {
        assert_eq!(sent, expected);
    }
}

#[tokio::test]
async fn formats_in_queries() {
    let at = "2024-02-29T12:30:00+01:00"
        .parse::<envoi_runtime::chrono::DateTime<envoi_runtime::chrono::FixedOffset>>()
        .expect("a time");
    let key = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    let make = async |url| {
        let client = client!(formats, url);
        let call = client
            .put_sample(&formats::models::Sample::default())
            .since(at)
            .day(at.date_naive());
        call.key(key.parse::<envoi_runtime::uuid::Uuid>().expect("a key"))
            .send()
            .await
    };
    let (received, result) = call("200 OK\r\ncontent-type: application/json\r\n\r\n{}", make).await;
    result.expect("a sample");
    let expected = format!("PUT /samples?since=2024-02-29T12%3A30%3A00%2B01%3A00&day=2024-02-29&key={key}");
    assert_eq!(received.line, expected);
}

#[tokio::test]
async fn collection_formats_of_swagger_2() {
    use swagger2::models::ListBooksMultiItem::{New, Old};
    let make = async |url| {
        let client = client!(swagger2, url, key("k"));
        let call = client
            .books()
            .list()
            .page(2)
            .csv(["a", "b"])
            .ssv(["a", "b"])
            .tsv(["a", "b"]);
        call.pipes([1, 2]).multi([New, Old]).send().await
    };
    let (received, result) = call("200 OK\r\ncontent-type: application/json\r\n\r\n[]", make).await;
    result.expect("books");
    let expected = "GET /books?page=2&csv=a,b&ssv=a%20b&tsv=a%09b&pipes=1%7C2&multi=new&multi=old";
    assert_eq!(received.line, expected);
}

#[tokio::test]
async fn numbers_that_are_none() {
    for ratio in [f64::NAN, f64::INFINITY] {
        let client = Client::builder()
            .base_url("http://127.0.0.1:9")
            .build()
            .expect("a client");
        let error = client.styles().queries().ratio(ratio).await.expect_err("no number");
        assert!(
            matches!(error.kind(), ErrorKind::Encode(error) if error.parameter() == "ratio"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn parameters_with_one_value_are_sent_without_being_given() {
    let make = async |url| {
        constants::Client::builder()
            .base_url(url)
            .build()
            .expect("a client")
            .get_report("r/1", constants::models::GetReportMaybe::X)
            .await
    };
    let (received, result) = call(NO_CONTENT, make).await;
    result.expect("an answer");
    assert_eq!(
        received.line,
        "GET /csv%20v1/reports/r%2F1?action=get&version=3&whole=42&ratio=2.5&pretty=false&type=refs&filter=7&maybe=x"
    );
    assert_eq!(received.header("x-client"), Some("envoi"));
    assert_eq!(received.header("cookie"), Some("consent=yes"));
}
