//! Values that are one of several scalars: in bodies of every kind, and in every place of a call.

use envoi_runtime::chrono::DateTime;
use envoi_runtime::{IntegerOrDateTime, IntegerOrString, Number, NumberOrString, Part, Scalar};
use serde_json::{Value, json};

use crate::fixtures::scalars::apis::client_operations::PutPod;
use crate::fixtures::scalars::models::{
    Form, Marks, Pod, PodBoth, PodListed, PodMixed, PodNamed, PostUploadRequest, Size,
};
use crate::json::check_same;
use crate::server::{NO_CONTENT, call, client};

fn pod(members: &Value) -> Value {
    let mut pod = json!({"port": 80, "weight": 3, "tags": []});
    for (name, value) in members.as_object().expect("an object") {
        pod[name] = value.clone();
    }
    pod
}

#[test]
fn values_come_back_as_they_came() {
    let values = [
        json!({"port": "http", "weight": 3.0, "target": 1, "extended": "x", "tags": [1, "a", -7, null, 1.5]}),
        json!({"weight": u64::MAX, "width": "auto", "visible": "yes", "switch": 1, "value": null}),
        json!({"weight": 9_007_199_254_740_993_i64, "width": 3, "visible": true, "switch": false, "value": 1.5}),
        json!({"width": 3.0, "switch": 0.5, "value": "x", "values": {"a": "x", "b": 1, "c": true, "d": [1], "e": null}}),
        json!({"pushed": 1_772_600_767, "nested": 1, "big": u64::MAX, "plain": 7}),
        json!({"pushed": "2026-03-04T05:06:07Z", "nested": "a", "big": "many", "listed": "now"}),
        json!({"pushed": null, "nested": null, "listed": 3, "mixed": 3, "both": 3, "named": 3}),
        json!({"listed": "later", "mixed": 3.0, "both": 3.5, "named": "a"}),
        json!({"mixed": u64::MAX, "both": {"unit": "kg"}, "named": {"width": 3}}),
        json!({"mixed": "a", "both": u64::MAX}),
        json!({"mixed": ["a"]}),
        // what is not described
        json!({"port": [80], "visible": 3, "pushed": "soon", "big": false}),
    ];
    check_same::<Pod>(&values.map(|value| pod(&value)));
}

#[test]
fn branches_beside_scalars_are_told_apart() {
    let value = pod(&json!({"listed": 3, "mixed": 3.0, "both": 0.5, "named": {"width": 3}}));
    let read: Pod = serde_json::from_value(value).expect("a pod");
    assert_eq!(read.listed, Some(PodListed::Integer(3)));
    assert_eq!(read.mixed, Some(PodMixed::Number(Number::from(3.0))));
    assert_eq!(read.both, Some(PodBoth::Number(Number::from(0.5))));
    assert_eq!(read.named, Some(PodNamed::Size(Size::new(3))));
    let read: Pod = serde_json::from_value(pod(&json!({"named": 3}))).expect("a pod");
    assert_eq!(read.named, Some(PodNamed::IntOrString(IntegerOrString::from(3))));
}

#[test]
fn values_are_made_from_what_they_hold() {
    let pod = Pod::new(80, 1.5, [IntegerOrString::from(1), "a".into()])
        .width("auto")
        .visible(true)
        .switch(0)
        .value(Scalar::from("x"))
        .pushed(IntegerOrDateTime::from(DateTime::UNIX_EPOCH))
        .nested(NumberOrString::from(2));
    let expected = json!({"port": 80, "weight": 1.5, "tags": [1, "a"], "width": "auto", "visible": true, "switch": 0,
        "value": "x", "pushed": "1970-01-01T00:00:00Z", "nested": 2});
    assert_eq!(serde_json::to_value(pod).expect("written"), expected);
}

fn ok(headers: &str, body: &Value) -> String {
    format!("200 OK\r\ncontent-type: application/json\r\n{headers}\r\n\r\n{body}")
}

