//! Request bodies, on the wire.

use std::fmt::Debug;

use serde_json::json;

use envoi_runtime::{ErrorKind, Nullable};

use crate::fixtures::bodies::Client;
use crate::fixtures::bodies::apis::client_operations::{ImagesBody, SeveralBody};
use crate::fixtures::bodies::models::{
    Address, AddressPatch, EncodedRequest, EncodedRequestDeep, EncodedRequestFlat, ListRequestItem, MaybeNullRequest,
    Note, NotePlace, PatchesRequest, PatchesRequestJsonPatchItem, ProfilePatch, Settings,
};
use crate::fixtures::swagger2;
use crate::server::{NO_CONTENT, call, client};

fn note() -> Note {
    Note::new("a & b").tags(vec!["x".to_owned(), "y z".to_owned()]).stars(3)
}

const NOTE: &str = r#"{"text":"a & b","tags":["x","y z"],"stars":3}"#;

/// What a call sends: its line, the media type, the body.
async fn check<T, E: Debug>(
    line: &str,
    expected: Option<(&str, &str)>,
    make: impl AsyncFnOnce(Client) -> Result<T, E>,
) {
    let (received, result) = call(NO_CONTENT, async |url| make(client!(bodies, url)).await).await;
    if let Err(error) = result {
        panic!("{error:?}");
    }
    assert_eq!(received.line, line);
    let (media_type, body) = expected.map_or((None, ""), |(media_type, body)| (Some(media_type), body));
    assert_eq!(
        (received.header("content-type"), received.body.as_str()),
        (media_type, body),
        "{line}"
    );
}

