//! What stands where in a document: the objects of OpenAPI 2.0 to 3.2 and their members.

use serde_json::Value;

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Callback,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Example,
    Link,
    SecurityScheme,
    Schema,
    Discriminator,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    OAuthFlows,
    OAuthFlow,
    Xml,
}

/// How often it stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    One(Kind),
    List(Kind),
    Map(Kind),
}

use Kind::{
    Callback, Components, Contact, Discriminator, Document, Encoding, Example, ExternalDocs, Header, Info, License,
    Link, MediaType, OAuthFlow, OAuthFlows, Operation, Parameter, PathItem, RequestBody, Response, Schema,
    SecurityScheme, Server, ServerVariable, Tag, Xml,
};
use Shape::{List, Map, One};

/// What the member `key` of an object is; `None` for values of the API and plain settings.
fn member(kind: Kind, key: &str) -> Option<Shape> {
    Some(match (kind, key) {
        (Document, "paths" | "x-ms-paths" | "webhooks" | "x-webhooks") | (Components, "pathItems") => Map(PathItem),
        (Document, "components") => One(Components),
        (Document, "definitions") | (Components, "schemas") => Map(Schema),
        (Document | Components, "parameters") => Map(Parameter),
        (Document | Components | Operation, "responses") => Map(Response),
        (Document, "securityDefinitions") | (Components, "securitySchemes") => Map(SecurityScheme),
        (Components, "requestBodies") => Map(RequestBody),
        (Components | Response | Encoding, "headers") => Map(Header),
        (Components | Response, "links") => Map(Link),
        (Components | Operation, "callbacks") => Map(Callback),
        (Components, "mediaTypes") => Map(MediaType),
        (Components | Parameter | Header | MediaType, "examples") => Map(Example),
        (PathItem | Operation, "parameters") => List(Parameter),
        (PathItem, "additionalOperations") => Map(Operation),
        (PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query") => {
            One(Operation)
        }
        (Callback, key) if !key.starts_with("x-") => One(PathItem),
        (Operation, "requestBody") => One(RequestBody),
        (Parameter | Header | RequestBody | Response, "content") => Map(MediaType),
        (Parameter | Header | Response | MediaType, "schema") => One(Schema),
        (Parameter | Header, "items") | (MediaType, "itemSchema") => One(Schema),
        (MediaType, "encoding") | (Encoding, "encoding") => Map(Encoding),
        (MediaType | Encoding, "prefixEncoding") => List(Encoding),
        (MediaType | Encoding, "itemEncoding") => One(Encoding),
        (Schema, key) => return schema_member(key),
        _ => return None,
    })
}

fn schema_member(key: &str) -> Option<Shape> {
    Some(match key {
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => List(Schema),
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" | "dependencies" => {
            Map(Schema)
        }
        "items"
        | "additionalProperties"
        | "additionalItems"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "contentSchema" => One(Schema),
        "discriminator" => One(Discriminator),
        _ => return None,
    })
}

/// What the member `key` of an object is that holds settings, in which there are no references.
fn setting(kind: Kind, key: &str) -> Option<Shape> {
    Some(match (kind, key) {
        (Document, "info") => One(Info),
        (Info, "contact") => One(Contact),
        (Info, "license") => One(License),
        (Document | PathItem | Operation, "servers") => List(Server),
        (Link, "server") => One(Server),
        (Server, "variables") => Map(ServerVariable),
        (Document, "tags") => List(Tag),
        (Document | Operation | Tag | Schema, "externalDocs") => One(ExternalDocs),
        (SecurityScheme, "flows") => One(OAuthFlows),
        (OAuthFlows, key) if !key.starts_with("x-") => One(OAuthFlow),
        (Schema, "xml") => One(Xml),
        _ => return None,
    })
}

impl Shape {
    /// What stands below a value of this shape, settings included.
    pub(crate) fn member(self, value: &Value, key: &str) -> Option<Self> {
        let setting = match (value, self) {
            (Value::Object(_), One(kind)) => setting(kind, key),
            _ => None,
        };
        setting.or_else(|| self.below(value, key))
    }

    /// What stands below a value of this shape: the member `key` of an object, or an element of an array.
    pub(crate) fn below(self, value: &Value, key: &str) -> Option<Self> {
        match (value, self) {
            (Value::Object(_), Map(kind)) => Some(One(kind)),
            // One in place of a list of one; what repairs it comes later.
            (Value::Object(_), One(kind) | List(kind)) => member(kind, key),
            (Value::Array(_), One(kind) | List(kind)) => Some(One(kind)),
            _ => None,
        }
    }
}
