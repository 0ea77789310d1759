//! Detects the version of the specification.

use serde_json::{Number, Value};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::Version;
use crate::pointer::Pointer;

const HELP: &str = "Envoi reads `openapi: 3.0.x`, `3.1.x` and `3.2.x`, and `swagger: \"2.0\"`";

/// The version that the members `openapi` and `swagger` of the root declare.
pub(crate) fn detect(root: &Value) -> Result<Version, Diagnostic> {
    let Value::Object(members) = root else {
        let message = format!(
            "no `openapi` or `swagger` version: the document is {}, not an object",
            kind(root)
        );
        return Err(Diagnostic::new(Code::Version, Place::Document, message).help(HELP));
    };
    match (members.get("openapi"), members.get("swagger")) {
        (Some(_), Some(_)) => Err(Diagnostic::new(
            Code::Version,
            node("swagger"),
            "the document declares both `openapi` and `swagger`",
        )
        .related(Pointer::root().child("openapi"), "the other declaration")
        .help("remove one of the two")),
        (Some(declared), None) => openapi(declared).ok_or_else(|| unsupported("openapi", declared)),
        (None, Some(declared)) => swagger(declared).ok_or_else(|| unsupported("swagger", declared)),
        (None, None) => Err(Diagnostic::new(
            Code::Version,
            Place::Document,
            "no `openapi` or `swagger` version: the document has neither key",
        )
        .help(HELP)),
    }
}

fn openapi(declared: &Value) -> Option<Version> {
    let text = scalar(declared)?;
    let rest = text.strip_prefix("3.")?;
    let minor = rest.split(['.', '-']).next()?;
    match minor {
        "0" => Some(Version::OpenApi30),
        "1" => Some(Version::OpenApi31),
        "2" => Some(Version::OpenApi32),
        _ => None,
    }
}

fn swagger(declared: &Value) -> Option<Version> {
    (scalar(declared)? == "2.0").then_some(Version::Swagger2)
}

/// Unquoted, `2.0` and `3.1` are numbers to YAML.
fn scalar(declared: &Value) -> Option<String> {
    match declared {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(
            number
                .as_f64()
                .filter(|_| Number::is_f64(number))
                .map_or_else(|| number.to_string(), |value| format!("{value:?}")),
        ),
        _ => None,
    }
}

fn unsupported(member: &str, declared: &Value) -> Diagnostic {
    let found = match scalar(declared) {
        Some(text) => format!("`{member}: {}`", text.chars().take(40).collect::<String>()),
        None => format!("`{member}` as {}", kind(declared)),
    };
    let message = format!("unsupported version: the document declares {found}");
    Diagnostic::new(Code::Version, node(member), message).help(HELP)
}

fn node(member: &str) -> Place {
    Place::Node(Pointer::root().child(member))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
