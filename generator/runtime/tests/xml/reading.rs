//! What is read of documents that are not quite as they are described.

use envoi_runtime::DecodeError;
use envoi_runtime::serde_json::json;
use envoi_runtime::xml::{self, Member, Node, Shape};

use super::read;

static LISTING: Node = Node::element(
    "Listing",
    Shape::object(&[
        Member::element("Name", Shape::TEXT),
        Member::element("Size", Shape::NUMBER),
        Member::element("Full", Shape::BOOLEAN),
        Member::element("Since", Shape::TOKEN),
        Member::none("Entries", Shape::list(&Node::element("Entry", Shape::of(&ENTRY)))),
    ]),
);

static ENTRY: Node = Node::element(
    "Entry",
    Shape::object(&[
        Member::attribute("kind", Shape::TEXT),
        Member::element("Key", Shape::TEXT),
        Member::none("Entries", Shape::list(&Node::element("Entry", Shape::of(&ENTRY)))),
    ]),
);

#[track_caller]
fn check(text: &str, value: envoi_runtime::serde_json::Value) {
    assert_eq!(read(&LISTING, text), Ok(value), "{text}");
}

#[test]
fn scalars() {
    check(
        "<a><Size>3</Size><Full>true</Full></a>",
        json!({"Size": 3, "Full": true}),
    );
    check(
        "<a><Size> 3\n</Size><Full>1</Full></a>",
        json!({"Size": 3, "Full": true}),
    );
    check(
        "<a><Size>+007</Size><Full>0</Full></a>",
        json!({"Size": 7, "Full": false}),
    );
    check("<a><Size>-.5</Size></a>", json!({"Size": -0.5}));
    check("<a><Size>1e3</Size></a>", json!({"Size": 1000.0}));
    check("<a><Size>000</Size></a>", json!({"Size": 0}));
    // what is no number is for the model to refuse
    check(
        "<a><Size>many</Size><Full>yes</Full></a>",
        json!({"Size": "many", "Full": "yes"}),
    );
    for text in ["1.2.3", "-", "+", ".", "e", "1e", "NaN", "0x10", "1 2", "--1", "١"] {
        check(&format!("<a><Size>{text}</Size></a>"), json!({"Size": text}));
    }
    // blanks belong to a text, not to a date; nothing is a text, and no number
    check(
        "<a><Name> a </Name><Since> 2026 </Since></a>",
        json!({"Name": " a ", "Since": "2026"}),
    );
    check(
        "<a><Name/><Since/><Size/><Full/></a>",
        json!({"Name": "", "Since": null, "Size": null, "Full": null}),
    );
}

#[test]
fn numbers_keep_their_digits() {
    let exact: i128 = 170_141_183_460_469_231_731_687_303_715_884_105_727;
    static NUMBER: Node = Node::element("n", Shape::NUMBER);
    assert_eq!(xml::decode(&NUMBER, format!("<n>{exact}</n>").as_bytes()), Ok(exact));
    assert_eq!(
        xml::encode(&NUMBER, &exact).map(|text| text.contains(&exact.to_string())),
        Ok(true)
    );
}

#[test]
fn references_and_sections() {
    check(
        "<a><Name>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</Name></a>",
        json!({"Name": "<&>\"'AB"}),
    );
    check(
        "<a><Name>a<!-- no -->b<?no?>c<![CDATA[<d>&amp;]]></Name></a>",
        json!({"Name": "abc<d>&amp;"}),
    );
    check("<a><Name>a\r\nb\rc</Name></a>", json!({"Name": "a\nb\nc"}));
    check(
        "<a><Entry kind=\"&lt;&#10;\nx\"/></a>",
        json!({"Entries": [{"kind": "<\n x"}]}),
    );
}

#[test]
fn what_is_not_known_is_passed_over() {
    check(
        "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><!-- b --><a x='1'><New><Name>n</Name></New><Name>y</Name></a>\n",
        json!({"Name": "y"}),
    );
    // the last one counts, as in JSON
    check("<a><Name>x</Name><Name>y</Name></a>", json!({"Name": "y"}));
}

#[test]
fn prefixes_and_namespaces_are_passed_over() {
    check(
        "<s:a xmlns:s='urn:x' xmlns='urn:y'><s:Name>n</s:Name><Size>1</Size></s:a>",
        json!({"Name": "n", "Size": 1}),
    );
    check("<a><Entry s:kind='k'/></a>", json!({"Entries": [{"kind": "k"}]}));
}

#[test]
fn items_may_stand_apart_and_be_nested() {
    check(
        "<a><Entry><Key>1</Key></Entry><Name>n</Name><Entry><Key>2</Key><Entry><Key>3</Key></Entry></Entry></a>",
        json!({"Name": "n", "Entries": [{"Key": "1"}, {"Key": "2", "Entries": [{"Key": "3"}]}]}),
    );
}

#[test]
fn arrays_that_are_wrapped_although_they_are_not_said_to_be() {
    check(
        "<a><Entries><Entry><Key>1</Key></Entry></Entries></a>",
        json!({"Entries": [{"Key": "1"}]}),
    );
    check("<a><Entries/></a>", json!({"Entries": []}));
    check("<a/>", json!({}));
    static REQUIRED: Node = Node::element(
        "a",
        Shape::object(&[Member::none("items", Shape::list(&Node::element("item", Shape::TEXT))).required()]),
    );
    assert_eq!(read(&REQUIRED, "<a/>"), Ok(json!({"items": []})));
}

#[test]
fn elements_that_come_as_attributes() {
    check("<a Name='n' Size='3'/>", json!({"Name": "n", "Size": 3}));
}

