//! Replies that the document does not promise: undocumented statuses, and bodies that cannot be decoded.

use super::server::clerk::errors;
use super::server::{Answer, Server};
use super::{Outcome, clerk, fastly};
use envoi_runtime::DecodeError;
use invitations::clerk::apis::invitations::{CreateInvitation, CreateInvitationError};
use invitations::clerk::models::Invitation;
use invitations::clerk::{Client, Error, ErrorKind, Request, Retries};
use serde_json::json;
use std::time::Duration;

const HTML: &str = "<!doctype html><title>Maintenance</title>";

/// The failure of listing Clerk's invitations at a server that answers like this.
async fn list(answer: Answer) -> Error {
    let server = Server::canned(answer).await;
    let outcome = clerk(&server).invitations().list().await;
    outcome.expect_err("the reply is wrong").into()
}

#[tokio::test]
async fn an_undocumented_status_keeps_the_whole_reply() -> Outcome {
    let answer = Answer::new(503, "text/plain", "down for\nmaintenance")
        .header("retry-after", "7")
        .header("x-request-id", "req-81");
    let server = Server::canned(answer).await;
    let error = fastly(&server).invitations().list().await.expect_err("a failure");
    assert!(
        matches!(error.kind(), invitations::fastly::ErrorKind::UndocumentedStatus),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(
        error.body().map(|body| body.as_ref()),
        Some(b"down for\nmaintenance".as_slice())
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.request_id(), Some("req-81"));
    let content_type = error.headers().and_then(|headers| headers.get("content-type"));
    assert_eq!(
        content_type.map(|value| value.as_bytes()),
        Some(b"text/plain".as_slice())
    );
    assert!(error.is_retryable());
    assert_eq!(error.operation(), "list-invitations");
    let shown = "list-invitations: 503 Service Unavailable (not documented): down for\\nmaintenance";
    assert_eq!(error.to_string(), shown);
    Ok(())
}

#[tokio::test]
async fn a_retry_date_in_the_past_means_no_wait() {
    let answer = Answer::status(503).header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(list(answer).await.retry_after(), Some(Duration::ZERO));
    let answer = Answer::status(503).header("retry-after", "soon");
    assert_eq!(list(answer).await.retry_after(), None);
}

#[tokio::test]
async fn only_what_can_be_sent_twice_is_retryable() {
    let server = Server::canned(Answer::status(503)).await;
    let client = clerk(&server);
    let create = || client.invitations().create();
    let table: [(Request<CreateInvitation>, bool); 2] =
        [(create(), false), (create().with_header("Idempotency-Key", "1"), true)];
    for (request, retryable) in table {
        assert_eq!(request.await.expect_err("a failure").is_retryable(), retryable);
    }
    assert!(list(Answer::status(503)).await.is_retryable());
    assert!(!list(Answer::status(404)).await.is_retryable());
}

#[tokio::test]
async fn a_call_is_sent_again_unless_it_is_told_otherwise() -> Outcome {
    let mut answers = [503, 429, 200, 503, 503, 200].into_iter();
    let server = Server::start(move |_| match answers.next() {
        Some(200) => Answer::json(200, "[]"),
        status => Answer::status(status.unwrap_or(500)),
    })
    .await;
    let retries = Retries::default().base_delay(Duration::from_millis(1));
    let builder = Client::builder().bearer_auth("sk_test_1").base_url(server.url("/v1"));
    let client = builder.retries(retries).build()?;
    let listed = client.invitations().list().await?;
    assert_eq!((listed.len(), server.seen().len()), (0, 3));

    let request = client.invitations().list().with_retries(Retries::none());
    let error = request.await.expect_err("the fourth answer is no list");
    assert_eq!((error.attempts(), error.is_retryable()), (1, true));

    let request = client.invitations().create().with_idempotency_key("k-1");
    let error = request.await.expect_err("the sixth answer is no invitation");
    assert_eq!((error.attempts(), server.seen().len()), (2, 6));
    for seen in &server.seen()[4..] {
        assert_eq!(seen.line(), "POST /v1/invitations");
        assert_eq!(seen.header("idempotency-key"), Some("k-1"));
    }
    Ok(())
}

#[tokio::test]
async fn html_instead_of_json_names_the_content_type() {
    let error = list(Answer::new(200, "text/html; charset=utf-8", HTML)).await;
    let ErrorKind::Decode(DecodeError::ContentType { found, excerpt, .. }) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(found, "text/html; charset=utf-8");
    assert!(excerpt.contains("Maintenance"), "{excerpt}");
    assert!(error.to_string().contains("text/html"), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.body().map(|body| body.as_ref()), Some(HTML.as_bytes()));
}

#[tokio::test]
async fn html_under_a_documented_error_status_keeps_the_status() {
    let server = Server::canned(Answer::new(422, "text/html", HTML)).await;
    let client = clerk(&server);
    let error = client.invitations().create().await.expect_err("a failure");
    assert!(
        matches!(error.kind(), ErrorKind::Decode(DecodeError::ContentType { .. })),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422));
    assert_eq!(error.body().map(|body| body.as_ref()), Some(HTML.as_bytes()));
    assert!(error.to_string().contains("422"), "{error}");
}

