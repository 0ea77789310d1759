//! Typed headers.

use std::collections::BTreeMap;

use envoi_runtime::chrono::{DateTime, FixedOffset, NaiveDate};
use envoi_runtime::http::{HeaderValue, Method, Response};
use envoi_runtime::{DecodeError, Header, InMemory, Reply};

use super::builder;

async fn with(values: &[(&'static str, &[u8])]) -> Reply {
    let values: Vec<(&'static str, HeaderValue)> = values
        .iter()
        .map(|(name, value)| (*name, HeaderValue::from_bytes(value).expect("a value")))
        .collect();
    let server = InMemory::new(move |_| {
        let mut response = Response::new("{}".into());
        for (name, value) in &values {
            response.headers_mut().append(*name, value.clone());
        }
        response
    });
    let client = builder().transport(server).build().expect("a client");
    client.request(Method::GET, "/").send().await.expect("a reply")
}

#[tokio::test]
async fn values_by_type() {
    let reply = with(&[
        ("n", b" 42 "),
        ("big", b"18446744073709551615"),
        ("minus", b"-7"),
        ("x", b"1.5"),
        ("yes", b"True"),
        ("list", b"a, b,,c"),
        ("more", b"1"),
        ("more", b"2, 3"),
        ("map", b"a,1,b,2"),
        ("pairs", b"a=1,b=2"),
        ("when", b"2026-11-21T10:00:00+01:00"),
        ("day", b"2026-11-21"),
        ("json", b"{\"a\":[1]}"),
        ("empty", b""),
        ("latin", b"caf\xe9"),
        ("utf8", "café".as_bytes()),
    ])
    .await;
    assert_eq!(reply.header(Header::<i64>::new("n")), Ok(42));
    assert_eq!(reply.header(Header::<Option<i32>>::new("n")), Ok(Some(42)));
    assert_eq!(reply.header(Header::<Option<i32>>::new("absent")), Ok(None));
    assert_eq!(reply.header(Header::<u64>::new("big")), Ok(u64::MAX));
    assert_eq!(reply.header(Header::<i128>::new("big")), Ok(i128::from(u64::MAX)));
    assert_eq!(reply.header(Header::<i8>::new("minus")), Ok(-7));
    assert_eq!(reply.header(Header::<f64>::new("x")), Ok(1.5));
    assert_eq!(reply.header(Header::<bool>::new("yes")), Ok(true));
    assert_eq!(reply.header(Header::<String>::new("n")), Ok("42".to_owned()));
    let list = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(reply.header(Header::<Vec<String>>::new("list")), Ok(list));
    assert_eq!(reply.header(Header::<Vec<i64>>::new("more")), Ok(vec![1, 2, 3]));
    assert_eq!(reply.header(Header::<Vec<i64>>::new("empty")), Ok(vec![]));
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(
        reply.header(Header::<BTreeMap<String, i64>>::new("map")),
        Ok(map.clone())
    );
    assert_eq!(reply.header(Header::<BTreeMap<String, i64>>::new("pairs")), Ok(map));
    let when: DateTime<FixedOffset> = reply.header(Header::new("when")).expect("a time");
    assert_eq!(when.to_rfc3339(), "2026-11-21T10:00:00+01:00");
    assert!(reply.header(Header::<NaiveDate>::new("day")).is_ok());
    let json = reply.header(Header::<BTreeMap<String, Vec<i64>>>::json("json"));
    assert_eq!(json.map(|json| json["a"].clone()), Ok(vec![1]));
    assert_eq!(
        reply.header(Header::<String>::new("latin")),
        Ok("caf\u{fffd}".to_owned())
    );
    assert_eq!(reply.header(Header::<String>::new("utf8")), Ok("café".to_owned()));
}

#[tokio::test]
async fn dates_of_http() {
    for (text, expected) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37+00:00"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00+00:00"),
        ("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59+00:00"),
        ("Fri, 31 Dec 1999 00:00:00 GMT", "1999-12-31T00:00:00+00:00"),
        ("Wed, 01 Mar 2400 12:00:00 GMT", "2400-03-01T12:00:00+00:00"),
    ] {
        let reply = with(&[("date", text.as_bytes())]).await;
        let date: DateTime<FixedOffset> = reply.header(Header::new("date")).expect(text);
        assert_eq!(date.to_rfc3339(), expected, "{text}");
        assert_eq!(reply.header(Header::<String>::new("date")), Ok(text.to_owned()));
    }
}

#[tokio::test]
async fn what_is_wrong_with_them() {
    let long = "9".repeat(3000);
    let reply = with(&[
        ("n", b"ten"),
        ("wide", b"300"),
        ("list", b"1,x"),
        ("long", long.as_bytes()),
    ])
    .await;
    let text = |error: DecodeError| error.to_string();
    let integer = |name| reply.header(Header::<i64>::new(name)).map_err(text);
    assert_eq!(
        integer("absent"),
        Err("header absent: the header is missing".to_owned())
    );
    assert_eq!(integer("n"), Err("header n: it is not an integer: ten".to_owned()));
    assert!(integer("long").is_err_and(|text| text.len() < 300));
    let narrow = reply.header(Header::<u8>::new("wide")).map_err(text);
    let expected = "header wide: invalid value: integer `300`, expected u8: 300";
    assert_eq!(narrow, Err(expected.to_owned()));
    assert!(reply.header(Header::<Option<Vec<i64>>>::new("list")).is_err());
    assert!(reply.header(Header::<Option<bool>>::new("n")).is_err());
    assert!(reply.header(Header::<BTreeMap<String, i64>>::json("n")).is_err());
}

#[tokio::test]
async fn cookies_are_not_shown() {
    let reply = with(&[
        ("set-cookie", b"session=canary; Expires=Wed, 21 Oct 2026"),
        ("set-cookie", b"b=2"),
    ])
    .await;
    let cookie = reply.header(Header::<Option<String>>::new("set-cookie"));
    assert_eq!(cookie, Ok(Some("session=canary; Expires=Wed, 21 Oct 2026".to_owned())));
    let error = reply.header(Header::<i64>::new("set-cookie")).expect_err("no number");
    assert!(!format!("{error} {error:?}").contains("canary"));
}
