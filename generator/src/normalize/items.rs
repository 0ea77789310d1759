//! `items` without `type: array`: finds out what the document means.
//!
//! JSON Schema lets `items` say nothing of values that are no lists, so that such a schema admits any value. Documents
//! mean a list by it, or else the value that `items` describes, and their examples show which. A decision record has the
//! counts behind the rules: docs/decisions/0029-allof-idioms.md.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::evidence::{self, Seen};
use super::schemas;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Document, original};
use crate::pointer::Pointer;

/// What may stand beside `items` without saying what kind of value it is about.
const SILENT: [&str; 5] = ["items", "nullable", "x-nullable", "xml", "externalDocs"];

/// What describes an object beside `type: object`, or another value.
const DESCRIBES_OBJECT: [&str; 7] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "enum",
];

/// What a schema is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    /// A list of what `items` describes.
    List,
    /// What `items` describes.
    Single,
    /// Either of them.
    Either,
    /// A list of what `items` describes, or some object, which it does not.
    ListOrObject,
}

/// A schema with `items` and without `type: array`.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Whether it says `type: object`.
    object: bool,
    /// Whether `items` is a choice.
    choice: bool,
}

/// Reads every such schema as what it means.
pub(super) fn read(document: &mut Document, diagnostics: &mut Diagnostics) {
    let mut candidates: Vec<(Pointer, Candidate)> = Vec::new();
    schemas::walk(&mut document.root, &mut |schema, at| {
        if let Some(candidate) = schema.as_object().and_then(|schema| candidate(schema, at)) {
            candidates.push((at.clone(), candidate));
        }
    });
    if candidates.is_empty() {
        return;
    }
    let places = candidates.iter().map(|(at, _)| (at.clone(), Seen::default())).collect();
    let seen = evidence::find(&mut document.root, places);
    let habit = habit(&seen);
    let mut readings: HashMap<Pointer, Reading> = HashMap::new();
    let mut both: Option<Pointer> = None;
    // One schema of Swagger 2.0 stands under every media type by now, but once in the text.
    let mut said = HashSet::new();
    for (at, candidate) in &candidates {
        let own = seen.get(at).copied().unwrap_or_default();
        let mut reading = candidate.reading(own, habit);
        if reading == Reading::Either {
            // Both readings hold `items`. What is inside is not doubled again.
            if both.as_ref().is_some_and(|both| at.strip_prefix(both).is_some()) {
                reading = Reading::List;
            } else if candidate.object && !evidence::admits_object(&document.root, &at.child("items")) {
                reading = Reading::ListOrObject;
            } else {
                both = Some(at.clone());
            }
        }
        readings.insert(at.clone(), reading);
        let text = original(&document.moved, at);
        if said.insert((text.clone(), reading)) {
            report(&text, *candidate, reading, diagnostics);
        }
    }
    document.pass(|document| {
        let moved = &mut document.moved;
        schemas::walk(&mut document.root, &mut |schema, at| {
            let before = original(moved, at);
            // The list among the branches of a choice has the place of what it was made from.
            if let (Some(reading), Value::Object(members)) = (readings.get(&before), schema)
                && members.get("items").is_some_and(Value::is_object)
                && members.get("type").is_none_or(|ty| ty != "array")
            {
                apply(*reading, members, at, &before, moved);
            }
        });
    });
}

fn candidate(schema: &Map<String, Value>, at: &Pointer) -> Option<Candidate> {
    let items = schema.get("items").filter(|items| items.is_object())?;
    let silent = |key: &String| SILENT.contains(&key.as_str()) || schemas::describes(key);
    let object = schema.get("type").is_some_and(|ty| ty == "object");
    let says_more = if object {
        DESCRIBES_OBJECT.iter().any(|key| schema.contains_key(*key))
    } else {
        !schema.keys().all(silent)
    };
    let wrapped = schema.get("xml").and_then(|xml| xml.get("wrapped")) == Some(&Value::Bool(true));
    // Other branches of an `allOf` say what kind of value it is about.
    let branch = at.as_str().rsplit('/').nth(1) == Some("allOf");
    let choice = branches(items).is_some_and(|(_, branches)| branches.len() > 1);
    (!says_more && !wrapped && !branch).then_some(Candidate { object, choice })
}

