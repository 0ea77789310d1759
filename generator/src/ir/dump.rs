//! Stable text form of the representation, for snapshots and debugging.

use std::fmt::Write;

use super::api::Api;
use super::ids::TypeId;
use super::slot::{Slot, TypeRef};
use super::status::Status;
use super::{
    BodyKind, Content, ContentKind, Encoding, EnumValues, Field, Filled, Item, Operation, Pagination, Response,
    ServerVariable, Shape, Tagging, Trigger, TypeDef, Union, Webhook, Xml,
};

/// The whole representation as text, in document order.
#[must_use]
pub fn dump(api: &Api) -> String {
    let mut text = String::new();
    line(&mut text, 0, &format!("api {:?} {:?}", api.title, api.version));
    for server in &api.servers {
        line(&mut text, 0, &format!("server {}", server.url));
        for variable in &server.variables {
            let ServerVariable {
                name, default, values, ..
            } = variable;
            line(&mut text, 1, &format!("{name} = {default:?} of {values:?}"));
        }
    }
    for scheme in &api.schemes {
        line(
            &mut text,
            0,
            &format!("scheme {} {:?} from {}", scheme.name, scheme.kind, scheme.origin),
        );
    }
    for group in &api.groups {
        let operations: Vec<usize> = group.operations.iter().map(|id| id.0).collect();
        line(&mut text, 0, &format!("group {:?} {operations:?}", group.tag));
    }
    for (id, definition) in api.types.iter() {
        definition_lines(&mut text, id, definition);
    }
    for operation in &api.operations {
        operation_lines(&mut text, api, operation);
    }
    for webhook in &api.webhooks {
        webhook_lines(&mut text, webhook);
    }
    text
}

fn line(text: &mut String, depth: usize, content: &str) {
    // Writing into a String cannot fail.
    let _ = writeln!(text, "{:indent$}{content}", "", indent = depth * 2);
}

fn definition_lines(text: &mut String, id: TypeId, definition: &TypeDef) {
    let null = if definition.nullable { " | null" } else { "" };
    let said = xml(definition.xml.as_deref());
    let head = |kind: &str| format!("type #{} {kind}{null}{said} from {}", id.index(), definition.origin);
    match &definition.shape {
        Shape::Struct(object) => {
            line(text, 0, &head(if object.parts { "parts" } else { "object" }));
            for field in &object.fields {
                line(text, 1, &field_line(field));
            }
            if let Some(extra) = &object.extra {
                line(text, 1, &format!("* : {}", slot(extra)));
            }
        }
        Shape::Enum(values) => {
            line(text, 0, &head("enum"));
            match &values.values {
                EnumValues::Strings(values) => values
                    .iter()
                    .for_each(|value| line(text, 1, &format!("{:?}", value.wire))),
                EnumValues::Integers(values) => values.iter().for_each(|value| line(text, 1, &value.wire.to_string())),
                EnumValues::Numbers(values) => values.iter().for_each(|value| line(text, 1, &value.wire.to_string())),
            }
        }
        Shape::Union(union) => {
            line(text, 0, &format!("{}{}", head("union"), tagging(union)));
            for variant in &union.variants {
                line(
                    text,
                    1,
                    &format!(
                        "{} {:?}: {}",
                        variant.hint,
                        variant.tags,
                        variant.slot.as_ref().map_or_else(|| "nothing".to_owned(), slot)
                    ),
                );
            }
        }
        Shape::Alias(target) => line(text, 0, &format!("{} = {}", head("alias"), slot(target))),
        Shape::Any => line(text, 0, &head("any")),
    }
}

fn tagging(union: &Union) -> String {
    match &union.tagging {
        Tagging::Internal(tag) => {
            let absent: Vec<&str> = tag
                .absent
                .iter()
                .map(|index| union.variants[*index].hint.as_str())
                .collect();
            let or = if absent.is_empty() { "" } else { " or " };
            let mark = if tag.unlisted.is_some() { "!" } else { "" };
            format!(" by {:?}{or}{}{mark}", tag.property, absent.join(", "))
        }
        Tagging::External => " by name".to_owned(),
        Tagging::Adjacent { tag, content } => format!(" by {tag:?} beside {content:?}"),
        Tagging::Untagged { any } => if *any { " of any" } else { "" }.to_owned(),
    }
}

