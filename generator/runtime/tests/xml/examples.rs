//! Every example of the section "XML Object" of OpenAPI 3.2, and those of 3.0 that it does not repeat.

use envoi_runtime::serde_json::json;
use envoi_runtime::xml::{Member, Node, Shape};

use super::{both_ways, read, written};

/// A document of OpenAPI as it is laid out there, without the blanks between elements.
fn compact(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

#[track_caller]
fn check(node: &Node, value: envoi_runtime::serde_json::Value, text: &str) {
    both_ways(node, value.clone(), &compact(text));
    assert_eq!(read(node, text), Ok(value), "as it is laid out");
}

const DOG_CAT_HAMSTER: [&str; 3] = ["dog", "cat", "hamster"];

#[test]
fn no_xml_object() {
    static TEXT: Node = Node::element("document", Shape::object(&[Member::element("animals", Shape::TEXT)]));
    let text = "<document>
                  <animals>dog, cat, hamster</animals>
                </document>";
    check(&TEXT, json!({"animals": "dog, cat, hamster"}), text);

    static ARRAY: Node = Node::element(
        "document",
        Shape::object(&[Member::none("animals", Shape::list(&Node::element("", Shape::TEXT)))]),
    );
    let text = "<document>
                  <animals>dog</animals>
                  <animals>cat</animals>
                  <animals>hamster</animals>
                </document>";
    check(&ARRAY, json!({"animals": DOG_CAT_HAMSTER}), text);
}

#[test]
fn name_replacement() {
    static NODE: Node = Node::element(
        "document",
        Shape::object(&[Member::element("animals", Shape::TEXT).named("animal")]),
    );
    let text = "<document>
                  <animal>dog</animal>
                </document>";
    check(&NODE, json!({"animals": "dog"}), text);
}

#[test]
fn attribute_prefix_and_namespace() {
    static PERSON: Node = Node::element(
        "Person",
        Shape::object(&[
            Member::attribute("id", Shape::NUMBER),
            Member::element("name", Shape::TEXT).namespace("https://example.com/schema/sample", "sample"),
        ]),
    );
    let text = r#"<Person id="123">
                    <sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name>
                  </Person>"#;
    check(&PERSON, json!({"id": 123, "name": "example"}), text);
}

#[test]
fn arrays() {
    static ITEM: Node = Node::element(
        "document",
        Shape::object(&[Member::none(
            "animals",
            Shape::list(&Node::element("animal", Shape::TEXT)),
        )]),
    );
    let unwrapped = "<document>
                       <animal>dog</animal>
                       <animal>cat</animal>
                       <animal>hamster</animal>
                     </document>";
    check(&ITEM, json!({"animals": DOG_CAT_HAMSTER}), unwrapped);

    static WRAPPED: Node = Node::element(
        "document",
        Shape::object(&[Member::element("animals", Shape::list(&Node::element("", Shape::TEXT)))]),
    );
    let text = "<document>
                  <animals>
                    <animals>dog</animals>
                    <animals>cat</animals>
                    <animals>hamster</animals>
                  </animals>
                </document>";
    check(&WRAPPED, json!({"animals": DOG_CAT_HAMSTER}), text);

    static WRAPPED_ITEM: Node = Node::element(
        "document",
        Shape::object(&[Member::element(
            "animals",
            Shape::list(&Node::element("animal", Shape::TEXT)),
        )]),
    );
    let text = "<document>
                  <animals>
                    <animal>dog</animal>
                    <animal>cat</animal>
                    <animal>hamster</animal>
                  </animals>
                </document>";
    check(&WRAPPED_ITEM, json!({"animals": DOG_CAT_HAMSTER}), text);

    static BOTH: Node = Node::element(
        "document",
        Shape::object(&[
            Member::element("animals", Shape::list(&Node::element("animal", Shape::TEXT))).named("aliens"),
        ]),
    );
    let text = "<document>
                  <aliens>
                    <animal>dog</animal>
                    <animal>cat</animal>
                    <animal>hamster</animal>
                  </aliens>
                </document>";
    check(&BOTH, json!({"animals": DOG_CAT_HAMSTER}), text);

    static WRAPPER: Node = Node::element(
        "document",
        Shape::object(&[Member::element("animals", Shape::list(&Node::element("", Shape::TEXT))).named("aliens")]),
    );
    let text = "<document>
                  <aliens>
                    <aliens>dog</aliens>
                    <aliens>cat</aliens>
                    <aliens>hamster</aliens>
                  </aliens>
                </document>";
    check(&WRAPPER, json!({"animals": DOG_CAT_HAMSTER}), text);
}

/// "Elements With Attributes And Text"; the closing tags are mended.
#[test]
fn attributes_and_text() {
    static ANIMALS: Node = Node::element(
        "animals",
        Shape::list(&Node::element(
            "animal",
            Shape::object(&[
                Member::attribute("kind", Shape::TEXT),
                Member::text("name", Shape::TEXT),
            ]),
        )),
    );
    let text = r#"<animals>
                    <animal kind="Cat">Fluffy</animal>
                    <animal kind="Dog">Fido</animal>
                  </animals>"#;
    let value = json!([{"kind": "Cat", "name": "Fluffy"}, {"kind": "Dog", "name": "Fido"}]);
    check(&ANIMALS, value, text);
}

#[test]
fn cdata() {
    const HTML: &str = "<html><head><title>Awesome Docs</title></head><body></body><html>";
    static DOCUMENTATION: Node =
        Node::element("Documentation", Shape::object(&[Member::cdata("content", Shape::TEXT)]));
    let text = format!("<Documentation>\n  <![CDATA[{HTML}]]>\n</Documentation>");
    check(&DOCUMENTATION, json!({"content": HTML}), &text);
    static STORED: Node = Node::element("StoredDocument", Shape::of(&DOCUMENTATION));
    let text = format!("<StoredDocument>\n  <![CDATA[{HTML}]]>\n</StoredDocument>");
    check(&STORED, json!({"content": HTML}), &text);
}

#[test]
fn ordered_elements_and_text() {
    static ONE_TWO_THREE: Node = Node::element(
        "OneTwoThree",
        Shape::tuple(&[
            Node::element("One", Shape::TEXT),
            Node::element(
                "Two",
                Shape::object(&[
                    Member::attribute("unit", Shape::TEXT),
                    Member::text("value", Shape::NUMBER),
                ]),
            ),
            Node::element("Three", Shape::BOOLEAN),
        ]),
    );
    let value = json!(["Some text", {"unit": "cubits", "value": 42}, null]);
    let xsi = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
    let text = format!(
        r#"<OneTwoThree><One>Some text</One><Two unit="cubits">42</Two><Three {xsi} xsi:nil="true"/></OneTwoThree>"#
    );
    both_ways(&ONE_TWO_THREE, value.clone(), &text);
    // as the specification has it, without the namespace
    let text = r#"<OneTwoThree>
                    <One>Some text</One>
                    <Two unit="cubits">42</Two>
                    <Three xsi:nil="true" />
                  </OneTwoThree>"#;
    assert_eq!(read(&ONE_TWO_THREE, text), Ok(value));

    static REPORT: Node = Node::element(
        "Report",
        Shape::tuple(&[
            Node::text(Shape::TEXT),
            Node::element("data", Shape::NUMBER),
            Node::text(Shape::TEXT),
        ]),
    );
    both_ways(
        &REPORT,
        json!(["Some preamble text.", 42, "Some postamble text."]),
        "<Report>Some preamble text.<data>42</data>Some postamble text.</Report>",
    );
}

#[test]
fn null_values() {
    static PRODUCT: Node = Node::element(
        "product",
        Shape::object(&[
            Member::attribute("count", Shape::NUMBER),
            Member::attribute("rating", Shape::TEXT),
            Member::element("description", Shape::TEXT),
            Member::element("related", Shape::map(&Node::element("", Shape::ANY))),
        ]),
    );
    let value = json!({"count": null, "description": "Thing", "related": null});
    let xsi = r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#;
    assert_eq!(
        written(&PRODUCT, &value),
        Ok(format!(
            r#"<product><description>Thing</description><related {xsi} xsi:nil="true"/></product>"#
        ))
    );
    let text = r#"<product>
                    <description>Thing</description>
                    <related xsi:nil="true" />
                  </product>"#;
    // a member that a model requires and that may be `null` need not come
    assert_eq!(
        read(&PRODUCT, text),
        Ok(json!({"description": "Thing", "related": null}))
    );
    let text = r#"<product count="42">
                    <description>Thing</description>
                    <related></related>
                  </product>"#;
    check(
        &PRODUCT,
        json!({"count": 42, "description": "Thing", "related": {}}),
        text,
    );
}

/// OpenAPI 3.0, "XML Object Examples": what 3.2 says otherwise, with `wrapped` and `attribute`.
#[test]
fn of_version_3_0() {
    static BOOKS: Node = Node::element(
        "library",
        Shape::object(&[
            Member::element("books", Shape::list(&Node::element("book", Shape::TEXT))),
            Member::none("loose", Shape::list(&Node::element("book", Shape::TEXT))),
        ]),
    );
    assert_eq!(
        written(&BOOKS, &json!({"books": ["a", "b"], "loose": []})),
        Ok("<library><books><book>a</book><book>b</book></books></library>".to_owned())
    );
    assert_eq!(
        read(&BOOKS, "<library><books><book>a</book></books></library>"),
        Ok(json!({"books": ["a"]}))
    );
}
