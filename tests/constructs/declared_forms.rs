//! What servers send in other forms than the declared ones is read, and refused by a client that is strict.

use envoi_runtime::http::{HeaderValue, Response, StatusCode, header};
use envoi_runtime::{DecodeError, ErrorKind, InMemory};
use serde_json::{Value, json};

use crate::fixtures::declared_forms::apis::readings::GetPictureOutput;
use crate::fixtures::{declared_forms, strict};

/// A server that answers every call alike.
fn server(status: StatusCode, content_type: &'static str, body: impl ToString) -> InMemory {
    let body = body.to_string();
    InMemory::new(move |_| {
        let mut response = Response::new(body.clone().into());
        *response.status_mut() = status;
        if !content_type.is_empty() {
            let content_type = HeaderValue::from_static(content_type);
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        }
        response
    })
}

macro_rules! client {
    ($module:ident, $server:expr) => {
        $module::Client::builder()
            .transport($server)
            .build()
            .expect("a client")
            .readings()
    };
}

/// A reading in the declared form, but for one property; `null` in its place leaves it out if it is "absent".
fn reading(name: &str, value: &Value) -> Value {
    let mut reading = json!({
        "values": [1],
        "labels": { "a": "b" },
        "note": null,
        "at": "2026-03-04T05:06:07+01:00",
        "day": "2026-03-04",
        "seen": "2026-03-04T05:06:07Z",
        "id": "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "seal": "+/+/AA==",
    });
    let members = reading.as_object_mut().expect("an object");
    if value == "absent" {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), value.clone());
    }
    reading
}

#[tokio::test]
async fn one_property_in_another_form() {
    let forms = [
        ("values", Value::Null),
        ("labels", Value::Null),
        ("note", json!("absent")),
        ("at", json!("2026-03-04 05:06")),
        ("at", json!("2026-03-04T05:06:07+0100")),
        ("day", json!("2026-03-04T00:00:00Z")),
        ("seen", json!("")),
        ("id", json!("67e5504410b1426f9247bb680e5fe0c8")),
        ("id", json!("urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8")),
        ("seal", json!("-_-_AA")),
        ("seal", json!("+/+/\r\nAA==")),
        ("seal", json!("+/+/AA==\r\n\r\n")),
    ];
    for (name, value) in forms {
        let server = server(StatusCode::OK, "application/json", reading(name, &value));
        let read = client!(declared_forms, server.clone()).get().await;
        read.unwrap_or_else(|error| panic!("{name}: {value}: {error}"));
        let refused = client!(strict, server).get().await;
        let error = refused.expect_err(&format!("{name}: {value}")).to_string();
        assert!(error.contains(name), "{error}");
    }
}

#[tokio::test]
async fn the_declared_forms_are_read_by_both() {
    let server = server(StatusCode::OK, "application/json", reading("values", &json!([])));
    let read = client!(declared_forms, server.clone()).get().await.expect("read");
    let strictly = client!(strict, server).get().await.expect("read");
    assert_eq!(read.seal.0, strictly.seal.0);
    assert_eq!(read.at, strictly.at);
}

#[tokio::test]
async fn json_under_another_name() {
    for content_type in ["text/plain", "application/octet-stream", "application/x-amz-json-1.1"] {
        let server = server(StatusCode::OK, content_type, reading("values", &json!([])));
        client!(declared_forms, server.clone()).get().await.expect("read");
        let error = client!(strict, server).get().await.expect_err("refused");
        assert!(
            matches!(error.kind(), ErrorKind::Decode(DecodeError::ContentType { .. })),
            "{error}"
        );
    }
}

#[tokio::test]
async fn nothing_for_null() {
    let server = server(StatusCode::OK, "", "");
    let last = client!(declared_forms, server.clone()).get_last().await.expect("read");
    assert!(last.is_none());
    client!(strict, server).get_last().await.expect_err("refused");
}

#[tokio::test]
async fn octets_under_a_name_that_is_not_declared() {
    let server = server(StatusCode::OK, "image/webp", "RIFF");
    let picture = client!(declared_forms, server.clone())
        .get_picture()
        .await
        .expect("read");
    let GetPictureOutput::Bytes(picture) = picture else {
        panic!("octets are no JSON");
    };
    assert_eq!(picture.collect().await.expect("the octets"), "RIFF");
    client!(strict, server).get_picture().await.expect_err("refused");
}

#[tokio::test]
async fn another_success() {
    let read = server(StatusCode::CREATED, "application/json", reading("values", &json!([])));
    client!(declared_forms, read.clone()).get().await.expect("read");
    let error = client!(strict, read).get().await.expect_err("refused");
    assert!(matches!(error.kind(), ErrorKind::UndocumentedStatus), "{error}");
    let purged = server(StatusCode::OK, "text/plain", "done");
    client!(declared_forms, purged.clone())
        .purge()
        .await
        .expect("any success");
    client!(strict, purged).purge().await.expect_err("refused");
}