fn field_line(field: &Field) -> String {
    let mut flags = String::new();
    for (flag, set) in [
        ("required", field.required),
        ("read-only", field.read_only),
        ("write-only", field.write_only),
        ("deprecated", field.docs.deprecated),
    ] {
        if set {
            flags.push(' ');
            flags.push_str(flag);
        }
    }
    let default = field
        .default
        .as_ref()
        .map(|value| format!(" = {value}"))
        .unwrap_or_default();
    format!("{:?}: {}{flags}{default}", field.wire, slot(&field.slot))
}

fn operation_lines(text: &mut String, api: &Api, operation: &Operation) {
    let id = operation.id.as_deref().unwrap_or("-");
    line(
        text,
        0,
        &format!("operation {id} {} {}", operation.method.as_str(), operation.path),
    );
    for parameter in &operation.parameters {
        let required = if parameter.required { " required" } else { "" };
        let filled = match &parameter.filled {
            Some(Filled::Constant(value)) => format!(" = {value}"),
            Some(Filled::Credential(scheme)) => format!(" or credential {scheme}"),
            None => String::new(),
        };
        let explode = if parameter.explode { " explode" } else { "" };
        let place = format!("{} {:?}", parameter.location.as_str(), parameter.wire);
        line(
            text,
            1,
            &format!(
                "{place}: {} {:?}{explode}{required}{filled}",
                slot(&parameter.slot),
                parameter.style
            ),
        );
    }
    if let Some(body) = &operation.body {
        let required = if body.required { " required" } else { "" };
        for content in &body.contents {
            let items = item(content.item.as_ref());
            let kind = body_kind(&content.kind);
            line(
                text,
                1,
                &format!(
                    "body {} {kind}{items}{required} from {}",
                    content.media_type, body.origin
                ),
            );
            for encoding in encodings(&content.kind) {
                line(text, 2, &encoding_line(encoding));
            }
        }
    }
    for response in &operation.responses {
        response_lines(text, response);
    }
    if let Some(flag) = &operation.flag {
        line(text, 1, &format!("sets {} to {}", flag.pointer, flag.value));
    }
    if let Some(pagination) = &operation.pagination {
        line(text, 1, &pages(api, pagination));
    }
    let alternatives: Vec<String> = operation
        .security
        .iter()
        .map(|all| {
            all.iter()
                .map(|id| api.schemes[id.0].name.as_str())
                .collect::<Vec<_>>()
                .join(" + ")
        })
        .collect();
    line(text, 1, &format!("security [{}]", alternatives.join(" | ")));
    if let Some(server) = &operation.server {
        line(text, 1, &format!("server {server}"));
    }
}

fn response_lines(text: &mut String, response: &Response) {
    let contents: Vec<String> = response.contents.iter().map(content).collect();
    let contents = match contents.as_slice() {
        [] => "empty".to_owned(),
        contents => contents.join(", "),
    };
    line(
        text,
        1,
        &format!("{}: {contents} from {}", status(response.status), response.origin),
    );
    for header in &response.headers {
        let required = if header.required { " required" } else { "" };
        let held = slot(&header.slot);
        line(
            text,
            2,
            &format!(
                "header {:?}: {held} {:?}{required} from {}",
                header.wire, header.style, header.origin
            ),
        );
    }
}

fn body_kind(kind: &BodyKind) -> String {
    match kind {
        BodyKind::Json(value) => format!("json {}", slot(value)),
        BodyKind::Xml(value) => format!("xml {}", slot(value)),
        BodyKind::Form(value, _) => format!("form {}", slot(value)),
        BodyKind::Multipart(value, _) => {
            let value = value.as_ref().map_or_else(|| "-".to_owned(), slot);
            format!("multipart {value}")
        }
        BodyKind::JsonPatch => "json patch".to_owned(),
        BodyKind::Text | BodyKind::Bytes | BodyKind::Raw => format!("{kind:?}").to_lowercase(),
    }
}

fn encodings(kind: &BodyKind) -> &[Encoding] {
    match kind {
        BodyKind::Form(_, encodings) | BodyKind::Multipart(_, encodings) => encodings,
        _ => &[],
    }
}

