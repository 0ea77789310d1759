//! Parses JSON or YAML into a tree.

use std::path::Path;

use serde_json::Value;

use super::fault::Fault;
use super::limits::Limits;
use super::tree::Tally;
use super::{json, text, yaml};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Notation;

/// Reads a text that need not be a whole document.
pub(crate) fn tree(name: &str, bytes: &[u8], limits: &Limits) -> Result<(Notation, Value), Diagnostic> {
    check_size(bytes, limits)?;
    let text = text::decode(bytes).map_err(|fault| fault.into_diagnostic(""))?;
    parse(name, text, limits).map_err(|fault| fault.into_diagnostic(text))
}

/// JSON is tried first where the text can be JSON; flow-style YAML begins with the same characters.
fn parse(name: &str, text: &str, limits: &Limits) -> Result<(Notation, Value), Fault> {
    let first = text.trim_start().chars().next();
    let tally = Tally::new(limits, text.len(), Notation::Json);
    let json = if matches!(first, Some('{' | '[')) {
        match json::read(text, &tally) {
            Ok(root) => return Ok((Notation::Json, root)),
            Err(fault) if fault.code == Code::Syntax => Some(fault),
            Err(fault) => return Err(fault),
        }
    } else {
        None
    };
    let yaml = match yaml::read(text, &Tally::new(limits, text.len(), Notation::Yaml)) {
        Ok(root) => return Ok((Notation::Yaml, root)),
        Err(fault) => fault,
    };
    let named_json = Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if named_json || first == Some('{') {
        return Err(match json {
            Some(fault) => fault,
            None => json::read(text, &tally).err().unwrap_or(yaml),
        });
    }
    Err(yaml)
}

pub(super) fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
    if bytes.len() <= limits.bytes {
        return Ok(());
    }
    Err(Diagnostic::new(
        Code::Limit,
        Place::Document,
        format!("the document is larger than {} bytes", limits.bytes),
    ))
}
