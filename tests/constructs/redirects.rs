//! Operations whose only success is a redirect.

use envoi_runtime::http::{Response, StatusCode, header};
use envoi_runtime::{InMemory, Redirected, Redirects};

use crate::fixtures::responses::Client;

/// A client of a server that leads elsewhere, and the server.
fn leading(status: StatusCode, to: &'static str) -> (Client, InMemory) {
    let server = InMemory::new(move |request| {
        let mut response = Response::new("content".into());
        if request.uri().path() == "/moved" {
            *response.status_mut() = status;
            let to = header::HeaderValue::from_static(to);
            response.headers_mut().insert(header::LOCATION, to);
        }
        response
    });
    let client = Client::builder()
        .base_url("https://api.example.com")
        .transport(server.clone());
    (client.build().expect("a client"), server)
}

#[tokio::test]
async fn the_location_is_the_result_where_it_is_not_followed() {
    let (client, server) = leading(StatusCode::FOUND, "https://files.example/x?signature=1");
    let redirected = client.moved().await.expect("a redirect is the success");
    assert_eq!(redirected.location(), Some("https://files.example/x?signature=1"));
    assert_eq!(server.requests().len(), 1);
    let (client, _) = leading(StatusCode::SEE_OTHER, "/there");
    let redirected = client.moved().with_redirects(Redirects::None).await.expect("a success");
    assert_eq!(redirected.location(), Some("https://api.example.com/there"));
}

#[tokio::test]
async fn the_bytes_are_the_result_where_it_is_followed() {
    let (client, server) = leading(StatusCode::FOUND, "https://files.example/x");
    let redirected = client
        .moved()
        .with_redirects(Redirects::Anywhere)
        .await
        .expect("a success");
    let content = redirected.into_content().expect("it was followed");
    assert_eq!(content.collect().await.expect("the bytes"), "content");
    assert_eq!(server.requests()[1].uri(), "https://files.example/x");
    // one that stays at the origin is followed by itself
    let (client, server) = leading(StatusCode::TEMPORARY_REDIRECT, "/there");
    let redirected = client.moved().await.expect("a success");
    assert!(matches!(redirected, Redirected::Content(_)), "{redirected:?}");
    assert_eq!(server.requests()[1].headers()[header::ACCEPT], "*/*");
}

#[tokio::test]
async fn another_status_is_an_error() {
    let client = Client::builder().base_url("https://api.example.com");
    let client = client.transport(InMemory::new(|_| {
        let mut response = Response::new("gone".into());
        *response.status_mut() = StatusCode::GONE;
        response
    }));
    let error = client
        .build()
        .expect("a client")
        .moved()
        .await
        .expect_err("no redirect");
    assert_eq!(error.status(), Some(StatusCode::GONE));
}
