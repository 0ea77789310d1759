//! Examples of the document, each with its generated type.

use super::slot::Slot;
use crate::pointer::Pointer;

/// An example, and what it is an example of.
#[derive(Debug, Clone)]
pub struct Example {
    /// Where it stands: `example`, or an entry of `examples`.
    pub at: Pointer,
    /// Where its value stands, to which a reference may lead.
    pub value: Pointer,
    /// The type of its place.
    pub slot: Slot,
    /// Whether the place is written as text, such as a parameter, so that text may stand for a value of any type.
    pub text: bool,
}
