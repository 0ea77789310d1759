//! Variants that are written with more than what they hold.

use serde_json::{Map, Value};

use super::super::value_error::ValueError;
use super::super::write::traits::Entry;
use super::super::write::{self, Content, Sink, Write};

/// Writes the content of a variant, and adds the discriminator if the content does not include it.
///
/// # Errors
/// The value cannot be written, or the serializer fails.
pub fn write_tagged(value: &dyn Write, property: &str, tag: &str, sink: &mut dyn Sink) -> Result<(), ValueError> {
    value.write(&mut Tagged { sink, property, tag })
}

/// Writes an externally tagged variant: an object whose only property is the variant.
///
/// # Errors
/// The value cannot be written, or the serializer fails.
pub fn write_external(value: &dyn Write, name: &str, sink: &mut dyn Sink) -> Result<(), ValueError> {
    sink.object(&[Entry::always(name, Content::of(value))], &mut std::iter::empty())
}

/// Writes an adjacently tagged variant: an object with the name of the variant and its content.
///
/// # Errors
/// The value cannot be written, or the serializer fails.
pub fn write_adjacent(
    tag: &str,
    name: &str,
    content: &str,
    value: &dyn Write,
    sink: &mut dyn Sink,
) -> Result<(), ValueError> {
    let members = [
        Entry::always(tag, Content::text(name)),
        Entry::always(content, Content::of(value)),
    ];
    sink.object(&members, &mut std::iter::empty())
}

/// Writes an adjacently tagged variant without content.
///
/// # Errors
/// The serializer fails.
pub fn write_tag(tag: &str, name: &str, sink: &mut dyn Sink) -> Result<(), ValueError> {
    sink.object(&[Entry::always(tag, Content::text(name))], &mut std::iter::empty())
}

/// Writes one object with the properties of all values; the first value with a property counts.
///
/// # Errors
/// A value cannot be written, or the serializer fails.
pub fn write_merged<T: Write>(values: &[T], sink: &mut dyn Sink) -> Result<(), ValueError> {
    let mut merged: Option<Value> = None;
    for value in values {
        let value = write::serialize(value, serde_json::value::Serializer)
            .map_err(|error| ValueError::new(error.to_string()))?;
        merged = Some(match merged {
            Some(first) => merge(first, value),
            None => value,
        });
    }
    sink.any(&merged.unwrap_or_default())
}

fn merge(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut all), Value::Object(more)) => {
            for (name, value) in more {
                let known = all.remove(&name);
                all.insert(
                    name,
                    match known {
                        Some(known) => merge(known, value),
                        None => value,
                    },
                );
            }
            Value::Object(all)
        }
        (first, _) => first,
    }
}

/// A sink whose object gets a discriminator.
struct Tagged<'a> {
    sink: &'a mut dyn Sink,
    property: &'a str,
    tag: &'a str,
}

impl Sink for Tagged<'_> {
    fn object(&mut self, members: &[Entry<'_>], extra: &mut dyn Iterator<Item = Entry<'_>>) -> Result<(), ValueError> {
        let is_tag = |entry: &Entry<'_>| entry.name == self.property && entry.is_written();
        let extra: Vec<Entry<'_>> = extra.collect();
        if members.iter().chain(&extra).any(is_tag) {
            return self.sink.object(members, &mut extra.into_iter());
        }
        let mut all = vec![Entry::always(self.property, Content::text(self.tag))];
        all.extend(members.iter().filter(|entry| entry.is_written()));
        self.sink.object(&all, &mut extra.into_iter())
    }

    fn any(&mut self, value: &Value) -> Result<(), ValueError> {
        match value {
            Value::Object(object) if !object.contains_key(self.property) => {
                let mut tagged = Map::new();
                tagged.insert(self.property.to_owned(), self.tag.into());
                tagged.extend(object.clone());
                self.sink.any(&Value::Object(tagged))
            }
            _ => self.sink.any(value),
        }
    }

    fn null(&mut self) -> Result<(), ValueError> {
        self.sink.null()
    }

    fn boolean(&mut self, value: bool) -> Result<(), ValueError> {
        self.sink.boolean(value)
    }

    fn integer(&mut self, value: i64) -> Result<(), ValueError> {
        self.sink.integer(value)
    }

    fn unsigned(&mut self, value: u64) -> Result<(), ValueError> {
        self.sink.unsigned(value)
    }

    fn long_integer(&mut self, value: i128) -> Result<(), ValueError> {
        self.sink.long_integer(value)
    }

    fn number(&mut self, value: f64) -> Result<(), ValueError> {
        self.sink.number(value)
    }

    fn text(&mut self, value: &str) -> Result<(), ValueError> {
        self.sink.text(value)
    }

    fn array(&mut self, elements: &mut dyn Iterator<Item = Content<'_>>) -> Result<(), ValueError> {
        self.sink.array(elements)
    }
}
