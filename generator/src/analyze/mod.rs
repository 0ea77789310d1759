//! Facts about an [`Api`] that no single node shows, as side tables.

mod closure;
mod constant;
mod presence;
mod reach;
mod recursion;
mod scalars;
mod share;
mod size;

pub use closure::{Closures, Slice};
pub use constant::Constant;
pub use presence::Presence;
pub use reach::{Reach, prune};
pub use share::share;

use std::collections::{BTreeSet, HashSet};

use crate::config::Serde;
use crate::ir::{Api, Scalar, TypeId};

/// What emission needs to know beside the representation itself.
#[derive(Debug, Clone)]
pub struct Facts {
    /// By type: whether requests and responses reach it.
    reach: Vec<Reach>,
    /// By type, by field: how the field is present.
    presence: Vec<Vec<Presence>>,
    /// By type, by field: the one value the document admits, which is filled in by itself.
    constants: Vec<Vec<Option<Constant>>>,
    /// Fields and variants that hold their type in a `Box`.
    boxed: HashSet<(TypeId, usize)>,
    /// Aliases that would contain themselves, and so become types of their own.
    newtypes: HashSet<TypeId>,
    /// The types of the runtime that are one of several scalars, as far as they are used.
    scalars: BTreeSet<Scalar>,
}

impl Facts {
    /// Gathers all facts.
    #[must_use]
    pub fn gather(api: &Api, serde: Serde) -> Self {
        let reach = reach::reach(api, serde);
        let mut boxed = recursion::boxed(api);
        boxed.extend(size::boxed(api, &boxed));
        Self {
            presence: presence::presence(api, &reach),
            constants: constant::constants(api),
            boxed,
            newtypes: recursion::newtypes(api),
            scalars: scalars::scalars(api),
            reach,
        }
    }

    /// Whether requests and responses reach a type.
    #[must_use]
    pub fn reach(&self, id: TypeId) -> Reach {
        self.reach[id.index()]
    }

    /// The types of the runtime that are one of several scalars, as far as they are used.
    pub fn scalars(&self) -> impl Iterator<Item = Scalar> {
        self.scalars.iter().copied()
    }

    /// How a field is present.
    #[must_use]
    pub fn presence(&self, id: TypeId, field: usize) -> Presence {
        self.presence[id.index()][field]
    }

    /// The value of a field that has no other, which is filled in without being asked for.
    #[must_use]
    pub fn constant(&self, id: TypeId, field: usize) -> Option<&Constant> {
        self.constants[id.index()][field].as_ref()
    }

    /// Whether a field or a variant holds its type in a `Box`.
    #[must_use]
    pub fn is_boxed(&self, id: TypeId, member: usize) -> bool {
        self.boxed.contains(&(id, member))
    }

    /// Whether an alias is a type of its own because it would contain itself.
    #[must_use]
    pub fn is_newtype(&self, id: TypeId) -> bool {
        self.newtypes.contains(&id)
    }

    /// Whether every field of an object can be left out, or is filled in.
    #[must_use]
    pub fn has_default(&self, id: TypeId) -> bool {
        let fields = self.presence[id.index()].iter().zip(&self.constants[id.index()]);
        fields
            .into_iter()
            .all(|(presence, constant)| constant.is_some() || *presence != Presence::Required)
    }
}
