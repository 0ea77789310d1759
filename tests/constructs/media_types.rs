//! Replies of several media types: the content type decides.

use envoi_runtime::{DecodeError, Error, ErrorKind};

use crate::fixtures::media_types::Client;
use crate::fixtures::media_types::apis::client_operations::{LogsError, ReportError, ReportOutput, StatusesOutput};
use crate::fixtures::media_types::models::{Pet, Problem};
use crate::server::{call, client};

/// What the call makes of a reply, and the `Accept` it sent.
async fn made<T>(status: &str, content_type: &str, body: &str, make: impl AsyncFnOnce(Client) -> T) -> (String, T) {
    let reply = format!("{status}\r\ncontent-type: {content_type}\r\n\r\n{body}");
    let (received, made) = call(&reply, async |url| make(client!(media_types, url)).await).await;
    (received.header("accept").unwrap_or_default().to_owned(), made)
}

fn rex() -> Pet {
    Pet::new("Rex")
}

const REX: &str = "{\"name\":\"Rex\"}";

async fn report(status: &str, content_type: &str, body: &str) -> Result<ReportOutput, Error<ReportError>> {
    made(status, content_type, body, async |client| client.report().await)
        .await
        .1
}

#[tokio::test]
async fn one_type_for_what_means_the_same() {
    let twins = async |client: Client| client.twins().await.expect("a pet");
    for content_type in ["application/json", "text/json; charset=utf-8", "application/hal+json"] {
        let (accept, pet) = made("200 OK", content_type, REX, twins).await;
        assert_eq!((accept.as_str(), pet), ("application/json, text/json", rex()));
    }
    let inline = async |client: Client| client.inline_twins().await.expect("an object").a;
    let (_, a) = made("200 OK", "application/hal+json", "{\"a\":\"b\"}", inline).await;
    assert_eq!(a.as_deref(), Some("b"));
    let words = async |client: Client| client.words().await.expect("a word");
    assert_eq!(made("200 OK", "text/plain", "\"a\"", words).await.1, "\"a\"");
    assert_eq!(made("200 OK", "application/json", "\"a\"", words).await.1, "a");
    let spring = async |client: Client| client.spring().await.expect("a word");
    let (accept, word) = made("200 OK", "text/plain;charset=UTF-8", "\"a\"", spring).await;
    assert_eq!((accept.as_str(), word.as_str()), ("application/json, */*", "\"a\""));
    assert_eq!(made("200 OK", "application/json", "\"a\"", spring).await.1, "a");
}

#[tokio::test]
async fn encodings_that_nobody_reads_are_not_asked_for() {
    let encodings = async |client: Client| client.encodings().await;
    let (accept, pet) = made("200 OK", "application/json", REX, encodings).await;
    assert_eq!((accept.as_str(), pet.expect("a pet")), ("application/json", rex()));
    let (_, refused) = made("200 OK", "text/html", "<p>", encodings).await;
    let error = refused.expect_err("a page");
    let expected = "encodings: 200 OK: the response could not be decoded: expected JSON, got text/html: <p>";
    assert_eq!(error.to_string(), expected);
    let table = async |client: Client| client.table().await.expect("a text");
    assert_eq!(made("200 OK", "text/csv", "name\nRex", table).await.1, "name\nRex");
}

