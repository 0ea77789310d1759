//! The keywords of one schema object, each checked on its own.

use serde_json::{Map, Number, Value};

use super::node::Node;
use crate::diagnostic::{Code, Diagnostics};

/// The values of `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    String,
    Integer,
    Number,
    Boolean,
    Object,
    Array,
}

impl Type {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "object" => Self::Object,
            "array" => Self::Array,
            _ => return None,
        })
    }

    /// What JSON Schema calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
        }
    }

    /// The type of a value; `None` for `null`.
    pub fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        })
    }
}

/// The keywords of one schema object that Envoi gives a meaning to.
#[derive(Debug, Clone, Default)]
pub struct Keywords<'d> {
    pub types: Vec<Type>,
    pub format: Option<&'d str>,
    pub enumeration: Option<&'d [Value]>,
    pub minimum: Option<&'d Number>,
    pub maximum: Option<&'d Number>,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub deprecated: bool,
    pub title: Option<&'d str>,
    pub description: Option<&'d str>,
    pub default: Option<&'d Value>,
    pub example: Option<&'d Value>,
    /// The list of JSON Schema.
    pub examples: Option<&'d Value>,
    pub required: Vec<&'d str>,
    pub properties: Option<Node<'d>>,
    pub items: Option<Node<'d>>,
    pub prefix_items: Option<Node<'d>>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub additional_properties: Option<Node<'d>>,
    pub unevaluated_properties: Option<Node<'d>>,
    pub pattern_properties: Option<Node<'d>>,
    pub all_of: Option<Node<'d>>,
    pub one_of: Option<Node<'d>>,
    pub any_of: Option<Node<'d>>,
    pub discriminator: Option<Node<'d>>,
    /// Schemas that hold in some cases: `then`, `else`, and those of `dependentSchemas`.
    pub conditional: Vec<Node<'d>>,
    pub xml: Option<Node<'d>>,
    /// Bounds a reader wants to know: keyword and value, in one order for all documents.
    pub bounds: Vec<(&'d str, &'d Value)>,
    /// `x-enum-varnames` or one of its relatives.
    pub enum_names: Option<&'d Value>,
    /// `x-enum-descriptions` or one of its relatives.
    pub enum_descriptions: Option<&'d Value>,
    /// The `values` of `x-ms-enum`: objects with `value`, `name` and `description`.
    pub enum_values: Option<&'d Value>,
}