#[test]
fn any_value() {
    static ANY: Node = Node::element("a", Shape::ANY);
    let text = "<a x='1' xmlns='urn:y'><b>t</b><c/><d>1</d><d><e>2</e></d>text</a>";
    let value = json!({"@x": "1", "b": "t", "c": "", "d": ["1", {"e": "2"}], "#text": "text"});
    assert_eq!(read(&ANY, text), Ok(value.clone()));
    let again = xml::encode(&ANY, &value).expect("XML");
    assert_eq!(read(&ANY, &again), Ok(value), "{again}");
}

#[test]
fn maps() {
    static MAP: Node = Node::element(
        "a",
        Shape::open_object(
            &[
                Member::element("known", Shape::TEXT),
                Member::none("items", Shape::list(&Node::element("item", Shape::TEXT))),
            ],
            &Node::element("", Shape::NUMBER),
        ),
    );
    let value = json!({"known": "k", "items": ["i"], "x": 1, "y": 2});
    let text = "<a><known>k</known><item>i</item><x>1</x><y>2</y></a>";
    super::both_ways(&MAP, value, text);
}

#[test]
fn choices() {
    static CAT: Node = Node::element(
        "Cat",
        Shape::object(&[
            Member::element("name", Shape::TEXT),
            Member::element("lives", Shape::NUMBER),
        ]),
    );
    static DOG: Node = Node::element(
        "Dog",
        Shape::object(&[
            Member::element("name", Shape::TEXT),
            Member::element("tricks", Shape::list(&Node::element("trick", Shape::TEXT))),
        ]),
    );
    static PET: Node = Node::element(
        "pet",
        Shape::one_of(&[
            Node::element("Cat", Shape::of(&CAT)),
            Node::element("Dog", Shape::of(&DOG)),
        ]),
    );
    super::both_ways(
        &PET,
        json!({"name": "Tom", "lives": 9}),
        "<pet><name>Tom</name><lives>9</lives></pet>",
    );
    super::both_ways(
        &PET,
        json!({"name": "Rex", "tricks": ["sit"]}),
        "<pet><name>Rex</name><tricks><trick>sit</trick></tricks></pet>",
    );
    static ROOT: Node = Node::element(
        "",
        Shape::one_of(&[
            Node::element("Cat", Shape::of(&CAT)),
            Node::element("Dog", Shape::of(&DOG)),
        ]),
    );
    super::both_ways(&ROOT, json!({"tricks": []}), "<Dog><tricks></tricks></Dog>");
    static ID: Node = Node::element(
        "id",
        Shape::one_of(&[Node::element("", Shape::TEXT), Node::element("", Shape::NUMBER)]),
    );
    super::both_ways(&ID, json!(7), "<id>7</id>");
    super::both_ways(&ID, json!("seven"), "<id>seven</id>");
}

#[test]
fn the_one_member_of_a_schema_without_a_name_is_the_outermost_element() {
    static ENVELOPE: Node = Node::none(Shape::object(&[Member::element(
        "Tagging",
        Shape::object(&[Member::element("Key", Shape::TEXT)]),
    )]));
    super::both_ways(
        &ENVELOPE,
        json!({"Tagging": {"Key": "k"}}),
        "<Tagging><Key>k</Key></Tagging>",
    );
    // or there is one around it after all
    assert_eq!(
        read(&ENVELOPE, "<x><Tagging><Key>k</Key></Tagging></x>"),
        Ok(json!({"Tagging": {"Key": "k"}}))
    );
}

#[test]
fn arrays_as_whole_documents() {
    static PETS: Node = Node::element("Pets", Shape::list(&Node::element("Pet", Shape::TEXT)));
    super::both_ways(&PETS, json!(["a", "b"]), "<Pets><Pet>a</Pet><Pet>b</Pet></Pets>");
    super::both_ways(&PETS, json!([]), "<Pets></Pets>");
    assert_eq!(read(&PETS, "<Pet>a</Pet>"), Ok(json!(["a"])));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let fails = |text: &str| match xml::decode::<Vec<i32>>(&LISTING, text.as_bytes()) {
        Err(DecodeError::Xml { path, reason, excerpt }) => {
            assert!(text.starts_with(excerpt.trim_end_matches('…')), "{excerpt}");
            (path, reason)
        }
        other => panic!("{other:?}"),
    };
    for (text, path, reason) in [
        (
            "<a><b/><b><c></d></b></a>",
            "a.b[1].c",
            "ill-formed document: expected `</c>`, but `</d>` was found",
        ),
        (
            "<a><b>",
            "a.b",
            "the end of the document is missing (was the body cut off?)",
        ),
        (
            "<a><b",
            "a",
            "syntax error: tag not closed: `>` not found before end of input (was the body cut off?)",
        ),
        ("<a>&nbsp;</a>", "a", "the entity `nbsp` is not predefined in XML"),
        ("<a>&#0;</a>", "a", "0x0 character is not permitted in XML"),
        ("<a x='1' x='2'/>", "", "duplicated attribute"),
        ("<a x=1/>", "", "attribute value must be enclosed"),
        ("<a/><b/>", "", "a second element follows the root element"),
        ("<a/>b", "", "text stands outside of the outermost element"),
        ("</a>", "", "close tag `</a>` does not match any open tag"),
        ("text", "", "text stands outside of the outermost element"),
        ("<!-- nothing -->", "", "there is no root element"),
    ] {
        let (found, said) = fails(text);
        assert_eq!(found, path, "{text}: {said}");
        assert!(said.contains(reason), "{text}: {said}");
    }
    let error = xml::decode::<Vec<i32>>(&LISTING, b"<a>\xff</a>").expect_err("no text");
    assert_eq!(error, DecodeError::Text);
}
