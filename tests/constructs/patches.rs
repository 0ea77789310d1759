//! Bodies of several media types, and those that can be `null`, on the wire.

use std::fmt::Debug;

use envoi_runtime::{JsonPatch, Multipart, Nullable, Part};
use serde_json::{Map, Value, json};

use crate::fixtures::patches::Client;
use crate::fixtures::patches::apis::client_operations::{
    ArchiveBody, EitherNullableBody, GetReportOutput, OrderBody, PatchNodeBody, PatchPodBody, SheetBody, SuffixesBody,
};
use crate::fixtures::patches::models::{
    Change, ChangeOp, Node, NodePatch, NullableNode, OrderRequestVndNodesV2, UploadFileRequest,
};
use crate::server::{NO_CONTENT, Received, call, client};

async fn sent<T, E: Debug>(make: impl AsyncFnOnce(Client) -> Result<T, E>) -> Received {
    let (received, result) = call(NO_CONTENT, async |url| make(client!(patches, url)).await).await;
    if let Err(error) = result {
        panic!("{error:?}");
    }
    received
}

/// The media type and the body that a call sends; neither if it has no body.
async fn body<T, E: Debug>(make: impl AsyncFnOnce(Client) -> Result<T, E>) -> (String, String) {
    let received = sent(make).await;
    let media_type = received.header("content-type").unwrap_or_default().to_owned();
    (media_type, received.body)
}

macro_rules! check {
    ($media_type:literal, $body:literal, $call:expr) => {
        assert_eq!(body($call).await, ($media_type.to_owned(), $body.to_owned()));
    };
}

/// A value is what is merged; a patch in JSON Patch has a type of its own.
#[tokio::test]
async fn patches_of_one_schema() {
    let replace = JsonPatch::new().replace("/spec/replicas", 3);
    check!("application/merge-patch+json", r#"{"replicas":3}"#, async |client| {
        client.patch_pod("a", json!({ "replicas": 3 })).await
    });
    check!("application/merge-patch+json", "{}", async |client| client
        .patch_pod("a", Map::<String, Value>::new())
        .await);
    let list = r#"[{"op":"replace","path":"/spec/replicas","value":3}]"#;
    let made = body(async |client| client.patch_pod("a", replace).await).await;
    assert_eq!(made, ("application/json-patch+json".to_owned(), list.to_owned()));
    check!(
        "application/json-patch+json",
        r#"[{"op":"remove","path":"/a"}]"#,
        async |client| client
            .patch_pod(
                "a",
                PatchPodBody::JsonPatch(json!([{ "op": "remove", "path": "/a" }]).into())
            )
            .await
    );
    check!("application/strategic-merge-patch+json", r#"{"a":1}"#, async |client| {
        client
            .patch_pod("a", PatchPodBody::StrategicMergePatch(json!({ "a": 1 })))
            .await
    });
    check!("application/apply-patch+yaml", "a: 1", async |client| client
        .patch_pod("a", PatchPodBody::ApplyPatch("a: 1".into()))
        .await);
}

#[tokio::test]
async fn what_differs_in_its_suffix() {
    check!("application/json", r#"{"name":"n"}"#, async |client| client
        .patch_node("a")
        .body(&Node::default().name("n"))
        .await);
    check!("application/apply-patch+yaml", "a: 1", async |client| client
        .patch_node("a")
        .body(PatchNodeBody::ApplyPatch("a: 1".into()))
        .await);
    check!("application/apply-patch+cbor", "x", async |client| client
        .patch_node("a")
        .body(PatchNodeBody::ApplyPatchCbor("x".into()))
        .await);
    check!("application/vnd.node+json", "{}", async |client| client
        .suffixes(SuffixesBody::VndNode(&Node::default()))
        .await);
    check!("application/vnd.node+yaml", "a: 1", async |client| client
        .suffixes(SuffixesBody::VndNodeYaml("a: 1".into()))
        .await);
    check!("application/zip", "PK", async |client| client
        .archive(ArchiveBody::Zip("PK".into()))
        .await);
    check!("application/octet-stream", "\0", async |client| client
        .sheet(SheetBody::Bytes("\0".into()))
        .await);
    check!("text/csv", "a;b", async |client| client
        .sheet(SheetBody::Text("a;b".to_owned()))
        .await);
}

/// A patch that is alone, in each way in which documents describe it.
#[tokio::test]
async fn json_patch_alone() {
    let add = JsonPatch::new().add("/a", "b");
    for _ in 0..2 {
        check!(
            "application/json-patch+json",
            r#"[{"op":"add","path":"/a","value":"b"}]"#,
            async |client| client.alone(&add).await
        );
    }
    check!("application/json-patch+json", r#"[{"op":"test"}]"#, async |client| {
        client.perhaps_patch().body(json!([{ "op": "test" }])).await
    });
    check!("", "", async |client| client.perhaps_patch().await);
    check!(
        "application/json-patch+json",
        r#"[{"op":"remove","path":"/a"}]"#,
        async |client| client.listed([Change::new(ChangeOp::Remove, "/a")]).await
    );
    check!("application/json-patch+json", r#"{"size":1}"#, async |client| client
        .object(Node::default().size(1))
        .await);
    check!("application/json", r#"{"size":1}"#, async |client| client
        .framework(Node::default().size(1))
        .await);
}

