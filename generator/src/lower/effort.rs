//! Limits how often schemas are lowered.
//!
//! A schema that includes another one beside a keyword of its own is lowered with everything in the other one. Of `n`
//! schemas that each include the next, n² are lowered. The documents of the corpus lower at most one for five values.
//!
//! Properties beside a choice belong to each of its branches. Where a branch is such a choice itself, its branches get the
//! properties of both, and so on: of `n` schemas that each choose between two others, 2ⁿ types would be made. So what
//! is made is bounded by the size of the document.

use serde_json::Value;

/// By value of the document: how many schemas may be combined with branches of choices. No document of the corpus reaches
/// that.
const FOR_EACH_VALUE: usize = 4;

/// How many schemas may be combined or lowered, however small the document is.
const AT_LEAST: usize = 20_000;

/// What lowering may still do.
#[derive(Debug)]
pub(super) struct Effort {
    /// How many schemas may still be combined with branches of choices.
    pub(super) left: usize,
    /// How often schemas may still be lowered, or included in others.
    schemas: usize,
}
impl Effort {
    pub(super) fn for_document(root: &Value) -> Self {
        let values = values(root);
        Self {
            left: AT_LEAST.max(FOR_EACH_VALUE * values),
            schemas: AT_LEAST.max(values),
        }
    }

    /// Whether another schema may be lowered, which counts.
    pub(super) fn may_lower_another(&mut self) -> bool {
        let may = self.schemas > 0;
        self.schemas = self.schemas.saturating_sub(1);
        may
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
