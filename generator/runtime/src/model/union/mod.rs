//! Enums that hold one of several schemas (`oneOf`, `anyOf`).
//!
//! A value is buffered once, and branches are read from the buffer. How a value finds its branch:
//!
//! * by a discriminator: [`tag`] and [`branch`];
//! * by the only property of an object, or by a string, as serde tags enums externally: [`external`];
//! * by one of two properties, as serde tags them adjacently: [`adjacent`];
//! * by what it looks like: [`Attempts`], with a [`Shape`] per branch.
//!
//! A value that no branch takes is kept as it is: [`unknown`].

mod attempts;
mod branches;
mod effort;
mod shape;
mod tags;
mod written;

pub use self::attempts::Attempts;
pub use self::branches::{branch, unknown};
pub(crate) use self::effort::only_known;
pub(super) use self::effort::{Tally, charge, count, other_form};
pub use self::shape::Shape;
pub use self::tags::{adjacent, external, tag};
pub use self::written::{write_adjacent, write_external, write_merged, write_tag, write_tagged};
