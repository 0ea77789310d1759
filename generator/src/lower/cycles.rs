//! Unions that are a branch of themselves, directly or through others.
//!
//! Whatever is a value of such a branch is a value by some other branch too, so the branch adds nothing; reading it would
//! never end. Recursion through an object, a list or a map is another matter: it goes on with another value.

use serde_json::Value;

use crate::components::components;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Shape, Slot, Tag, Tagging, TypeId, TypeRef, Types, Union, Variant};
use crate::parse::Node;
use crate::pointer::Pointer;

/// How many references and lists of one are followed from a branch.
const FARTHEST: usize = 32;

/// Drops the branches of a `oneOf` or an `anyOf` that are the schema itself that has the list.
pub(super) fn drop_itself<'d>(
    root: &'d Value,
    list: &Node<'d>,
    branches: &mut Vec<Node<'d>>,
    diagnostics: &mut Diagnostics,
) {
    let before = branches.len();
    branches.retain(|branch| {
        let itself = is_around(root, list, branch);
        if itself {
            let message = "this branch is the schema that contains the list, which adds nothing; ignored";
            diagnostics.report(Code::OwnBranch, &branch.at, message);
        }
        !itself
    });
    if branches.is_empty() && before > 0 {
        let message = "the only branch is the schema itself; the list is ignored";
        diagnostics.report(Code::Invalid, &list.at, message);
    }
}

/// Whether a branch amounts to a schema that `list` is a part of, such that a value of one is a value of the other.
fn is_around<'d>(root: &'d Value, list: &Node<'d>, branch: &Node<'d>) -> bool {
    let mut node = branch.clone();
    for _ in 0..FARTHEST {
        let Some(next) = amounts_to(root, &node) else {
            return false;
        };
        if holds_at_once(&next.at, &list.at) {
            return true;
        }
        node = next;
    }
    false
}

/// The schema that another one is only another name for.
fn amounts_to<'d>(root: &'d Value, node: &Node<'d>) -> Option<Node<'d>> {
    let object = node.value.as_object()?;
    let mut constrains = object.keys().filter(|key| !describes(key));
    let (keyword, None) = (constrains.next()?, constrains.next()) else {
        return None;
    };
    if keyword == "$ref" {
        let at = Pointer::parse(node.reference()?.trim())?;
        let value = root.pointer(at.as_str())?;
        return Some(Node { at, value });
    }
    let list = node.get(keyword).filter(|_| is_combinator(keyword))?;
    let mut branches = list.elements();
    let only = branches.next()?;
    branches.next().is_none().then_some(only)
}

/// Whether a keyword says nothing about which values a schema admits.
fn describes(keyword: &str) -> bool {
    const DESCRIBING: [&str; 10] = [
        "title",
        "description",
        "summary",
        "deprecated",
        "default",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "writeOnly",
    ];
    keyword.starts_with("x-") || DESCRIBING.contains(&keyword)
}

fn is_combinator(keyword: &str) -> bool {
    matches!(keyword, "allOf" | "oneOf" | "anyOf")
}

/// Whether `inner` lies in `outer` in such a way that both are about the same value.
fn holds_at_once(outer: &Pointer, inner: &Pointer) -> bool {
    let Some(way) = inner.as_str().strip_prefix(outer.as_str()) else {
        return false;
    };
    let mut steps = way.split('/');
    steps.next() == Some("") && steps.all(|step| is_combinator(step) || step.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Makes one type of unions and aliases that lead to each other: all of them admit the same values, so the first of them
/// gets every branch, and the others become names for it.
pub(super) fn break_cycles(api: &mut Api, diagnostics: &mut Diagnostics) {
    for same in components(&api.types, |id| same_value(&api.types, id)) {
        unite(&mut api.types, &same, diagnostics);
    }
}

/// The types that a value of this one is a value of, or may be, as it is.
fn same_value(types: &Types, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        Shape::Alias(slot) => named(slot).into_iter().collect(),
        // what serde's tags stand beside is inside of the value
        Shape::Union(Union {
            tagging: Tagging::External | Tagging::Adjacent { .. },
            ..
        }) => Vec::new(),
        Shape::Union(union) => {
            let slots = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
            slots.filter_map(named).collect()
        }
        Shape::Struct(_) | Shape::Enum(_) | Shape::Any => Vec::new(),
    }
}

fn named(slot: &Slot) -> Option<TypeId> {
    match slot.ty {
        TypeRef::Named(id) => Some(id),
        _ => None,
    }
}

/// Makes one type of those that admit the same values.
fn unite(types: &mut Types, same: &[TypeId], diagnostics: &mut Diagnostics) {
    let first = same[0];
    let within = |variant: &Variant| {
        let held = variant.slot.as_ref().and_then(named);
        held.is_some_and(|id| same.binary_search(&id).is_ok())
    };
    let unions: Vec<&Union> = same.iter().filter_map(|id| union_of(types, *id)).collect();
    let branches = || unions.iter().flat_map(|union| &union.variants);
    let mut variants: Vec<Variant> = Vec::new();
    for variant in branches().filter(|variant| !within(variant)) {
        if !variants.iter().any(|known| known.slot == variant.slot) {
            variants.push(variant.clone());
        }
    }
    // `null` of a branch stands beside its union already
    let nullable = same.iter().any(|id| types[*id].nullable);
    let tag = common_tag(&unions);
    let (shape, code, message) = match variants.as_slice() {
        [] => (
            Shape::Any,
            Code::UntypedSchema,
            "this schema refers only to itself; generated as `serde_json::Value`",
        ),
        list => {
            let shape = match list {
                [Variant { slot: Some(only), .. }] if tag.is_none() => Shape::Alias(Slot::new(only.ty.clone())),
                _ => Shape::Union(Union {
                    tagging: tag.map_or(Tagging::Untagged { any: true }, Tagging::Internal),
                    variants,
                }),
            };
            let message = "this schema is a branch of its own branches; they accept the same values and are generated \
             as one type";
            (shape, Code::OwnBranch, message)
        }
    };
    diagnostics.report(code, &types[first].origin, message);
    for id in same {
        let definition = types.get_mut(*id);
        definition.nullable |= nullable;
        if *id == first {
            definition.shape = shape.clone();
        } else if !matches!(definition.shape, Shape::Alias(_)) {
            definition.shape = Shape::Alias(Slot::new(TypeRef::Named(first)));
        }
    }
}

fn union_of(types: &Types, id: TypeId) -> Option<&Union> {
    match &types[id].shape {
        Shape::Union(union) => Some(union),
        _ => None,
    }
}

/// The discriminator, if all these unions have the same one. Its defaults were meant for the branches of one of them.
fn common_tag(unions: &[&Union]) -> Option<Tag> {
    let mut properties = unions.iter().map(|union| union.tag().map(|tag| &tag.property));
    let first = properties.next()??;
    let same = properties.all(|property| property == Some(first));
    same.then(|| Tag {
        property: first.clone(),
        declared: true,
        absent: Vec::new(),
        tries: false,
        unlisted: None,
    })
}
