//! Enums that hold one of several schemas (`oneOf`, `anyOf`).
//!
//! A value is buffered once, and branches are read from the buffer. The branch of a value is selected:
//!
//! * by a discriminator: [`tag`] and [`branch`];
//! * by the only property of an object, or by a string (externally tagged in serde): [`external`];
//! * by one of two properties (adjacently tagged in serde): [`adjacent`];
//! * by its shape: [`Attempts`], with a [`Shape`] per branch.
//!
//! A value that matches no branch is kept: [`unknown`]. [`from_json`] converts a value that a program made.

mod attempts;
mod branches;
mod effort;
mod shape;
mod tags;
mod written;

pub use self::attempts::Attempts;
pub use self::branches::{branch, from_json, unknown};
pub(crate) use self::effort::only_known;
pub(super) use self::effort::{Tally, charge, count, other_form};
pub use self::shape::Shape;
pub use self::tags::{adjacent, external, tag};
pub use self::written::{write_adjacent, write_external, write_merged, write_tag, write_tagged};
