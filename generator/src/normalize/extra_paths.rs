//! `x-ms-paths`: paths that differ only in their query.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::Document;
use crate::pointer::Pointer;

/// Marks an operation whose path may have a query.
pub(crate) const MARK: &str = "x-ms-path";

/// Moves them behind the other paths.
pub(super) fn join(document: &mut Document, diagnostics: &mut Diagnostics) {
    let Value::Object(root) = &mut document.root else {
        return;
    };
    let extra = match root.get("x-ms-paths") {
        Some(Value::Object(_)) => root.shift_remove("x-ms-paths"),
        _ => return,
    };
    let (Some(Value::Object(extra)), Value::Object(paths)) = (extra, root.entry("paths").or_insert_with(|| json!({})))
    else {
        return;
    };
    let before = Pointer::root().child("x-ms-paths");
    for (path, mut item) in extra {
        if paths.contains_key(&path) {
            let message = format!("`{path}` is also listed in `paths`; this one is ignored");
            diagnostics.report(Code::Invalid, &before.child(&path), message);
            continue;
        }
        for (_, member) in item.as_object_mut().into_iter().flatten() {
            if let Value::Object(operation) = member {
                operation.insert(MARK.to_owned(), json!(true));
            }
        }
        let now = Pointer::root().child("paths").child(&path);
        document.moved.push((now, before.child(&path)));
        paths.insert(path, item);
    }
}
