//! Types without a name of their own.

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