/// The branches of a schema that is a choice.
fn branches(schema: &Value) -> Option<(&'static str, &Vec<Value>)> {
    let branches = |key| Some((key, schema.get(key)?.as_array()?));
    branches("anyOf").or_else(|| branches("oneOf"))
}

impl Candidate {
    fn reading(self, seen: Seen, habit: Option<Reading>) -> Reading {
        match (seen.lists > 0, seen.singles > 0) {
            (true, true) => Reading::Either,
            (true, false) => Reading::List,
            (false, true) => Reading::Single,
            (false, false) if self.object || self.choice => habit.unwrap_or(Reading::Either),
            (false, false) => habit.unwrap_or(Reading::List),
        }
    }
}

/// What all examples of a document agree on: who writes one such schema in place of its `items` does so elsewhere.
fn habit(seen: &HashMap<Pointer, Seen>) -> Option<Reading> {
    let lists = seen.values().any(|seen| seen.lists > 0);
    let singles = seen.values().any(|seen| seen.singles > 0);
    match (lists, singles) {
        (true, false) => Some(Reading::List),
        (false, true) => Some(Reading::Single),
        _ => None,
    }
}

fn report(at: &Pointer, candidate: Candidate, reading: Reading, diagnostics: &mut Diagnostics) {
    let without = if candidate.object {
        "with `type: object`"
    } else {
        "without `type: array`"
    };
    let read = match reading {
        Reading::List if candidate.object => "an array",
        // As nearly everyone means it.
        Reading::List => return,
        Reading::Single => "the schema in `items`, as the examples of this document have it",
        Reading::Either => "an array, or a single value of the schema in `items`",
        Reading::ListOrObject => "an array, or an object",
    };
    let message = format!("`items` {without} is read as {read}");
    let report = diagnostics.report(Code::Invalid, &at.child("items"), message);
    report.help = Some(match reading {
        Reading::List | Reading::ListOrObject => "add `type: array` if it is an array".to_owned(),
        Reading::Single | Reading::Either => {
            "add `type: array` if it is an array; otherwise replace `items` by its schema".to_owned()
        }
    });
}

/// Rewrites a schema that stands at `at` now, and stood at `before`.
fn apply(
    reading: Reading,
    members: &mut Map<String, Value>,
    at: &Pointer,
    before: &Pointer,
    moved: &mut Vec<(Pointer, Pointer)>,
) {
    if members.contains_key("type") {
        members.insert("type".to_owned(), json!("array"));
    }
    if reading == Reading::List {
        return;
    }
    let Some(items) = members.shift_remove("items") else {
        return;
    };
    members.shift_remove("type");
    let below = before.child("items");
    if reading == Reading::Single {
        moved.push((at.child("allOf").child(0), below));
        members.insert("allOf".to_owned(), json!([items]));
        return;
    }
    let choice = at.child("anyOf");
    moved.push((choice.child(0), before.clone()));
    let mut all = vec![json!({ "type": "array", "items": items })];
    match branches(&items).filter(|_| is_bare(&items)) {
        _ if reading == Reading::ListOrObject => all.push(json!({ "type": "object" })),
        Some((key, branches)) => {
            for (index, branch) in branches.iter().enumerate() {
                moved.push((choice.child(all.len()), below.child(key).child(index)));
                all.push(branch.clone());
            }
        }
        None => {
            moved.push((choice.child(1), below));
            all.push(items.clone());
        }
    }
    members.insert("anyOf".to_owned(), Value::Array(all));
}

