//! Names that the configuration gives.

use std::collections::BTreeMap;

use crate::text::{NO_NAME, NO_TYPE_NAME, is_rust_name, is_rust_type_name};

use serde::Deserialize;

/// Names of generated items.
///
/// A key says what is renamed, and its value is the Rust name. A key is one of these:
///
/// * a name, as each table describes; where it is that of several things, all of them are renamed;
/// * a JSON Pointer to the item in the document, such as `/components/schemas/Pet/properties/owner`;
/// * a pattern for names, in which `*` matches any text and `?` one character. Each `*` in the value is replaced with what
///   the `*` at the same position in the key matched: `"IoK8sApi*" = "*"` removes a prefix. If several patterns match, the one
///   with the most literal characters is used, and of those the one with the fewest `*`. A name that another item has is
///   not taken.
///
/// A name or pointer takes precedence over `x-rust-name` in the document, and that over a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renames {
    /// Types, by the name of the component schema, by their generated name, or by pointer to the schema.
    pub types: BTreeMap<String, String>,
    /// Methods, by `operationId` or by pointer to the operation; the other names of the operation follow from them.
    pub operations: BTreeMap<String, String>,
    /// Groups of operations, by tag or by pointer to the tag: `pets` is `client.pets()` and `PetsApi`.
    pub tags: BTreeMap<String, String>,
    /// Fields, by the name of the property, by type and property (`Pet.owner-id`), or by pointer to the property.
    pub properties: BTreeMap<String, String>,
    /// Arguments and setters, by the name of the parameter, by `operationId` and parameter (`listPets.page[size]`), or by
    /// pointer to the parameter.
    pub parameters: BTreeMap<String, String>,
    /// Variants of enums, by the value, by type and value (`Status.1`), or by pointer to the value.
    pub values: BTreeMap<String, String>,
    /// Variants of unions, by their generated name, by type and name (`Pet.Cat`), or by pointer to the branch.
    pub branches: BTreeMap<String, String>,
}

/// What a name is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Type,
    Operation,
    Tag,
    Property,
    Parameter,
    Value,
    Branch,
}

impl Kind {
    pub(crate) const ALL: [Self; 7] = [
        Self::Type,
        Self::Operation,
        Self::Tag,
        Self::Property,
        Self::Parameter,
        Self::Value,
        Self::Branch,
    ];

    /// The word for one of it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Operation => "operation",
            Self::Tag => "tag",
            Self::Property => "property",
            Self::Parameter => "parameter",
            Self::Value => "value",
            Self::Branch => "branch",
        }
    }

    /// Whether a text can be given as a name.
    pub(crate) fn is_rust_name(self, text: &str) -> bool {
        match self {
            Self::Type | Self::Value | Self::Branch => is_rust_type_name(text),
            Self::Operation | Self::Tag | Self::Property | Self::Parameter => is_rust_name(text),
        }
    }

    /// What a text is that cannot.
    pub(crate) fn no_name(text: &str) -> &'static str {
        if is_rust_name(text) { NO_TYPE_NAME } else { NO_NAME }
    }

    /// The table of the configuration file.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Type => "types",
            Self::Operation => "operations",
            Self::Tag => "tags",
            Self::Property => "properties",
            Self::Parameter => "parameters",
            Self::Value => "values",
            Self::Branch => "branches",
        }
    }
}

impl Renames {
    /// The names of one kind, by key.
    pub(crate) fn of(&self, kind: Kind) -> &BTreeMap<String, String> {
        match kind {
            Kind::Type => &self.types,
            Kind::Operation => &self.operations,
            Kind::Tag => &self.tags,
            Kind::Property => &self.properties,
            Kind::Parameter => &self.parameters,
            Kind::Value => &self.values,
            Kind::Branch => &self.branches,
        }
    }

    /// The names of one kind, to be changed.
    pub(crate) fn of_mut(&mut self, kind: Kind) -> &mut BTreeMap<String, String> {
        match kind {
            Kind::Type => &mut self.types,
            Kind::Operation => &mut self.operations,
            Kind::Tag => &mut self.tags,
            Kind::Property => &mut self.properties,
            Kind::Parameter => &mut self.parameters,
            Kind::Value => &mut self.values,
            Kind::Branch => &mut self.branches,
        }
    }
}

/// Whether a key is a JSON Pointer, also one that is written as a fragment.
pub(crate) fn is_pointer(key: &str) -> bool {
    key.starts_with('/') || key.starts_with("#/")
}
