//! Names that no type has, since they mean something in the files of models.

/// Names that mean something else in the files of models.
const RESERVED_TYPES: [&str; 28] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "FromStr",
    "Hash",
    "Into",
    "MapAccess",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Some",
    "String",
];

/// Further names of the prelude and of what generated implementations mention.
const RESERVED_PRELUDE: [&str; 18] = [
    "I",
    "IntoNullable",
    "IntoOption",
    "K",
    "M",
    "Nullable",
    "Vec",
    "Sync",
    "Sized",
    "ToString",
    "ToOwned",
    "Iterator",
    "IntoIterator",
    "Extend",
    "AsRef",
    "AsMut",
    "Ord",
    "Unpin",
];

/// Names that no type gets.
pub(super) fn reserved() -> Vec<&'static str> {
    RESERVED_TYPES.into_iter().chain(RESERVED_PRELUDE).collect()
}
