//! A document that is slightly invalid makes the calls it means.

use crate::fixtures::tolerance::models::{BoilKettleRequest, Kettle};
use crate::server::{NO_CONTENT, call, client};

#[tokio::test]
async fn what_the_query_of_a_path_says_is_sent() {
    let (received, result) = call(NO_CONTENT, async |url| {
        let client = client!(tolerance, url, key("k"));
        let body = BoilKettleRequest::new("n");
        client.kettles().boil("a/b", 99.5, &body).await
    })
    .await;
    result.expect("any success is one");
    assert_eq!(received.line, "POST /kettles/a%2Fb/boil?mode=fast&until=99.5");
    assert_eq!(received.header("x-key"), Some("k"));
    assert_eq!(
        received.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(received.body, "note=n");
}

#[tokio::test]
async fn a_parameter_in_the_body_is_the_body() {
    let (received, result) = call(NO_CONTENT, async |url| {
        let client = client!(tolerance, url, key("k"));
        client.kettles().put(7, &Kettle::new(1, "k")).await
    })
    .await;
    result.expect("204 is declared");
    assert_eq!(received.line, "PUT /kettles/7");
    assert_eq!(received.body, r#"{"id":1,"name":"k"}"#);
}

#[tokio::test]
async fn a_reserved_expression_keeps_slashes() {
    let (received, _) = call(NO_CONTENT, async |url| {
        client!(tolerance, url, key("k")).kettles().get_file("a/b c").await
    })
    .await;
    assert_eq!(received.line, "GET /a/b%20c");
}
