//! Common misspellings of JSON types.

use super::context::plain;

/// The types that JSON Schema has, `file` of Swagger 2.0 among them.
const KNOWN: [&str; 8] = [
    "string", "integer", "number", "boolean", "object", "array", "null", "file",
];

/// Names from programming languages, as [`plain`] has them: the type, empty for any value, and the format.
const ALIASES: [(&str, &str, &str); 48] = [
    ("str", "string", ""),
    ("text", "string", ""),
    ("char", "string", ""),
    ("character", "string", ""),
    ("varchar", "string", ""),
    ("enum", "string", ""),
    ("date", "string", "date"),
    ("datetime", "string", "date-time"),
    ("time", "string", "time"),
    ("uuid", "string", "uuid"),
    ("guid", "string", "uuid"),
    ("uri", "string", "uri"),
    ("url", "string", "uri"),
    ("email", "string", "email"),
    ("password", "string", "password"),
    ("binary", "string", "binary"),
    ("base64", "string", "byte"),
    ("int", "integer", ""),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("long", "integer", "int64"),
    ("bigint", "integer", "int64"),
    ("biginteger", "integer", ""),
    ("short", "integer", "int32"),
    ("float", "number", "float"),
    ("double", "number", "double"),
    ("decimal", "number", ""),
    ("bigdecimal", "number", ""),
    ("numeric", "number", ""),
    ("num", "number", ""),
    ("bool", "boolean", ""),
    ("dict", "object", ""),
    ("dictionary", "object", ""),
    ("map", "object", ""),
    ("hash", "object", ""),
    ("hashmap", "object", ""),
    ("struct", "object", ""),
    ("jsonobject", "object", ""),
    ("list", "array", ""),
    ("set", "array", ""),
    ("arr", "array", ""),
    ("jsonarray", "array", ""),
    ("none", "null", ""),
    ("nil", "null", ""),
    ("any", "", ""),
    ("mixed", "", ""),
    ("undefined", "", ""),
    ("", "", ""),
];

/// What a name of a type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The type; `None` for any value.
    pub(super) ty: Option<&'static str>,
    /// The format that goes with it.
    pub(super) format: Option<&'static str>,
}

/// Whether this is the name of a type as it should be.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// The meaning of a name, however it is written.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let name = plain(name);
    if let Some(known) = KNOWN.iter().find(|known| **known == name) {
        return Some(Meaning {
            ty: Some(known),
            format: None,
        });
    }
    let (_, ty, format) = ALIASES.iter().find(|(alias, ..)| *alias == name)?;
    let said = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    Some(Meaning {
        ty: said(ty),
        format: said(format),
    })
}