#[tokio::test]
async fn in_paths_queries_headers_and_cookies() {
    let reply = ok("x-ratio: 3", &pod(&json!({})));
    let body = Pod::new("http", 1, Vec::<IntegerOrString>::new());
    let (received, result) = call(&reply, async |url| {
        let client = client!(scalars, url);
        let ports = [IntegerOrString::from(80), "a b".into()];
        let call = client.put_pod("a/b", false, &body).grace(3.0).ports(ports);
        call.since(DateTime::UNIX_EPOCH).x_weight(3).session("s").await
    })
    .await;
    result.expect("a pod");
    assert_eq!(
        received.line,
        "PUT /pods/a%2Fb?force=false&grace=3&ports=80,a%20b&since=1970-01-01T00%3A00%3A00Z"
    );
    assert_eq!(
        (received.header("x-weight"), received.header("cookie")),
        (Some("3"), Some("session=s"))
    );
    assert_eq!(received.body, r#"{"port":"http","weight":1,"tags":[]}"#);

    let (received, result) = call(&reply, async |url| {
        client!(scalars, url).put_pod(7, "auto", &body).grace("long").await
    })
    .await;
    result.expect("a pod");
    assert_eq!(received.line, "PUT /pods/7?force=auto&grace=long");

    let client = client!(scalars, "http://localhost:9".to_owned());
    let error = client.put_pod(7, true, &body).grace(f64::NAN).await.expect_err("NaN");
    assert!(error.to_string().contains("grace"), "{error}");
}

#[tokio::test]
async fn in_headers_of_replies() {
    let put = async |url| {
        let body = Pod::new(1, 1, Vec::<IntegerOrString>::new());
        client!(scalars, url)
            .put_pod(7, true, &body)
            .send()
            .await
            .expect("a pod")
    };
    let (_, reply) = call(&ok("x-port: 80\r\nx-ratio: 0.5", &pod(&json!({}))), put).await;
    assert_eq!(reply.header(PutPod::X_PORT), Ok(Some(IntegerOrString::from(80))));
    assert_eq!(reply.header(PutPod::X_RATIO), Ok(Number::from(0.5)));
    let (_, reply) = call(&ok("x-port: 0080\r\nx-ratio: many", &pod(&json!({}))), put).await;
    assert_eq!(reply.header(PutPod::X_PORT), Ok(Some(IntegerOrString::from("0080"))));
    assert!(reply.header(PutPod::X_RATIO).is_err());
}

#[tokio::test]
async fn in_forms_and_parts() {
    let (received, result) = call(NO_CONTENT, async |url| {
        client!(scalars, url)
            .post_form(&Form::new(7).percent(12.5).active("if needed"))
            .await
    })
    .await;
    result.expect("no content");
    assert_eq!(received.body, "trial=7&percent=12.5&active=if%20needed");

    let (received, result) = call(NO_CONTENT, async |url| {
        let body = PostUploadRequest::new(Part::text("f"), "large").ratio(2);
        client!(scalars, url).post_upload(body).await
    })
    .await;
    result.expect("no content");
    for part in ["name=\"size\"\r\n\r\nlarge\r\n", "name=\"ratio\"\r\n\r\n2\r\n"] {
        assert!(received.body.contains(part), "{}", received.body);
    }
}

#[tokio::test]
async fn in_xml() {
    let document = r#"<marks ratio="3"><level>7</level><mark>1.5</mark><mark>good</mark></marks>"#;
    let marks = Marks::default()
        .level(7)
        .mark([NumberOrString::from(1.5), "good".into()])
        .ratio(3);
    let reply = format!("200 OK\r\ncontent-type: application/xml\r\n\r\n{document}");
    let (received, result) = call(&reply, async |url| client!(scalars, url).put_marks(&marks).await).await;
    assert!(received.body.ends_with(document), "{}", received.body);
    assert_eq!(result.expect("marks"), marks);
}
