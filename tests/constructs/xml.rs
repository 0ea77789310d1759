//! Bodies of XML, on the wire.

use envoi_runtime::chrono::NaiveDate;
use envoi_runtime::serde_json::json;
use envoi_runtime::{DecodeError, ErrorKind, Nullable};

use crate::fixtures::xml30::models::*;
use crate::fixtures::{xml30, xml32};
use crate::server::{NO_CONTENT, call, client};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// A reply with a body of a media type.
fn ok(media_type: &str, body: &str) -> String {
    format!("200 OK\r\ncontent-type: {media_type}\r\n\r\n{body}")
}

/// What a call sends: the media type, and the document without its declaration.
#[track_caller]
fn assert_sent(received: &crate::server::Received, media_type: &str, document: &str) {
    let body = received.body.strip_prefix(DECLARATION);
    assert_eq!(
        (received.header("content-type"), body),
        (Some(media_type), Some(document))
    );
}

fn pet() -> Pet {
    let mut pet = Pet::new(7, "Rex & Co", vec!["http://a/1".to_owned(), "http://a/2".to_owned()]);
    pet.born = NaiveDate::from_ymd_opt(2020, 2, 29);
    pet.weight = Nullable::Null;
    pet.kind = Some(PetKind::Dog);
    pet.tame = Some(true);
    pet.tags = Some(vec![Tag::default().key("k").value("v")]);
    pet.names = Some(vec!["Rexy".to_owned()]);
    pet.owner = Some(Person::new("Ann"));
    pet.extra = Some([("age".to_owned(), 3)].into());
    pet.anything = Some(json!({"a": ["1", "2"]}));
    pet
}

const PET: &str = concat!(
    r#"<pet id="7" type="dog">"#,
    r#"<sample:name xmlns:sample="https://example.com/schema/sample">Rex &amp; Co</sample:name>"#,
    "<born>2020-02-29</born>",
    r#"<weight xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
    "<tame>true</tame>",
    "<photoUrls>http://a/1</photoUrls><photoUrls>http://a/2</photoUrls>",
    "<tags><tag><key>k</key><value>v</value></tag></tags>",
    "<alias>Rexy</alias>",
    "<owner><name>Ann</name></owner>",
    "<extra><age>3</age></extra>",
    "<anything><a>1</a><a>2</a></anything>",
    "</pet>",
);

#[tokio::test]
async fn a_model_goes_both_ways() {
    let reply = ok("application/vnd.pet+xml; charset=utf-8", PET);
    let (received, result) = call(&reply, async |url| client!(xml30, url).add_pet(&pet()).await).await;
    assert_sent(&received, "application/xml", PET);
    assert_eq!(received.header("accept"), Some("application/vnd.pet+xml"));
    assert_eq!(result.expect("a pet"), pet());
}

#[tokio::test]
async fn arrays_are_whole_documents() {
    let (received, result) = call(NO_CONTENT, async |url| {
        client!(xml30, url)
            .replace_pets()
            .body(&[Pet::new(1, "a", Vec::<String>::new())])
            .await
    })
    .await;
    result.expect("no content");
    let name = r#"<sample:name xmlns:sample="https://example.com/schema/sample">a</sample:name>"#;
    assert_sent(
        &received,
        "text/xml",
        &format!("<animals><pet id=\"1\">{name}</pet></animals>"),
    );

    let pets = "<Pets><pet id='1'><name>a</name></pet><pet id='2'><name>b</name></pet></Pets>";
    let (received, result) = call(&ok("text/xml", pets), async |url| client!(xml30, url).list_pets().await).await;
    assert_eq!(
        received.header("accept"),
        Some("application/xml, text/xml; charset=utf-8")
    );
    assert_eq!(
        result.expect("pets"),
        [
            Pet::new(1, "a", Vec::<String>::new()),
            Pet::new(2, "b", Vec::<String>::new())
        ]
    );

    let rows = "<a><value><value>1</value><value>2.5</value></value></a>";
    let unnamed = UnnamedRequest::new(3).b(false);
    let (received, result) = call(&ok("application/xml", rows), async |url| {
        client!(xml30, url).unnamed(&unnamed).await
    })
    .await;
    assert_sent(
        &received,
        "application/xml",
        "<UnnamedRequest><a>3</a><b>false</b></UnnamedRequest>",
    );
    assert_eq!(result.map(|rows| rows.len()).ok(), Some(1));
}

#[tokio::test]
async fn outermost_elements_have_the_closest_name() {
    let tags = vec![Tag::default().key("a"), Tag::default().key("b")];
    let tagging = PutTaggingRequestTagging::default().tag_set(tags);
    let request = PutTaggingRequest::new(tagging);
    let (received, result) = call(NO_CONTENT, async |url| client!(xml30, url).put_tagging(&request).await).await;
    result.expect("no content");
    assert_sent(
        &received,
        "text/xml",
        "<Tagging><TagSet><Tag><key>a</key></Tag><Tag><key>b</key></Tag></TagSet></Tagging>",
    );
    let tag = Tag::default().key("a");
    let (received, result) = call(NO_CONTENT, async |url| client!(xml30, url).renamed(&tag).await).await;
    result.expect("no content");
    assert_sent(
        &received,
        "application/xml",
        r#"<label xmlns="urn:labels"><key>a</key></label>"#,
    );
}

