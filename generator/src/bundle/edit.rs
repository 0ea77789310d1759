//! Edits of a value that make its references point to where their targets are.

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;

/// A change of a value.
pub(super) struct Edit {
    /// The object that holds the reference.
    pub(super) at: Pointer,
    /// The member that is the reference.
    pub(super) key: String,
    pub(super) change: Change,
    /// Whether it is one of those that a discriminator maps values to.
    pub(super) mapped: bool,
}

pub(super) enum Change {
    /// The reference gets another text.
    Refer(String),
    /// The object is replaced; its other members stand above those of its replacement.
    Replace(Value),
    /// The members of a schema come to those of the object, in which only the reference says something of values.
    Include(Value),
    /// The object includes a schema.
    AllOf(Value),
    /// The reference goes.
    Remove,
}

/// Makes changes to a value.
pub(super) fn apply(value: &mut Value, edits: Vec<Edit>) {
    for edit in edits {
        let Some(node) = value.pointer_mut(edit.at.as_str()) else {
            continue;
        };
        let Value::Object(members) = node else {
            continue;
        };
        match edit.change {
            Change::Refer(text) if edit.key != "$ref" && !edit.mapped => {
                members.shift_remove(&edit.key);
                if members.contains_key("$ref") {
                    include(members, json!({ "$ref": text }));
                } else {
                    members.insert("$ref".to_owned(), Value::String(text));
                }
            }
            Change::Refer(text) => {
                members.insert(edit.key, Value::String(text));
            }
            Change::Replace(Value::Object(mut replacement)) => {
                members.shift_remove(&edit.key);
                replacement.append(members);
                *members = replacement;
            }
            Change::Replace(replacement) => *node = replacement,
            Change::Include(Value::Object(included)) => {
                members.shift_remove(&edit.key);
                for (key, value) in included {
                    members.entry(key).or_insert(value);
                }
            }
            Change::Include(included) | Change::AllOf(included) => {
                members.shift_remove(&edit.key);
                include(members, included);
            }
            Change::Remove => {
                members.shift_remove(&edit.key);
            }
        }
    }
}

/// Adds one of the schemas that all hold.
fn include(members: &mut Map<String, Value>, schema: Value) {
    match members.entry("allOf").or_insert_with(|| json!([])) {
        Value::Array(all) => all.push(schema),
        // One in place of a list of one; what repairs it comes later.
        one => *one = json!([std::mem::take(one), schema]),
    }
}
