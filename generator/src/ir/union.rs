//! Unions: one of several schemas, and how a value selects its branch.

use super::slot::{Slot, TypeRef};

/// One of several schemas.
#[derive(Debug, Clone)]
pub struct Union {
    /// How a value finds its branch.
    pub tagging: Tagging,
    /// The branches, in the order of the document.
    pub variants: Vec<Variant>,
}

impl Union {
    /// The discriminator, if there is one.
    #[must_use]
    pub fn tag(&self) -> Option<&Tag> {
        match &self.tagging {
            Tagging::Internal(tag) => Some(tag),
            Tagging::External | Tagging::Adjacent { .. } | Tagging::Untagged { .. } => None,
        }
    }

    /// Whether what a variant holds is inside of the value: the content that serde's tags stand beside.
    #[must_use]
    pub fn has_content(&self) -> bool {
        matches!(self.tagging, Tagging::External | Tagging::Adjacent { .. })
    }

    /// Whether a value that is none of the variants is kept; otherwise there is a variant for any value.
    #[must_use]
    pub fn keeps_unknown(&self) -> bool {
        match &self.tagging {
            Tagging::Internal(tag) => tag.unlisted.is_none(),
            Tagging::External | Tagging::Adjacent { .. } => true,
            Tagging::Untagged { .. } => {
                let any = |variant: &Variant| variant.slot.as_ref().is_some_and(|slot| slot.ty == TypeRef::Any);
                !self.variants.iter().any(any)
            }
        }
    }
}

/// How a value of a union finds its branch, in serde's terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Tagging {
    /// By the value of a property.
    Internal(Tag),
    /// By a string, or by the only property of an object, whose value is the content.
    External,
    /// By one of the two properties of an object; the other is the content.
    Adjacent {
        /// The property that says which branch it is.
        tag: String,
        /// The property that holds the content.
        content: String,
    },
    /// By what the value looks like.
    Untagged {
        /// `anyOf`: several branches may hold at once.
        any: bool,
    },
}

/// A discriminator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tag {
    /// `propertyName`, or a property that is a constant in every branch.
    pub property: String,
    /// Whether the document declares it as discriminator.
    pub declared: bool,
    /// The variants that values without the property may be, by their positions.
    pub absent: Vec<usize>,
    /// Whether a value without the property is kept as it is when it does not fit those variants.
    pub tries: bool,
    /// The variant of values whose property is none of those listed (`defaultMapping`); without one they are kept as
    /// they are.
    pub unlisted: Option<usize>,
}

/// A branch of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The words its name is made of.
    pub hint: String,
    /// The name that the document gives it.
    pub name: Option<String>,
    /// What the document says about it, where its type does not say it.
    pub description: String,
    /// What it holds; nothing where the discriminator says it all.
    pub slot: Option<Slot>,
    /// The discriminator values that select it.
    pub tags: Vec<String>,
}
