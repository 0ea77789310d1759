//! Limits the number of combinations of nested choices.
//!
//! Properties beside a choice belong to each of its branches. Where a branch is such a choice itself, its branches get the
//! properties of both, and so on: of `n` schemas that each choose between two others, 2ⁿ types would be made. So what
//! is made is bounded by the size of the document.

use serde_json::Value;

/// By value of the document: how many schemas may be combined with branches of choices. No document of the corpus reaches
/// that.
const FOR_EACH_VALUE: usize = 4;

/// How many schemas may be combined, however small the document is.
const AT_LEAST: usize = 20_000;

/// How many schemas may still be combined with branches of choices.
#[derive(Debug)]
pub(super) struct Effort {
    pub(super) left: usize,
}

impl Effort {
    pub(super) fn for_document(root: &Value) -> Self {
        Self {
            left: AT_LEAST.max(FOR_EACH_VALUE * values(root)),
        }
    }
}

fn values(root: &Value) -> usize {
    let mut pending = vec![root];
    let mut count = 0;
    while let Some(value) = pending.pop() {
        count += 1;
        match value {
            Value::Array(elements) => pending.extend(elements),
            Value::Object(members) => pending.extend(members.values()),
            _ => {}
        }
    }
    count
}