/// A merge patch is before what only one vendor knows, and JSON Patch is last.
#[tokio::test]
async fn the_order_is_not_that_of_the_document() {
    let node = NodePatch::default().size(Nullable::Null);
    check!("application/merge-patch+json", r#"{"size":null}"#, async |client| {
        client.order(&node).await
    });
    check!("application/merge-patch+json", "{}", async |client| client
        .order(OrderBody::MergePatch(&NodePatch::default()))
        .await);
    check!("application/vnd.nodes.v2+json", r#"{"v2":"x"}"#, async |client| client
        .order(&OrderRequestVndNodesV2::default().v2("x"))
        .await);
    let remove = [Change::new(ChangeOp::Remove, "/a")];
    check!(
        "application/json-patch+json",
        r#"[{"op":"remove","path":"/a"}]"#,
        async |client| client.order(&remove[..]).await
    );
    check!(
        "application/json-patch+json",
        r#"[{"op":"remove","path":"/a"}]"#,
        async |client| client.order(&remove.to_vec()).await
    );
}

#[tokio::test]
async fn free_form_objects() {
    let map: Map<String, Value> = [("a".to_owned(), Value::Null)].into_iter().collect();
    check!("application/json", r#"{"a":null}"#, async |client| client
        .free(&map)
        .await);
    check!("application/json", r#"{"a":1}"#, async |client| client
        .free(json!({ "a": 1 }))
        .await);
    let value = json!({ "a": 1 });
    check!("application/json", r#"{"a":1}"#, async |client| client
        .free(&value)
        .await);
    check!("application/json", r#"{"a":1}"#, async |client| client
        .free_or_form(&value)
        .await);
    check!("application/json", r#"{"a":1}"#, async |client| client
        .free_or_form(value)
        .await);
    check!("application/x-www-form-urlencoded", "size=1", async |client| client
        .free_or_form(&Node::default().size(1))
        .await);
}

/// What can be `null` is taken like what cannot, and `None` means what it means everywhere.
#[tokio::test]
async fn nullable_bodies() {
    let node = NullableNode::default().name("n");
    for _ in 0..2 {
        check!("application/json", r#"{"name":"n"}"#, async |client| client
            .nullable_node(&node)
            .await);
        check!("application/json", r#"{"name":"n"}"#, async |client| client
            .perhaps_node()
            .body(Some(&node))
            .await);
        check!("application/json", r#"{"name":"n"}"#, async |client| client
            .either_nullable(&node)
            .await);
    }
    check!("application/json", "null", async |client| client
        .nullable_node(None::<NullableNode>)
        .await);
    check!("", "", async |client| client
        .perhaps_node()
        .body(None::<NullableNode>)
        .await);
    check!("application/json", "null", async |client| client
        .perhaps_node()
        .body(Nullable::Null)
        .await);
    check!("application/json", r#"{"name":"n"}"#, async |client| client
        .perhaps_node()
        .body(Nullable::Value(node))
        .await);
    check!("application/json", "null", async |client| client
        .either_nullable(EitherNullableBody::Json(None))
        .await);
    check!("application/json", r#""a""#, async |client| client
        .nullable_word("a")
        .await);
    check!("application/json", "null", async |client| client
        .nullable_word(None::<&str>)
        .await);
    check!("application/json", r#""a""#, async |client| client
        .perhaps_word()
        .body(String::from("a"))
        .await);
    check!("application/json", "null", async |client| client
        .perhaps_word()
        .body(Nullable::Null)
        .await);
    check!("", "", async |client| client.perhaps_word().body(None::<String>).await);
    let nodes = vec![Node::default()];
    check!("application/json", "[{}]", async |client| client
        .nullable_nodes(&nodes)
        .await);
    check!("application/json", "[{}]", async |client| client
        .perhaps_nodes()
        .body(Some([Node::default()]))
        .await);
    check!("application/json", "null", async |client| client
        .perhaps_nodes()
        .body(Nullable::Null)
        .await);
    check!("application/json", "null", async |client| client
        .nullable_nodes(None::<Vec<Node>>)
        .await);
}

/// Any parts can be sent, also a file where the document declares text.
#[tokio::test]
async fn a_file_that_is_declared_as_text() {
    let received = sent(async |client| client.upload_file(&UploadFileRequest::new("p").file("text")).await).await;
    assert!(!received.body.contains("filename="), "{}", received.body);
    let file = Part::new("GIF").file_name("a.gif").media_type("image/gif");
    let parts = Multipart::new().value("purpose", "p").part("file", file);
    let received = sent(async |client| client.upload_file(parts).await).await;
    let head = "name=\"file\"; filename=\"a.gif\"\r\nContent-Type: image/gif\r\n\r\nGIF\r\n";
    assert!(received.body.contains(head), "{}", received.body);
}

#[tokio::test]
async fn the_body_of_a_result() {
    let report = async |reply: &'static str| {
        let (_, result) = call(reply, async |url| client!(patches, url).get_report().await).await;
        result.expect("a report")
    };
    let json = report("200 OK\r\ncontent-type: application/json\r\n\r\n{\"name\":\"n\"}").await;
    assert_eq!(json.as_ok_json(), Some(&Node::default().name("n")));
    assert_eq!((json.as_ok_text(), json.is_accepted()), (None, false));
    assert_eq!(json.into_ok_json(), Some(Node::default().name("n")));
    let csv = report("200 OK\r\ncontent-type: text/csv\r\n\r\na;b").await;
    assert_eq!(csv.as_ok_text(), Some("a;b"));
    assert!(csv.into_ok_json().is_none());
    let pdf = report("200 OK\r\ncontent-type: application/pdf\r\n\r\n%").await;
    let stream = pdf.into_ok_bytes().expect("bytes");
    assert_eq!(stream.collect().await.expect("all"), "%");
    let later: GetReportOutput = report("202 Accepted\r\n\r\n").await;
    assert!(later.is_accepted());
}
