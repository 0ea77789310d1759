//! The same operation in every way it can be called.

use super::server::clerk::{KEY, example, start};
use super::server::{Answer, Server};
use super::{Outcome, clerk};
use invitations::clerk::apis::invitations::{RevokeInvitation, RevokeInvitationError};
use invitations::clerk::models::{CreateInvitationRequest, Invitation};
use invitations::clerk::transport::{InMemory, Tower};
use invitations::clerk::{Body, Client, Retries};
use std::convert::Infallible;

/// What every way must bring back.
fn created() -> Invitation {
    serde_json::from_value(example()).expect("an invitation")
}

fn request() -> CreateInvitationRequest {
    CreateInvitationRequest::new("ada@example.com")
}

#[tokio::test]
async fn asynchronously() -> Outcome {
    let server = Server::canned(Answer::json(200, example().to_string())).await;
    let reply = clerk(&server).invitations().create().body(&request()).await?;
    assert_eq!(reply, created());
    Ok(())
}

#[test]
fn blocking() -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let server = runtime.block_on(start());
    let client = clerk(&server);
    let reply = client.invitations().create().body(&request()).send_blocking()?;
    assert_eq!(reply.body().email_address, "ada@example.com");
    assert_eq!(server.lines(), ["POST /v1/invitations"]);
    Ok(())
}

#[tokio::test]
async fn through_a_stack_of_tower() -> Outcome {
    let stack = tower::ServiceBuilder::new()
        .concurrency_limit(2)
        .service(tower::service_fn(|request: http::Request<Body>| async move {
            assert_eq!(request.uri(), "https://api.clerk.com/v1/invitations");
            assert_eq!(request.headers()["authorization"], format!("Bearer {KEY}"));
            let reply = http::Response::builder().header("content-type", "application/json");
            Ok::<_, Infallible>(reply.body(Body::from(example().to_string())).expect("a reply"))
        }));
    let client = Client::builder()
        .bearer_auth(KEY)
        .transport(Tower::new(stack))
        .build()?;
    let reply = client.invitations().create().body(&request()).await?;
    assert_eq!(reply, created());
    Ok(())
}

#[tokio::test]
async fn in_memory() -> Outcome {
    let server = InMemory::new(|request| {
        assert_eq!(request.body(), r#"{"email_address":"ada@example.com"}"#);
        http::Response::new(example().to_string().into())
    });
    let builder = Client::builder().bearer_auth(KEY).retries(Retries::none());
    let client = builder.transport(server.clone()).build()?;
    let reply = client.invitations().create().body(&request()).await?;
    assert_eq!(reply, created());
    assert_eq!(server.requests()[0].uri().path(), "/v1/invitations");
    Ok(())
}

/// Any status, of operations and of other endpoints; decoded afterwards, or not at all.
#[tokio::test]
async fn raw() -> Outcome {
    let server = InMemory::new(|_| {
        let response = http::Response::builder().status(404).header("x-a", "b");
        response.body(r#"{"errors": []}"#.into()).expect("a response")
    });
    let client = Client::builder().bearer_auth(KEY).transport(server).build()?;
    let reply = client.invitations().revoke("inv_1").send_raw().await?;
    assert_eq!((reply.status_code(), &reply.headers()["x-a"]), (404, &"b".parse()?));
    let error = reply.decode::<RevokeInvitation>().expect_err("not found");
    assert!(
        matches!(error.api(), Some(RevokeInvitationError::NotFound(_))),
        "{error:?}"
    );
    let reply = client.request(http::Method::GET, "/status").send_raw().await?;
    assert_eq!(reply.body(), r#"{"errors": []}"#);
    Ok(())
}
