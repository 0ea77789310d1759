//! JSON Lines and JSON text sequences.

use envoi_runtime::bytes::Bytes;
use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{AnyError, Error, ErrorKind, JsonLines, Reply};
use futures_util::StreamExt as _;

use super::{cuts, fault, reply};

async fn all(items: JsonLines<Value>) -> Vec<Result<Value, String>> {
    let said = |item: Result<Value, Error>| item.map_err(|error| fault(&error).1.to_owned());
    items.map(said).collect().await
}

#[tokio::test]
async fn lines_wherever_the_body_is_cut() {
    let body = "\u{feff}{\"a\": \"é\"}\r\n\n  \n[1,\n2\n\"x\"";
    let expected = vec![
        Ok(json!({ "a": "é" })),
        Err("EOF while parsing a value (was the body cut off?)".to_owned()),
        Ok(json!(2)),
        Ok(json!("x")),
    ];
    for pieces in cuts(body.as_bytes()) {
        let said = format!("{pieces:?}");
        let items = reply("application/jsonl", pieces).await.json_lines().expect("lines");
        assert_eq!(all(items).await, expected, "{said}");
    }
}

#[tokio::test]
async fn records_wherever_the_body_is_cut() {
    let body = "\x1e{\"a\":\n[\"]\\\"\n\"]}\n\x1e\x1e \x1e1\n\x1e{\"cut\": \x1etrue\n\x1e12";
    let expected = vec![
        Ok(json!({ "a": ["]\"\n"] })),
        Ok(json!(1)),
        Err("EOF while parsing a value (was the body cut off?)".to_owned()),
        Ok(json!(true)),
        Err("the text is cut off".to_owned()),
    ];
    for pieces in cuts(body.replace("\"\n\"", "\"\\n\"").as_bytes()) {
        let said = format!("{pieces:?}");
        let items = reply("application/json-seq", pieces)
            .await
            .json_records()
            .expect("records");
        assert_eq!(all(items).await, expected, "{said}");
    }
}

#[tokio::test]
async fn a_record_comes_before_the_next_one_begins() {
    let pieces = vec![Bytes::from("\x1e{\n}\n")];
    let mut items = reply("application/json-seq", pieces)
        .await
        .json_records::<Value>()
        .expect("records");
    assert_eq!(items.next().await.expect("a record").expect("decoded"), json!({}));
}

#[tokio::test]
async fn no_element_is_longer_than_a_body() {
    for body in ["x".repeat(300), format!("[1]\n{}\n", "1".repeat(300))] {
        let pieces = body.as_bytes().chunks(7).map(Bytes::copy_from_slice).collect();
        let items = reply("application/jsonl", pieces)
            .await
            .json_lines::<Value>()
            .expect("lines");
        let items: Vec<_> = items.collect().await;
        let last = items.last().expect("an error").as_ref().expect_err("too long");
        assert!(matches!(last.kind(), ErrorKind::BodyTooLarge { limit: 200 }), "{last}");
    }
    let pieces = vec![Bytes::from("[\n[1]\n"); 1000];
    let items = reply("application/jsonl", pieces)
        .await
        .json_lines::<Value>()
        .expect("lines");
    assert_eq!(
        items.filter(|item| std::future::ready(item.is_ok())).count().await,
        1000
    );
}

#[tokio::test]
async fn each_element_is_as_deep_as_a_body_may_be() {
    let deep = "[".repeat(150);
    let items = reply("application/jsonl", vec![deep.into()])
        .await
        .json_lines::<Value>()
        .expect("lines");
    assert_eq!(all(items).await, [Err("recursion limit exceeded".to_owned())]);
}

/// The error of any call holds what a program finds when it decodes a response itself.
#[tokio::test]
async fn a_question_mark_takes_what_a_program_decodes() {
    async fn second(reply: &Reply) -> Result<Value, Error<AnyError>> {
        let mut items = reply.json_lines::<Value>()?;
        items.next().await.transpose()?;
        Ok(items.next().await.transpose()?.unwrap_or_default())
    }
    let lines = reply("application/jsonl", vec!["1\n2\n".into()]).await;
    assert_eq!(second(&lines).await.expect("a value"), json!(2));
    let error = second(&lines).await.expect_err("its body was taken");
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");
    let error = second(&reply("application/jsonl", vec!["1\n]\n".into()]).await).await;
    assert!(matches!(error.expect_err("no JSON").kind(), ErrorKind::Decode(_)));
}
