//! The component schemas of a document as JSON Schema 2020-12, made from the document itself: what Envoi made of them is
//! what is being tried.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Component schemas, and what they refer to, under one roof.
pub struct Schemas<'a> {
    root: &'a Value,
    /// Whether `nullable` and boolean bounds mean what they did before OpenAPI 3.1.
    before_31: bool,
    /// By key: the schema, whose references are `#/$defs/KEY`.
    pub definitions: Map<String, Value>,
    /// The name of each component with its key.
    pub components: Vec<(String, String)>,
    keys: HashMap<String, String>,
    pending: Vec<(String, &'a Value)>,
}

impl<'a> Schemas<'a> {
    /// The component schemas.
    pub fn of(root: &'a Value) -> Self {
        let mut schemas = Self::empty(root);
        let place = if root.get("swagger").is_some() {
            "/definitions"
        } else {
            "/components/schemas"
        };
        for name in root
            .pointer(place)
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::keys)
        {
            let pointer = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
            if let Some(key) = schemas.key(&pointer) {
                schemas.components.push((name.clone(), key));
            }
        }
        schemas.convert_pending();
        schemas
    }

    /// The schemas at these places, and by place its key, where there is a schema.
    pub fn of_places(root: &'a Value, places: &[&envoi::Pointer]) -> (Self, Vec<Option<String>>) {
        let mut schemas = Self::empty(root);
        let keys = places.iter().map(|place| schemas.key(place.as_str())).collect();
        schemas.convert_pending();
        (schemas, keys)
    }

    fn empty(root: &'a Value) -> Self {
        let version = root.get("openapi").and_then(Value::as_str).unwrap_or("2");
        Self {
            root,
            before_31: version.starts_with('2') || version.starts_with("3.0"),
            definitions: Map::new(),
            components: Vec::new(),
            keys: HashMap::new(),
            pending: Vec::new(),
        }
    }

    fn convert_pending(&mut self) {
        while let Some((key, schema)) = self.pending.pop() {
            let converted = self.convert(schema);
            self.definitions.insert(key, converted);
        }
    }

    /// One schema that an object of the form `{ KEY: INSTANCE }` satisfies when the instance satisfies the definition.
    pub fn wrapper(&self) -> Value {
        let reference = |key: &String| (key.clone(), json!({ "$ref": format!("#/$defs/{key}") }));
        let properties: Map<String, Value> = self.definitions.keys().map(reference).collect();
        json!({ "properties": properties, "$defs": self.definitions })
    }

    pub fn definition(&self, reference: &str) -> Option<&Value> {
        self.definitions.get(reference.strip_prefix("#/$defs/")?)
    }

    fn key(&mut self, pointer: &str) -> Option<String> {
        if let Some(key) = self.keys.get(pointer) {
            return Some(key.clone());
        }
        let schema = self.root.pointer(pointer)?;
        let key = format!("d{}", self.keys.len());
        self.keys.insert(pointer.to_owned(), key.clone());
        self.pending.push((key.clone(), schema));
        Some(key)
    }

    fn reference(&mut self, reference: &str) -> Option<String> {
        let pointer = envoi::Pointer::parse(reference.trim())?;
        let key = self.key(pointer.as_str())?;
        Some(format!("#/$defs/{key}"))
    }

    fn convert(&mut self, schema: &Value) -> Value {
        let Value::Object(object) = schema else {
            return Value::Bool(schema != &Value::Bool(false));
        };
        let mut converted = Map::new();
        for (key, value) in object {
            if let Some(value) = self.keyword(key, value, object) {
                converted.insert(key.clone(), value);
            }
        }
        restrict_numbers(object, &mut converted);
        if object
            .get("contentEncoding")
            .is_some_and(|encoding| encoding == "base64")
        {
            converted.insert("format".to_owned(), json!("byte"));
        }
        self.discriminate(object, &mut converted);
        let nullable = |key: &str| object.get(key) == Some(&Value::Bool(true));
        if nullable("x-nullable") || (self.before_31 && nullable("nullable")) {
            return with_null(converted);
        }
        Value::Object(converted)
    }

    fn keyword(&mut self, key: &str, value: &Value, object: &Map<String, Value>) -> Option<Value> {
        let list = |value: &Value| value.as_array().filter(|list| !list.is_empty()).cloned();
        Some(match key {
            "$ref" => json!(self.reference(value.as_str()?)?),
            "type" => types(value)?,
            "properties" | "patternProperties" | "dependentSchemas" => {
                let members = value.as_object()?.iter();
                Value::Object(
                    members
                        .map(|(name, schema)| (name.clone(), self.convert(schema)))
                        .collect(),
                )
            }
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                Value::Array(list(value)?.iter().map(|schema| self.convert(schema)).collect())
            }
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems" => match value {
                Value::Object(_) | Value::Bool(_) => self.convert(value),
                _ => return None,
            },
            "required" => Value::Array(list(value)?.into_iter().filter(Value::is_string).collect()),
            "enum" => Value::Array(list(value)?),
            "exclusiveMinimum" | "exclusiveMaximum" => match value {
                Value::Bool(true) => object
                    .get(if key == "exclusiveMinimum" {
                        "minimum"
                    } else {
                        "maximum"
                    })?
                    .clone(),
                Value::Number(_) => value.clone(),
                _ => return None,
            },
            "minimum" | "maximum" => value.as_number().map(|_| value.clone())?,
            "multipleOf" => value.as_f64().filter(|step| *step > 0.0).map(|_| value.clone())?,
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
                value.as_u64().map(Value::from)?
            }
            "uniqueItems" => Value::Bool(value.as_bool()?),
            "pattern" => {
                jsonschema::validator_for(&json!({ "pattern": value.as_str()? })).ok()?;
                value.clone()
            }
            "format" => json!(value.as_str()?),
            "const" | "default" | "example" | "examples" => value.clone(),
            _ => return None,
        })
    }

    /// The discriminator decides a branch, which JSON Schema does not know of.
    fn discriminate(&mut self, object: &Map<String, Value>, converted: &mut Map<String, Value>) {
        let Some(discriminator) = object.get("discriminator").and_then(Value::as_object) else {
            return;
        };
        let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else {
            return;
        };
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for key in ["oneOf", "anyOf"] {
            let originals = object.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
            let Some(Value::Array(branches)) = converted.get_mut(key) else {
                continue;
            };
            for (original, branch) in originals.iter().zip(branches) {
                let tags = tags(original, mapping);
                if !tags.is_empty() {
                    let tagged = json!({ "properties": { property: { "enum": tags } }, "required": [property] });
                    *branch = json!({ "allOf": [branch.take(), tagged] });
                }
            }
        }
    }
}