fn encoding_line(encoding: &Encoding) -> String {
    let mut text = format!("encoding {:?}", encoding.wire);
    if let Some(content_type) = &encoding.content_type {
        let _ = write!(text, " {content_type}");
    }
    if let Some((style, explode, reserved)) = encoding.style {
        let explode = if explode { " explode" } else { "" };
        let reserved = if reserved { " reserved" } else { "" };
        let _ = write!(text, " {style:?}{explode}{reserved}");
    }
    for (name, value) in &encoding.headers {
        let _ = write!(text, " {name}: {value:?}");
    }
    text
}

fn pages(api: &Api, pagination: &Pagination) -> String {
    let mut text = format!("pages {:?} of [{}]", pagination.step, slot(&pagination.item));
    let items = pagination.items(&api.types);
    for (what, place) in [
        ("at", Some(&items).filter(|items| !items.is_empty())),
        ("more", pagination.more.as_ref()),
        ("in", pagination.body.as_ref()),
    ] {
        text.extend(place.map(|place| format!(" {what} {place}")));
    }
    text.extend(pagination.total_pages.iter().map(|place| format!(" total {place:?}")));
    let size = pagination.size.iter();
    text.extend(size.map(|(parameter, most)| format!(" {parameter:?} up to {most}")));
    text
}

fn webhook_lines(text: &mut String, webhook: &Webhook) {
    let trigger = match &webhook.trigger {
        Trigger::Webhook => "webhook".to_owned(),
        Trigger::Callback { operation, expression } => format!("callback of {} at {expression:?}", operation.0),
    };
    let payload = webhook.payload.as_ref().map_or_else(|| "-".to_owned(), slot);
    let method = webhook.method.as_str();
    let head = format!("{trigger} {:?} {method}: {payload}", webhook.name);
    line(text, 0, &format!("{head} from {}", webhook.origin));
}

fn item(item: Option<&Item>) -> String {
    let text = |item: &Item| format!(" of {} {}", item.media_type, slot(&item.slot));
    item.map(text).unwrap_or_default()
}

fn content(content: &Content) -> String {
    let kind = match &content.kind {
        ContentKind::Json(value) => format!("json {}", slot(value)),
        ContentKind::Xml(value) => format!("xml {}", slot(value)),
        ContentKind::Sequence(framing, value) => {
            let framing = format!("{framing:?}").to_lowercase();
            format!("{framing} of {}", slot(value))
        }
        ContentKind::Text => "text".to_owned(),
        ContentKind::Bytes => "bytes".to_owned(),
        ContentKind::Events => "events".to_owned(),
    };
    format!("{} {kind}", content.media_type)
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn slot(slot: &Slot) -> String {
    let null = if slot.nullable { " | null" } else { "" };
    format!("{}{null}{}", ty(&slot.ty), xml(slot.xml.as_deref()))
}

/// What is said about XML, in the words of the document.
fn xml(xml: Option<&Xml>) -> String {
    let Some(xml) = xml else { return String::new() };
    let node_type = xml.node_type.map(|node_type| format!("{node_type:?}").to_lowercase());
    let wrapped = xml.wrapped.map(|wrapped| wrapped.to_string());
    let said: Vec<String> = [
        ("name", xml.name.as_ref()),
        ("namespace", xml.namespace.as_ref()),
        ("prefix", xml.prefix.as_ref()),
        ("nodeType", node_type.as_ref()),
        ("wrapped", wrapped.as_ref()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some(format!(" {key}={}", value?)))
    .collect();
    if said.is_empty() {
        String::new()
    } else {
        format!(" <xml{}>", said.concat())
    }
}

fn ty(reference: &TypeRef) -> String {
    match reference {
        TypeRef::Primitive(primitive) => format!("{primitive:?}"),
        TypeRef::Named(id) => format!("#{}", id.index()),
        TypeRef::List(item) => format!("[{}]", slot(item)),
        TypeRef::Tuple(places) => {
            let places: Vec<String> = places.iter().map(slot).collect();
            format!("({})", places.join(", "))
        }
        TypeRef::Map(value) => format!("{{{}}}", slot(value)),
        TypeRef::Any => "any".to_owned(),
    }
}
