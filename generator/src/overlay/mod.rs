//! Overlays (Overlay Specification 1.0 and 1.1): a document is patched without being touched.
//!
//! The first stage after `load`, on the tree: what follows sees the document as if it had been written that way. 1.1
//! says precisely what 1.0 left open, so both are applied by the rules of 1.1. `extends` is not looked at: the
//! configuration says which document an overlay is for.

mod action;
mod merge;
mod query;
mod remove;
mod room;

use serde_json::Value;

use self::action::{Action, Change, failed};
use self::merge::Merged;
use self::query::{Path, Query};
use self::room::Room;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
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
        Change::Update(value) => {
            let at = action.at.child("update");
            check_kinds(root, &targets, &at)?;
            room.take(root, &targets, value, &at)?;
            put(root, &targets, value, &at, diagnostics)
        }
        Change::Copy(source) => {
            let at = action.at.child("copy");
            let value = copied(root, source, &at)?;
            check_kinds(root, &targets, &at)?;
            room.take(root, &targets, value, &at)?;
            let value = value.clone();
            put(root, &targets, &value, &at, diagnostics)
        }
    }
}

/// The one node that `copy` selects.
fn copied<'v>(root: &'v Value, source: &Query, at: &Pointer) -> Result<&'v Value, Diagnostic> {
    let found = source.find(root);
    let value = match found.as_slice() {
        [only] => only.of(root),
        _ => None,
    };
    value.ok_or_else(|| {
        let message = format!("`{}` selects {} nodes of the document", source.text(), found.len());
        failed(at, message).help("`copy` must select exactly one node")
    })
}

/// Nodes that a value is put into must be alike.
fn check_kinds(root: &Value, targets: &[Path], at: &Pointer) -> Result<(), Diagnostic> {
    let mut first: Option<(&Path, &'static str)> = None;
    for path in targets {
        let kind = path.of(root).map_or("nothing", merge::kind);
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
    Ok(())
}

/// Merges a value into every target.
fn put(
    root: &mut Value,
    targets: &[Path],
    value: &Value,
    at: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Result<(), Diagnostic> {
    for path in targets {
        let Some(target) = path.of_mut(root) else {
            continue;
        };
        let mut merged = Merged::default();
        merge::into(target, value, &Pointer::root(), &mut merged);
        if let Some(clash) = merged.clash {
            let below = path.pointer().join(clash.at.as_str());
            let message = format!(
                "`{below}` is {}, and cannot be replaced by {}",
                clash.found, clash.given
            );
            let help = "remove it in an action before this one, then add its replacement";
            return Err(failed(&at.join(clash.at.as_str()), message).help(help));
        }
        for empty in merged.empty {
            let message = format!(
                "this is empty and does not change `{}`",
                path.pointer().join(empty.as_str())
            );
            diagnostics.report(Code::IdleAction, &at.join(empty.as_str()), message);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
