//! Clerk: a bearer key, bare arrays, one error body for three statuses, members that are absent, null or a value.

use super::server::clerk::{KEY, errors, example, start};
use super::server::{Answer, Server};
use super::{Outcome, clerk};
use invitations::clerk::apis::invitations::{CreateBulkInvitationsError, CreateInvitationError, RevokeInvitationError};
use invitations::clerk::models::{
    CreateBulkInvitationsRequestItem, CreateBulkInvitationsRequestItemTemplateSlug, CreateInvitationRequest,
    CreateInvitationRequestTemplateSlug, InvitationObject, InvitationRevokedStatus, InvitationStatus,
    ListInvitationsStatus,
};
use invitations::clerk::{Client, ErrorKind, Nullable};
use serde_json::{Map, Value, json};

#[tokio::test]
async fn invitations_are_created_listed_and_revoked() -> Outcome {
    let server = start().await;
    let client = clerk(&server);
    let api = client.invitations();

    let created = api
        .create()
        .body(&CreateInvitationRequest::new("ada@example.com"))
        .await?;
    assert_eq!(created.object, InvitationObject::Invitation);
    assert_eq!(created.status, InvitationStatus::Pending);
    assert_eq!(created.expires_at, Nullable::Value(1_640_592_669_544));

    let listed = api.list().await?;
    assert_eq!(listed.first(), Some(&created));

    let revoked = api.revoke(&created.id).await?;
    assert_eq!((revoked.id, revoked.revoked), (created.id.clone(), Some(true)));
    assert_eq!(revoked.status, InvitationRevokedStatus::Revoked);
    assert_eq!(
        (revoked.email_address, revoked.created_at),
        (created.email_address, created.created_at)
    );

    assert_eq!(api.list().await?, []);
    let listed = api.list().status(ListInvitationsStatus::Revoked).await?;
    assert_eq!(listed[0].status, InvitationStatus::Revoked);

    let lines = [
        "POST /v1/invitations",
        "GET /v1/invitations",
        "POST /v1/invitations/inv_1/revoke",
        "GET /v1/invitations",
        "GET /v1/invitations?status=revoked",
    ];
    assert_eq!(server.lines(), lines);
    let bearer = format!("Bearer {KEY}");
    assert!(
        server
            .seen()
            .iter()
            .all(|seen| seen.header("authorization") == Some(&bearer))
    );
    let revoke = &server.seen()[2];
    assert_eq!((revoke.body.len(), revoke.header("content-type")), (0, None));
    Ok(())
}

#[tokio::test]
async fn several_invitations_are_created_with_one_request() -> Outcome {
    let server = start().await;
    let client = clerk(&server);
    let metadata = Map::from_iter([("team".to_owned(), json!("analytics"))]);
    let items = [
        CreateBulkInvitationsRequestItem::new("ada@example.com").public_metadata(metadata.clone()),
        CreateBulkInvitationsRequestItem::new("grace@example.com")
            .public_metadata(Nullable::Null)
            .redirect_url(Nullable::Null)
            .notify(false)
            .expires_in_days(7)
            .template_slug(CreateBulkInvitationsRequestItemTemplateSlug::Invitation),
    ];
    let created = client.invitations().create_bulk().body(&items).await?;
    assert_eq!(created.len(), 2);
    assert_eq!(
        (&created[0].public_metadata, &created[1].public_metadata),
        (&metadata, &Map::new())
    );
    let first = r#"{"email_address":"ada@example.com","public_metadata":{"team":"analytics"}}"#;
    let second = concat!(
        r#"{"email_address":"grace@example.com","public_metadata":null,"redirect_url":null,"#,
        r#""notify":false,"expires_in_days":7,"template_slug":"invitation"}"#
    );
    assert_eq!(server.last().line(), "POST /v1/invitations/bulk");
    assert_eq!(str::from_utf8(&server.last().body)?, format!("[{first},{second}]"));

    let refused = client
        .invitations()
        .create_bulk()
        .body(&[])
        .await
        .expect_err("one is needed");
    assert!(
        matches!(refused.api(), Some(CreateBulkInvitationsError::UnprocessableEntity(_))),
        "{refused:?}"
    );
    assert_eq!(server.last().body.as_ref(), b"[]");
    Ok(())
}