/// The discriminator values that select a branch.
fn tags(branch: &Value, mapping: Option<&Map<String, Value>>) -> Vec<String> {
    let Some(reference) = branch.get("$ref").and_then(Value::as_str) else {
        return Vec::new();
    };
    let name = reference.rsplit('/').next().unwrap_or_default();
    let maps_here = |target: &Value| target == reference || target == name;
    let mapped = mapping.into_iter().flatten().filter(|(_, target)| maps_here(target));
    let tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
    if tags.is_empty() { vec![name.to_owned()] } else { tags }
}

fn types(value: &Value) -> Option<Value> {
    const KNOWN: [&str; 7] = ["string", "integer", "number", "boolean", "object", "array", "null"];
    let known = |value: &Value| value.as_str().is_some_and(|name| KNOWN.contains(&name));
    match value {
        Value::Array(names) => {
            let names: Vec<Value> = names.iter().filter(|name| known(name)).cloned().collect();
            (!names.is_empty()).then_some(Value::Array(names))
        }
        name => known(name).then(|| name.clone()),
    }
}

/// Formats of integers are bounds.
fn restrict_numbers(object: &Map<String, Value>, converted: &mut Map<String, Value>) {
    let (least, most) = match object.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("int64") => (i64::MIN, i64::MAX),
        Some("uint8" | "uint16") => (0, i64::from(u16::MAX)),
        Some("uint32" | "uint64") => (0, i64::from(u32::MAX)),
        _ => return,
    };
    if converted
        .get("type")
        .is_some_and(|ty| ty == "integer" || ty == "number")
    {
        let lower = converted.get("minimum").and_then(Value::as_f64);
        if lower.is_none_or(|lower| lower < least as f64) {
            converted.insert("minimum".to_owned(), json!(least));
        }
        let upper = converted.get("maximum").and_then(Value::as_f64);
        if upper.is_none_or(|upper| upper > most as f64) {
            converted.insert("maximum".to_owned(), json!(most));
        }
    }
}

fn with_null(mut schema: Map<String, Value>) -> Value {
    const COMBINED: [&str; 5] = ["$ref", "allOf", "anyOf", "oneOf", "const"];
    if COMBINED.iter().any(|key| schema.contains_key(*key)) {
        return json!({ "anyOf": [schema, { "type": "null" }] });
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    match schema.get_mut("type") {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(ty) => *ty = json!([ty.take(), "null"]),
        None => {}
    }
    Value::Object(schema)
}

#[cfg(test)]
mod tests {
    use super::Schemas;
    use serde_json::{Value, json};

    #[track_caller]
    fn check(schema: &Value, expected: &Value) {
        let document = json!({ "openapi": "3.0.0", "components": { "schemas": { "A": schema } } });
        let schemas = Schemas::of(&document);
        assert_eq!(&schemas.definitions["d0"], expected);
    }

    #[test]
    fn keywords_of_30_become_those_of_json_schema() {
        check(
            &json!({ "type": "string", "nullable": true, "enum": ["a"] }),
            &json!({ "type": ["string", "null"], "enum": ["a", null] }),
        );
        check(
            &json!({ "type": "number", "minimum": 1, "exclusiveMinimum": true, "x-other": 1 }),
            &json!({ "type": "number", "minimum": 1, "exclusiveMinimum": 1 }),
        );
        check(
            &json!({ "$ref": "#/components/schemas/A", "nullable": true }),
            &json!({ "anyOf": [{ "$ref": "#/$defs/d0" }, { "type": "null" }] }),
        );
    }

    #[test]
    fn discriminators_bind_branches_to_tags() {
        check(
            &json!({
                "oneOf": [{ "$ref": "#/components/schemas/A" }],
                "discriminator": { "propertyName": "kind", "mapping": { "x": "#/components/schemas/A" } },
            }),
            &json!({ "oneOf": [{ "allOf": [
                { "$ref": "#/$defs/d0" },
                { "properties": { "kind": { "enum": ["x"] } }, "required": ["kind"] },
            ] }] }),
        );
    }
}
