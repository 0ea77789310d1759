//! Positions of types, operations and security schemes in an API.

/// Index of a [`TypeDef`](super::TypeDef) in [`Types`](super::Types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(super) usize);

impl TypeId {
    /// The position in [`Types`](super::Types).
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// Index of an [`Operation`](super::Operation) in `Api::operations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// Index of a [`Scheme`](super::Scheme) in `Api::schemes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub usize);