#[tokio::test]
async fn query_parameters_are_encoded_exactly() -> Outcome {
    let server = Server::canned(Answer::json(200, "[]")).await;
    let client = clerk(&server);
    let list = || client.invitations().list();
    let table = [
        (list(), None),
        (list().order_by("+email_address"), Some("order_by=%2Bemail_address")),
        (list().order_by("-created_at"), Some("order_by=-created_at")),
        (list().limit(10).offset(0), Some("limit=10&offset=0")),
        (
            list().limit(500).offset(u64::MAX),
            Some("limit=500&offset=18446744073709551615"),
        ),
        (list().paginated(true), Some("paginated=true")),
        (list().query("ada+x@example.com"), Some("query=ada%2Bx%40example.com")),
        (
            list().query("a b&c=d#e/é?"),
            Some("query=a%20b%26c%3Dd%23e%2F%C3%A9%3F"),
        ),
        (list().query(""), Some("query=")),
        (list().status(ListInvitationsStatus::Expired), Some("status=expired")),
        (list().status("expired2"), Some("status=expired2")),
    ];
    for (request, query) in table {
        request.await?;
        assert_eq!(server.last().query(), query);
    }
    Ok(())
}

#[tokio::test]
async fn absent_null_and_a_value_differ_on_the_wire() -> Outcome {
    let server = start().await;
    let client = clerk(&server);
    let request = |name: &str| CreateInvitationRequest::new(format!("{name}@example.com"));
    let full = request("e")
        .public_metadata(Map::from_iter([("seats".to_owned(), json!(3))]))
        .redirect_url("https://app.example.com/welcome")
        .notify(true)
        .ignore_existing(Nullable::Null)
        .expires_in_days(Some(7))
        .template_slug(CreateInvitationRequestTemplateSlug::WaitlistInvitation);
    let table = [
        (request("a"), r#"{"email_address":"a@example.com"}"#),
        (
            request("b").notify(Nullable::Null),
            r#"{"email_address":"b@example.com","notify":null}"#,
        ),
        (
            request("c").notify(false),
            r#"{"email_address":"c@example.com","notify":false}"#,
        ),
        (
            request("d").notify(Nullable::Absent),
            r#"{"email_address":"d@example.com"}"#,
        ),
        (request("f").notify(None), r#"{"email_address":"f@example.com"}"#),
        (
            full,
            concat!(
                r#"{"email_address":"e@example.com","public_metadata":{"seats":3},"#,
                r#""redirect_url":"https://app.example.com/welcome","notify":true,"ignore_existing":null,"#,
                r#""expires_in_days":7,"template_slug":"waitlist_invitation"}"#
            ),
        ),
    ];
    for (body, expected) in table {
        client.invitations().create().body(&body).await?;
        assert_eq!(str::from_utf8(&server.last().body)?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn errors_with_one_body_are_told_apart_by_status() -> Outcome {
    let server = start().await;
    let client = clerk(&server);
    let api = client.invitations();
    let ada = CreateInvitationRequest::new("ada@example.com");
    api.create().body(&ada).await?;

    let duplicate = api.create().body(&ada).await.expect_err("invited before");
    let Some(CreateInvitationError::BadRequest(details)) = duplicate.api() else {
        panic!("{duplicate:?}");
    };
    assert_eq!(details.errors[0].code, "duplicate_record");
    assert_eq!(
        details.clerk_trace_id.as_deref(),
        Some("4f0c1d6be2a97358c0d4e6f8a1b3c5d7")
    );
    let meta = details.errors[0].meta.as_ref().ok_or("no meta")?;
    assert_eq!(meta["param_name"], "email_address");

    let invalid = CreateInvitationRequest::new("no address");
    let invalid = api.create().body(&invalid).await.expect_err("not an address");
    assert!(
        matches!(invalid.api(), Some(CreateInvitationError::UnprocessableEntity(_))),
        "{invalid:?}"
    );
    let empty = api.create().await.expect_err("a body is needed");
    assert!(
        matches!(empty.api(), Some(CreateInvitationError::BadRequest(_))),
        "{empty:?}"
    );

    api.revoke("inv_1").await?;
    let twice = api.revoke("inv_1").await.expect_err("revoked before");
    assert!(
        matches!(twice.api(), Some(RevokeInvitationError::BadRequest(_))),
        "{twice:?}"
    );
    let missing = api.revoke("inv_2").await.expect_err("there is none");
    assert!(
        matches!(missing.api(), Some(RevokeInvitationError::NotFound(_))),
        "{missing:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_status_of_another_operation_stays_undocumented() -> Outcome {
    for (status, create, revoke, list) in [
        (400, true, true, false),
        (404, false, true, false),
        (422, true, false, false),
    ] {
        let server = Server::canned(Answer::json(status, errors("any").to_string())).await;
        let client = clerk(&server);
        let api = client.invitations();
        let created = api.create().await.expect_err("an error");
        let revoked = api.revoke("inv_1").await.expect_err("an error");
        let listed = api.list().await.expect_err("an error");
        let typed = (created.api().is_some(), revoked.api().is_some(), listed.api().is_some());
        assert_eq!(typed, (create, revoke, list), "{status}");
        assert!(matches!(listed.kind(), ErrorKind::UndocumentedStatus), "{listed:?}");
        assert_eq!(listed.status().map(|found| found.as_u16()), Some(status));
    }
    Ok(())
}

#[tokio::test]
async fn a_reply_of_the_future_is_read() -> Outcome {
    let mut invitation = example();
    invitation["status"] = json!("expired2");
    invitation["object"] = json!("invitation2");
    invitation["organization"] = json!({ "id": "org_1" });
    invitation["url"] = Value::Null;
    invitation["expires_at"] = Value::Null;
    let server = Server::canned(Answer::json(200, json!([invitation]).to_string())).await;
    let listed = clerk(&server).invitations().list().await?;
    assert!(matches!(&listed[0].status, InvitationStatus::Unknown(value) if value.as_str() == "expired2"));
    assert_eq!(listed[0].status.to_string(), "expired2");
    assert_eq!(listed[0].object.as_str(), "invitation2");
    assert_eq!((listed[0].url.as_ref(), listed[0].expires_at), (None, Nullable::Null));
    Ok(())
}

#[tokio::test]
async fn free_metadata_comes_back_as_it_was_sent() -> Outcome {
    let server = start().await;
    let metadata = json!({ "z": 1, "a": { "deep": [null, true, "x", 1.5] }, "big": u64::MAX, "": "é\n\"" });
    let metadata = metadata.as_object().ok_or("no object")?;
    let body = CreateInvitationRequest::new("ada@example.com").public_metadata(metadata.clone());
    let created = clerk(&server).invitations().create().body(&body).await?;
    assert_eq!(created.public_metadata, *metadata);
    Ok(())
}

#[tokio::test]
async fn a_path_in_the_base_url_is_kept() -> Outcome {
    let server = Server::canned(Answer::json(200, "[]")).await;
    for (base, path) in [
        ("", "/invitations"),
        ("/", "/invitations"),
        ("/proxy/clerk/v1", "/proxy/clerk/v1/invitations"),
        ("/v1/", "/v1/invitations"),
    ] {
        let client = Client::builder().bearer_auth(KEY).base_url(server.url(base)).build()?;
        client.invitations().list().await?;
        assert_eq!(server.last().target, path);
    }
    Ok(())
}
