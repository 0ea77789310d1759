//! Limits how much overlays make a document grow: copies of copies double with every action.

use serde_json::Value;

use super::query::Path;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::load::Limits;
use crate::pointer::Pointer;

/// Overlays may add a part of the values that a document may have: they are written by hand, and a value takes much more
/// memory than its text.
const SHARE: usize = 10;

/// How much a document may still grow.
pub(super) struct Room {
    most: Size,
    left: Size,
    depth: usize,
}

/// What a tree takes.
#[derive(Clone, Copy)]
struct Size {
    values: usize,
    /// Of texts and keys.
    bytes: usize,
}

impl Room {
    pub(super) fn of(root: &Value, limits: &Limits) -> Self {
        let now = Size::of(root);
        let left = Size {
            values: limits.nodes / SHARE,
            bytes: limits.bytes,
        };
        Self {
            most: Size {
                values: now.values.saturating_add(left.values),
                bytes: now.bytes.saturating_add(left.bytes),
            },
            left,
            depth: limits.depth,
        }
    }

    /// Sets aside what it takes to put `value` into every target, before any of it is made.
    pub(super) fn take(
        &mut self,
        root: &Value,
        targets: &[Path],
        value: &Value,
        at: &Pointer,
    ) -> Result<(), Diagnostic> {
        let limit = |message: &str| Diagnostic::new(Code::Limit, Place::Node(at.clone()), message);
        let deepest = targets.iter().map(Path::depth).max().unwrap_or_default();
        if deepest + height(value) > self.depth {
            let message = format!("the document would be nested more than {} levels deep", self.depth);
            return Err(limit(&message));
        }
        let needed = Size::of(value).times(targets.len());
        let left = self.left.less(needed).or_else(|| {
            // What was removed in the meantime was not counted.
            self.most.less(Size::of(root))?.less(needed)
        });
        self.left = left.ok_or_else(|| limit("the document would grow beyond the limit"))?;
        Ok(())
    }
}

impl Size {
    fn of(value: &Value) -> Self {
        let mut size = Self { values: 0, bytes: 0 };
        size.add(value);
        size
    }

    fn add(&mut self, value: &Value) {
        self.values += 1;
        match value {
            Value::String(text) => self.bytes += text.len(),
            Value::Array(elements) => elements.iter().for_each(|element| self.add(element)),
            Value::Object(members) => {
                for (key, value) in members {
                    self.bytes += key.len();
                    self.add(value);
                }
            }
            _ => {}
        }
    }

    fn times(self, count: usize) -> Self {
        Self {
            values: self.values.saturating_mul(count),
            bytes: self.bytes.saturating_mul(count),
        }
    }

    fn less(self, other: Self) -> Option<Self> {
        Some(Self {
            values: self.values.checked_sub(other.values)?,
            bytes: self.bytes.checked_sub(other.bytes)?,
        })
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