/// Whether a schema is a choice and nothing else.
fn is_bare(schema: &Value) -> bool {
    let mut keys = schema.as_object().into_iter().flat_map(Map::keys);
    keys.all(|key| matches!(key.as_str(), "anyOf" | "oneOf") || schemas::describes(key))
        && !(schema.get("anyOf").is_some() && schema.get("oneOf").is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;
    use crate::diagnostic::Diagnostics;
    use crate::document::{Document, Notation, Version};

    /// What becomes of a schema, with an example of a response that is an object with the schema's value as `a`.
    #[track_caller]
    fn check(schema: Value, example: Option<Value>, expected: &Value) {
        let mut content = json!({ "schema": {
            "type": "object", "properties": { "a": { "$ref": "#/components/schemas/A" } },
        } });
        if let Some(example) = example {
            content["example"] = json!({ "a": example });
        }
        let root = json!({
            "paths": { "/": { "get": { "responses": { "200": { "content": { "application/json": content } } } } } },
            "components": { "schemas": { "A": schema } },
        });
        let mut document = Document::new("test", Notation::Json, Version::OpenApi30, root);
        read(&mut document, &mut Diagnostics::default());
        assert_eq!(&document.root["components"]["schemas"]["A"], expected);
    }

    #[test]
    fn examples_decide() {
        let choice = json!({ "description": "d", "items": { "anyOf": [{ "type": "object" }, { "type": "string" }] } });
        let single = json!({ "description": "d", "allOf": [choice["items"]] });
        let either = json!({ "description": "d", "anyOf": [
            { "type": "array", "items": choice["items"] }, { "type": "object" }, { "type": "string" },
        ] });
        check(choice.clone(), Some(json!({ "b": 1 })), &single);
        check(choice.clone(), Some(json!("b")), &single);
        check(choice.clone(), Some(json!([])), &choice);
        check(choice.clone(), Some(json!(null)), &either);
        check(choice.clone(), Some(json!(1)), &either);
        check(choice, None, &either);
    }

    #[test]
    fn items_that_are_no_choice_are_those_of_a_list() {
        let text = json!({ "items": { "type": "string" } });
        check(text.clone(), None, &text);
        check(text.clone(), Some(json!("a,b")), &text);
        let object = json!({ "items": { "type": "object" } });
        check(object.clone(), None, &object);
        check(
            object.clone(),
            Some(json!({})),
            &json!({ "allOf": [{ "type": "object" }] }),
        );
    }

    #[test]
    fn objects_with_items() {
        let object = json!({ "type": "object", "items": { "properties": { "b": {} } } });
        let items = &object["items"];
        check(object.clone(), Some(json!({ "b": 1 })), &json!({ "allOf": [items] }));
        check(
            object.clone(),
            Some(json!([])),
            &json!({ "type": "array", "items": items }),
        );
        check(
            object.clone(),
            None,
            &json!({ "anyOf": [{ "type": "array", "items": items }, items] }),
        );
        check(
            json!({ "type": "object", "items": { "type": "string" } }),
            None,
            &json!({ "anyOf": [{ "type": "array", "items": { "type": "string" } }, { "type": "object" }] }),
        );
    }

    #[test]
    fn what_says_more_is_left() {
        for schema in [
            json!({ "items": { "type": "object" }, "minItems": 1 }),
            json!({ "items": { "type": "object" }, "oneOf": [{ "type": "object" }, { "type": "array" }] }),
            json!({ "type": "object", "items": { "type": "object" }, "properties": {} }),
            json!({ "allOf": [{ "type": "object" }, { "items": { "type": "object" } }] }),
        ] {
            check(schema.clone(), Some(json!({})), &schema);
        }
    }

    #[test]
    fn one_place_decides_for_others_of_its_document() {
        let inner = json!({ "anyOf": [{ "type": "string" }, { "nullable": true }] });
        let schema = json!({ "items": { "anyOf": [
            { "type": "object", "properties": { "x": { "items": inner } } }, { "type": "integer" },
        ] } });
        let read = json!({ "allOf": [{ "anyOf": [
            { "type": "object", "properties": { "x": { "allOf": [inner] } } }, { "type": "integer" },
        ] }] });
        check(schema, Some(json!({ "y": 1 })), &read);
    }
}
