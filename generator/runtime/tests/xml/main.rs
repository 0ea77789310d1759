//! Bodies of XML, both ways.

mod examples;
mod hostile;
mod reading;
#[path = "../support/mod.rs"]
mod support;
mod wire;
mod writing;

use envoi_runtime::serde_json::Value;
use envoi_runtime::xml::{self, Node};
use envoi_runtime::{DecodeError, EncodeError};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// What is written, without the declaration that every document has.
fn written(node: &Node, value: &Value) -> Result<String, EncodeError> {
    let text = xml::encode(node, value)?;
    let text = text.strip_prefix(DECLARATION).expect("a declaration");
    Ok(text.to_owned())
}

fn read(node: &Node, text: &str) -> Result<Value, DecodeError> {
    xml::decode(node, text.as_bytes())
}

/// A value and its document, each from the other.
#[track_caller]
fn both_ways(node: &Node, value: Value, text: &str) {
    assert_eq!(written(node, &value).as_deref(), Ok(text));
    assert_eq!(read(node, text), Ok(value));
}
