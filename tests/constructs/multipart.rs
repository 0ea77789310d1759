//! Bodies made of parts, on the wire.

use std::fmt::Debug;
use std::io::Write;

use envoi_runtime::{Body, ErrorKind, Multipart, Part};

use crate::fixtures::multipart::Client;
use crate::fixtures::multipart::apis::client_operations::CreateAlbumBody;
use crate::fixtures::multipart::models::{
    Album, AlbumParts, Avatar, CombinedRequest, EncodedRequest, FilesRequest, Note, NotePlace, RelatedRequest,
    Undescribed, UploadRequest, UploadRequestColor, UploadRequestFilter,
};
use crate::server::{NO_CONTENT, Received, call, client};

/// What a call sends: the media type without its boundary, and the body with `B` in its place.
async fn sent<T, E: Debug>(make: impl AsyncFnOnce(Client) -> Result<T, E>) -> (String, String) {
    let (received, result) = call(NO_CONTENT, async |url| make(client!(multipart, url)).await).await;
    if let Err(error) = result {
        panic!("{error:?}");
    }
    let (media_type, boundary) = split(&received);
    assert!(boundary.len() >= 32, "{boundary}");
    (media_type, received.body.replace(&boundary, "B"))
}

fn split(received: &Received) -> (String, String) {
    let declared = received.header("content-type").expect("a media type");
    let (media_type, boundary) = declared.split_once("; boundary=").expect("a boundary");
    let (boundary, rest) = boundary.split_once(';').unwrap_or((boundary, ""));
    (format!("{media_type}{rest}"), boundary.to_owned())
}

/// The parts of a body: their headers, and their content.
fn parts(body: &str) -> Vec<(&str, &str)> {
    let inner = body.strip_suffix("--B--\r\n").expect("an end");
    let parts = inner.split("--B\r\n").skip(1);
    parts
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").expect("a head");
            (head, content.strip_suffix("\r\n").expect("an end of line"))
        })
        .collect()
}

fn note() -> Note {
    Note::new("é")
        .stars(3)
        .place(NotePlace::default().x(1))
        .lines(vec!["a".to_owned(), "b".to_owned()])
}

#[tokio::test]
async fn models_without_files() {
    let (media_type, body) = sent(async |client| client.note(&note()).await).await;
    assert_eq!(media_type, "multipart/form-data");
    assert_eq!(
        parts(&body),
        [
            ("Content-Disposition: form-data; name=\"text\"", "é"),
            ("Content-Disposition: form-data; name=\"stars\"", "3"),
            (
                "Content-Disposition: form-data; name=\"place\"\r\nContent-Type: application/json",
                "{\"x\":1}"
            ),
            ("Content-Disposition: form-data; name=\"lines\"", "a"),
            ("Content-Disposition: form-data; name=\"lines\"", "b"),
        ]
    );
}

#[tokio::test]
async fn every_kind_of_part() {
    let mut file = tempfile::Builder::new().prefix("a \"b\"").tempfile().expect("a file");
    file.write_all(b"\0\x01").expect("written");
    let path = file.path().to_owned();
    let body = UploadRequest::new(Part::file(&path), vec!["x".to_owned(), "y".to_owned()])
        .preview("PNG")
        .more(vec![
            Part::new("1").media_type("image/jpeg"),
            Part::new("2").file_name("é\r\n.png"),
        ])
        .title("t")
        .stars(3)
        .note(Note::new("n"))
        .notes(vec![Note::new("1"), Note::new("2")])
        .color(UploadRequestColor::Red)
        .drawing(Part::text("<x/>"))
        .signed(Part::new("s").header("X-Signature", "abc"))
        .options("{}")
        .filter(
            UploadRequestFilter::default()
                .a(1)
                .b(vec!["p".to_owned(), "q&".to_owned()]),
        )
        .sizes(vec![1, 2]);
    let (_, body) = sent(async |client| client.upload(body).await).await;
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    let file = format!(
        "Content-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: application/octet-stream",
        name.replace('"', "%22")
    );
    let named = |rest: &str| format!("Content-Disposition: form-data; name={rest}");
    let expected = [
        (file, "\0\x01"),
        (
            named("\"preview\"; filename=\"preview\"\r\nContent-Type: image/png"),
            "PNG",
        ),
        (named("\"more\"; filename=\"more\"\r\nContent-Type: image/jpeg"), "1"),
        (
            named("\"more\"; filename=\"é%0D%0A.png\"\r\nContent-Type: application/octet-stream"),
            "2",
        ),
        (named("\"title\""), "t"),
        (named("\"stars\""), "3"),
        (named("\"tags\""), "x"),
        (named("\"tags\""), "y"),
        (
            named("\"note\"\r\nContent-Type: application/vnd.note+json\r\nX-Version: 2"),
            "{\"text\":\"n\"}",
        ),
        (named("\"notes\"\r\nContent-Type: application/json"), "{\"text\":\"1\"}"),
        (named("\"notes\"\r\nContent-Type: application/json"), "{\"text\":\"2\"}"),
        (named("\"color\""), "red"),
        (named("\"drawing\"\r\nContent-Type: application/xml"), "<x/>"),
        (
            named("\"signed\"; filename=\"signed\"\r\nContent-Type: application/octet-stream\r\nX-Signature: abc"),
            "s",
        ),
        (named("\"options\"\r\nContent-Type: application/json"), "{}"),
        (named("\"filter[a]\""), "1"),
        (named("\"filter[b][0]\""), "p"),
        (named("\"filter[b][1]\""), "q&"),
        (named("\"sizes\""), "1,2"),
    ];
    let expected: Vec<(&str, &str)> = expected.iter().map(|(head, body)| (head.as_str(), *body)).collect();
    assert_eq!(parts(&body), expected);
}

