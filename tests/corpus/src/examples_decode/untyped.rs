//! Why no type is made for the place of an example.

use envoi::Pointer;
use serde_json::{Map, Value};

use super::find::Of;

/// Members of `components`, and of Swagger 2.0, that are in a client only if something refers to them.
const SHARED: [&str; 4] = ["parameters", "responses", "requestBodies", "headers"];

/// Headers that OpenAPI says are described elsewhere.
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "authorization", "content-type"];

/// Why there is no type, as far as the document tells.
pub fn reason(root: &Value, at: &Pointer, of: Of) -> &'static str {
    let tokens: Vec<String> = at.tokens().collect();
    let has = |name: &str| tokens.iter().any(|token| token == name);
    if has("webhooks") || has("x-webhooks") || has("callbacks") {
        return "of a parameter or a response of a webhook or a callback, which the caller of an API does not see";
    }
    if let Some(component) = component(&tokens)
        && !refers(root, &component)
    {
        return "of a component that nothing refers to";
    }
    if has("multipart/form-data") || has("multipart/mixed") {
        return "of a part of a multipart body, which is no JSON";
    }
    if let Some(media_type) = after(&tokens, "content")
        && !media_type.contains("json")
    {
        return "of a body that is read or sent as text or bytes";
    }
    if of == Of::Header || has("headers") {
        return "of the response header `content-type`, which its media type says";
    }
    if let Some(parameter) = parameter(root, &tokens)
        && DESCRIBED_ELSEWHERE.contains(&parameter.as_str())
    {
        return "of the header parameters `accept`, `authorization` and `content-type`, which the client sets itself";
    }
    if ["allOf", "oneOf", "anyOf"].iter().any(|choice| has(choice)) {
        return "of an inline branch of `allOf`, `oneOf` or `anyOf` that is merged into what is around it";
    }
    "of a schema that stands under a keyword without effect, or nowhere"
}

/// The same place in another media type whose schema is the same, which has one type for both.
pub fn twins(root: &Value, at: &Pointer) -> Vec<Pointer> {
    let tokens: Vec<String> = at.tokens().collect();
    let Some(index) = tokens.iter().position(|token| token == "content") else {
        return Vec::new();
    };
    let place = |tokens: &[String]| tokens.iter().fold(Pointer::root(), |at, token| at.child(token));
    let content = place(&tokens[..=index]);
    let members = root.pointer(content.as_str()).and_then(Value::as_object);
    let schema = |media_type: &str| members?.get(media_type)?.get("schema");
    let Some(own) = tokens.get(index + 1).and_then(|own| schema(own)) else {
        return Vec::new();
    };
    let others = members.into_iter().flat_map(Map::keys);
    others
        .filter(|other| **other != tokens[index + 1] && schema(other) == Some(own))
        .map(|other| {
            let at = content.child(other);
            tokens[index + 2..].iter().fold(at, |at, token| at.child(token))
        })
        .collect()
}

/// The shared component that a place is in.
fn component(tokens: &[String]) -> Option<Pointer> {
    let depth = usize::from(tokens.first()? == "components");
    let (kind, name) = (tokens.get(depth)?, tokens.get(depth + 1)?);
    let at = tokens[..depth]
        .iter()
        .fold(Pointer::root(), |at, token| at.child(token));
    SHARED.contains(&kind.as_str()).then(|| at.child(kind).child(name))
}

/// Whether a reference to this place stands in a document.
fn refers(value: &Value, target: &Pointer) -> bool {
    let names = |value: &Value| value.as_str().and_then(Pointer::parse).as_ref() == Some(target);
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(key, value)| (key == "$ref" && names(value)) || refers(value, target)),
        Value::Array(elements) => elements.iter().any(|element| refers(element, target)),
        _ => false,
    }
}

fn after<'t>(tokens: &'t [String], name: &str) -> Option<&'t str> {
    let index = tokens.iter().position(|token| token == name)?;
    tokens.get(index + 1).map(String::as_str)
}

/// The name in lower case of the parameter that a place is in.
fn parameter(root: &Value, tokens: &[String]) -> Option<String> {
    let index = tokens.iter().position(|token| token == "parameters")?;
    let at = tokens
        .get(..index + 2)?
        .iter()
        .fold(Pointer::root(), |at, token| at.child(token));
    let name = root.pointer(at.as_str())?.get("name")?.as_str()?;
    Some(name.to_ascii_lowercase())
}
