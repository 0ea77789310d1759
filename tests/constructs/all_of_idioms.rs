//! What real documents mean by what they put together.

use serde_json::json;

use crate::fixtures::all_of_idioms::models::{
    Case, Channel, Chunk, Copies, Hook, Line, Made, Method, Nullables, Page, Range, Rule, Split, Station, Tags,
    Transcript, Twice,
};
use crate::json::{check, check_refused, check_same};

fn read<T: envoi_runtime::serde::de::DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).expect("it can be read")
}

#[test]
fn null_in_a_branch_of_its_own_is_meant_for_the_whole() {
    let there = json!({
        "a": {"id": "1"}, "b": {"id": "2"}, "c": {"id": "3"}, "d": "red", "e": {"x": 1, "y": 2}, "f": {"id": "4"},
        "g": {"id": "5"},
    });
    let nulls = json!({"a": null, "b": null, "c": null, "d": null, "e": null, "f": null, "g": {"id": "5"}});
    check_same::<Nullables>(&[there, nulls.clone()]);
    let mut without = nulls;
    without["g"] = json!(null);
    check_refused::<Nullables>(&without, &["null"]);
}

#[test]
fn what_adds_nothing_is_the_schema_itself() {
    let station = || Station::new("1");
    let copies = Copies::default()
        .a(station())
        .b(station())
        .c(station())
        .d(station())
        .e(station())
        .f(vec![Some(station()), None])
        .g(Line::Red)
        .h(Line::Blue)
        .i(station())
        .j(Chunk::new("t"))
        .k(Transcript::Chunk(Chunk::new("t")));
    let written = serde_json::to_value(&copies).expect("it can be written");
    let id = json!({"id": "1"});
    assert_eq!(
        written,
        json!({
            "a": id, "b": id, "c": id, "d": id, "e": id, "f": [id, null], "g": "red", "h": "blue", "i": id,
            "j": {"text": "t"}, "k": {"text": "t"},
        })
    );
    check_same::<Copies>(&[
        written,
        json!({"e": null, "k": null, "added": {"id": "1", "note": "n"}}),
    ]);
    check_refused::<Copies>(&json!({"added": {"id": "1"}}), &["note"]);
}

#[test]
fn objects_that_contradict_each_other_stay_apart() {
    check_same::<Range>(&[
        json!({"lt": 1.5}),
        json!({"gt": 2.5, "lt": 3.5}),
        json!({"lt": "2024-02-29T12:30:00Z"}),
    ]);
    assert!(matches!(
        read::<Range>(json!({"gt": "2024-02-29T12:30:00Z"})),
        Range::Times(_)
    ));
    check_same::<Rule>(&[
        json!({"trigger": "keyword", "words": ["a"]}),
        json!({"trigger": "spam", "score": 3}),
    ]);
}

#[test]
fn objects_that_can_be_one_have_the_values_of_all() {
    check_same::<Method>(&[
        json!({"capture": "manual", "note": "n", "code": "67e55044-10b1-426f-9247-bb680e5fe0c8", "at": {"x": 1}}),
        json!({"capture": "automatic", "code": "no uuid", "at": {"y": 1}}),
        json!({"capture": "", "at": {}}),
    ]);
    let captures = ["manual", "automatic", ""].map(|text| read::<Method>(json!({ "capture": text })).capture);
    assert!(
        captures
            .iter()
            .flatten()
            .all(|value| !format!("{value:?}").contains("Unknown")),
        "{captures:?}"
    );
}

#[test]
fn the_smaller_of_two_choices_has_made_the_other() {
    for value in [json!({"text": "t"}), json!({"transcripts": [{"text": "t"}]})] {
        match read::<Transcript>(value.clone()) {
            Transcript::Chunk(_) | Transcript::Multi(_) => check::<Transcript>(&value, &value),
            #[allow(unreachable_patterns, reason = "unions may have a variant for what is not known")]
            other => panic!("{other:?}"),
        }
    }
    for value in [json!({"message": "m"}), json!({"text": "t"})] {
        check_same::<Twice>(&[value]);
    }
    check_same::<Split>(&[json!({"message": "m"}), json!({"transcripts": []})]);
    let made: Made = Hook::new("m");
    assert_eq!(made.message, "m");
}

#[test]
fn members_that_are_there_in_some_cases_are_kept() {
    check_same::<Case>(&[
        json!({"kind": "a", "alpha": "x", "both": "x", "mixed": "text"}),
        json!({"kind": "b", "beta": 1, "both": "z"}),
        json!({"kind": "c", "gamma": true, "delta": {"id": "1"}, "mixed": 1}),
        json!({"kind": "a"}),
    ]);
    check::<Case>(&json!({"kind": "a", "tested": "t"}), &json!({"kind": "a"}));
    check_refused::<Case>(&json!({"alpha": "x"}), &["kind"]);
    check_refused::<Case>(&json!({"kind": "b", "beta": "no integer"}), &["integer"]);
}

#[test]
fn items_without_a_type_are_what_examples_show() {
    let reply = json!({"channels": [{"id": "C1", "topic": "birds"}, {"im": "D1"}, {"id": "C2", "topic": null}], "tags": ["a", 1]});
    check_same::<Page>(std::slice::from_ref(&reply));
    let reply: Page = read(reply);
    assert!(matches!(&reply.channels[0], Channel::Public(channel) if channel.id == "C1"));
    let tags: Option<Tags> = reply.tags;
    assert_eq!(
        tags.expect("tags")[0],
        envoi_runtime::IntegerOrString::String("a".to_owned())
    );
}
