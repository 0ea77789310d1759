//! Parses and checks the actions of an overlay.

use serde_json::Value;

use super::merge;
use super::query::Query;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::pointer::Pointer;

/// One action.
#[derive(Debug)]
pub(super) struct Action<'o> {
    /// Its place in the overlay.
    pub(super) at: Pointer,
    pub(super) target: Query,
    pub(super) change: Change<'o>,
}

/// What an action does to its targets.
#[derive(Debug)]
pub(super) enum Change<'o> {
    Remove,
    Update(&'o Value),
    Copy(Query),
}

/// The actions that have something to do; what is wrong with the others is reported.
pub(super) fn read<'o>(overlay: &'o Value, diagnostics: &mut Diagnostics) -> Vec<Action<'o>> {
    let root = Pointer::root();
    if let Err(diagnostic) = check_version(overlay) {
        diagnostics.push(diagnostic);
        return Vec::new();
    }
    let at = root.child("actions");
    let Some(list) = overlay.get("actions").and_then(Value::as_array) else {
        diagnostics.push(failed(&at, "an overlay needs an array of `actions`"));
        return Vec::new();
    };
    if list.is_empty() {
        diagnostics.report(Code::IdleAction, &at, "this overlay has no actions");
    }
    let mut actions = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        match action(value, at.child(index), diagnostics) {
            Ok(action) => actions.extend(action),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    actions
}

fn check_version(overlay: &Value) -> Result<(), Diagnostic> {
    let help = "Envoi applies `overlay: 1.0.0` and `1.1.0`";
    let at = Pointer::root().child("overlay");
    let Some(declared) = overlay.get("overlay") else {
        return Err(failed(&Pointer::root(), "this is not an overlay: it has no `overlay` version").help(help));
    };
    // Unquoted, `1.0` is a number to YAML. What follows the second point says nothing about what an overlay can do.
    let text = declared.as_str().map_or_else(|| declared.to_string(), str::to_owned);
    let known = ["1.0", "1.1"].iter().any(|version| {
        let rest = text.trim().strip_prefix(version);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    if known {
        return Ok(());
    }
    let shown: String = text.chars().take(40).collect();
    Err(failed(
        &at,
        format!("this overlay declares version `{shown}`, which is not supported"),
    )
    .help(help))
}

fn action<'o>(value: &'o Value, at: Pointer, diagnostics: &mut Diagnostics) -> Result<Option<Action<'o>>, Diagnostic> {
    let Some(members) = value.as_object() else {
        return Err(failed(
            &at,
            format!("an action must be an object, not {}", merge::described(value)),
        ));
    };
    let target = match members.get("target") {
        Some(target) => query(target, &at.child("target"))?,
        None => return Err(failed(&at, "this action has no `target`")),
    };
    let remove = match members.get("remove") {
        None => false,
        Some(Value::Bool(remove)) => *remove,
        Some(_) => return Err(failed(&at.child("remove"), "`remove` must be `true` or `false`")),
    };
    let change = match (remove, members.get("update"), members.get("copy")) {
        (true, _, _) => Change::Remove,
        (false, Some(_), Some(_)) => {
            let message = "this action has both `update` and `copy`";
            return Err(failed(&at.child("copy"), message).help("split it into two actions"));
        }
        (false, Some(update), None) => Change::Update(update),
        (false, None, Some(copy)) => Change::Copy(query(copy, &at.child("copy"))?),
        (false, None, None) => {
            let message = "this action has neither `update`, `copy` nor `remove: true`, and has no effect";
            diagnostics.report(Code::IdleAction, &at, message);
            return Ok(None);
        }
    };
    Ok(Some(Action { at, target, change }))
}

fn query(value: &Value, at: &Pointer) -> Result<Query, Diagnostic> {
    let Some(text) = value.as_str() else {
        return Err(failed(
            at,
            format!("expected a JSONPath, not {}", merge::described(value)),
        ));
    };
    Query::parse(text).map_err(|reason| {
        let help = "put names with characters other than letters, digits and `_` in brackets: `$.paths['/pets'].get`";
        failed(at, format!("`{text}` is not a JSONPath (RFC 9535): {reason}")).help(help)
    })
}

/// An error of an overlay.
pub(super) fn failed(at: &Pointer, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::Overlay, Place::Node(at.clone()), message)
}
