//! What documents look like.

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::xml::{Member, Node, Shape};

use super::{both_ways, read, written};

static NOTE: Node = Node::element(
    "note",
    Shape::object(&[
        Member::attribute("id", Shape::TEXT),
        Member::element("text", Shape::TEXT),
    ]),
);

#[test]
fn what_means_something_is_escaped_and_comes_back() {
    let text = "<&>\"' \t\n\r ]]> é 😀";
    let value = json!({"id": text, "text": text});
    let written = written(&NOTE, &value).expect("XML");
    assert_eq!(
        written,
        "<note id=\"&lt;&amp;&gt;&quot;' &#9;&#10;&#13; ]]&gt; é 😀\"><text>&lt;&amp;&gt;\"' \t\n&#13; ]]&gt; é 😀</text></note>"
    );
    assert_eq!(read(&NOTE, &written), Ok(value));
    static DOCS: Node = Node::element("d", Shape::object(&[Member::cdata("html", Shape::TEXT)]));
    both_ways(
        &DOCS,
        json!({"html": "a]]>b<c>"}),
        "<d><![CDATA[a]]]]><![CDATA[>b<c>]]></d>",
    );
}

#[test]
fn what_xml_cannot_hold_is_refused() {
    for character in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{ffff}'] {
        for member in ["id", "text"] {
            let error = written(&NOTE, &json!({ member: character.to_string() })).expect_err("no XML");
            assert_eq!(
                error.to_string(),
                "`body` contains a character that XML does not permit"
            );
        }
    }
    static MAP: Node = Node::element("m", Shape::map(&Node::element("", Shape::TEXT)));
    for name in ["", "a b", "1", "<", "a>", "-a", "a=\"", "a/"] {
        let error = written(&MAP, &json!({ name: "" })).expect_err("no XML");
        assert_eq!(
            error.to_string(),
            "`body` has a property name that XML does not permit",
            "{name}"
        );
    }
    let error = written(&NOTE, &json!({"id": {"a": 1}})).expect_err("no XML");
    assert_eq!(error.to_string(), "`body` has an object where an attribute is declared");
}

#[test]
fn order_is_that_of_the_document() {
    static ORDERED: Node = Node::element(
        "o",
        Shape::object(&[Member::element("z", Shape::TEXT), Member::element("a", Shape::TEXT)]),
    );
    both_ways(&ORDERED, json!({"a": "1", "z": "2"}), "<o><z>2</z><a>1</a></o>");
}

#[test]
fn numbers_and_booleans() {
    static FACTS: Node = Node::element(
        "f",
        Shape::object(&[
            Member::attribute("n", Shape::NUMBER),
            Member::element("b", Shape::BOOLEAN),
        ]),
    );
    assert_eq!(
        written(&FACTS, &json!({"n": 10.0, "b": false})),
        Ok("<f n=\"10\"><b>false</b></f>".to_owned())
    );
    assert_eq!(
        written(&FACTS, &json!({"n": -2.5e-7})),
        Ok("<f n=\"-2.5e-7\"></f>".to_owned())
    );
    static LIST: Node = Node::element(
        "l",
        Shape::object(&[Member::attribute("n", Shape::list(&Node::element("", Shape::NUMBER)))]),
    );
    both_ways(&LIST, json!({"n": [1, 2]}), "<l n=\"1 2\"></l>");
}

#[test]
fn namespaces_are_declared_where_they_begin() {
    static INNER: Shape = Shape::object(&[
        Member::attribute("type", Shape::TEXT).namespace("urn:p", "p"),
        Member::element("b", Shape::TEXT).namespace("urn:p", "p"),
        Member::element("c", Shape::TEXT).namespace("urn:d", ""),
        Member::attribute("bare", Shape::TEXT).namespace("urn:x", ""),
    ]);
    static OUTER: Node = Node::element(
        "a",
        Shape::object(&[Member::element("x", INNER), Member::element("y", INNER)]),
    )
    .namespace("urn:d", "");
    let inner = json!({"b": "1", "bare": "2", "c": "3", "type": "4"});
    both_ways(
        &OUTER,
        json!({"x": inner, "y": {"b": "5"}}),
        "<a xmlns=\"urn:d\"><x xmlns:p=\"urn:p\" p:type=\"4\" bare=\"2\"><p:b>1</p:b><c>3</c></x>\
         <y><p:b xmlns:p=\"urn:p\">5</p:b></y></a>",
    );
}

#[test]
fn null_and_absent_members() {
    static OPTIONS: Node = Node::element(
        "o",
        Shape::object(&[
            Member::attribute("a", Shape::TEXT),
            Member::element("e", Shape::TEXT),
            Member::text("t", Shape::TEXT),
            Member::none("l", Shape::list(&Node::element("", Shape::NUMBER))),
        ]),
    );
    let xsi = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
    let check = |value: Value, text: String| assert_eq!(written(&OPTIONS, &value), Ok(text));
    check(json!({}), "<o></o>".to_owned());
    check(
        json!({"a": null, "e": null, "l": null, "t": null}),
        format!("<o><e {xsi} xsi:nil=\"true\"/></o>"),
    );
    check(
        json!({"l": [1, null]}),
        format!("<o><l>1</l><l {xsi} xsi:nil=\"true\"/></o>"),
    );
    assert_eq!(
        read(&OPTIONS, "<o><l>1</l><l xsi:nil='1'>2</l></o>"),
        Ok(json!({"l": [1, null]}))
    );
}

#[test]
fn objects_without_an_element_of_their_own() {
    static FLAT: Node = Node::element(
        "f",
        Shape::object(&[
            Member::element("a", Shape::TEXT),
            Member::none(
                "more",
                Shape::object(&[Member::element("b", Shape::TEXT), Member::attribute("c", Shape::TEXT)]),
            ),
        ]),
    );
    both_ways(
        &FLAT,
        json!({"a": "1", "more": {"b": "2", "c": "3"}}),
        "<f c=\"3\"><a>1</a><b>2</b></f>",
    );
}

#[test]
fn arrays_of_arrays() {
    static ROWS: Node = Node::element(
        "m",
        Shape::object(&[Member::element(
            "rows",
            Shape::list(&Node::element(
                "row",
                Shape::list(&Node::element("cell", Shape::NUMBER)),
            )),
        )]),
    );
    both_ways(
        &ROWS,
        json!({"rows": [[1, 2], []]}),
        "<m><rows><row><cell>1</cell><cell>2</cell></row><row></row></rows></m>",
    );
}
