//! What becomes of replies: the status decides.

use std::fmt::Debug;

use envoi_runtime::{Error, ErrorKind};
use serde_json::json;

use crate::fixtures::responses::Client;
use crate::fixtures::responses::apis::client_operations::{
    FallbackError, MixedOutput, OneError, RangeError, SeveralError, SeveralOutput, TeapotError,
};
use crate::fixtures::responses::models::{MaybeResponse, Problem, SeveralResponse202, Thing};
use crate::server::{call, client};

const THING: &str = "content-type: application/json\r\n\r\n{\"id\":1}";
const PROBLEM: &str = "content-type: application/problem+json\r\n\r\n{\"title\":\"no\"}";

fn thing() -> Thing {
    Thing::new(1)
}

fn problem() -> Problem {
    serde_json::from_value(json!({"title": "no"})).expect("a problem")
}

/// What the call makes of the reply, and the `Accept` it sent.
async fn accepted<T>(reply: &str, make: impl AsyncFnOnce(Client) -> T) -> (String, T) {
    let (received, result) = call(reply, async |url| make(client!(responses, url)).await).await;
    (received.header("accept").unwrap_or_default().to_owned(), result)
}

/// The call succeeds with `expected`.
async fn check<T, E>(reply: &str, expected: T, make: impl AsyncFnOnce(Client) -> Result<T, Error<E>>)
where
    T: Debug + PartialEq,
    E: Debug,
{
    let (_, result) = accepted(reply, make).await;
    assert_eq!(result.unwrap_or_else(|error| panic!("{reply}: {error:?}")), expected);
}

/// The call fails with the declared error `expected`.
async fn check_error<T, E>(reply: &str, expected: E, make: impl AsyncFnOnce(Client) -> Result<T, Error<E>>)
where
    T: Debug,
    E: Debug + PartialEq,
{
    let (_, result) = accepted(reply, make).await;
    let error = result.expect_err("an error");
    assert_eq!(error.api(), Some(&expected), "{reply}: {error:?}");
}

#[tokio::test]
async fn one_success() {
    check(&format!("200 OK\r\n{THING}"), thing(), async |client| {
        client.one().await
    })
    .await;
    check(&format!("201 Created\r\n{THING}"), thing(), async |client| {
        client.one().await
    })
    .await;
    check(&format!("200 OK\r\n{THING}"), thing(), async |client| {
        client.same().await
    })
    .await;
    check(&format!("201 Created\r\n{THING}"), thing(), async |client| {
        client.same().await
    })
    .await;
    check(&format!("206 Partial\r\n{THING}"), thing(), async |client| {
        client.range().await
    })
    .await;
    check(
        "200 OK\r\ncontent-type: application/json\r\n\r\n[{\"id\":1}]",
        vec![thing()],
        async |client| client.list().await,
    )
    .await;
    let null = "200 OK\r\ncontent-type: application/json\r\n\r\nnull";
    check(null, None, async |client| client.maybe().await).await;
    check(null, json!(null), async |client| client.json().await).await;
    let some = "200 OK\r\ncontent-type: application/json\r\n\r\n{}";
    let expected: Option<MaybeResponse> = serde_json::from_value(json!({})).expect("an object");
    check(some, expected, async |client| client.maybe().await).await;
}

#[tokio::test]
async fn several_successes() {
    check(
        &format!("200 OK\r\n{THING}"),
        SeveralOutput::Ok(thing()),
        async |client| client.several().await,
    )
    .await;
    let job: SeveralResponse202 = serde_json::from_value(json!({"job": "7"})).expect("a job");
    let accepted = "202 Accepted\r\ncontent-type: application/json\r\n\r\n{\"job\":\"7\"}";
    check(accepted, SeveralOutput::Accepted(job), async |client| {
        client.several().await
    })
    .await;
    check("204 No Content\r\n\r\n", SeveralOutput::NoContent, async |client| {
        client.several().await
    })
    .await;
    check(
        &format!("201 Created\r\n{THING}"),
        MixedOutput::Created(thing()),
        async |client| client.mixed().await,
    )
    .await;
    let text = "200 OK\r\ncontent-type: text/plain\r\n\r\nyes";
    check(text, MixedOutput::Success("yes".to_owned()), async |client| {
        client.mixed().await
    })
    .await;
}

