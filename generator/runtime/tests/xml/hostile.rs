//! Documents that are made to harm.

use std::time::{Duration, Instant};

use envoi_runtime::DecodeError;
use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::xml::{Member, Node, Shape};

use super::read;

static ANY: Node = Node::element("a", Shape::ANY);

fn reason(text: &str) -> String {
    match read(&ANY, text) {
        Err(DecodeError::Xml { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn entities_are_not_expanded() {
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>"#;
    assert_eq!(reason(laughs), "the entity `b` is not predefined in XML");
    let file = r#"<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>"#;
    assert_eq!(reason(file), "the entity `f` is not predefined in XML");
    let attribute = r#"<!DOCTYPE a [<!ENTITY b "ha">]><a x="&b;"/>"#;
    assert!(reason(attribute).contains('b'), "{}", reason(attribute));
    let redefined = r#"<!DOCTYPE a [<!ENTITY lt "no">]><a>&lt;</a>"#;
    assert_eq!(read(&ANY, redefined), Ok(json!("<")));
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(read(&ANY, &nested(127)).is_ok());
    assert_eq!(reason(&nested(129)), "recursion limit exceeded");
    assert_eq!(reason(&nested(1_000_000)), "recursion limit exceeded");
}

#[test]
fn other_encodings_are_refused() {
    let text = r#"<?xml version="1.0" encoding="ISO-8859-1"?><a/>"#;
    assert_eq!(reason(text), "the encoding `ISO-8859-1` is not supported, only UTF-8");
    assert_eq!(
        read(&ANY, r#"<?xml version="1.0" encoding="utf-8"?><a/>"#),
        Ok(json!(""))
    );
    let wide: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read: Result<Value, _> = envoi_runtime::xml::decode(&ANY, &wide);
    assert!(read.is_err());
}

/// What a server can make a client do grows with what it sends, and not faster.
#[test]
fn work_is_linear() {
    static MANY: Node = Node::element(
        "a",
        Shape::object(&[
            Member::element("b0", Shape::TEXT),
            Member::element("b1", Shape::TEXT),
            Member::none("c", Shape::list(&Node::element("c", Shape::TEXT))),
            Member::element(
                "d",
                Shape::one_of(&[Node::element("", Shape::of(&MANY)), Node::element("", Shape::ANY)]),
            ),
        ]),
    );
    let names: String = (0..100_000).map(|index| format!("<b{index}/>")).collect();
    let attributes: String = (0..100_000).map(|index| format!(" b{index}=''")).collect();
    let namespaces: String = (0..100_000).map(|index| format!(" xmlns:b{index}='u'")).collect();
    for text in [
        format!("<a>{}</a>", "<c/>".repeat(500_000)),
        format!("<a>{names}</a>"),
        format!("<a{attributes}/>"),
        format!("<a{namespaces}/>"),
        format!("<a><d>{names}</d></a>"),
        format!("<a>{}</a>", "&amp;".repeat(500_000)),
        format!("{}{names}{}", "<a><d>".repeat(60), "</d></a>".repeat(60)),
    ] {
        let began = Instant::now();
        assert!(read(&MANY, &text).is_ok());
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{} took {:?}",
            &text[..20],
            began.elapsed()
        );
    }
}

#[test]
fn shapes_that_contain_themselves_end() {
    static CIRCLE: Node = Node::element("a", Shape::object(&[Member::none("self", Shape::of(&CIRCLE))]));
    assert!(read(&CIRCLE, "<a><b/></a>").is_ok());
    static ITSELF: Node = Node::element("a", Shape::of(&ITSELF));
    assert_eq!(read(&ITSELF, "<a>t</a>"), Ok(json!("t")));
    static CHOICE: Node = Node::element("a", Shape::one_of(&[Node::element("", Shape::of(&CHOICE))]));
    assert!(read(&CHOICE, "<a>t</a>").is_ok());
    let mut deep = json!({});
    for _ in 0..100 {
        deep = json!({ "self": deep });
    }
    let error = super::written(&CIRCLE, &deep).expect_err("too deep");
    assert_eq!(error.to_string(), "`body` contains itself without an element between");
}
