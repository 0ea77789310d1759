//! An operation, and how it could be paginated.

use serde_json::Value;

use crate::ir::{
    Api, Location, Operation, PageStep, Parameter, Primitive, ReplyPlace, Response, Shape, Slot, Struct, Style, TypeId,
    TypeRef,
};
use crate::pointer::Pointer;

/// How many schemas are looked at for a keyword, so that no document can keep this busy.
const MOST_SCHEMAS: usize = 50;

/// How an operation might be paged, by the names of the document.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) step: PageStep,
    /// Whether the parameter is a member of the JSON body of the call; its name is a JSON Pointer then.
    pub(super) in_body: bool,
    /// Where the array is; to be found when it is not said.
    pub(super) items: Option<String>,
    pub(super) more: Option<String>,
    pub(super) total_pages: Option<ReplyPlace>,
    /// Whether it is known that a response is a page, so that its only array has the items, whatever it is called.
    pub(super) certain: bool,
}

impl Proposal {
    pub(super) fn new(step: PageStep) -> Self {
        Self {
            step,
            in_body: false,
            items: None,
            more: None,
            total_pages: None,
            certain: false,
        }
    }
}

/// Who says how an operation is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Configuration,
    Document,
}

/// An operation, with everything that is asked about it.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) api: &'a Api,
    pub(super) root: &'a Value,
    pub(super) operation: &'a Operation,
}

impl<'a> Call<'a> {
    /// What a success is, when it is JSON of one type.
    pub(super) fn output(self) -> Option<&'a Slot> {
        Some(self.operation.page()?.1)
    }

    /// The response that is a page.
    pub(super) fn success(self) -> Option<&'a Response> {
        self.operation.responses.get(self.operation.page()?.0)
    }

    /// The query parameter of this name, when it has one value.
    pub(super) fn query(self, name: &str) -> Option<&'a Parameter> {
        self.queries().find(|parameter| parameter.wire == name)
    }

    /// The query parameters of one value.
    pub(super) fn queries(self) -> impl Iterator<Item = &'a Parameter> {
        let single = move |parameter: &&Parameter| {
            parameter.location == Location::Query
                && parameter.style == Style::Form
                && self.primitive(&parameter.slot).is_some()
        };
        self.operation.parameters.iter().filter(single)
    }

    pub(super) fn primitive(self, slot: &Slot) -> Option<Primitive> {
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Primitive(Primitive::Scalar(_)) => None,
            TypeRef::Primitive(primitive) => Some(*primitive),
            _ => None,
        }
    }

    /// The parameter for the size of a page, when the document says how much it may be.
    pub(super) fn size(self) -> Option<(String, u64)> {
        let parameter = self.size_parameter()?;
        let most = self.keyword(parameter, "maximum")?;
        Some((parameter.wire.clone(), whole(most)?))
    }

    /// A keyword of the schema of a parameter.
    pub(super) fn keyword(self, parameter: &Parameter, key: &str) -> Option<&'a Value> {
        let node = self.root.pointer(parameter.origin.as_str())?;
        self.keyword_of(node.get("schema")?, key)
    }

    /// A keyword of a schema, of what it refers to, or of a part of it.
    pub(super) fn keyword_of(self, schema: &'a Value, key: &str) -> Option<&'a Value> {
        let mut schemas = vec![schema];
        for index in 0..MOST_SCHEMAS {
            let schema = *schemas.get(index)?;
            if let Some(value) = schema.get(key) {
                return Some(value);
            }
            schemas.extend(self.parts(schema));
        }
        None
    }

    /// What a schema refers to, and its parts.
    pub(super) fn parts(self, schema: &'a Value) -> impl Iterator<Item = &'a Value> {
        let target = schema.get("$ref").and_then(|reference| self.at(reference.as_str()?));
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        target.into_iter().chain(parts.take(MOST_SCHEMAS))
    }

    /// What a reference leads to.
    pub(super) fn at(self, reference: &str) -> Option<&'a Value> {
        self.root.pointer(Pointer::parse(reference)?.as_str())
    }

    /// The object behind a type.
    pub(super) fn object(self, ty: &TypeRef) -> Option<(TypeId, &'a Struct)> {
        match self.api.types.resolve(ty) {
            TypeRef::Named(id) => match &self.api.types[*id].shape {
                Shape::Struct(object) => Some((*id, object)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A number without a fraction that is not negative.
pub(super) fn whole(value: &Value) -> Option<u64> {
    let float = || {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is whole and within bounds"
    )]
    let whole = |number: f64| number as u64;
    value.as_u64().or_else(|| float().map(whole))
}
