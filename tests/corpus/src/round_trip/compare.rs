//! Whether two JSON values are the same to whoever reads them.

use chrono::DateTime;
use serde_json::Value;

use super::schemas::Schemas;

/// How deep schemas are looked through for a member.
const DEEPEST: usize = 40;

/// Where and how `after` differs from `before`, a value of all of these schemas; `None` when it does not.
///
/// Numbers are equal as numbers and points in time as such. A member that no schema declares may be missing: unknown
/// members are dropped by design.
pub fn difference(schemas: &Schemas<'_>, of: &[&Value], before: &Value, after: &Value) -> Option<String> {
    let parts = expand(schemas, of);
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let declared = members(&parts, name);
                let found = match after.get(name) {
                    Some(after) => difference(schemas, &declared, value, after),
                    None if declared.is_empty() => None,
                    None => Some(" is missing".to_owned()),
                };
                if let Some(found) = found {
                    return Some(format!("/{name}{found}"));
                }
            }
            let added = after.keys().find(|name| !before.contains_key(*name));
            added.map(|name| format!("/{name} was added"))
        }
        (Value::Array(before), Value::Array(after)) => {
            if before.len() != after.len() {
                return Some(format!(" has {} elements instead of {}", after.len(), before.len()));
            }
            let items: Vec<&Value> = parts.iter().filter_map(|part| part.get("items")).collect();
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.find_map(|(index, (before, after))| {
                let mut own = items.clone();
                own.extend(parts.iter().filter_map(|part| part.get("prefixItems")?.get(index)));
                difference(schemas, &own, before, after).map(|found| format!("/{index}{found}"))
            })
        }
        (before, after) if equal(before, after) => None,
        (before, after) => Some(format!(" is {} instead of {}", excerpt(after), excerpt(before))),
    }
}

/// Whether two values are written the same, but for the last digit of a float.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Number(_), Value::Number(_)) => one.is_f64() == other.is_f64() && equal(one, other),
        _ => one == other,
    }
}

fn equal(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Number(one), Value::Number(other)) => {
            one == other
                || match (one.as_f64(), other.as_f64()) {
                    (Some(one), Some(other)) => {
                        let whole = before.is_i64() && after.is_i64();
                        !whole && (one - other).abs() <= f64::EPSILON * one.abs()
                    }
                    _ => false,
                }
        }
        (Value::String(one), Value::String(other)) => {
            one == other
                || match (DateTime::parse_from_rfc3339(one), DateTime::parse_from_rfc3339(other)) {
                    (Ok(one), Ok(other)) => one == other,
                    _ => false,
                }
                || (is_uuid(one) && one.eq_ignore_ascii_case(other))
                || same_bytes(one, other)
        }
        _ => before == after,
    }
}

/// Base64 may end in bits that belong to no byte; decoders ignore them, and encoders write zeros (RFC 4648, section 3.5).
fn same_bytes(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.trim_end_matches('=').len();
    let last = digits(one).saturating_sub(1);
    one.len() == other.len()
        && one.ends_with('=')
        && digits(one) == digits(other)
        && one.is_char_boundary(last)
        && one.get(..last) == other.get(..last)
}

/// UUIDs are read in either case and written in lower case (RFC 9562, section 4).
fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// Schemas with everything that may hold beside them.
fn expand<'a>(schemas: &'a Schemas<'_>, of: &[&'a Value]) -> Vec<&'a Value> {
    let mut parts: Vec<&Value> = Vec::new();
    let mut pending: Vec<(&Value, usize)> = of.iter().map(|schema| (*schema, 0)).collect();
    while let Some((schema, depth)) = pending.pop() {
        if depth > DEEPEST || parts.iter().any(|known| std::ptr::eq(*known, schema)) {
            continue;
        }
        parts.push(schema);
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|text| schemas.definition(text));
        pending.extend(target.map(|target| (target, depth + 1)));
        for key in ["allOf", "oneOf", "anyOf"] {
            let branches = schema.get(key).and_then(Value::as_array).into_iter().flatten();
            pending.extend(branches.map(|branch| (branch, depth + 1)));
        }
    }
    parts
}

/// What the schemas say about a member.
fn members<'a>(parts: &[&'a Value], name: &str) -> Vec<&'a Value> {
    let declared: Vec<&Value> = parts
        .iter()
        .filter_map(|part| part.get("properties")?.get(name))
        .collect();
    if !declared.is_empty() {
        return declared;
    }
    let extra = parts.iter().filter_map(|part| part.get("additionalProperties"));
    extra.filter(|schema| **schema != Value::Bool(false)).collect()
}

fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 {
        text.chars().take(60).chain(['…']).collect()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Schemas, difference};
    use serde_json::{Value, json};

    #[track_caller]
    fn check(before: &Value, after: &Value, expected: Option<&str>) {
        let schema = json!({ "properties": { "a": { "items": { "properties": { "b": {} } } }, "b": {} } });
        let document = json!({ "openapi": "3.0.0" });
        let found = difference(&Schemas::of(&document), &[&schema], before, after);
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn what_is_the_same() {
        check(&json!({ "b": 1 }), &json!({ "b": 1.0 }), None);
        check(
            &json!({ "b": "2020-01-01T00:00:00Z" }),
            &json!({ "b": "2020-01-01T01:00:00+01:00" }),
            None,
        );
        check(&json!({ "unknown": 1 }), &json!({}), None);
        check(&json!({ "b": "abcd123=" }), &json!({ "b": "abcd120=" }), None);
    }

    #[test]
    fn what_differs() {
        check(&json!({ "b": null }), &json!({}), Some("/b is missing"));
        check(&json!({}), &json!({ "b": null }), Some("/b was added"));
        check(
            &json!({ "a": [{ "b": 1 }] }),
            &json!({ "a": [{ "b": 2 }] }),
            Some("/a/0/b is 2 instead of 1"),
        );
        check(
            &json!({ "a": [1, 2] }),
            &json!({ "a": [1] }),
            Some("/a has 1 elements instead of 2"),
        );
        check(
            &json!({ "b": "ab=" }),
            &json!({ "b": "cb=" }),
            Some("/b is \"cb=\" instead of \"ab=\""),
        );
        check(
            &json!({ "b": 9007199254740993_i64 }),
            &json!({ "b": 9007199254740992_i64 }),
            Some("/b is 9007199254740992 instead of 9007199254740993"),
        );
    }
}
