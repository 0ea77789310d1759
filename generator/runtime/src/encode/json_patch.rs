//! JSON Patch (RFC 6902).

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::super::model::argument::Converted;

/// Request body in JSON Patch (`application/json-patch+json`, RFC 6902): a list of operations, applied in order.
///
/// Paths are JSON Pointers (RFC 6901): `/spec/replicas`, or `/items/-` for the end of a list. [`segment`](Self::segment)
/// escapes a name with `/` or `~`. Values are what converts into a [`Value`]: numbers, texts, `json!({…})`.
///
/// ```
/// use envoi_runtime::JsonPatch;
/// use serde_json::json;
///
/// let patch = JsonPatch::new()
///     .test("/spec/replicas", 2)
///     .replace("/spec/replicas", 3)
///     .remove("/metadata/annotations/owner");
///
/// let written = json!([
///     { "op": "test", "path": "/spec/replicas", "value": 2 },
///     { "op": "replace", "path": "/spec/replicas", "value": 3 },
///     { "op": "remove", "path": "/metadata/annotations/owner" },
/// ]);
/// assert_eq!(JsonPatch::from(written), patch);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonPatch {
    operations: Vec<Value>,
}

impl JsonPatch {
    /// Creates a patch without operations, which changes nothing.
    pub const fn new() -> Self {
        Self { operations: Vec::new() }
    }

    /// Adds a property, an item of a list, or replaces the value of a property.
    #[must_use]
    pub fn add(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(json!({ "op": "add", "path": path.into(), "value": value.into() }))
    }

    /// Removes a value, which must exist.
    #[must_use]
    pub fn remove(self, path: impl Into<String>) -> Self {
        self.with(json!({ "op": "remove", "path": path.into() }))
    }

    /// Replaces a value, which must exist.
    #[must_use]
    pub fn replace(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(json!({ "op": "replace", "path": path.into(), "value": value.into() }))
    }

    /// Moves a value to another path (`move`).
    #[must_use]
    pub fn move_to(self, from: impl Into<String>, path: impl Into<String>) -> Self {
        self.with(json!({ "op": "move", "from": from.into(), "path": path.into() }))
    }

    /// Copies a value to another path (`copy`).
    #[must_use]
    pub fn copy_to(self, from: impl Into<String>, path: impl Into<String>) -> Self {
        self.with(json!({ "op": "copy", "from": from.into(), "path": path.into() }))
    }

    /// Applies the patch only if a value is this one.
    #[must_use]
    pub fn test(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(json!({ "op": "test", "path": path.into(), "value": value.into() }))
    }

    /// Escapes one segment of a path: `app.kubernetes.io/name` is `app.kubernetes.io~1name`.
    #[must_use]
    pub fn segment(name: &str) -> String {
        name.replace('~', "~0").replace('/', "~1")
    }

    /// Returns the operations, each a JSON object.
    #[must_use]
    pub fn operations(&self) -> &[Value] {
        &self.operations
    }

    fn with(mut self, operation: Value) -> Self {
        self.operations.push(operation);
        self
    }
}

impl Converted for JsonPatch {}

impl Serialize for JsonPatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.operations.serialize(serializer)
    }
}

/// A list is one operation per item; any other value is one operation.
impl From<Value> for JsonPatch {
    fn from(value: Value) -> Self {
        match value {
            Value::Array(operations) => Self { operations },
            operation => Self::new().with(operation),
        }
    }
}

impl From<Map<String, Value>> for JsonPatch {
    fn from(operation: Map<String, Value>) -> Self {
        Self::new().with(Value::Object(operation))
    }
}

impl From<Vec<Value>> for JsonPatch {
    fn from(operations: Vec<Value>) -> Self {
        Self { operations }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::JsonPatch;

    #[test]
    fn every_operation() {
        let name = JsonPatch::segment("a/b~c");
        let patch = JsonPatch::new()
            .add(format!("/labels/{name}"), "x")
            .move_to("/a", "/b")
            .copy_to("/b", "/c")
            .add("/items/-", json!({ "n": [1, null] }));
        let written = serde_json::to_value(&patch).expect("a patch is JSON");
        let expected = json!([
            { "op": "add", "path": "/labels/a~1b~0c", "value": "x" },
            { "op": "move", "from": "/a", "path": "/b" },
            { "op": "copy", "from": "/b", "path": "/c" },
            { "op": "add", "path": "/items/-", "value": { "n": [1, null] } },
        ]);
        assert_eq!(written, expected);
        assert_eq!(JsonPatch::from(expected), patch);
    }

    #[test]
    fn what_is_no_list_is_one_operation() {
        let patch = JsonPatch::from(json!({ "op": "remove", "path": "/a" }));
        assert_eq!(patch, JsonPatch::new().remove("/a"));
        assert_eq!(serde_json::to_string(&JsonPatch::new()).expect("JSON"), "[]");
    }
}
