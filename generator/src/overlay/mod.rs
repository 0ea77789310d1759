//! Overlays (Overlay Specification 1.0 and 1.1): a document is patched without being touched.
//!
//! The first stage after `load`, on the tree: what follows sees the document as if it had been written that way. 1.1
//! says precisely what 1.0 left open, so both are applied by the rules of 1.1. `extends` is not looked at: the
//! configuration says which document an overlay is for.

mod action;
mod merge;
mod query;
mod remove;

use serde_json::Value;

use self::action::{Action, Change, failed};
use self::merge::Merged;
use self::query::{Path, Query};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Source;
use crate::load::{self, Limits};
use crate::pointer::Pointer;

/// Applies overlays to the tree of a document, in the order given, and their actions in the order written.
///
/// Stops at the first overlay with an error: what comes after it was written for the result.
pub fn apply(root: &mut Value, overlays: &[Source], limits: &Limits, diagnostics: &mut Diagnostics) {
    if overlays.is_empty() {
        return;
    }
    let mut room = Room::of(root, limits);
    for (index, overlay) in overlays.iter().enumerate() {
        let mut found = Diagnostics::default();
        match load::tree(&overlay.name, &overlay.bytes, limits) {
            Ok((_, tree)) => apply_one(root, &tree, &mut room, &mut found),
            Err(diagnostic) => found.push(diagnostic),
        }
        let failed = found.has_errors();
        diagnostics.extend(found.into_iter().map(|diagnostic| Diagnostic {
            overlay: Some(index),
            ..diagnostic
        }));
        if failed {
            return;
        }
    }
}

fn apply_one(root: &mut Value, overlay: &Value, room: &mut Room, diagnostics: &mut Diagnostics) {
    // All that is wrong with the overlay itself is said at once, before anything is changed.
    let actions = action::read(overlay, diagnostics);
    if diagnostics.has_errors() {
        return;
    }
    for action in actions {
        if let Err(diagnostic) = perform(root, &action, room, diagnostics) {
            diagnostics.push(diagnostic);
            return;
        }
    }
}

fn perform(
    root: &mut Value,
    action: &Action<'_>,
    room: &mut Room,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let targets = action.target.find(root);
    if targets.is_empty() {
        let message = format!("`{}` matches nothing in the document", action.target.text());
        diagnostics.report(Code::IdleAction, &action.at.child("target"), message);
        return Ok(());
    }
    match &action.change {
        Change::Remove if remove::all(root, &targets) => Ok(()),
        Change::Remove => Err(failed(
            &action.at.child("target"),
            "the whole document cannot be removed",
        )),
        Change::Update(value) => put(root, &targets, value, &action.at.child("update"), room, diagnostics),
        Change::Copy(source) => {
            let at = action.at.child("copy");
            let value = copied(root, source, &at)?;
            put(root, &targets, &value, &at, room, diagnostics)
        }
    }
}

/// The one node that `copy` selects.
fn copied(root: &Value, source: &Query, at: &Pointer) -> Result<Value, Diagnostic> {
    let found = source.find(root);
    let value = match found.as_slice() {
        [only] => root.pointer(only.pointer().as_str()),
        _ => None,
    };
    value.cloned().ok_or_else(|| {
        let message = format!("`{}` selects {} nodes of the document", source.text(), found.len());
        failed(at, message).help("`copy` must select exactly one node")
    })
}

/// Merges a value into every target.
fn put(
    root: &mut Value,
    targets: &[Path],
    value: &Value,
    at: &Pointer,
    room: &mut Room,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    let mut first: Option<(&Path, &'static str)> = None;
    for path in targets {
        let kind = root.pointer(path.pointer().as_str()).map_or("nothing", merge::kind);
        match first {
            None => first = Some((path, kind)),
            Some((other, expected)) if kind != expected => {
                let message = format!(
                    "`{}` is {expected}, and `{}` is {kind}",
                    other.pointer(),
                    path.pointer()
                );
                let help = "the selected nodes must be all objects, all arrays, or all primitive values";
                return Err(failed(at, message).help(help));
            }
            Some(_) => {}
        }
    }
    room.take(root, targets, value, at)?;
    for path in targets {
        let place = path.pointer();
        let Some(target) = root.pointer_mut(place.as_str()) else {
            continue;
        };
        let mut merged = Merged::default();
        merge::into(target, value, &Pointer::root(), &mut merged);
        if let Some(clash) = merged.clash {
            let below = place.join(clash.at.as_str());
            let message = format!(
                "`{below}` is {}, and cannot be replaced by {}",
                clash.found, clash.given
            );
            let help = "remove it in an action before this one, then add its replacement";
            return Err(failed(&at.join(clash.at.as_str()), message).help(help));
        }
        for empty in merged.empty {
            let message = format!("this is empty and does not change `{}`", place.join(empty.as_str()));
            diagnostics.report(Code::IdleAction, &at.join(empty.as_str()), message);
        }
    }
    Ok(())
}

/// How much a document may still grow: copies of copies double with every action.
struct Room {
    most: usize,
    left: usize,
    depth: usize,
}

impl Room {
    fn of(root: &Value, limits: &Limits) -> Self {
        let most = limits.bytes.saturating_mul(4);
        Self {
            most,
            left: most.saturating_sub(weight(root)),
            depth: limits.depth,
        }
    }

    /// Sets aside what it takes to put `value` into every target.
    fn take(&mut self, root: &Value, targets: &[Path], value: &Value, at: &Pointer) -> Result<(), Diagnostic> {
        let limit = |message: &str| Diagnostic::new(Code::Limit, Place::Node(at.clone()), message);
        let deepest = targets.iter().map(Path::depth).max().unwrap_or_default();
        if deepest + height(value) > self.depth {
            let message = format!("the document would be nested more than {} levels deep", self.depth);
            return Err(limit(&message));
        }
        let needed = weight(value).saturating_mul(targets.len());
        if needed > self.left {
            // What was removed in the meantime was not counted.
            self.left = self.most.saturating_sub(weight(root));
        }
        match self.left.checked_sub(needed) {
            Some(left) => self.left = left,
            None => return Err(limit("the document would grow beyond the limit")),
        }
        Ok(())
    }
}

/// Roughly the bytes that a tree takes.
fn weight(value: &Value) -> usize {
    16 + match value {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(weight).sum(),
        Value::Object(members) => members.iter().map(|(key, value)| key.len() + weight(value)).sum(),
        _ => 0,
    }
}

/// How many objects and arrays are inside each other.
fn height(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(height).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(height).max().unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
