//! Responses of Swagger 2.0: the schema and the examples move under the media types of `produces`.

use serde_json::{Value, json};

use super::context::{Object, Upgrade, object};
use super::parameter;
use crate::pointer::Pointer;

impl Upgrade<'_> {
    /// A response in its 3.0 form; `at` is where it will stand, `from` where it stood.
    pub(super) fn response(&mut self, response: Value, produces: &[String], at: &Pointer, from: &Pointer) -> Value {
        let Value::Object(mut members) = response else {
            return response;
        };
        let mut examples = object(members.shift_remove("examples"));
        for header in members
            .get_mut("headers")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            *header.1 = parameter::upgrade_header(header.1.take());
        }
        let Some(schema) = members.shift_remove("schema") else {
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
            let mut of_type = json!({ "schema": schema });
            if let Some(example) = examples.shift_remove(media_type) {
                self.moved.push((
                    at.child("content").child(media_type).child("example"),
                    from.child("examples").child(media_type),
                ));
                of_type["example"] = example;
            }
            content.insert(media_type.to_owned(), of_type);
        }
        members.insert("content".to_owned(), Value::Object(content));
        Value::Object(members)
    }
}
