//! `type` and `format` -> [`Primitive`].

use super::context::Lower;
use super::enums::boolean;
use super::view::View;
use crate::ir::{Primitive, Scalar};
use crate::parse::Type;

impl Lower<'_, '_> {
    pub(super) fn primitive(&self, view: &View<'_>, ty: Type) -> Primitive {
        let format = format(view);
        match ty {
            Type::Boolean => boolean(view),
            Type::Number => Primitive::F64,
            Type::Integer => integer(view, format),
            // Lists and maps are never asked for here.
            Type::String | Type::Array | Type::Object => string(format),
        }
    }

    /// What a schema with a `format` and no `type` holds, when the format belongs to one type.
    pub(super) fn untyped(&self, view: &View<'_>) -> Option<Primitive> {
        let ty = type_of(format(view)?)?;
        Some(self.primitive(view, ty))
    }
}

fn format<'d>(view: &View<'d>) -> Option<&'d str> {
    view.facets.iter().rev().find_map(|facet| facet.keywords.format)
}

/// The type that a format of the OpenAPI Format Registry, or of JSON Schema, applies to.
fn type_of(format: &str) -> Option<Type> {
    Some(match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "sf-integer" | "unixtime" => {
            Type::Integer
        }
        "float" | "double" | "double-int" | "sf-decimal" => Type::Number,
        "sf-boolean" => Type::Boolean,
        "base64url"
        | "binary"
        | "byte"
        | "char"
        | "commonmark"
        | "date"
        | "date-time"
        | "date-time-local"
        | "duration"
        | "email"
        | "hostname"
        | "html"
        | "http-date"
        | "idn-email"
        | "idn-hostname"
        | "int-or-string"
        | "ipv4"
        | "ipv6"
        | "iri"
        | "iri-reference"
        | "json-pointer"
        | "media-range"
        | "password"
        | "regex"
        | "relative-json-pointer"
        | "sf-binary"
        | "sf-string"
        | "sf-token"
        | "time"
        | "time-local"
        | "uri"
        | "uri-reference"
        | "uri-template"
        | "uuid" => Type::String,
        _ => return None,
    })
}

fn integer(view: &View<'_>, format: Option<&str>) -> Primitive {
    let keywords = || view.facets.iter().map(|facet| &facet.keywords);
    let bound = |number: &serde_json::Number| number.as_f64().unwrap_or_default();
    let least = keywords()
        .filter_map(|keywords| keywords.minimum)
        .map(bound)
        .reduce(f64::max);
    let most = keywords()
        .filter_map(|keywords| keywords.maximum)
        .map(bound)
        .reduce(f64::min);
    let never_negative = least.is_some_and(|least| least >= 0.0);
    let fits_32_bits = most.is_none_or(|most| most <= f64::from(i32::MAX));
    // Powers of two are exact: the first numbers that the types do not hold.
    let exceeds = |power: i32| most.is_some_and(|most| most > 2_f64.powi(power));
    let below = least.is_some_and(|least| least < -(2_f64.powi(63)));
    match format {
        Some("int32" | "int16" | "int8") if never_negative && fits_32_bits => Primitive::U32,
        Some("int32" | "int16" | "int8") if fits_32_bits => Primitive::I32,
        Some("uint32" | "uint16" | "uint8") => Primitive::U32,
        Some("uint64") => Primitive::U64,
        Some("int64") if never_negative => Primitive::U64,
        Some("int64") => Primitive::I64,
        _ if below || exceeds(64) => Primitive::I128,
        _ if never_negative => Primitive::U64,
        _ if exceeds(63) => Primitive::I128,
        _ => Primitive::I64,
    }
}

fn string(format: Option<&str>) -> Primitive {
    match format {
        Some("date-time") => Primitive::DateTime,
        Some("date") => Primitive::Date,
        Some("uuid") => Primitive::Uuid,
        Some("byte") => Primitive::Base64,
        Some("base64url") => Primitive::Base64Url,
        Some("password") => Primitive::Secret,
        // of Kubernetes, which says `type: string` all the same
        Some("int-or-string") => Primitive::Scalar(Scalar::IntegerOrString),
        _ => Primitive::String,
    }
}