#[tokio::test]
async fn what_is_left_out_is_not_sent() {
    let mut upload = UploadRequest::new("x", Vec::<String>::new());
    // only the server sets it
    upload.made = Some(7);
    let (_, body) = sent(async |client| client.upload(upload).await).await;
    assert_eq!(parts(&body).len(), 1, "{body}");
    let (received, result) = call(NO_CONTENT, async |url| client!(multipart, url).put_avatar().await).await;
    result.expect("sent");
    assert_eq!((received.header("content-type"), received.body.as_str()), (None, ""));
    let avatar = Avatar::new(Body::from("GIF"));
    let (_, body) = sent(async |client| client.put_avatar().body(avatar).await).await;
    assert_eq!(parts(&body).len(), 1, "{body}");
}

#[tokio::test]
async fn one_schema_in_two_media_types() {
    let (received, result) = call(NO_CONTENT, async |url| {
        client!(multipart, url).create_album(&Album::new("a")).await
    })
    .await;
    result.expect("sent");
    assert_eq!(received.body, "{\"name\":\"a\"}");
    let album = AlbumParts::new("a").cover("GIF");
    let (media_type, body) = sent(async |client| client.create_album(album).await).await;
    assert_eq!((media_type.as_str(), parts(&body).len()), ("multipart/form-data", 2));
    let album = CreateAlbumBody::Multipart(Box::new(AlbumParts::new("a")));
    let (_, body) = sent(async |client| client.create_album(album).await).await;
    assert_eq!(parts(&body).len(), 1);
}

#[tokio::test]
async fn other_multiparts() {
    let related = RelatedRequest::new(Note::new("n"), Part::new("GIF").file_name("a.gif"));
    let (media_type, body) = sent(async |client| client.related(related).await).await;
    assert_eq!(media_type, "multipart/related type=\"application/json\"");
    assert_eq!(
        parts(&body),
        [
            ("Content-Type: application/json", "{\"text\":\"n\"}"),
            (
                "Content-Disposition: attachment; filename=\"a.gif\"\r\nContent-Type: image/gif",
                "GIF"
            ),
        ]
    );
    let batch = Multipart::new().part("", Part::new("GET /").media_type("application/http"));
    let (media_type, body) = sent(async |client| client.mixed(batch).await).await;
    assert_eq!(media_type, "multipart/mixed");
    assert_eq!(parts(&body), [("Content-Type: application/http", "GET /")]);
}

#[tokio::test]
async fn parts_that_no_property_names() {
    let mut files = FilesRequest::default().folder("f");
    files.additional_properties.insert("a\"b".to_owned(), "1".into());
    let (_, body) = sent(async |client| client.files(files).await).await;
    let (head, content) = parts(&body)[1];
    assert!(
        head.starts_with("Content-Disposition: form-data; name=\"a%22b\"; filename=\"a%22b\"\r\n"),
        "{head}"
    );
    assert_eq!(content, "1");
    let either = Multipart::new().value("url", "https://a.example");
    let (_, body) = sent(async |client| client.either(either).await).await;
    assert_eq!(
        parts(&body),
        [("Content-Disposition: form-data; name=\"url\"", "https://a.example")]
    );
    let mut combined = CombinedRequest::new("n", "octets");
    combined.lines = Some(vec!["l".to_owned()]);
    let (_, body) = sent(async |client| client.combined(combined).await).await;
    assert_eq!(parts(&body).len(), 3, "{body}");
}

#[tokio::test]
async fn parts_that_are_refused() {
    let client = client!(multipart, "http://127.0.0.1:9");
    let refused = [
        (Part::new("x").media_type("image/png\r\nX-Evil: 1"), "content-type"),
        (Part::new("x").media_type("image/*"), "content-type"),
        (Part::new("x").media_type("image/png; a=\"b"), "content-type"),
        (Part::new("x").media_type("image/png; a=\"b\\\""), "content-type"),
        (Part::new("x").header("X-A", "1\r\nX-Evil: 1"), "X-A"),
        (Part::new("x").header("X A", "1"), "X A"),
        (Part::new("x").header("content-Disposition", "x"), "content-Disposition"),
        (Part::file("no/such/file"), "body"),
    ];
    for (part, parameter) in refused {
        let error = client.upload(UploadRequest::new(part, Vec::<String>::new())).await;
        let error = error.expect_err("refused");
        assert!(
            matches!(error.kind(), ErrorKind::Encode(encode) if encode.parameter() == parameter),
            "{parameter}: {error:?}"
        );
    }
}

#[tokio::test]
async fn parts_that_no_schema_describes_are_files() {
    let body = Undescribed::new("octets")
        .more(["1", "2"])
        .image("PNG")
        .any(Part::new("x").media_type("text/csv"))
        .meta(serde_json::json!({ "a": 1 }));
    let (_, sent_body) = sent(async |client| client.undescribed(body).await).await;
    let file = |name| format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\nContent-Type: ");
    let octets = |name| file(name) + "application/octet-stream";
    let meta = "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json".to_owned();
    let expected = [
        (octets("file"), "octets"),
        (octets("more"), "1"),
        (octets("more"), "2"),
        (octets("image"), "PNG"),
        (file("any") + "text/csv", "x"),
        (meta, "{\"a\":1}"),
    ];
    let expected: Vec<(&str, &str)> = expected
        .iter()
        .map(|(head, content)| (head.as_str(), *content))
        .collect();
    assert_eq!(parts(&sent_body), expected);
    let (_, sent_body) = sent(async |client| client.encoded(EncodedRequest::default().files_0("x")).await).await;
    assert_eq!(parts(&sent_body), [(octets("files[0]").as_str(), "x")]);
}
