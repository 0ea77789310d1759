//! `content` with a missing level: a schema instead of a media type, or media types without `content`.

use serde_json::{Value, json};

use super::context::{Object, Repair};
use super::kind::Kind;
use crate::pointer::Pointer;

/// What only a schema has.
const OF_SCHEMAS: [&str; 8] = ["$ref", "type", "properties", "items", "allOf", "oneOf", "anyOf", "enum"];

impl Repair<'_> {
    /// The `content` of a request body or a response; `media_types` are those for one that names none.
    pub(super) fn content(&mut self, owner: &mut Object, at: &Pointer, media_types: &[String]) {
        let json = ["application/json".to_owned()];
        let media_types = if media_types.is_empty() { &json } else { media_types };
        if self.is_swagger2() {
            return;
        }
        self.kinds(owner, at, &[("content", Kind::Object)]);
        match owner.get_mut("content") {
            Some(Value::Object(content)) => {
                if !content.is_empty() && !content.keys().any(|key| key.contains('/')) && is_part(content) {
                    let part = Value::Object(std::mem::take(content));
                    let part = match part.get("schema") {
                        Some(_) => part,
                        None => json!({ "schema": part }),
                    };
                    for media_type in media_types {
                        content.insert(media_type.clone(), part.clone());
                        let now = at.child("content").child(media_type);
                        self.move_node(now, &at.child("content"));
                    }
                    self.report(
                        &at.child("content"),
                        "the value of `content` is read as a media type object",
                    );
                }
            }
            Some(_) => {}
            None => self.missing_content(owner, at, media_types),
        }
        let at = at.child("content");
        for (name, media_type) in owner
            .get_mut("content")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            self.media_type(media_type, &at.child(name));
        }
    }

    fn missing_content(&mut self, owner: &mut Object, at: &Pointer, media_types: &[String]) {
        let mut content = Object::new();
        if let Some(schema) = owner.shift_remove("schema") {
            for media_type in media_types {
                content.insert(media_type.clone(), json!({ "schema": schema }));
                let now = at.child("content").child(media_type).child("schema");
                self.move_node(now, &at.child("schema"));
            }
            self.report(&at.child("schema"), "`schema` is read as that of the `content`");
        } else {
            let names: Vec<String> = owner.keys().filter(|key| is_media_type(key)).cloned().collect();
            for name in names {
                self.report(&at.child(&name), format!("`{name}` is read as part of `content`"));
                self.move_node(at.child("content").child(&name), &at.child(&name));
                content.extend(owner.shift_remove(&name).map(|value| (name, value)));
            }
        }
        if !content.is_empty() {
            owner.insert("content".to_owned(), Value::Object(content));
        }
    }

    fn media_type(&mut self, value: &mut Value, at: &Pointer) {
        let Value::Object(members) = value else {
            return;
        };
        self.kinds(members, at, &[("schema", Kind::Schema), ("encoding", Kind::Object)]);
        let is_schema = match members.get("$ref").and_then(Value::as_str) {
            Some(reference) => reference.contains("/schemas/"),
            None => OF_SCHEMAS.iter().any(|key| members.contains_key(*key)),
        };
        if is_schema && !members.contains_key("schema") {
            *value = json!({ "schema": value.take() });
            self.move_node(at.child("schema"), at);
            self.report(at, "this is read as the `schema` of the media type");
        }
    }
}

fn is_part(content: &Object) -> bool {
    content.contains_key("schema") || OF_SCHEMAS.iter().any(|key| content.contains_key(*key))
}

fn is_media_type(key: &str) -> bool {
    let parts: Vec<&str> = key.split(';').next().unwrap_or_default().split('/').collect();
    !key.starts_with("x-") && matches!(parts.as_slice(), [ty, subtype] if !ty.is_empty() && !subtype.is_empty())
}
