//! What reading unions costs and what it leaves out, counted per thread while a buffered value is read.

use std::cell::{Cell, RefCell};
use std::{mem, ptr};

use serde_json::Value;

/// Properties and items that may be read from buffered values per node of the outermost one. Recursive unions whose
/// branches overlap take a time exponential in the depth of the value, and the value comes from the network.
const READS_PER_NODE: usize = 100;

/// A small value may be tried against many branches.
const LEAST_READS: usize = 10_000;

thread_local! {
    static EFFORT: Effort = const {
        Effort {
            depth: Cell::new(0),
            reads: Cell::new(0),
            tried: Cell::new(0),
            only_known: Cell::new(false),
            tally: RefCell::new(Tally::NEW),
        }
    };
}

struct Effort {
    /// Unions inside which we are.
    depth: Cell<usize>,
    /// What may still be read before the outermost union is given up.
    reads: Cell<usize>,
    /// The place of the value that the innermost union tries its branches with.
    tried: Cell<usize>,
    /// Whether values that no variant takes are refused.
    only_known: Cell<bool>,
    /// What the branch that is being read makes of the value.
    tally: RefCell<Tally>,
}

/// What a branch makes of a value, with all that is nested in it.
#[derive(Debug)]
pub(in super::super) struct Tally {
    /// Properties that a branch with `additionalProperties: false` does not have, and values beside listed ones.
    pub(in super::super) misfits: usize,
    /// Values that were kept because no variant takes them.
    pub(in super::super) unknown: usize,
    /// Values in another form than the declared one, which is how they are written back.
    pub(in super::super) forms: usize,
    /// Properties that are declared.
    pub(in super::super) known: usize,
    /// Values that are kept without a type of their own.
    pub(in super::super) untyped: usize,
    /// The places of values that were passed over.
    lost: Vec<usize>,
}

impl Tally {
    const NEW: Self = Self {
        misfits: 0,
        unknown: 0,
        forms: 0,
        known: 0,
        untyped: 0,
        lost: Vec::new(),
    };

    /// Takes up a value that is passed over.
    pub(in super::super) fn lose(&mut self, value: &Value) {
        self.lost.push(place(value));
    }

    pub(super) fn lost(&self) -> &[usize] {
        &self.lost
    }

    /// Whether no branch can make more of the value.
    pub(super) fn is_complete(&self) -> bool {
        let odd = self.misfits + self.unknown + self.forms + self.untyped;
        odd == 0 && self.lost.is_empty()
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.misfits += other.misfits;
        self.unknown += other.unknown;
        self.forms += other.forms;
        self.known += other.known;
        self.untyped += other.untyped;
        self.lost.extend(&other.lost);
    }
}

/// Counts what is made of a value.
pub(in super::super) fn count(change: impl FnOnce(&mut Tally)) {
    EFFORT.with(|effort| change(&mut effort.tally.borrow_mut()));
}

/// Counts a value that is read in another form than the declared one.
pub(in super::super) fn other_form() {
    count(|tally| tally.forms += 1);
}

/// Counts what is read from a buffered value.
pub(in super::super) fn charge(reads: usize) {
    EFFORT.with(|effort| effort.reads.set(effort.reads.get().saturating_sub(reads)));
}

/// Whether a value that no variant takes is refused: only known ones are read, or an outer union tries its branches with
/// this value.
pub(super) fn refuses_unknown(value: &Value) -> bool {
    EFFORT.with(|effort| effort.only_known.get() || effort.tried.get() == place(value))
}

/// Reads without keeping values that no variant takes: they are errors.
pub(crate) fn only_known<T>(read: impl FnOnce() -> T) -> T {
    let before = EFFORT.with(|effort| effort.only_known.replace(true));
    let read = read();
    EFFORT.with(|effort| effort.only_known.set(before));
    read
}

/// Whether no more branches may be tried.
pub(super) fn is_spent() -> bool {
    EFFORT.with(|effort| effort.reads.get() == 0)
}

/// Begins to read a union.
pub(super) fn enter(value: &Value) {
    EFFORT.with(|effort| {
        if effort.depth.get() == 0 {
            let reads = nodes(value).saturating_mul(READS_PER_NODE);
            effort.reads.set(reads.max(LEAST_READS));
            *effort.tally.borrow_mut() = Tally::NEW;
        }
        effort.depth.set(effort.depth.get() + 1);
    });
}

/// Ends to read a union.
pub(super) fn leave() {
    EFFORT.with(|effort| effort.depth.set(effort.depth.get().saturating_sub(1)));
}

/// Reads a branch from the value a union tries, and tells what it makes of it.
pub(super) fn measure<T>(value: &Value, read: impl FnOnce() -> T) -> (T, Tally) {
    EFFORT.with(|effort| {
        let outer = effort.tally.replace(Tally::NEW);
        let tried = effort.tried.replace(place(value));
        let read = read();
        effort.tried.set(tried);
        (read, mem::replace(&mut *effort.tally.borrow_mut(), outer))
    })
}

/// The values a value consists of, itself included.
fn nodes(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(nodes).sum::<usize>(),
        _ => 1,
    }
}

/// What tells one buffered value from another: its place in memory.
fn place(value: &Value) -> usize {
    ptr::from_ref(value).addr()
}
