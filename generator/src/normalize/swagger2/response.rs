//! Responses of Swagger 2.0: the schema moves under the media types of `produces`.

use serde_json::{Value, json};

use super::{Object, Upgrade};
use crate::pointer::Pointer;

impl Upgrade<'_> {
    /// A response in its 3.0 form; `at` is where it will stand, `from` where it stood.
    pub(super) fn response(&mut self, response: Value, produces: &[String], at: &Pointer, from: &Pointer) -> Value {
        let Value::Object(mut members) = response else {
            return response;
        };
        members.remove("examples");
        members.remove("headers");
        let Some(schema) = members.remove("schema") else {
            return Value::Object(members);
        };
        let file = schema.get("type") == Some(&json!("file"));
        let mut media_types: Vec<&str> = produces.iter().map(String::as_str).collect();
        if file {
            media_types.retain(|media_type| !media_type.contains("json"));
        }
        if media_types.is_empty() {
            media_types.push(if file {
                "application/octet-stream"
            } else {
                "application/json"
            });
        }
        let mut content = Object::new();
        for media_type in media_types {
            let place = at.child("content").child(media_type).child("schema");
            self.moved.push((place, from.child("schema")));
            content.insert(media_type.to_owned(), json!({ "schema": schema }));
        }
        members.insert("content".to_owned(), Value::Object(content));
        Value::Object(members)
    }
}
