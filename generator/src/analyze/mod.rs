//! Facts about an [`Api`] that span several nodes, as side tables.

mod closure;
mod constant;
mod equality;
mod facts;
mod fill;
mod merge_patch;
mod overlap;
mod presence;
mod reach;
mod recursion;
mod scalars;
mod shape;
mod share;
mod size;
mod tags;

pub use closure::{Closures, Slice};
pub use constant::Constant;
pub(crate) use facts::NAMED_ARGUMENTS;
pub use facts::{Facts, Given};
pub use fill::fill;
pub use merge_patch::merge_patches;
pub use overlap::Overlap;
pub use presence::Presence;
pub use reach::{Reach, prune};
pub(crate) use shape::LONGEST_ENUM;
pub use shape::{Kind, Shape, Values, shapes};
pub use share::share;
