//! Finds the schema that encloses a node: the target of `#`, and the extent of anchors.

use serde_json::Value;

use super::file::File;
use super::grammar::{DEFINITIONS, Kind, Shape, child, is_document};
use crate::pointer::Pointer;

const SCHEMA: Shape = Shape::One(Kind::Schema);

impl File {
    /// The schema whose anchors a place shares: the innermost one with an `$id`, else the outermost one around it.
    pub(super) fn schema_of(&self, at: &Pointer) -> Pointer {
        let (place, _) = &self.ids.resources[self.ids.resource_of(at)];
        // A text that is a document, or a collection of schemas, is no schema; an `$id` does not make it one.
        if *place != Pointer::root() {
            return place.clone();
        }
        self.outermost(at)
    }

    /// The outermost schema around a place.
    pub(super) fn outermost(&self, at: &Pointer) -> Pointer {
        outermost(&self.tree, at).unwrap_or_else(|| at.clone())
    }

    /// The schema at which evaluation begins that comes to a place below `from`: the outermost one, or the definition that
    /// the place belongs to, since definitions are evaluated only where something refers to them.
    pub(super) fn entry(&self, from: &Pointer, shape: Shape, at: &Pointer) -> Pointer {
        let mut place = from.clone();
        let mut entry = shape.is_schema().then(|| from.clone());
        let (mut shape, mut value) = (Some(shape), self.tree.pointer(from.as_str()));
        let below = at.strip_prefix(from).unwrap_or_default();
        for token in Pointer::root().join(below).tokens() {
            let (Some(known), Some(here)) = (shape, value) else {
                break;
            };
            shape = known.below(here, &token);
            value = child(here, &token);
            place = place.child(&token);
            let one = shape == Some(SCHEMA);
            if one && (entry.is_none() || (known == Shape::Map(Kind::Schema) && is_definition(&place))) {
                entry = Some(place.clone());
            }
        }
        entry.unwrap_or_else(|| self.outermost(at))
    }

    /// Whether a place is a whole document, which cannot be a schema.
    pub(super) fn is_document(&self, at: &Pointer) -> bool {
        *at == Pointer::root() && is_document(&self.tree)
    }
}

/// Whether the member of an object of schemas is a definition, and not a property.
fn is_definition(place: &Pointer) -> bool {
    place
        .parent()
        .is_some_and(|map| DEFINITIONS.contains(&map.last().as_str()))
}

/// The outermost schema around a place of a text. Where it is not known what stands there, it is told by how it looks.
fn outermost(tree: &Value, at: &Pointer) -> Option<Pointer> {
    let mut shape = is_document(tree).then_some(Shape::One(Kind::Document));
    let mut value = tree;
    let mut place = Pointer::root();
    let mut tokens = at.tokens();
    loop {
        let schema = match shape {
            Some(shape) => shape == SCHEMA,
            None => looks_like_a_schema(value),
        };
        if schema {
            return Some(place);
        }
        let token = tokens.next()?;
        shape = shape.and_then(|shape| shape.below(value, &token));
        value = child(value, &token)?;
        place = place.child(&token);
    }
}

/// Whether a value has a keyword of JSON Schema with a value that such a keyword has. A collection of schemas may have
/// one that is called so.
fn looks_like_a_schema(value: &Value) -> bool {
    const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];
    let Some(object) = value.as_object() else {
        return false;
    };
    let is_type = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    let texts = |value: &Value| value.as_array().is_some_and(|all| all.iter().all(Value::is_string));
    let schemas = |value: &Value| {
        let mut members = value.as_object().into_iter().flat_map(|members| members.values());
        value.is_object() && members.all(|member| member.is_object() || member.is_boolean())
    };
    let named_so = object.get("type").is_some_and(Value::is_object);
    let mut members = object.iter().filter(|_| !named_so);
    members.any(|(key, value)| match key.as_str() {
        "type" => is_type(value) || (texts(value) && value.as_array().is_some_and(|all| all.iter().all(is_type))),
        "properties" | "patternProperties" | "dependentSchemas" => schemas(value),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" | "enum" => value.is_array(),
        "required" => texts(value),
        "$anchor" | "$dynamicAnchor" | "$dynamicRef" | "$recursiveRef" | "format" => value.is_string(),
        "$recursiveAnchor" => value.is_boolean(),
        "$ref" => value.is_string() && ["$defs", "$id", "$schema"].iter().any(|key| object.contains_key(*key)),
        "items" | "additionalProperties" | "not" => looks_like_a_schema(value) || value.is_boolean(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::outermost;
    use crate::pointer::Pointer;

    #[track_caller]
    fn check(tree: &Value, at: &str, expected: &str) {
        let at = Pointer::root().join(at);
        assert_eq!(
            outermost(tree, &at).map(|place| place.to_string()).as_deref(),
            Some(expected),
            "{at}"
        );
    }

    #[test]
    fn a_document_says_where_schemas_are() {
        let schema = json!({ "properties": { "type": { "type": "object", "items": {} } } });
        let tree = json!({
            "openapi": "3.1.0",
            "components": {
                "schemas": { "type": schema, "properties": schema },
                "x-more": { "Pet": schema },
                "responses": { "default": { "content": { "a/b": { "schema": schema } } } },
            },
        });
        for at in [
            "/components/schemas/type",
            "/components/schemas/properties",
            "/components/x-more/Pet",
        ] {
            check(&tree, &format!("{at}/properties/type/items"), &format!("#{at}"));
        }
        let at = "/components/responses/default/content/a~1b/schema";
        check(&tree, &format!("{at}/properties/type"), &format!("#{at}"));
    }

    #[test]
    fn other_texts_are_schemas_or_hold_some() {
        let schema = json!({ "type": "object", "properties": { "next": { "$ref": "#" } } });
        check(&schema, "/properties/next", "#");
        check(
            &json!({ "$defs": { "A": schema } }),
            "/$defs/A/properties/next",
            "#/$defs/A",
        );
        check(
            &json!({ "$id": "lib", "$defs": { "A": schema } }),
            "/$defs/A/properties",
            "#/$defs/A",
        );
        let collection = json!({ "type": schema, "properties": schema, "items": schema });
        check(&collection, "/items/properties/next", "#/items");
        check(&collection, "/properties/properties/next", "#/properties");
    }
}
