//! OpenAI: an answer at once, and the same piece by piece.

use envoi_runtime::{Error, InMemory};

use crate::clients::openai::{Client, models};
use crate::reply;

fn question() -> models::CreateChatCompletionRequest {
    let user = models::ChatCompletionRequestUserMessage::new("Say this is a test!");
    models::CreateChatCompletionRequest::new([user], "gpt-4o-mini")
}

async fn answer(client: &Client) -> Result<String, Error> {
    let completion = client.chat().create_completion(&question()).await?;
    let choice = completion.choices.into_iter().next();
    Ok(choice.and_then(|choice| choice.message.content).unwrap_or_default())
}

async fn answer_as_it_comes(client: &Client, mut show: impl FnMut(&str)) -> Result<(), Error> {
    let mut chunks = client.chat().create_completion_stream(&question()).await?;
    while let Some(chunk) = chunks.next().await {
        for choice in chunk?.choices {
            show(choice.delta.content.as_option().map_or("", String::as_str));
        }
    }
    Ok(())
}

fn server() -> InMemory {
    InMemory::new(|request| {
        let asked = String::from_utf8_lossy(request.body());
        let chunk = |delta: &str, reason: &str| {
            format!(
                "data: {{\"id\":\"chatcmpl-123\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\",\
                 \"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{reason}}}]}}\n\n"
            )
        };
        if asked.ends_with("\"stream\":true}") {
            let chunks = [
                chunk(r#"{"role":"assistant","content":""}"#, "null"),
                chunk(r#"{"content":"This is "}"#, "null"),
                chunk(r#"{"content":"a test!"}"#, "null"),
                chunk("{}", "\"stop\""),
            ];
            return reply("text/event-stream", chunks.concat() + "data: [DONE]\n\n");
        }
        assert!(asked.ends_with("\"stream\":false}"), "{asked}");
        reply(
            "application/json",
            r#"{"id":"chatcmpl-123","object":"chat.completion","created":1677652288,"model":"gpt-4o-mini","choices":[
                {"index":0,"message":{"role":"assistant","content":"This is a test!"},"logprobs":null,
                 "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}"#,
        )
    })
}

#[tokio::test]
async fn an_answer_at_once_and_piece_by_piece() {
    let server = server();
    let client = Client::builder()
        .api_key_auth("sk-0123456789")
        .transport(server.clone());
    let client = client.build().expect("a client");
    assert_eq!(answer(&client).await.expect("an answer"), "This is a test!");
    let mut shown = String::new();
    let streamed = answer_as_it_comes(&client, |piece| shown.push_str(piece)).await;
    streamed.expect("an answer");
    assert_eq!(shown, "This is a test!");
    let accepted: Vec<_> = server
        .requests()
        .iter()
        .map(|sent| sent.headers()["accept"].clone())
        .collect();
    assert_eq!(accepted, ["application/json", "text/event-stream"]);
}
