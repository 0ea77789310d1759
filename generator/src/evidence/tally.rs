//! Scores how well a value matches a type, to compare the branches of a union.

/// What was found inside a value: by these branches of a union are compared.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Members beside those of an object that has no others.
    pub(super) misfits: usize,
    /// Values that no branch of a union takes, kept as they are.
    pub(super) unknown: usize,
    /// Values in another form than the declared one, in which they are written again.
    pub(super) forms: usize,
    /// Members that are declared.
    pub(super) known: usize,
    /// Values that are kept without a type of their own.
    pub(super) untyped: usize,
    /// The places in memory of members that are dropped.
    pub(super) lost: Vec<usize>,
}

impl Tally {
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
