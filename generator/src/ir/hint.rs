//! The origin of a type, from which its name is derived.

use super::ids::{OperationId, TypeId};
use super::status::Status;

/// Where a name comes from: a root, then steps down from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hint {
    /// Where the way begins.
    pub root: Root,
    /// The way down.
    pub steps: Vec<Step>,
}

/// Where the way to an inline schema begins.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// A named component, or another schema that is the target of a `$ref`.
    Component(String),
    /// Inside another type.
    Type(TypeId),
    /// Inside an operation.
    Operation(OperationId, Part),
    /// Inside a parameter, a body, a response or a header of `components`, by its key.
    Reusable(Part, String),
    /// Inside the payload of a webhook, by its position.
    Webhook(usize),
    /// In several places that have nothing else in common: what they are, and no place, names the type.
    Shared,
}

/// A part of an operation that has a schema.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// The request body.
    Request,
    /// The request body in another media type than the first, by the words that tell it from the others.
    RequestAs(String),
    /// The body of the success response, or of the one with the lowest status.
    Response,
    /// The body of another response.
    StatusResponse(Status),
    /// A parameter.
    Parameter(String),
    /// A header of a response.
    Header(String),
}

/// One step from a schema to a schema inside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// A property.
    Field(String),
    /// The elements of an array.
    Item,
    /// The element of a tuple at this position.
    Place(usize),
    /// The values of a map.
    Value,
    /// What a schema that others extend is by itself.
    Base,
    /// What an object is when its members are the parts of a body.
    Parts,
    /// What an object is as a merge patch.
    Patch,
    /// A branch of a union, by the words that tell it from the others.
    Variant(String),
}