#[tokio::test]
async fn a_body_of_the_wrong_form_is_reported_with_its_path() {
    let good = r#"{"object":"invitation","id":"inv_1","email_address":"a@example.com","public_metadata":{},"#;
    let table = [
        // cut off within a member of the second item
        (
            format!(r#"[{good}"status":"pending","created_at":1,"updated_at":1}},{{"object":"inv"#),
            Some("[1].object"),
        ),
        (
            format!(r#"[{good}"status":"pending","created_at":"soon","updated_at":1}}]"#),
            Some("[0].created_at"),
        ),
        (
            format!(r#"[{good}"status":null,"created_at":1,"updated_at":1}}]"#),
            Some("[0].status"),
        ),
        (r#"[{"public_metadata":[]}]"#.to_owned(), Some("[0].public_metadata")),
        ("[1]".to_owned(), Some("[0]")),
        (format!(r#"[{good}"created_at":1,"updated_at":1}}]"#), Some("[0]")),
        (r#"{"data":[]}"#.to_owned(), None),
    ];
    for (body, expected) in table {
        let error = list(Answer::json(200, body.clone())).await;
        let ErrorKind::Decode(reason) = error.kind() else {
            panic!("{body}: {error:?}");
        };
        assert_eq!(reason.path(), expected, "{body}: {error}");
        assert!(error.to_string().starts_with("ListInvitations: "), "{error}");
    }
}

#[tokio::test]
async fn a_missing_member_is_named() {
    let mut invitation = super::server::clerk::example();
    invitation.as_object_mut().expect("an object").remove("status");
    let error = list(Answer::json(200, json!([invitation]).to_string())).await;
    assert!(error.to_string().contains("`status`"), "{error}");
}

#[tokio::test]
async fn an_empty_body_is_not_an_empty_list() {
    for answer in [Answer::json(200, ""), Answer::status(200), Answer::status(204)] {
        let error = list(answer).await;
        assert!(
            matches!(error.kind(), ErrorKind::Decode(DecodeError::Empty)),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn json_is_read_under_the_names_it_has() -> Outcome {
    for content_type in [
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/problem+json",
    ] {
        let server = Server::canned(Answer::new(200, content_type, "\u{feff}[]")).await;
        let listed: Vec<Invitation> = clerk(&server).invitations().list().await?;
        assert_eq!(listed, [], "{content_type}");
    }
    Ok(())
}

#[tokio::test]
async fn a_typed_error_can_be_taken_out_of_its_wrapping() -> Outcome {
    let server = Server::canned(Answer::json(422, errors("form_param_format_invalid").to_string())).await;
    let client = clerk(&server);
    let error = client.invitations().create().await.expect_err("a failure");
    assert!(
        error
            .to_string()
            .starts_with("CreateInvitation: 422 Unprocessable Entity: "),
        "{error}"
    );
    let CreateInvitationError::UnprocessableEntity(details) = error.into_api()? else {
        panic!("another status");
    };
    assert_eq!(details.errors[0].message, "is invalid");

    let server = Server::canned(Answer::status(500)).await;
    let error = clerk(&server).invitations().create().await.expect_err("a failure");
    let error = error.into_api().expect_err("500 is not documented");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    Ok(())
}
