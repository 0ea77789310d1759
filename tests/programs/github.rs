//! GitHub: the newest artifact of a repository, downloaded through its redirect.

use envoi_runtime::http::header::{AUTHORIZATION, HeaderValue, LOCATION};
use envoi_runtime::http::{Response, StatusCode};
use envoi_runtime::{InMemory, Redirects};

use crate::clients::github::Client;
use crate::reply;

/// The archive, which GitHub keeps on another server.
async fn download(client: &Client, owner: &str, repo: &str) -> Result<Option<Vec<u8>>, Box<dyn std::error::Error>> {
    let mut artifacts = client.actions().list_artifacts_for_repo(owner, repo).items();
    let Some(newest) = artifacts.next().await.transpose()? else {
        return Ok(None);
    };
    let archive = client
        .actions()
        .download_artifact(owner, repo, newest.id, "zip")
        .with_redirects(Redirects::Anywhere)
        .await?;
    match archive.into_content() {
        Some(content) => Ok(Some(content.collect().await?.into())),
        None => Ok(None),
    }
}

#[tokio::test]
async fn an_artifact_through_its_redirect() {
    let server = InMemory::new(|request| match request.uri().path() {
        "/repos/octo-org/octo-docs/actions/artifacts" => reply(
            "application/json",
            r#"{"total_count":1,"artifacts":[{"id":11,"node_id":"MDg6QXJ0aWZhY3QxMQ==","name":"Rails","size_in_bytes":556,
                "expired":false,"created_at":"2020-01-10T14:59:22Z"}]}"#,
        ),
        "/repos/octo-org/octo-docs/actions/artifacts/11/zip" => {
            let mut response = Response::new("".into());
            *response.status_mut() = StatusCode::FOUND;
            let to = HeaderValue::from_static("https://pipelines.example/11.zip?signature=1");
            response.headers_mut().insert(LOCATION, to);
            response
        }
        "/11.zip" => {
            assert!(
                !request.headers().contains_key(AUTHORIZATION),
                "a stranger got the token"
            );
            reply("application/zip", "PK")
        }
        other => panic!("{other}"),
    });
    let client = Client::builder()
        .default_header("authorization", "Bearer ghp_0123456789")
        .transport(server);
    let client = client.build().expect("a client");
    let archive = download(&client, "octo-org", "octo-docs").await.expect("an archive");
    assert_eq!(archive.as_deref(), Some(&b"PK"[..]));
}
