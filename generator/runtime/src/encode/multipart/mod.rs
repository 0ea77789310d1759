//! Multipart bodies: `multipart/form-data` and others (RFC 7578, RFC 2046 section 5.1).

mod head;
mod part;

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use self::head::{Disposition, boundary, head};
pub use self::part::Part;
use super::super::model::to_json;
use super::body::Body;
use super::encode_error::EncodeError;
use super::parameter::Encoding;
use super::parameter::members::Members;
use super::parameter::style::{pairs, plain};
use super::parameter::write::value_of;

/// Multipart body.
///
/// Generated operations create it from their arguments. Where the API description does not declare the parts, the
/// caller adds them. `Debug` shows names, never values.
///
/// ```
/// use envoi_runtime::{Multipart, Part};
///
/// let body = Multipart::new()
///     .value("title", "Holidays")
///     .part("photo", Part::new(&b"GIF89a"[..]).file_name("beach.gif").media_type("image/gif"));
/// ```
#[derive(Default)]
pub struct Multipart {
    members: Vec<(String, Member)>,
    error: Option<EncodeError>,
}

enum Member {
    Value(Value),
    Part(Part),
}

impl Multipart {
    /// Creates a body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a body from the properties of an object, each added like [`value`](Self::value).
    pub fn of<T: Serialize + ?Sized>(object: &T) -> Self {
        Self::of_json(to_json(object))
    }

    fn of_json(object: serde_json::Result<String>) -> Self {
        let mut multipart = Self::new();
        match object.and_then(|json| Members::read(&json)) {
            Ok(Some(Members(members))) => {
                let members = members.into_iter();
                multipart.members = members.map(|(name, value)| (name, Member::Value(value))).collect();
            }
            Ok(None) => multipart.fail(EncodeError::new(
                "body",
                "is not an object, which a multipart body needs",
            )),
            Err(_) => multipart.fail(EncodeError::new("body", "cannot be written as JSON")),
        }
        multipart
    }

    /// Adds a value: strings and numbers as text, objects as JSON, arrays as one part per item. `null` adds nothing.
    #[must_use]
    pub fn value<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        self.text(name, to_json(value))
    }

    fn text(mut self, name: &str, json: serde_json::Result<String>) -> Self {
        match json.and_then(|json| value_of(&json)) {
            Ok(value) => self.members.push((name.to_owned(), Member::Value(value))),
            Err(_) => self.fail(EncodeError::new(name.to_owned(), "cannot be written as JSON")),
        }
        self
    }

    /// Adds a part. The name may be empty, except in `multipart/form-data`.
    #[must_use]
    pub fn part(mut self, name: &str, part: impl Into<Part>) -> Self {
        self.members.push((name.to_owned(), Member::Part(part.into())));
        self
    }

    /// Adds several parts with the same name.
    #[must_use]
    pub fn parts(self, name: &str, parts: impl IntoIterator<Item = Part>) -> Self {
        parts
            .into_iter()
            .fold(self, |multipart, part| multipart.part(name, part))
    }

    fn fail(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Returns the media type with its boundary, and the body.
    ///
    /// # Errors
    /// A part cannot be sent.
    pub(crate) fn encode(self, media_type: &str, encodings: &[Encoding]) -> Result<(String, Body), EncodeError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut parts = Vec::with_capacity(self.members.len());
        for (name, member) in self.members {
            let encoding = Encoding::of(encodings, &name);
            match member {
                Member::Value(value) => written(&name, &value, encoding, &mut parts),
                Member::Part(part) => parts.push((name, part.with(encoding))),
            }
        }
        assemble(media_type, parts)
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.members.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Multipart")
            .field("members", &names)
            .finish_non_exhaustive()
    }
}

/// Returns the parts of a value.
fn written(name: &str, value: &Value, encoding: Option<&Encoding>, parts: &mut Vec<(String, Part)>) {
    let mut add = |name: &str, part: Part| parts.push((name.to_owned(), part.with(encoding)));
    if let Some(parameter) = encoding.and_then(|encoding| encoding.style.as_ref()) {
        let pairs = pairs(parameter, value);
        return pairs.into_iter().for_each(|(name, text)| add(&name, Part::text(text)));
    }
    let is_json = encoding.is_some_and(Encoding::is_json);
    match value {
        Value::Null => {}
        // what JSON can be made of only as a whole
        Value::Array(items) if is_json && !items.iter().any(Value::is_object) => add(name, single(value, encoding)),
        Value::Array(items) => items.iter().for_each(|item| add(name, single(item, encoding))),
        other => add(name, single(other, encoding)),
    }
}

fn single(value: &Value, encoding: Option<&Encoding>) -> Part {
    let part = Part::text(plain(value).into_owned());
    match encoding.and_then(|encoding| encoding.content_type) {
        None if value.is_array() || value.is_object() => part.media_type("application/json"),
        _ => part,
    }
}

fn assemble(media_type: &str, parts: Vec<(String, Part)>) -> Result<(String, Body), EncodeError> {
    let disposition = Disposition::of(media_type);
    let boundary = boundary();
    let mut declared = format!("{media_type}; boundary={boundary}");
    if let (Disposition::Unnamed, Some((_, root))) = (disposition, parts.first()) {
        // RFC 2387, section 3.1
        let root = root.0.media_type.as_deref().unwrap_or("text/plain");
        declared = format!("{declared}; type=\"{root}\"");
    }
    let mut text = String::new();
    let mut bodies = Vec::with_capacity(parts.len() * 2 + 1);
    for (name, Part(part)) in parts {
        if let Some(error) = part.error {
            return Err(error);
        }
        text.push_str(&head(&boundary, disposition, &name, &part));
        bodies.push(Body::from(Bytes::from(std::mem::take(&mut text))));
        bodies.push(part.body);
        text.push_str("\r\n");
    }
    bodies.push(Body::from(format!("{text}--{boundary}--\r\n")));
    Ok((declared, Body::chain(bodies)))
}
