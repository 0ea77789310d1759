//! Redirects, time limits and size limits.

use super::server::fastly::KEY;
use super::server::{Answer, Seen, Server};
use super::{Outcome, clerk, fastly};
use invitations::fastly::models::{Invitation, InvitationCreateData};
use invitations::fastly::{Client, ErrorKind};
use std::time::{Duration, Instant};

const EMPTY_PAGE: &str = r#"{"data":[]}"#;

#[tokio::test]
async fn a_redirect_to_another_origin_is_refused() -> Outcome {
    let other = Server::canned(Answer::json(200, EMPTY_PAGE)).await;
    for status in [301, 302, 303, 307, 308] {
        let server = Server::canned(Answer::redirect(status, other.url("/invitations?x=1"))).await;
        let error = fastly(&server)
            .invitations()
            .list()
            .await
            .expect_err("it leads elsewhere");
        let ErrorKind::Redirect { target } = error.kind() else {
            panic!("{status}: {error:?}");
        };
        assert_eq!(target, other.origin());
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        assert_eq!(server.seen().len(), 1);
    }
    assert_eq!(other.lines(), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_second_redirect_cannot_lead_elsewhere_either() -> Outcome {
    let other = Server::canned(Answer::json(200, EMPTY_PAGE)).await;
    let away = other.url("/invitations");
    let server = Server::start(move |seen| match seen.path() {
        "/invitations" => Answer::redirect(302, "/moved"),
        _ => Answer::redirect(302, away.clone()),
    })
    .await;
    let error = fastly(&server)
        .invitations()
        .list()
        .await
        .expect_err("it leads elsewhere");
    assert!(matches!(error.kind(), ErrorKind::Redirect { .. }), "{error:?}");
    assert_eq!(server.lines(), ["GET /invitations", "GET /moved"]);
    assert_eq!(other.lines(), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_followed() -> Outcome {
    let moved = |seen: &Seen| match seen.path() {
        "/invitations" => Answer::redirect(308, "/v2/invitations?page=1"),
        _ => Answer::json(200, r#"{"data":{"id":"7kP8"}}"#),
    };
    let server = Server::start(moved).await;
    let body = Invitation::default().data(InvitationCreateData::default());
    let created = fastly(&server).invitations().create().body(&body).await?;
    assert_eq!(created.data.and_then(|data| data.id).as_deref(), Some("7kP8"));
    assert_eq!(server.lines(), ["POST /invitations", "POST /v2/invitations?page=1"]);
    for seen in server.seen() {
        assert_eq!(seen.header("fastly-key"), Some(KEY));
        assert_eq!(seen.header("content-type"), Some("application/vnd.api+json"));
        assert_eq!(seen.header("referer"), None);
        assert_eq!(seen.body.as_ref(), br#"{"data":{"type":"invitation"}}"#);
    }
    Ok(())
}

#[tokio::test]
async fn redirects_come_to_an_end() {
    let server = Server::canned(Answer::redirect(302, "/invitations")).await;
    let error = fastly(&server)
        .invitations()
        .list()
        .await
        .expect_err("it leads nowhere");
    assert!(matches!(error.kind(), ErrorKind::Redirect { .. }), "{error:?}");
    assert!((2..=6).contains(&server.seen().len()));
}

#[tokio::test]
async fn a_silent_server_is_a_timeout_of_the_call() {
    let server = Server::canned(Answer::never()).await;
    let client = clerk(&server);
    let start = Instant::now();
    let request = client.invitations().list().with_timeout(Duration::from_millis(200));
    let error = request.await.expect_err("nothing comes");
    assert!(error.is_timeout() && !error.is_retryable(), "{error:?}");
    assert!(matches!(error.kind(), ErrorKind::Timeout), "{error:?}");
    assert!(start.elapsed() >= Duration::from_millis(200));
    assert!(start.elapsed() < Duration::from_secs(5));

    // an invitation may have been sent all the same
    let request = client.invitations().create().with_timeout(Duration::from_millis(100));
    let error = request.await.expect_err("nothing comes");
    assert!(error.is_timeout() && !error.is_retryable(), "{error:?}");
}

#[tokio::test]
async fn the_time_limits_of_a_client_hold_for_its_calls() -> Outcome {
    let server = Server::canned(Answer::never()).await;
    let limit = Duration::from_millis(100);
    for builder in [Client::builder().timeout(limit), Client::builder().idle_timeout(limit)] {
        let client = builder.token(KEY).base_url(server.origin()).build()?;
        let error = client.invitations().list().await.expect_err("nothing comes");
        assert!(error.is_timeout(), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_body_may_have_as_many_bytes_as_allowed() -> Outcome {
    let server = Server::canned(Answer::json(200, EMPTY_PAGE)).await;
    let client = |limit| {
        Client::builder()
            .token(KEY)
            .base_url(server.origin())
            .max_body_bytes(limit)
            .build()
    };
    client(EMPTY_PAGE.len())?.invitations().list().await?;

    let limit = EMPTY_PAGE.len() - 1;
    let error = client(limit)?
        .invitations()
        .list()
        .await
        .expect_err("one byte too many");
    assert!(
        matches!(error.kind(), ErrorKind::BodyTooLarge { limit: found } if *found == limit),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert!(error.to_string().contains(&limit.to_string()), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_long_error_body_is_cut_and_the_status_kept() {
    let server = Server::canned(Answer::new(502, "text/plain", "x".repeat(200_000))).await;
    let error = fastly(&server).invitations().list().await.expect_err("a failure");
    assert!(matches!(error.kind(), ErrorKind::UndocumentedStatus), "{error:?}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    assert_eq!(error.body().map(|body| body.len()), Some(64 * 1024));
    assert!(error.to_string().len() < 1000);
}