#[tokio::test]
async fn no_json() {
    check("204 No Content\r\n\r\n", (), async |client| client.gone().await).await;
    check("200 OK\r\n\r\nwhatever", (), async |client| client.none().await).await;
    check("200 OK\r\n\r\nwhatever", (), async |client| client.silent().await).await;
    check(
        "200 OK\r\ncontent-type: text/csv\r\n\r\na;b",
        "a;b".to_owned(),
        async |client| client.text().await,
    )
    .await;
    let bytes = "200 OK\r\ncontent-type: image/png\r\n\r\npng";
    let (_, received) = accepted(bytes, async |client| {
        client.bytes().await.expect("a stream").collect().await
    })
    .await;
    assert_eq!(received.expect("all of it"), "png");
    check("200 OK\r\ncontent-type: application/json\r\n\r\n", (), async |client| {
        client.head().await
    })
    .await;
}

#[tokio::test]
async fn errors_by_status() {
    let one = async |client: Client| client.one().await;
    check_error(
        &format!("404 Not Found\r\n{PROBLEM}"),
        OneError::NotFound(problem()),
        one,
    )
    .await;
    check_error("409 Conflict\r\n\r\n", OneError::ClientError, one).await;
    check_error(&format!("500 Oops\r\n{PROBLEM}"), OneError::Default(problem()), one).await;
    let conflict = "409 Conflict\r\ncontent-type: text/plain\r\n\r\nno";
    check_error(conflict, SeveralError::Conflict("no".to_owned()), async |client| {
        client.several().await
    })
    .await;
    let range = async |client: Client| client.range().await;
    check_error(
        &format!("503 Busy\r\n{PROBLEM}"),
        RangeError::ServerError(problem()),
        range,
    )
    .await;
    let teapot = async |client: Client| client.teapot().await;
    check_error("418 Teapot\r\n\r\n", TeapotError::ImATeapot, teapot).await;
    check_error("499 Closed\r\n\r\n", TeapotError::Status499, teapot).await;
}

#[tokio::test]
async fn a_default_is_for_both() {
    let fallback = async |client: Client| client.fallback().await;
    check(&format!("200 OK\r\n{THING}"), thing(), fallback).await;
    check_error(
        &format!("500 Oops\r\n{THING}"),
        FallbackError::Default(thing()),
        fallback,
    )
    .await;
}

#[tokio::test]
async fn what_is_not_declared_is_an_error_of_its_own() {
    let (_, result) = accepted("500 Oops\r\n\r\nx", async |client| client.list().await).await;
    let error = result.expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::UndocumentedStatus), "{error:?}");
    let (_, result) = accepted(&format!("203 Odd\r\n{THING}"), async |client| client.several().await).await;
    assert!(matches!(
        result.expect_err("an error").kind(),
        ErrorKind::UndocumentedStatus
    ));
    let wrong = "200 OK\r\ncontent-type: application/json\r\n\r\n{\"id\":\"x\"}";
    let (_, result) = accepted(wrong, async |client| client.one().await).await;
    let error = result.expect_err("an error");
    assert!(
        matches!(error.kind(), ErrorKind::Decode(_)) && error.to_string().contains("id"),
        "{error}"
    );
}

#[tokio::test]
async fn accept_names_what_the_document_declares() {
    let (accept, _) = accepted("204 No Content\r\n\r\n", async |client| client.several().await).await;
    assert_eq!(accept, "application/json, text/plain");
    let (accept, _) = accepted(&format!("200 OK\r\n{THING}"), async |client| client.one().await).await;
    assert_eq!(accept, "application/json, application/problem+json");
}
