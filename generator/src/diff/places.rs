//! Where the items of a client come from in its document.

use std::collections::HashMap;

use crate::ir::{Api, EnumValues, OperationId, Shape};
use crate::names::{Names, UNTAGGED};
use crate::pointer::Pointer;

/// Pointers by item, such as `models::Pet`, and by member, such as `models::Pet.name`.
#[derive(Debug, Default)]
pub(crate) struct Places(HashMap<String, Pointer>);

impl Places {
    /// The places of everything in a client.
    pub(crate) fn of(api: &Api, names: &Names) -> Self {
        let mut places = Self::default();
        places.types(api, names);
        for (index, group) in api.groups.iter().enumerate() {
            let module = names.of_group(index).accessor.plain();
            for id in &group.operations {
                places.operation(api, names, *id, module);
            }
        }
        for id in api.untagged() {
            places.operation(api, names, id, UNTAGGED);
        }
        let servers = Pointer::root().child("servers");
        places.0.insert("servers::Server".to_owned(), servers.clone());
        places.0.insert("Server".to_owned(), servers.clone());
        places.0.insert("Client.BASE_URL".to_owned(), servers);
        places
    }

    fn types(&mut self, api: &Api, names: &Names) {
        for (id, definition) in api.types.kept() {
            let own = names.of_type(id);
            let path = format!("models::{}", own.ty.plain());
            let origin = &definition.origin;
            match &definition.shape {
                Shape::Struct(object) => {
                    let properties = origin.child("properties");
                    for (field, name) in object.fields.iter().zip(&own.members) {
                        self.0
                            .insert(format!("{path}.{}", name.plain()), properties.child(&field.wire));
                    }
                    let extra = origin.child("additionalProperties");
                    self.0.insert(format!("{path}.{}", own.extra.plain()), extra);
                }
                Shape::Enum(list) => {
                    let count = match &list.values {
                        EnumValues::Strings(values) => values.len(),
                        EnumValues::Integers(values) => values.len(),
                        EnumValues::Numbers(values) => values.len(),
                    };
                    for (index, name) in own.members.iter().enumerate().take(count) {
                        self.0
                            .insert(format!("{path}.{}", name.plain()), origin.child("enum").child(index));
                    }
                }
                Shape::Union(_) | Shape::Alias(_) | Shape::Any => {}
            }
            self.0.insert(path, origin.clone());
        }
    }

    fn operation(&mut self, api: &Api, names: &Names, id: OperationId, module: &str) {
        let (operation, own) = (&api.operations[id.0], names.of_operation(id));
        let path = format!("apis::{module}::{}", own.marker.plain());
        for (parameter, name) in operation.parameters.iter().zip(&own.parameters) {
            self.0
                .insert(format!("{path}.{}", name.plain()), parameter.origin.clone());
        }
        for (header, name) in operation.headers().iter().zip(&own.headers) {
            self.0.insert(format!("{path}.{}", name.plain()), header.origin.clone());
        }
        if let Some(body) = &operation.body {
            self.0.insert(format!("{path}.body"), body.origin.clone());
            self.0
                .insert(format!("apis::{module}::{}", own.body.plain()), body.origin.clone());
        }
        let responses = operation.origin.child("responses");
        for member in ["Output", "Error"] {
            self.0.insert(format!("{path}.{member}"), responses.clone());
        }
        for ty in [&own.error, &own.output] {
            self.0
                .insert(format!("apis::{module}::{}", ty.plain()), responses.clone());
        }
        self.0.insert(path, operation.origin.clone());
    }

    /// The place of an item, or of one of its members.
    pub(crate) fn find(&self, item: &str, member: Option<&str>) -> Option<&Pointer> {
        let of_member = member.and_then(|member| self.0.get(&format!("{item}.{member}")));
        of_member.or_else(|| self.0.get(item))
    }
}
