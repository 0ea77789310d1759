//! Operations that answer with a whole value or with pieces of it, as a member of the body says -> one operation for each.
//!
//! OpenAI began it: `stream: true` in the body of a call gets events in place of JSON. One method that returns either would
//! have every caller match on what the caller has decided already.

use crate::ir::{
    Api, BodyKind, ContentKind, Flag, Group, Operation, OperationId, Primitive, Response, Shape, TypeRef, Types,
};

/// The member that decides, by a convention that every such API keeps to.
const FLAG: &str = "stream";

/// Puts a second operation beside each whose body decides between two kinds of responses.
pub(super) fn split(api: &mut Api) {
    for index in 0..api.operations.len() {
        let whole = &mut api.operations[index];
        if !is_flagged(&api.types, whole) {
            continue;
        }
        let flag = |value| {
            let pointer = format!("/{FLAG}");
            Some(Flag { pointer, value })
        };
        let mut pieces = whole.clone();
        pieces.flag = flag(true);
        whole.flag = flag(false);
        keep(&mut pieces.responses, comes_in_pieces);
        keep(&mut whole.responses, |kind| !comes_in_pieces(kind));
        let id = OperationId(api.operations.len());
        api.operations.push(pieces);
        for group in &mut api.groups {
            put_after(group, OperationId(index), id);
        }
    }
}

/// Whether its success is JSON or comes in pieces, and its body is JSON with the flag.
fn is_flagged(types: &Types, operation: &Operation) -> bool {
    let responses = operation.responses.iter().filter(|response| response.is_success());
    let kinds: Vec<&ContentKind> = responses
        .flat_map(|response| &response.contents)
        .map(|content| &content.kind)
        .collect();
    let both = kinds.iter().any(|kind| comes_in_pieces(kind)) && kinds.iter().any(|kind| !comes_in_pieces(kind));
    let Some([content]) = operation.body.as_ref().map(|body| body.contents.as_slice()) else {
        return false;
    };
    let BodyKind::Json(slot) = &content.kind else {
        return false;
    };
    let TypeRef::Named(id) = types.resolve(&slot.ty) else {
        return false;
    };
    let Shape::Struct(object) = &types[*id].shape else {
        return false;
    };
    both && object
        .fields
        .iter()
        .any(|field| field.wire == FLAG && *types.resolve(&field.slot.ty) == TypeRef::Primitive(Primitive::Bool))
}

fn comes_in_pieces(kind: &ContentKind) -> bool {
    matches!(kind, ContentKind::Events | ContentKind::Sequence(..))
}

/// Leaves out what successes have of other kinds, and successes that had nothing else.
fn keep(responses: &mut Vec<Response>, wanted: fn(&ContentKind) -> bool) {
    responses.retain_mut(|response| {
        let had = response.contents.len();
        if response.is_success() {
            response.contents.retain(|content| wanted(&content.kind));
        }
        had == 0 || !response.contents.is_empty()
    });
}

fn put_after(group: &mut Group, first: OperationId, second: OperationId) {
    if let Some(position) = group.operations.iter().position(|id| *id == first) {
        group.operations.insert(position + 1, second);
    }
}