#[tokio::test]
async fn branches_and_recursion() {
    let circle = Shape::from(Circle::new(2.0));
    let reply = ok("application/xml", "<x><side>1.5</side></x>");
    let (received, result) = call(&reply, async |url| client!(xml30, url).shape(&circle).await).await;
    assert_sent(&received, "application/xml", "<Shape><radius>2</radius></Shape>");
    assert_eq!(result.expect("a shape"), Shape::from(Square::new(1.5)));

    let leaf = |label: &str| Tree::default().label(label);
    let tree = leaf("a").nodes(vec![leaf("b").nodes(vec![leaf("c")]), leaf("d")]);
    let document = r#"<node label="a"><node label="b"><node label="c"></node></node><node label="d"></node></node>"#;
    let reply = ok("application/xml", document);
    let (received, result) = call(&reply, async |url| client!(xml30, url).tree(&tree).await).await;
    assert_sent(&received, "application/xml", document);
    assert_eq!(result.expect("a tree"), tree);
}

#[tokio::test]
async fn xml_is_one_of_several_media_types() {
    use xml30::apis::client_operations::EitherBody;

    let tag = Tag::default().key("a");
    let reply = ok("application/json", r#"{"key":"b"}"#);
    let (received, result) = call(&reply, async |url| {
        client!(xml30, url).either(EitherBody::Xml(&tag)).await
    })
    .await;
    assert_sent(&received, "text/xml", "<tag><key>a</key></tag>");
    assert_eq!(result.expect("a tag"), Tag::default().key("b"));
}

#[tokio::test]
async fn text_without_a_structure_is_taken_as_it_comes() {
    let reply = ok("application/xml", "<as it='comes'/>");
    let (received, result) = call(&reply, async |url| client!(xml30, url).raw("<any/>").await).await;
    assert_eq!(
        (received.header("content-type"), received.body.as_str()),
        (Some("text/xml"), "<any/>")
    );
    let octets = result.expect("a stream").collect().await;
    assert_eq!(octets.expect("octets"), "<as it='comes'/>");
}

#[tokio::test]
async fn errors_are_typed_and_say_where() {
    let reply = "404 Not Found\r\ncontent-type: text/xml\r\n\r\n<Error><Code>NoSuchPet</Code></Error>";
    let (_, result) = call(reply, async |url| client!(xml30, url).list_pets().await).await;
    let error = result.expect_err("an error");
    let ErrorKind::Api(xml30::apis::client_operations::ListPetsError::NotFound(fault)) = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!(fault.code.as_deref(), Some("NoSuchPet"));

    let pets = "<Pets><pet id='1'><name>a</name></pet><pet id='many'><name>b</name></pet></Pets>";
    let (_, result) = call(&ok("text/xml", pets), async |url| client!(xml30, url).list_pets().await).await;
    let error = result.expect_err("an error");
    let ErrorKind::Decode(DecodeError::Xml { path, .. }) = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!(path, "[1].id");
}

#[tokio::test]
async fn nodes_of_3_2() {
    use xml32::models::*;
    let html = "<p>]]></p>";
    let document = |name: &str| format!("<{name}><![CDATA[<p>]]]]><![CDATA[></p>]]></{name}>");
    let docs = Documentation::default().content(html);
    let (received, result) = call(NO_CONTENT, async |url| client!(xml32, url).put_docs(&docs).await).await;
    result.expect("no content");
    assert_sent(&received, "application/xml", &document("UpdatedDocument"));
    let reply = ok("application/xml", &document("StoredDocument"));
    let (_, result) = call(&reply, async |url| client!(xml32, url).get_docs().await).await;
    assert_eq!(result.expect("a document"), docs);

    let animal = |kind: &str, name: &str| PutAnimalsRequestItem::default().kind(kind).name(name);
    let animals = [animal("Cat", "Fluffy"), animal("Dog", "Fido")];
    let (received, result) = call(NO_CONTENT, async |url| client!(xml32, url).put_animals(&animals).await).await;
    result.expect("no content");
    let document = r#"<animals><animal kind="Cat">Fluffy</animal><animal kind="Dog">Fido</animal></animals>"#;
    assert_sent(&received, "application/xml", document);

    let ordered = (
        "Some text".to_owned(),
        PutOrderedRequestItem2::new("cubits", 42.0),
        None,
    );
    let (received, result) = call(NO_CONTENT, async |url| client!(xml32, url).put_ordered(&ordered).await).await;
    result.expect("no content");
    let nil = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true""#;
    let document =
        format!(r#"<OneTwoThree><One>Some text</One><Two unit="cubits">42</Two><Three {nil}/></OneTwoThree>"#);
    assert_sent(&received, "application/xml", &document);

    let report = ("Before ".to_owned(), 42.0, " after".to_owned());
    let (received, result) = call(NO_CONTENT, async |url| client!(xml32, url).put_report(&report).await).await;
    result.expect("no content");
    assert_sent(
        &received,
        "application/xml",
        "<Report>Before <data>42</data> after</Report>",
    );
}

#[tokio::test]
async fn null_and_references_of_3_2() {
    use xml32::models::*;
    let mut product = Product::new("Thing");
    product.maker = Some(Maker::default().name("m"));
    product.parts = Some(vec![Part::default().number(1), Part::default().number(2)]);
    product.sizes = Some(ProductSizes::default().width(0.5));
    let nil = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true""#;
    let document = format!(
        "<product><description>Thing</description><related {nil}/><Maker><name>m</name></Maker>\
         <Part><number>1</number></Part><Part><number>2</number></Part><width>0.5</width></product>"
    );
    let reply = ok("application/xml", &document);
    let (received, result) = call(&reply, async |url| client!(xml32, url).post_product(&product).await).await;
    assert_sent(&received, "application/xml", &document);
    assert_eq!(result.expect("a product"), product);
}
