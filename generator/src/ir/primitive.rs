//! Primitive types.

/// Types without a name of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// `boolean`.
    Bool,
    /// `boolean` that is never the other value: `const`, or an `enum` of one.
    BoolConstant(bool),
    /// `integer`, `format: int32`.
    I32,
    /// `integer`.
    I64,
    /// `integer`, `format: int32`, never negative.
    U32,
    /// `integer`, never negative.
    U64,
    /// `integer` with bounds that 64 bits do not hold.
    I128,
    /// `number`.
    F64,
    /// `string`.
    String,
    /// `string`, `format: password`.
    Secret,
    /// `string`, `format: date-time` (RFC 3339).
    DateTime,
    /// `string`, `format: date` (RFC 3339 full-date).
    Date,
    /// `string`, `format: uuid` (RFC 9562).
    Uuid,
    /// `string`, `format: byte`: base64 (RFC 4648).
    Base64,
    /// `string`, `format: base64url`: base64 with the URL-safe alphabet (RFC 4648, section 5).
    Base64Url,
    /// One of several scalars.
    Scalar(Scalar),
    /// A part of a body that is a file, or that the caller writes; only members of objects with [`Struct::parts`].
    Part,
}

impl Primitive {
    /// Whether it is `boolean`.
    #[must_use]
    pub fn is_bool(self) -> bool {
        matches!(self, Self::Bool | Self::BoolConstant(_))
    }
}

/// One of several scalars: a type of the runtime that has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scalar {
    /// `boolean` or `number`.
    BooleanOrNumber,
    /// `boolean` or `string`.
    BooleanOrString,
    /// `integer` or `string`, `format: date-time`.
    IntegerOrDateTime,
    /// `integer` or `string`.
    IntegerOrString,
    /// `integer` or `number`, each as it is written.
    Number,
    /// `number` or `string`.
    NumberOrString,
    /// `boolean`, `number` or `string`.
    Any,
}

impl Scalar {
    /// The name of the type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BooleanOrNumber => "BooleanOrNumber",
            Self::BooleanOrString => "BooleanOrString",
            Self::IntegerOrDateTime => "IntegerOrDateTime",
            Self::IntegerOrString => "IntegerOrString",
            Self::Number => "Number",
            Self::NumberOrString => "NumberOrString",
            Self::Any => "Scalar",
        }
    }

    /// What it is one of.
    #[must_use]
    pub const fn kinds(self) -> &'static [Primitive] {
        use Primitive::{Bool, DateTime, F64, I64, String};
        match self {
            Self::BooleanOrNumber => &[Bool, F64],
            Self::BooleanOrString => &[Bool, String],
            Self::IntegerOrDateTime => &[I64, DateTime],
            Self::IntegerOrString => &[I64, String],
            Self::Number => &[F64],
            Self::NumberOrString => &[F64, String],
            Self::Any => &[Bool, F64, String],
        }
    }
}
