//! The client that `build.rs` made is as good as one that is checked in.

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::get;

mod clerk {
    include!(concat!(env!("OUT_DIR"), "/clerk/mod.rs"));
}

const PAGE: &str = r#"[{
    "object": "invitation", "id": "inv_1", "email_address": "a@example.org", "public_metadata": {},
    "status": "pending", "created_at": 1638000669544, "updated_at": 1638000669544
}]"#;

async fn list(headers: HeaderMap) -> Result<(HeaderMap, &'static str), StatusCode> {
    let authorized = headers
        .get(header::AUTHORIZATION)
        .is_some_and(|value| value == "Bearer sk_test_1");
    let json = HeaderMap::from_iter([(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json"),
    )]);
    if authorized {
        Ok((json, PAGE))
    } else {
        Err(StatusCode::UNAUTHORIZED)
    }
}

#[tokio::test]
async fn a_call_through_the_included_module() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}/v1", listener.local_addr()?);
    let router = Router::new().route("/v1/invitations", get(list));
    tokio::spawn(async move { axum::serve(listener, router).await });

    let client = clerk::Client::builder()
        .base_url(base_url)
        .bearer_auth("sk_test_1")
        .build()?;
    let page = client.invitations().list().limit(10).await?;

    assert_eq!(page.len(), 1);
    assert_eq!(page[0].status, clerk::models::InvitationStatus::Pending);
    Ok(())
}