#[tokio::test]
async fn a_variant_for_each_type() {
    let accepted = made("200 OK", "text/csv", "a;b", async |client| client.report().await)
        .await
        .0;
    let expected = "text/csv, application/json, application/pdf, application/vnd.pets.v2+json, image/png, text/plain, \
        application/problem+json";
    assert_eq!(accepted, expected);
    match report("200 OK", "text/csv", "a;b").await {
        Ok(ReportOutput::Text(text)) => assert_eq!(text, "a;b"),
        other => panic!("{other:?}"),
    }
    match report("200 OK", "application/json", REX).await {
        Ok(ReportOutput::Json(pet)) => assert_eq!(pet, rex()),
        other => panic!("{other:?}"),
    }
    match report("206 Part", "Application/Vnd.Pets.V2+JSON", "{\"pets\":[]}").await {
        Ok(ReportOutput::VndPetsV2(all)) => assert!(all.pets.is_empty()),
        other => panic!("{other:?}"),
    }
    for content_type in ["application/pdf", "image/png"] {
        match report("200 OK", content_type, "%octets").await {
            Ok(ReportOutput::Bytes(stream)) => assert_eq!(stream.collect().await.expect("all"), "%octets"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_not_declared_is_an_error_with_an_excerpt() {
    let error = report("200 OK", "text/html", &"<p>".repeat(2000))
        .await
        .expect_err("a page");
    let ErrorKind::Decode(DecodeError::ContentType {
        expected,
        found,
        excerpt,
    }) = error.kind()
    else {
        panic!("{error:?}");
    };
    assert!(expected.starts_with("text/csv, application/json, ") && found == "text/html");
    assert_eq!(
        (error.status().map(|status| status.as_u16()), excerpt.chars().count()),
        (Some(200), 1001)
    );
    assert!(
        error
            .to_string()
            .starts_with("report: 200 OK: the response could not be decoded: expected text/csv")
    );
}

#[tokio::test]
async fn errors_have_variants_too() {
    let table = [
        ("application/json", REX, ReportError::NotFoundJson(rex())),
        ("text/plain", "none", ReportError::NotFoundText("none".to_owned())),
        ("image/png", "png", ReportError::NotFoundBytes("png".into())),
    ];
    for (content_type, body, expected) in table {
        let error = report("404 Not Found", content_type, body).await.expect_err("404");
        assert_eq!(error.api(), Some(&expected));
    }
    let error = report(
        "403 No",
        "application/problem+json",
        "{\"title\":\"No\",\"detail\":\"because\"}",
    )
    .await;
    let error = error.expect_err("403");
    let problem = Problem {
        title: Some("No".to_owned()),
    };
    assert_eq!(error.api(), Some(&ReportError::ClientError(problem)));
    assert_eq!(
        error.problem().and_then(|problem| problem.detail).as_deref(),
        Some("because")
    );
    assert_eq!(error.to_string(), "report: 403 Forbidden: No: because");
}

#[tokio::test]
async fn statuses_and_media_types() {
    let statuses = async |client: Client| client.statuses().await;
    match made("200 OK", "text/plain", "now", statuses).await.1 {
        Ok(StatusesOutput::OkText(text)) => assert_eq!(text, "now"),
        other => panic!("{other:?}"),
    }
    match made("200 OK", "application/json", REX, statuses).await.1 {
        Ok(StatusesOutput::OkJson(pet)) => assert_eq!(pet, rex()),
        other => panic!("{other:?}"),
    }
    for content_type in ["application/octet-stream", "binary/octet-stream"] {
        match made("202 Accepted", content_type, "later", statuses).await.1 {
            Ok(StatusesOutput::Accepted(stream)) => assert_eq!(stream.collect().await.expect("all"), "later"),
            other => panic!("{other:?}"),
        }
    }
    match made("204 No Content", "text/plain", "", statuses).await.1 {
        Ok(StatusesOutput::NoContent) => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn downloads_are_streams() {
    for content_type in ["application/octet-stream", "text/html", "application/json"] {
        let download = async |client: Client| client.download().await.expect("a stream").collect().await;
        let (accept, all) = made("200 OK", content_type, "{octets", download).await;
        assert_eq!(
            (accept.as_str(), all.expect("all")),
            ("application/octet-stream", "{octets".into())
        );
    }
    let export = async |client: Client| client.export_json().await.expect("a stream").collect().await;
    assert_eq!(
        made("200 OK", "application/json", "{}", export).await.1.expect("all"),
        "{}"
    );
    let picture = async |client: Client| client.picture().await;
    let stream = made("200 OK", "image/webp", "webp", picture).await.1.expect("a stream");
    assert_eq!(stream.collect().await.expect("all"), "webp");
    // bytes are bytes, whatever a server calls them
    let stream = made("200 OK", "text/html", "<p>", picture).await.1.expect("a stream");
    assert_eq!(stream.collect().await.expect("all"), "<p>");
}

#[tokio::test]
async fn an_error_with_a_structure_is_json_whatever_the_document_calls_it() {
    let logs = async |client: Client| client.logs().await;
    for (status, content_type) in [
        ("404 Not Found", "application/json"),
        ("404 Not Found", "application/vnd.pets.raw-stream"),
        ("503 Busy", "application/json"),
    ] {
        let (_, result) = made(status, content_type, r#"{"title":"no"}"#, logs).await;
        let error = result.expect_err("an error");
        let (Some(LogsError::NotFound(problem)) | Some(LogsError::Default(problem))) = error.api() else {
            panic!("{error:?}");
        };
        assert_eq!(problem.title.as_deref(), Some("no"));
    }
    let (_, result) = made("500 Oops", "text/plain", "broken", logs).await;
    let error = result.expect_err("an error");
    assert!(
        matches!(error.api(), Some(LogsError::InternalServerError(text)) if text == "broken"),
        "{error:?}"
    );
}
