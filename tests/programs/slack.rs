//! Slack: every channel, through its pages.

use envoi_runtime::{Error, InMemory};

use crate::clients::slack::Client;
use crate::clients::slack::apis::conversations::ConversationsListError;
use crate::reply;

async fn channels(client: &Client) -> Result<Vec<String>, Error<ConversationsListError>> {
    let mut names = Vec::new();
    let mut channels = client.conversations().list().limit(1).items();
    while let Some(channel) = channels.next().await {
        names.push(channel?.name);
    }
    Ok(names)
}

#[tokio::test]
async fn channels_of_every_page() {
    let server = InMemory::new(|request| {
        let page = match request.uri().query().unwrap_or_default() {
            "limit=1" => {
                r#"{"ok":true,"channels":[{"id":"C012AB3CD","name":"general","is_archived":false,"num_members":4}],
                    "response_metadata":{"next_cursor":"dGVhbTpDMDYxRkE1UEI="}}"#
            }
            "limit=1&cursor=dGVhbTpDMDYxRkE1UEI%3D" => {
                r#"{"ok":true,"channels":[{"id":"C061EG9T2","name":"random","topic":null}],
                    "response_metadata":{"next_cursor":""}}"#
            }
            other => panic!("{other}"),
        };
        reply("application/json; charset=utf-8", page)
    });
    let client = Client::builder()
        .slack_auth("xoxb-0123456789")
        .transport(server.clone());
    let client = client.build().expect("a client");
    assert_eq!(channels(&client).await.expect("channels"), ["general", "random"]);
    assert_eq!(
        server.requests()[0].headers()["authorization"],
        "Bearer xoxb-0123456789"
    );
}
