//! Removes nodes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::query::{Path, Step};

/// Removes every node; `false`, with nothing done, when the root is among them.
pub(super) fn all(root: &mut Value, targets: &[Path]) -> bool {
    let mut holders: BTreeMap<Path, BTreeSet<&Step>> = BTreeMap::new();
    for target in targets {
        let Some((holder, step)) = target.split() else {
            return false;
        };
        holders.entry(holder).or_default().insert(step);
    }
    // Deeper holders first and all of a holder at once, so that no index changes before it is used.
    for (holder, steps) in holders.iter().rev() {
        match root.pointer_mut(holder.pointer().as_str()) {
            Some(Value::Array(elements)) => {
                let mut index = 0..;
                elements.retain(|_| index.next().is_none_or(|index| !steps.contains(&Step::Element(index))));
            }
            Some(Value::Object(members)) => {
                members.retain(|key, _| !steps.contains(&Step::Member(key.clone())));
            }
            _ => {}
        }
    }
    true
}
