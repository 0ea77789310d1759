//! Lists in pages: what the three APIs have, and servers that page badly.

use super::server::{Answer, Server, clerk as clerk_api, fastly as fastly_api};
use super::{Outcome, clerk, fastly};
use invitations::clerk::models::{CreateBulkInvitationsRequestItem, ListInvitationsStatus};
use invitations::fastly::models::{Invitation, InvitationCreateData, InvitationDataAttributes};
use invitations::fastly::{ErrorKind, PagingError, Retries};
use serde_json::json;
use std::time::Duration;

/// Fastly's server with five invitations, and a client of it.
async fn five_at_fastly() -> (Server, invitations::fastly::Client) {
    let server = fastly_api::start().await;
    let client = fastly(&server);
    for number in 1..5 {
        let attributes = InvitationDataAttributes::default().email(format!("{number}@example.com"));
        let data = InvitationCreateData::default().attributes(attributes);
        let body = Invitation::default().data(data);
        client.invitations().create().body(&body).await.expect("an invitation");
    }
    (server, client)
}

/// Clerk's server with five invitations, and a client of it.
async fn five_at_clerk() -> (Server, invitations::clerk::Client) {
    let server = clerk_api::start().await;
    let client = clerk(&server);
    let item = |number| CreateBulkInvitationsRequestItem::new(format!("{number}@example.com"));
    let items: Vec<_> = (1..6).map(item).collect();
    let api = client.invitations();
    api.create_bulk().body(&items).await.expect("invitations");
    (server, client)
}

#[tokio::test]
async fn pages_of_fastly_are_counted_up_to_their_number() -> Outcome {
    let (server, client) = five_at_fastly().await;
    let mut items = client.invitations().list().page_size(2).items();
    let mut emails = Vec::new();
    while let Some(item) = items.next().await {
        emails.push(
            item?
                .attributes
                .and_then(|attributes| attributes.email)
                .ok_or("no email")?,
        );
    }
    let expected = [
        "john@example.com",
        "1@example.com",
        "2@example.com",
        "3@example.com",
        "4@example.com",
    ];
    assert_eq!(emails, expected);
    let lines = [
        "GET /invitations?page%5Bsize%5D=2",
        "GET /invitations?page%5Bsize%5D=2&page%5Bnumber%5D=2",
        "GET /invitations?page%5Bsize%5D=2&page%5Bnumber%5D=3",
    ];
    assert_eq!(server.lines()[4..], lines);
    let seen = server.seen();
    assert!(
        seen.iter()
            .all(|seen| seen.header("fastly-key") == Some(fastly_api::KEY))
    );
    Ok(())
}

#[tokio::test]
async fn pages_begin_with_the_one_that_is_asked_for() -> Outcome {
    let (server, client) = five_at_fastly().await;
    let mut pages = client.invitations().list().page_number(3).page_size(2).pages();
    let page = pages.next().await.ok_or("no page")??;
    assert_eq!(page.status(), 200);
    assert_eq!(page.body().meta.as_ref().and_then(|meta| meta.current_page), Some(3));
    assert_eq!(page.into_body().data.map(|data| data.len()), Some(1));
    assert!(pages.next().await.is_none());
    assert_eq!(
        server.lines()[4..],
        ["GET /invitations?page%5Bnumber%5D=3&page%5Bsize%5D=2"]
    );
    Ok(())
}

#[tokio::test]
async fn invitations_of_clerk_are_counted_until_a_page_is_short() -> Outcome {
    let (server, client) = five_at_clerk().await;
    let request = client.invitations().list().limit(2).offset(1);
    let mut items = request.status(ListInvitationsStatus::Pending).items();
    let mut addresses = Vec::new();
    while let Some(item) = items.next().await {
        addresses.push(item?.email_address);
    }
    assert_eq!(
        addresses,
        ["4@example.com", "3@example.com", "2@example.com", "1@example.com"]
    );
    let lines = [
        "GET /v1/invitations?limit=2&offset=1&status=pending",
        "GET /v1/invitations?limit=2&status=pending&offset=3",
        "GET /v1/invitations?limit=2&status=pending&offset=5",
    ];
    assert_eq!(server.lines()[1..], lines);
    Ok(())
}

