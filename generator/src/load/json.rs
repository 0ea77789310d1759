//! The JSON parser, behind one function.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::fault::{Fault, FaultPlace};
use super::tree::Tally;
use crate::diagnostic::Code;

/// Reads a JSON text.
pub(super) fn read(text: &str, tally: &Tally<'_>) -> Result<Value, Fault> {
    parse(text, tally.root()).map_err(|error| {
        let at = FaultPlace::Offset(offset(text, &error));
        if let Some(refusal) = tally.take_refusal() {
            return refusal.at(at);
        }
        let message = error.to_string();
        let message = message
            .rsplit_once(" at line ")
            .map_or(message.as_str(), |(message, _)| message);
        if message.starts_with("recursion limit") {
            return Fault::new(Code::Limit, at, "values are nested too deeply");
        }
        Fault::new(Code::Syntax, at, format!("this is not valid JSON: {message}"))
    })
}

/// Lets `seed` read the text, and nothing but white space after it.
pub(super) fn parse<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S) -> Result<S::Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// The byte an error is about. The parser counts bytes in lines that end with LF only.
pub(super) fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    before + error.column().saturating_sub(1)
}
