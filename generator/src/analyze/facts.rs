//! Results of the analysis that emission needs beside the representation.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::constant::{self, Constant};
use super::overlap::{self, Overlap};
use super::presence::{self, Presence};
use super::reach::{self, Reach};
use super::{equality, recursion, scalars, size, tags};
use crate::config::Serde;
use crate::ir::{Api, Scalar, TypeId};

/// From so many on, the arguments of a constructor are given by name: nobody knows what the fifth of six texts is.
pub(crate) const NAMED_ARGUMENTS: usize = 5;

/// When an implementation is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// Never.
    #[default]
    Never,
    /// With a cargo feature.
    WithFeature,
    /// Always.
    Always,
}

/// What emission needs to know beside the representation itself.
#[derive(Debug, Clone)]
pub struct Facts {
    /// By type: whether requests and responses reach it.
    reach: Vec<Reach>,
    /// Which of serde's traits models implement.
    serde: Serde,
    /// By type, by field: how the field is present.
    presence: Vec<Vec<Presence>>,
    /// By type, by field: the one value the document admits, which is filled in by itself.
    constants: Vec<Vec<Option<Constant>>>,
    /// By union and variant: the discriminator that is written beside what the variant holds.
    written_tags: tags::Written,
    tag_fields: HashSet<(TypeId, usize)>,
    /// Unions of which a value may be several variants at once.
    overlaps: HashMap<TypeId, Overlap>,
    /// Fields and variants that hold their type in a `Box`.
    boxed: HashSet<(TypeId, usize)>,
    /// Objects that are much larger than others that an enum may hold.
    large: HashSet<TypeId>,
    /// By type: whether it holds floats, which are not equal to themselves in every case.
    floats: Vec<bool>,
    /// Aliases that would contain themselves, and so become types of their own.
    newtypes: HashSet<TypeId>,
    /// The types of the runtime that are one of several scalars, as far as they are used.
    scalars: BTreeSet<Scalar>,
}

impl Facts {
    /// Gathers all facts.
    #[must_use]
    pub fn gather(api: &Api, serde: Serde) -> Self {
        let reach = reach::reach(api);
        let mut boxed = recursion::boxed(api);
        boxed.extend(size::boxed(api, &boxed));
        let large = size::large(api, &boxed);
        let presence = presence::presence(api, &reach);
        Self {
            written_tags: tags::written(api, &presence),
            tag_fields: tags::fields(api),
            overlaps: overlap::overlaps(api),
            presence,
            constants: constant::constants(api),
            boxed,
            large,
            floats: equality::floats(api),
            newtypes: recursion::newtypes(api),
            scalars: scalars::scalars(api),
            reach,
            serde,
        }
    }

    /// Whether requests and responses reach a type.
    #[must_use]
    pub fn reach(&self, id: TypeId) -> Reach {
        self.reach[id.index()]
    }

    /// Whether values of a type are read.
    #[must_use]
    pub fn reads(&self, id: TypeId) -> Given {
        self.given(self.reach(id).response)
    }

    /// Whether values of a type are written.
    #[must_use]
    pub fn writes(&self, id: TypeId) -> Given {
        self.given(self.reach(id).request)
    }

    /// Whether the fields of an object have setters: those of responses are read.
    #[must_use]
    pub fn has_setters(&self, id: TypeId) -> bool {
        self.reach(id).request || self.serde == Serde::Both
    }

    /// Whether a cargo feature adds serde's traits to models.
    #[must_use]
    pub fn has_serde_feature(&self) -> bool {
        self.serde == Serde::Feature
    }

    fn given(&self, reached: bool) -> Given {
        match self.serde {
            Serde::Feature if !reached => Given::WithFeature,
            Serde::Reached if !reached => Given::Never,
            Serde::Feature | Serde::Reached | Serde::Both => Given::Always,
        }
    }

    /// Whether a union tells a type from others by one of its fields.
    #[must_use]
    pub fn is_tag(&self, id: TypeId, field: usize) -> bool {
        self.tag_fields.contains(&(id, field))
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

    /// The discriminator value that is written beside what a variant holds, which may be without it.
    #[must_use]
    pub fn written_tag(&self, id: TypeId, variant: usize) -> Option<&str> {
        self.written_tags.get(&(id, variant)).map(String::as_str)
    }

    /// Whether a value may be several variants of a union at once, of which each knows other properties.
    #[must_use]
    pub fn overlap(&self, id: TypeId) -> Overlap {
        self.overlaps.get(&id).copied().unwrap_or(Overlap::Never)
    }

    /// Whether a union has a variant for values that are several others.
    #[must_use]
    pub fn holds_several(&self, id: TypeId) -> bool {
        self.overlap(id) == Overlap::Likely
    }

    /// Whether an object is much larger than others that an enum may hold.
    #[must_use]
    pub fn is_large(&self, id: TypeId) -> bool {
        self.large.contains(&id)
    }

    /// Whether a field or a variant holds its type in a `Box`.
    #[must_use]
    pub fn is_boxed(&self, id: TypeId, member: usize) -> bool {
        self.boxed.contains(&(id, member))
    }

    /// Whether a type holds floats, directly or through others, so that it has neither `Eq` nor `Hash`.
    #[must_use]
    pub fn holds_floats(&self, id: TypeId) -> bool {
        self.floats[id.index()]
    }

    /// Whether an alias is a type of its own because it would contain itself.
    #[must_use]
    pub fn is_newtype(&self, id: TypeId) -> bool {
        self.newtypes.contains(&id)
    }

    /// The fields of an object that its constructor is given: those that cannot be omitted and are not filled in.
    pub fn required(&self, id: TypeId) -> impl Iterator<Item = usize> {
        let fields = self.presence[id.index()].iter().zip(&self.constants[id.index()]);
        fields
            .enumerate()
            .filter(|(_, (presence, constant))| constant.is_none() && **presence == Presence::Required)
            .map(|(index, _)| index)
    }

    /// Whether the constructor of an object is given its fields by name.
    #[must_use]
    pub fn names_required(&self, id: TypeId) -> bool {
        self.required(id).count() >= NAMED_ARGUMENTS
    }

    /// Whether every field of an object can be omitted, or is filled in.
    #[must_use]
    pub fn has_default(&self, id: TypeId) -> bool {
        self.required(id).next().is_none()
    }
}