#[tokio::test]
async fn without_a_limit_an_empty_page_is_the_end() -> Outcome {
    let (server, client) = five_at_clerk().await;
    let mut pages = client.invitations().list().pages();
    assert_eq!(pages.next().await.ok_or("no page")??.body().len(), 5);
    assert_eq!(server.lines().len(), 2, "the next is not asked for before it is wanted");
    assert_eq!(pages.next().await.ok_or("no page")??.body().len(), 0);
    assert!(pages.next().await.is_none());
    let nothing = Server::canned(Answer::json(200, "[]")).await;
    let mut items = clerk(&nothing).invitations().list().items();
    assert!(items.next().await.is_none());
    Ok(())
}

#[tokio::test]
async fn settings_of_the_call_hold_for_every_page() -> Outcome {
    let mut calls = 0;
    let server = Server::start(move |seen| {
        calls += 1;
        let body = json!({ "data": [fastly_api::example()], "meta": { "total_pages": 3 }, "at": calls });
        match (calls, seen.query()) {
            (3, _) => Answer::status(503),
            (_, Some("page%5Bnumber%5D=3")) => Answer::never(),
            _ => fastly_api::answer(200, &body),
        }
    })
    .await;
    let request = fastly(&server).invitations().list();
    let retries = Retries::default().attempts(2).base_delay(Duration::ZERO);
    let limit = Duration::from_millis(300);
    let mut items = request
        .with_header("x-own", "1")
        .with_retries(retries)
        .with_timeout(limit)
        .items();
    assert!(items.next().await.ok_or("no first")?.is_ok());
    assert!(items.next().await.ok_or("no second")?.is_ok());
    let error = items.next().await.ok_or("no third")?.expect_err("silence");
    assert!(error.is_timeout(), "{error:?}");
    assert!(items.next().await.is_none());
    assert!(server.seen().iter().all(|seen| seen.header("x-own") == Some("1")));
    Ok(())
}

#[tokio::test]
async fn a_server_that_does_not_count_is_noticed() -> Outcome {
    let page = json!({ "data": [fastly_api::example()], "meta": { "total_pages": 1_000_000_000 } });
    let server = Server::canned(fastly_api::answer(200, &page)).await;
    let mut items = fastly(&server).invitations().list().items();
    assert!(items.next().await.ok_or("no first")?.is_ok());
    assert!(items.next().await.ok_or("no second")?.is_ok());
    let error = items.next().await.ok_or("no end")?.expect_err("the same page twice");
    assert!(
        matches!(error.kind(), ErrorKind::Paging(PagingError::Repeated)),
        "{error:?}"
    );
    assert_eq!(server.seen().len(), 2);
    Ok(())
}

#[tokio::test]
async fn endless_pages_have_an_end() -> Outcome {
    let mut number = 0;
    let server = Server::start(move |_| {
        number += 1;
        Answer::json(200, json!([{ "number": number }]).to_string())
    })
    .await;
    let mut pages = fastly(&server).invitations().list().pages().max_pages(2);
    assert!(
        pages.next().await.ok_or("no page")?.is_err(),
        "it is not what the document says"
    );
    assert!(pages.next().await.is_none());
    let mut number = 0;
    let server = Server::start(move |_| {
        number += 1;
        let meta = json!({ "total_pages": 9_000_000, "current_page": number });
        fastly_api::answer(200, &json!({ "data": [], "meta": meta }))
    })
    .await;
    let mut items = fastly(&server).invitations().list().items().max_pages(7);
    let error = items.next().await.ok_or("no end")?.expect_err("too many");
    assert!(matches!(
        error.kind(),
        ErrorKind::Paging(PagingError::TooManyPages { limit: 7 })
    ));
    assert_eq!(server.seen().len(), 7);
    Ok(())
}