/// The keywords that restrict values, in the order in which documentation lists them.
const BOUNDS: [&str; 13] = [
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl<'d> Keywords<'d> {
    /// Reads the keywords of a schema object; a value of the wrong kind is reported and omitted.
    pub fn read(node: &Node<'d>, object: &'d Map<String, Value>, diagnostics: &mut Diagnostics) -> Self {
        let mut keywords = Self::default();
        for (key, value) in object {
            let expected = keywords.set(node, key, value);
            if let Err(expected) = expected {
                let message = format!("`{key}` must be {expected}, not `{}`; ignored", excerpt(value));
                diagnostics.report(Code::Invalid, &node.at.child(key), message);
            }
        }
        keywords.set_conditional(node, object);
        // The order of keywords means nothing, so it changes no documentation either.
        keywords
            .bounds
            .sort_by_key(|(key, _)| BOUNDS.iter().position(|bound| bound == key));
        keywords
    }

    /// Schemas that apply to some values, in an order that does not depend on that of the keywords.
    fn set_conditional(&mut self, node: &Node<'d>, object: &'d Map<String, Value>) {
        for key in ["then", "else", "dependentSchemas", "dependencies"] {
            let Some(value) = object.get(key) else {
                continue;
            };
            let child = Node {
                at: node.at.child(key),
                value,
            };
            match key {
                "then" | "else" => self.conditional.push(child),
                _ => {
                    let schemas = child.members().map(|(_, schema)| schema);
                    self.conditional
                        .extend(schemas.filter(|schema| schema.value.is_object()));
                }
            }
        }
    }

    fn set(&mut self, node: &Node<'d>, key: &'d str, value: &'d Value) -> Result<(), &'static str> {
        let child = || Node {
            at: node.at.child(key),
            value,
        };
        match key {
            "type" => self.set_types(value)?,
            "format" => self.format = Some(text(value)?),
            "x-kubernetes-int-or-string" if *value == Value::Bool(true) => self.format = Some("int-or-string"),
            "title" => self.title = Some(text(value)?),
            "description" => self.description = Some(text(value)?),
            "enum" => {
                let values = value.as_array().ok_or("an array")?;
                // A constant says more, wherever it is.
                self.enumeration.get_or_insert(values);
            }
            "const" => self.enumeration = Some(std::slice::from_ref(value)),
            "nullable" | "x-nullable" => self.nullable |= flag(value)?,
            "readOnly" => self.read_only = flag(value)?,
            "writeOnly" => self.write_only = flag(value)?,
            "deprecated" | "x-deprecated" => self.deprecated |= flag(value)?,
            "default" => self.default = Some(value),
            "example" => self.example = Some(value),
            "examples" => self.examples = Some(value),
            "required" => self.required = names(value)?,
            "properties" => self.properties = Some(object(child())?),
            "items" => self.items = Some(child()),
            "additionalProperties" => self.additional_properties = Some(child()),
            "allOf" => self.all_of = Some(array(child())?),
            "oneOf" => self.one_of = Some(array(child())?),
            "anyOf" => self.any_of = Some(array(child())?),
            "discriminator" => self.discriminator = Some(object(child())?),
            "xml" => self.xml = Some(object(child())?),
            "unevaluatedProperties" => self.unevaluated_properties = Some(child()),
            "patternProperties" => self.pattern_properties = Some(object(child())?),
            "prefixItems" => self.prefix_items = Some(array(child())?),
            "x-enum-varnames" | "x-enumNames" => self.enum_names = Some(value),
            "x-ms-enum" => self.enum_values = value.get("values"),
            "x-enum-descriptions" | "x-enumDescriptions" => self.enum_descriptions = Some(value),
            "minimum" | "maximum" => self.set_bound(key, value)?,
            "minItems" | "maxItems" => {
                let count = value.as_u64();
                *(if key == "minItems" {
                    &mut self.min_items
                } else {
                    &mut self.max_items
                }) = count;
                self.bounds.push((key, value));
            }
            "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "minLength" | "maxLength" | "uniqueItems"
            | "minProperties" | "maxProperties" | "pattern" => {
                self.bounds.push((key, value));
            }
            _ => {}
        }
        Ok(())
    }

    fn set_bound(&mut self, key: &'d str, value: &'d Value) -> Result<(), &'static str> {
        let Value::Number(number) = value else {
            return Err("a number");
        };
        match key {
            "minimum" => self.minimum = Some(number),
            _ => self.maximum = Some(number),
        }
        self.bounds.push((key, value));
        Ok(())
    }

    fn set_types(&mut self, value: &'d Value) -> Result<(), &'static str> {
        const EXPECTED: &str = "the name of a JSON type";
        let listed = match value {
            Value::Array(types) => types.as_slice(),
            single => std::slice::from_ref(single),
        };
        for name in listed {
            match name.as_str().ok_or(EXPECTED)? {
                "null" => self.nullable = true,
                // Swagger 2.0 has a type of its own for uploads and downloads.
                "file" => {
                    self.types.push(Type::String);
                    self.format = Some("binary");
                }
                name => self.types.push(Type::parse(name).ok_or(EXPECTED)?),
            }
        }
        Ok(())
    }

    /// Whether the schema says more than how its values are described.
    #[must_use]
    pub fn constrains(&self) -> bool {
        !self.types.is_empty()
            || self.format.is_some()
            || self.enumeration.is_some()
            || self.properties.is_some()
            || self.items.is_some()
            || self.prefix_items.is_some()
            || self.pattern_properties.is_some()
            || !self.required.is_empty()
            || self
                .additional_properties
                .as_ref()
                .is_some_and(|node| node.value != &Value::Bool(true))
            || self
                .unevaluated_properties
                .as_ref()
                .is_some_and(|node| node.value != &Value::Bool(true))
            || self.all_of.is_some()
            || self.one_of.is_some()
            || self.any_of.is_some()
    }

    /// Whether the schema describes the elements of an array, with or without saying `type: array`.
    #[must_use]
    pub fn describes_array(&self) -> bool {
        self.types.contains(&Type::Array)
            || (self.types.is_empty() && (self.items.is_some() || self.prefix_items.is_some()))
    }

    /// Whether the schema describes the members of an object, with or without saying `type: object`.
    #[must_use]
    pub fn describes_object(&self) -> bool {
        self.types.contains(&Type::Object)
            || (self.types.is_empty()
                && (self.properties.is_some()
                    || self.additional_properties.is_some()
                    || self.pattern_properties.is_some()
                    || !self.required.is_empty()))
    }
}

fn text(value: &Value) -> Result<&str, &'static str> {
    value.as_str().ok_or("a string")
}

fn flag(value: &Value) -> Result<bool, &'static str> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if text == "true" => Ok(true),
        Value::String(text) if text == "false" => Ok(false),
        _ => Err("`true` or `false`"),
    }
}

fn names(value: &Value) -> Result<Vec<&str>, &'static str> {
    const EXPECTED: &str = "an array of property names";
    let array = value.as_array().ok_or(EXPECTED)?;
    array.iter().map(|name| name.as_str().ok_or(EXPECTED)).collect()
}

fn object<'d>(node: Node<'d>) -> Result<Node<'d>, &'static str> {
    if node.value.is_object() {
        Ok(node)
    } else {
        Err("an object")
    }
}

fn array<'d>(node: Node<'d>) -> Result<Node<'d>, &'static str> {
    if node.value.is_array() {
        Ok(node)
    } else {
        Err("an array")
    }
}

fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
