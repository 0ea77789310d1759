//! Copies of schemas without names and anchors, so that nothing else refers to them.

use serde_json::Value;

use super::grammar::{DEFINITIONS, Kind, Shape};

/// By what a schema is found, not what it says.
pub(super) const IDENTIFIES: [&str; 5] = ["$id", "$schema", "$anchor", "$dynamicAnchor", "$recursiveAnchor"];

const SCHEMA: Shape = Shape::One(Kind::Schema);

/// Makes the copy of a schema one that is nothing else: it has no name, and defines nothing that others refer to.
pub(super) fn make_concrete(value: &mut Value, shape: Shape) {
    if let Value::Object(members) = value
        && shape == SCHEMA
    {
        members.retain(|key, _| !IDENTIFIES.contains(&key.as_str()) && !DEFINITIONS.contains(&key.as_str()));
    }
    let below: Vec<(String, Shape)> = match &*value {
        Value::Object(members) => {
            let known = members
                .keys()
                .filter_map(|key| Some((key.clone(), shape.below(value, key)?)));
            known.collect()
        }
        Value::Array(elements) => {
            let known = (0..elements.len()).filter_map(|index| Some((index.to_string(), shape.below(value, "")?)));
            known.collect()
        }
        _ => return,
    };
    for (key, shape) in below {
        let inner = match value {
            Value::Object(members) => members.get_mut(&key),
            Value::Array(elements) => key.parse::<usize>().ok().and_then(|index| elements.get_mut(index)),
            _ => None,
        };
        if let Some(inner) = inner {
            make_concrete(inner, shape);
        }
    }
}
