//! The YAML parser, behind two functions; nothing else knows `serde_yaml`.
//!
//! `serde_yaml` is sound and exact, but no longer maintained, and it turns the whole text into events before the
//! first value is built. What a hostile text could do with that is kept away from it by [`guard`]: nesting in flow
//! style costs libyaml quadratic time, so do `%TAG` directives, every token costs about a hundred bytes, and an
//! anchor that is defined twice makes later aliases resolve to another node. What is left is bounded afterwards:
//! block nesting by its limit of 128, alias bombs by the budgets of the tree builder.

mod guard;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::fault::{Fault, FaultPlace};
use super::limits::Limits;
use super::tree::Tally;
use crate::diagnostic::Code;

/// Reads a YAML text.
pub(super) fn read(text: &str, tally: &Tally<'_>) -> Result<Value, Fault> {
    let facts = guard::check(text, tally.limits())?;
    parse(text, tally.root()).map_err(|error| {
        let at = offset(&error).map_or(FaultPlace::Unknown, FaultPlace::Offset);
        if let Some(refusal) = tally.take_refusal() {
            return refusal.at(at);
        }
        let message = error.to_string();
        if message.starts_with("recursion limit") {
            return Fault::new(Code::Limit, at, "values are nested too deeply");
        }
        if message.starts_with("repetition limit") {
            return Fault::new(Code::Limit, at, "aliases expand to too much data");
        }
        if message.contains("more than one document") {
            let second = facts.second_document.map_or(at, FaultPlace::Offset);
            return Fault::new(Code::Syntax, second, "the file contains more than one YAML document")
                .help("split it into one file per document");
        }
        Fault::new(Code::Syntax, at, format!("this is not valid YAML: {}", plain(&message)))
    })
}

/// Lets `seed` read a text that the guard has seen.
fn parse<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S) -> Result<S::Value, serde_yaml::Error> {
    seed.deserialize(serde_yaml::Deserializer::from_str(text))
}

/// Lets `seed` look for a place in the text; returns the byte of the error it stopped with.
pub(super) fn stop_at<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S) -> Option<usize> {
    guard::check(text, &Limits::default()).ok()?;
    offset(&parse(text, seed).err()?)
}

fn offset(error: &serde_yaml::Error) -> Option<usize> {
    error.location().map(|location| location.index())
}

/// The message without the places and paths in it, which diagnostics show in their own way.
fn plain(message: &str) -> String {
    let start = ["invalid type: ", "invalid value: "]
        .iter()
        .find_map(|kind| message.find(kind))
        .unwrap_or(0);
    let mut rest = &message[start..];
    let mut text = String::new();
    while let Some(at) = rest.find(" at line ") {
        text.push_str(&rest[..at]);
        rest = rest[at + " at line ".len()..]
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches(" column ")
            .trim_start_matches(|c: char| c.is_ascii_digit());
    }
    text.push_str(rest);
    text
}
