//! What the files of a client define, file by file.

use super::attributes::Attributes;
use super::signature::Signature;

/// What one file of a client holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) modules: Vec<Module>,
    pub(super) names: Vec<Name>,
    pub(super) definitions: Vec<Definition>,
    pub(super) implementations: Vec<Implementation>,
}

/// A module that is declared.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) path: String,
    pub(super) is_public: bool,
    pub(super) attributes: Attributes,
}

/// Another name for an item.
#[derive(Debug)]
pub(super) struct Name {
    /// The path it is reached by.
    pub(super) path: String,
    /// The path of the item.
    pub(super) target: String,
    /// Whether the item is of another crate.
    pub(super) is_foreign: bool,
    pub(super) is_public: bool,
    pub(super) attributes: Attributes,
    pub(super) line: u32,
}

/// What a definition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Struct,
    Enum,
    Alias,
    Trait,
    Function,
    Constant,
    /// An item of another crate.
    Foreign,
}

impl Sort {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Alias => "type alias",
            Self::Trait => "trait",
            Self::Function => "function",
            Self::Constant => "constant",
            Self::Foreign => "re-export",
        }
    }
}

/// A type, trait, function or constant.
#[derive(Debug, Clone)]
pub(super) struct Definition {
    pub(super) path: String,
    pub(super) sort: Sort,
    pub(super) is_public: bool,
    pub(super) generics: Signature,
    /// What an alias stands for, or the type of a constant.
    pub(super) target: Signature,
    /// Fields and variants.
    pub(super) members: Vec<Member>,
    /// Whether a struct has fields that are not public.
    pub(super) has_private: bool,
    pub(super) attributes: Attributes,
    pub(super) line: u32,
}

/// An `impl`.
#[derive(Debug)]
pub(super) struct Implementation {
    pub(super) generics: Signature,
    pub(super) of_trait: Option<Signature>,
    pub(super) subject: Signature,
    pub(super) members: Vec<Member>,
    /// What values are called on the wire, by the name of a field or variant.
    pub(super) wire: Vec<(String, String)>,
    pub(super) attributes: Attributes,
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Field,
    Variant,
    Function,
    Constant,
    Associated,
}

/// A field, variant, function, constant or associated type.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) role: Role,
    /// The type of a field or constant, what a variant holds, what a function returns.
    pub(super) ty: Signature,
    /// What the arguments and their generics are; of functions.
    pub(super) takes: Takes,
    /// What it is on the wire: the value of a constant, what a function sends.
    pub(super) wire: String,
    pub(super) attributes: Attributes,
    pub(super) line: u32,
}

/// What a function takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Takes {
    pub(super) generics: Signature,
    /// `self`, as it is written; empty for functions without.
    pub(super) receiver: String,
    pub(super) arguments: Vec<(String, Signature)>,
    pub(super) bounds: Signature,
}
