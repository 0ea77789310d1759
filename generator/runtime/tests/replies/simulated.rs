//! Errors and responses that tests create are those that calls return.

use envoi_runtime::http::Response as HttpResponse;
use envoi_runtime::{
    Body, Client, Decode, DecodeError, Decoded, Error, ErrorKind, InMemory, Json, Operation, OperationInfo, Reply,
    Response, Transport, TransportError, TransportFuture,
};
use http::Request;

use super::builder;

/// `GET /pets/{id}`, with a declared 404.
#[derive(Debug)]
enum GetPet {}

#[derive(Debug, PartialEq)]
struct NotFound(String);

impl Operation for GetPet {
    type Output = Vec<i64>;
    type Decoder = Json;
    type Error = NotFound;
    const INFO: OperationInfo = OperationInfo::new("getPet", "GET", "/pets");
}

impl Decode for NotFound {
    fn decode(reply: &Reply) -> Decoded<Self> {
        (reply.status_code() == 404).then(|| reply.text().map(Self))
    }
}

/// Fails every request.
struct Failing(fn() -> TransportError);

impl Transport for Failing {
    fn send(&self, _: Request<Body>) -> TransportFuture<'_> {
        let error = self.0();
        Box::pin(async move { Err(error) })
    }
}

async fn call(transport: impl Transport + 'static) -> Result<Response<Vec<i64>>, Error<NotFound>> {
    let client: Client = builder().transport(transport).build().expect("a client");
    client.operation(&GetPet::INFO).call::<GetPet>().await
}

/// All that callers can tell of an error.
fn facts(error: &Error<NotFound>) -> (String, String, u32, bool, bool, bool) {
    let retryable = error.is_retryable();
    let (debug, attempts) = (format!("{error:?}"), error.attempts());
    (
        error.to_string(),
        debug,
        attempts,
        retryable,
        error.is_timeout(),
        error.is_connect(),
    )
}

fn response(status: u16, body: &'static str) -> HttpResponse<&'static str> {
    HttpResponse::builder()
        .status(status)
        .header("x-request-id", "r1")
        .body(body)
        .expect("a response")
}

/// Declared and undeclared errors, bodies that do not fit, and a success.
#[tokio::test]
async fn replies_are_decoded_as_those_of_calls() {
    for (status, body) in [
        (404, "no such pet"),
        (503, "later"),
        (200, "[1, \"a\"]"),
        (200, ""),
        (301, "away"),
    ] {
        let real = call(InMemory::new(move |_| response(status, body).map(Into::into))).await;
        let real = real.expect_err("an error");
        let made = Reply::from(response(status, body))
            .decode::<GetPet>()
            .expect_err("an error");
        assert_eq!(facts(&made), facts(&real), "{status} {body}");
        assert_eq!(made.request_id(), Some("r1"));
    }
    let made = Reply::from(response(200, "[1]")).decode::<GetPet>().expect("a success");
    assert_eq!(made.body(), &[1]);
}

#[tokio::test]
async fn errors_of_transports_are_those_of_calls() {
    let all: [fn() -> TransportError; 5] = [
        || TransportError::connect("refused"),
        || TransportError::connect_timeout("slow"),
        || TransportError::tls("expired"),
        || TransportError::timeout("slow"),
        || TransportError::broken("reset"),
    ];
    for failure in all {
        let real = call(Failing(failure)).await.expect_err("an error");
        assert_eq!(facts(&Error::from_transport::<GetPet>(failure())), facts(&real));
    }
}

#[tokio::test]
async fn errors_of_responses_are_those_of_calls() {
    let answer = |status, body| InMemory::new(move |_| response(status, body).map(Into::into));
    let real = call(answer(404, "no such pet")).await.expect_err("an error");
    let made = Error::from_api::<GetPet>(NotFound("no such pet".to_owned()), response(404, "no such pet"));
    assert_eq!(facts(&made), facts(&real));
    assert_eq!(made.into_api().ok(), Some(NotFound("no such pet".to_owned())));

    let real = call(answer(200, "")).await.expect_err("an error");
    let made = Error::from_decode::<GetPet>(DecodeError::Empty, response(200, ""));
    assert_eq!(facts(&made), facts(&real));
    assert!(matches!(made.kind(), ErrorKind::Decode(DecodeError::Empty)));
}

#[test]
fn responses_have_a_status_headers_and_a_value() {
    let plain = Response::new(7);
    assert_eq!(
        (plain.status().as_u16(), plain.headers().len(), plain.into_body()),
        (200, 0, 7)
    );
    let created = Response::from(response(201, "Tom"));
    assert_eq!(
        (created.status().as_u16(), created.request_id(), *created.body()),
        (201, Some("r1"), "Tom")
    );
}
