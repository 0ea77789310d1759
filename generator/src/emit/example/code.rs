//! An example while it is written: what it names, and what it has to allow.

use std::collections::BTreeSet;

use super::layout::Expr;
use crate::emit::context::Cx;
use crate::ir::{TypeId, TypeRef};
use crate::names::{Ident, variable_of};

/// Names that examples use for something else than a model.
const TAKEN: [&str; 15] = [
    "Body",
    "BooleanOrNumber",
    "BooleanOrString",
    "Client",
    "Err",
    "IntegerOrDateTime",
    "IntegerOrString",
    "Multipart",
    "Nullable",
    "Number",
    "NumberOrString",
    "Ok",
    "Part",
    "Scalar",
    "Secret",
];

/// Variables of the statements around a value.
const OWN_VARIABLES: [&str; 7] = ["body", "client", "error", "request", "value", "list", "name"];

/// An argument that is longer has a variable of its own.
const LONGEST_ARGUMENT: usize = 48;

/// A variable called like a type is not longer.
const LONGEST_VARIABLE: usize = 40;

/// Builder for an example: the names it uses, and the lints it has to allow.
pub(super) struct Code<'s, 'a> {
    pub(super) cx: &'s Cx<'a>,
    /// The path of the client.
    pub(super) root: &'s str,
    /// The models that are named without a path.
    pub(super) models: BTreeSet<String>,
    /// What of the root of the client is named.
    pub(super) exports: BTreeSet<&'static str>,
    /// Whether something deprecated is used.
    pub(super) deprecated: bool,
    /// The statements that make what would not fit a line, and the variables they declare.
    pub(super) statements: String,
    variables: BTreeSet<String>,
}

impl<'s, 'a> Code<'s, 'a> {
    pub(super) fn new(cx: &'s Cx<'a>, root: &'s str) -> Self {
        Self {
            cx,
            root,
            models: BTreeSet::new(),
            exports: BTreeSet::new(),
            deprecated: false,
            statements: String::new(),
            variables: OWN_VARIABLES.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// A value that does not fit a line gets a variable, called like the field that it is for, or like its type where another
    /// one is called like that.
    pub(super) fn named_if_long(&mut self, value: Expr, field: &str, ty: &TypeRef) -> Expr {
        if value.fits(LONGEST_ARGUMENT) {
            return value;
        }
        let mut name = variable(field);
        if self.variables.contains(&name)
            && let TypeRef::Named(id) = ty
        {
            let of_type = variable(self.cx.names.of_type(*id).ty.plain());
            if of_type.len() <= LONGEST_VARIABLE {
                name = of_type;
            }
        }
        let base = name.clone();
        let mut count = 1;
        while !self.variables.insert(name.clone()) {
            count += 1;
            name = format!("{}_{count}", base.trim_end_matches('_'));
        }
        self.statements
            .push_str(&value.statement(&format!("let {name} = "), ";"));
        Expr::text(name)
    }

    pub(super) fn model(&mut self, id: TypeId) -> String {
        self.imported(&self.cx.names.of_type(id).ty)
    }

    /// A type of the module of models.
    pub(super) fn imported(&mut self, name: &Ident) -> String {
        let name = name.as_str();
        if TAKEN.contains(&name) {
            return format!("{}::models::{name}", self.root);
        }
        self.models.insert(name.to_owned());
        name.to_owned()
    }

    /// A name from the root of the client, which no model has.
    pub(super) fn export(&mut self, name: &'static str) -> &'static str {
        self.exports.insert(name);
        name
    }
}

/// The variable for what is called so: no raw identifier.
fn variable(name: &str) -> String {
    let name = variable_of(name);
    match name.strip_prefix("r#") {
        Some(plain) => format!("{plain}_"),
        None => name,
    }
}