#[tokio::test]
async fn json_bodies() {
    let json = "application/json";
    check("POST /json", Some((json, NOTE)), async |client| {
        client.json(&note()).await
    })
    .await;
    check(
        "POST /vendor",
        Some(("application/vnd.notes+json", NOTE)),
        async |client| client.vendor(&note()).await,
    )
    .await;
    check(
        "POST /several",
        Some(("application/json; charset=utf-8", NOTE)),
        async |client| client.several(&note()).await,
    )
    .await;
    check("POST /list", Some((json, r#"[{"id":1},{"id":2}]"#)), async |client| {
        client.list(&[ListRequestItem::new(1), ListRequestItem::new(2)]).await
    })
    .await;
    check("POST /word", Some((json, r#""a\"b""#)), async |client| {
        client.word("a\"b").await
    })
    .await;
    check("POST /number", Some((json, "5")), async |client| client.number(5).await).await;
    check("PUT /bytes", Some((json, "{\"a\": 1}")), async |client| {
        client.bytes("{\"a\": 1}").await
    })
    .await;
    check("PUT /either-bytes", Some((json, "x")), async |client| {
        client.either_bytes(json, "x").await
    })
    .await;
    check("POST /any", Some((json, "[null]")), async |client| {
        client.anything(&json!([null])).await
    })
    .await;
    check("POST /null", Some((json, "{}")), async |client| {
        client.maybe_null(Some(&MaybeNullRequest::default())).await
    })
    .await;
    check("POST /null", Some((json, "null")), async |client| {
        client.maybe_null(None::<MaybeNullRequest>).await
    })
    .await;
    check("POST /flag", Some((json, "true")), async |client| {
        client.flag(true).await
    })
    .await;
}

#[tokio::test]
async fn one_of_several_media_types() {
    let json = "application/json";
    check(
        "POST /several",
        Some(("application/x-www-form-urlencoded", "text=a")),
        async |client| client.several(SeveralBody::Form(&Note::new("a"))).await,
    )
    .await;
    check(
        "POST /several",
        Some((
            "application/xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Note><text>a</text></Note>",
        )),
        async |client| client.several(SeveralBody::Xml(&Note::new("a"))).await,
    )
    .await;
    check("POST /spellings", Some((json, NOTE)), async |client| {
        client.spellings(&note()).await
    })
    .await;
    let replace = [PatchesRequestJsonPatchItem::default().op("replace")];
    check(
        "PATCH /patches",
        Some(("application/json-patch+json", r#"[{"op":"replace"}]"#)),
        async |client| client.patches(&replace[..]).await,
    )
    .await;
    let merge = PatchesRequest::default().text("b");
    check(
        "PATCH /patches",
        Some(("application/merge-patch+json", r#"{"text":"b"}"#)),
        async |client| client.patches(&merge).await,
    )
    .await;
    check("POST /message", None, async |client| client.message().await).await;
    check("POST /message", Some((json, "7")), async |client| {
        client.message().body(7).await
    })
    .await;
    check("POST /message", Some(("text/plain", "7")), async |client| {
        client.message().body("7".to_owned()).await
    })
    .await;
    check(
        "POST /message",
        Some(("application/octet-stream", "7")),
        async |client| client.message().body(envoi_runtime::Body::from("7")).await,
    )
    .await;
    check("POST /images", Some(("image/jpeg", "JFIF")), async |client| {
        client.images(ImagesBody::Other("image/jpeg", "JFIF".into())).await
    })
    .await;
    check("POST /images", Some((json, NOTE)), async |client| {
        client.images(&note()).await
    })
    .await;
}

#[tokio::test]
async fn ranges_of_media_types() {
    check("POST /whatever", Some(("audio/ogg", "OggS")), async |client| {
        client.whatever("audio/ogg", "OggS").await
    })
    .await;
    check("POST /unsaid", Some(("application/json", NOTE)), async |client| {
        client.unsaid(&note()).await
    })
    .await;
    let nowhere = client!(bodies, "http://127.0.0.1:9");
    let refused = nowhere
        .whatever("audio/ogg\r\nX-Evil: 1", "")
        .await
        .expect_err("refused");
    assert!(matches!(refused.kind(), ErrorKind::Encode(error) if error.parameter() == "content-type"));
}

#[tokio::test]
async fn encoded_forms() {
    let form = EncodedRequest::default()
        .deep(
            EncodedRequestDeep::default()
                .a(1)
                .list(vec![Note::new("x y"), Note::new("z").stars(2)]),
        )
        .expand(vec!["a".to_owned(), "b".to_owned()])
        .joined(vec!["a".to_owned(), "b,c".to_owned()])
        .piped(vec!["a".to_owned(), "b".to_owned()])
        .flat(EncodedRequestFlat::default().x(1).y(2))
        .json(vec![1, 2])
        .url("https://a.example/?b=c&d")
        .usual(vec!["a".to_owned(), "b".to_owned()]);
    let expected = "deep%5Ba%5D=1&deep%5Blist%5D%5B0%5D%5Btext%5D=x%20y&deep%5Blist%5D%5B1%5D%5Btext%5D=z\
         &deep%5Blist%5D%5B1%5D%5Bstars%5D=2&expand%5B0%5D=a&expand%5B1%5D=b&joined=a,b%2Cc&piped=a%7Cb&x=1&y=2\
         &json=%5B1%2C2%5D&url=https://a.example/?b=c%26d&usual=a&usual=b";
    check(
        "POST /encoded",
        Some(("application/x-www-form-urlencoded", expected)),
        async |client| client.encoded(&form).await,
    )
    .await;
}

#[tokio::test]
async fn an_optional_body_is_left_out() {
    check("PUT /json", None, async |client| client.perhaps_json().await).await;
    check("PUT /json", Some(("application/json", NOTE)), async |client| {
        client.perhaps_json().body(&note()).await
    })
    .await;
    check("POST /upload", None, async |client| client.perhaps_multipart().await).await;
    let number = "POST /perhaps-number";
    check(number, None, async |client| client.perhaps_number().await).await;
    check(number, None, async |client| client.perhaps_number().body(None).await).await;
    check(number, Some(("application/json", "null")), async |client| {
        client.perhaps_number().body(Nullable::Null).await
    })
    .await;
    check(number, Some(("application/json", "5")), async |client| {
        client.perhaps_number().body(5).await
    })
    .await;
    check("POST /empty", None, async |client| client.empty().await).await;
}

#[tokio::test]
async fn other_bodies() {
    let form = "text=a%20%26%20b&tags=x&tags=y%20z&stars=3&place=%7B%22x%22%3A1%7D";
    check(
        "POST /form",
        Some(("application/x-www-form-urlencoded", form)),
        async |client| client.form(&note().place(NotePlace::default().x(1))).await,
    )
    .await;
    check("POST /text", Some(("text/plain", "a & b")), async |client| {
        client.text("a & b").await
    })
    .await;
    check(
        "POST /octets",
        Some(("application/octet-stream", "a\0b")),
        async |client| client.octets("a\0b").await,
    )
    .await;
    check("POST /wild", Some(("image/gif", "GIF")), async |client| {
        client.wild("image/gif", "GIF").await
    })
    .await;
}

#[tokio::test]
async fn bodies_of_swagger_2() {
    let book = swagger2::models::Book::from(swagger2::models::Novel::new("Emma"));
    let make = async |url| client!(swagger2, url, key("k")).books().put(7, &book).await;
    let ok = "200 OK\r\ncontent-type: application/json\r\n\r\n";
    let (received, result) = call(&format!("{ok}{{\"kind\":\"Novel\",\"title\":\"Emma\"}}"), make).await;
    assert_eq!(result.expect("a book"), book);
    assert_eq!(
        (received.line.as_str(), received.body.as_str()),
        ("PUT /books/7", r#"{"kind":"Novel","title":"Emma"}"#)
    );

    let cover = swagger2::models::AttachRequest::new(envoi_runtime::Part::new("GIF").file_name("c.gif")).note("n");
    let make = async |url| client!(swagger2, url, web("t")).books().attach(7, cover).await;
    let (received, result) = call(NO_CONTENT, make).await;
    result.expect("attached");
    assert_eq!(received.line, "POST /books/7");
    let file = "name=\"cover\"; filename=\"c.gif\"\r\nContent-Type: application/octet-stream\r\n\r\nGIF\r\n";
    assert!(received.body.contains(file), "{}", received.body);

    let search = swagger2::models::SearchBooksRequest::new("jane austen").limit(5);
    let make = async |url| {
        client!(swagger2, url, key("k"))
            .books()
            .search(&search)
            .await
            .map(|books| books.len())
    };
    let (received, result) = call(&format!("{ok}[]"), make).await;
    assert_eq!(result.expect("books"), 0);
    assert_eq!(
        received.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(received.body, "q=jane%20austen&limit=5");
}

/// A file is bytes, also where its media types are those of text.
#[tokio::test]
async fn files_of_swagger_2() {
    let reply = "200 OK\r\ncontent-type: application/csv; charset=iso-8859-1\r\n\r\na;b";
    let (received, result) = call(reply, async |url| client!(swagger2, url).books().sheet().await).await;
    let sheet = result.expect("a file").collect().await.expect("its octets");
    assert_eq!((received.line.as_str(), &*sheet), ("GET /books/sheet", &b"a;b"[..]));
}

#[tokio::test]
async fn null_in_merge_patches() {
    let merge = "application/merge-patch+json";
    let patch = ProfilePatch::new("Ida")
        .nick(Nullable::Null)
        .address(AddressPatch::new("Oslo").zip(Nullable::Null))
        .earlier(vec![Address::new("Bergen")])
        .labels(
            [("a".to_owned(), None), ("b".to_owned(), Some("c".to_owned()))]
                .into_iter()
                .collect::<std::collections::BTreeMap<_, _>>(),
        )
        .level(Nullable::Null);
    let body = r#"{"name":"Ida","nick":null,"address":{"city":"Oslo","zip":null},"earlier":[{"city":"Bergen"}],"labels":{"a":null,"b":"c"},"level":null}"#;
    let (received, result) = call(
        "200 OK\r\ncontent-type: application/json\r\n\r\n{\"name\":\"Ida\",\"nick\":\"I\"}",
        async |url| client!(bodies, url).patch_profile("7", &patch).await,
    )
    .await;
    assert_eq!(
        (received.header("content-type"), received.body.as_str()),
        (Some(merge), body)
    );
    // what replies hold is as it was
    assert_eq!(result.expect("a profile").nick.as_deref(), Some("I"));
    let whole = Some(("application/json", r#"{"city":"Oslo"}"#));
    check("PUT /profiles/7", whole, async |client| {
        client.replace_profile("7", &Address::new("Oslo")).await
    })
    .await;
    let patch = Some((merge, r#"{"city":"Oslo","zip":null}"#));
    check("PUT /profiles/7", patch, async |client| {
        client
            .replace_profile("7", &AddressPatch::new("Oslo").zip(Nullable::Null))
            .await
    })
    .await;
    let settings = Settings::default().theme(Nullable::Null);
    check("PATCH /settings", Some((merge, r#"{"theme":null}"#)), async |client| {
        client.patch_settings(&settings).await
    })
    .await;
    check("PATCH /settings", Some((merge, "{}")), async |client| {
        client.patch_settings(&Settings::default()).await
    })
    .await;
}
