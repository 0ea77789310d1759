//! What becomes a union, and how it finds its variant.

use crate::ir::{Primitive, Slot, TypeId, Union};

/// A type that becomes a union.
#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    /// What a branch of the union, or of one within it, holds.
    Held(&'a Union, &'a Slot),
    /// A `String`, which is not what the branch holds.
    Text,
    /// A `&str`.
    Str,
    /// Another primitive, which is not what the branch holds.
    Plain(Primitive),
}

/// A type that becomes a union, and how.
#[derive(Clone)]
pub(super) struct Source<'a> {
    pub(super) origin: Origin<'a>,
    /// What the type is once aliases are followed, and how it is written: `From` is implemented once for each.
    pub(super) keys: [String; 2],
    pub(super) route: Route,
}

/// How a value finds its variant.
#[derive(Clone)]
pub(super) enum Route {
    /// By its type: the variant holds it.
    Branch(usize),
    /// By its type: it becomes what the variant holds.
    Within(usize),
    /// By itself.
    Choice(Vec<Leaf>),
}

/// A branch that reads texts, or integers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf {
    pub(super) variant: usize,
    /// The enum that it holds; otherwise it takes any value.
    pub(super) listed: Option<TypeId>,
    /// Whether it holds the value as it is: a `String` or an `i64`.
    pub(super) exact: bool,
}

/// The kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Text,
    Integer,
}

/// The variants that hold something, by their positions.
pub(super) fn held(union: &Union) -> impl Iterator<Item = (usize, &Slot)> {
    let variants = union.variants.iter().enumerate();
    variants.filter_map(|(index, variant)| Some((index, variant.slot.as_ref()?)))
}

/// Whether values are integers or numbers, and nothing else.
pub(super) fn is_number(primitive: Primitive) -> bool {
    use Primitive::{F64, I32, I64, I128, U32, U64};
    matches!(primitive, I32 | I64 | U32 | U64 | I128 | F64)
}
