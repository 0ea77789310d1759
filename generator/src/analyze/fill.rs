//! Parameters with a single possible value, which are sent automatically and need no type.

use super::reach::{every_call, mark_components, named};
use crate::ir::{Api, Filled, Root, TypeId};

/// Fills required parameters that have one value, and marks the inline types that only they would need.
///
/// An optional parameter with one value is left to the caller: not to send it means something else.
pub fn fill(api: &mut Api) {
    let mut unneeded: Vec<TypeId> = Vec::new();
    for operation in &mut api.operations {
        for parameter in operation.parameters.iter_mut().filter(|one| one.is_argument()) {
            let Some(value) = api.types.constant(&parameter.slot) else {
                continue;
            };
            parameter.filled = Some(Filled::Constant(value));
            named(&parameter.slot, &mut unneeded);
        }
    }
    if unneeded.is_empty() {
        return;
    }
    let mut reach = every_call(api);
    mark_components(api, &mut reach);
    for id in unneeded {
        let definition = api.types.get_mut(id);
        let is_component = matches!(definition.hint.root, Root::Component(_));
        definition.pruned |= !is_component && !reach[id.index()].request && !reach[id.index()].response;
    }
}
