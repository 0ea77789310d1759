//! `type` and `format` -> [`Primitive`].

use super::Lower;
use super::view::View;
use crate::ir::Primitive;
use crate::parse::Type;

impl Lower<'_, '_> {
    pub(super) fn primitive(&self, view: &View<'_>, ty: Type) -> Primitive {
        let format = view.facets.iter().rev().find_map(|facet| facet.keywords.format);
        match ty {
            Type::Boolean => Primitive::Bool,
            Type::Number => Primitive::F64,
            Type::Integer => integer(view, format),
            // Lists and maps are never asked for here.
            Type::String | Type::Array | Type::Object => string(format),
        }
    }
}

fn integer(view: &View<'_>, format: Option<&str>) -> Primitive {
    let keywords = || view.facets.iter().map(|facet| &facet.keywords);
    let never_negative = keywords()
        .filter_map(|keywords| keywords.minimum)
        .any(|minimum| minimum.as_f64().is_some_and(|minimum| minimum >= 0.0));
    let fits_32_bits = keywords()
        .filter_map(|keywords| keywords.maximum)
        .all(|maximum| maximum.as_f64().is_some_and(|maximum| maximum <= f64::from(i32::MAX)));
    match format {
        Some("int32" | "int16" | "int8") if never_negative && fits_32_bits => Primitive::U32,
        Some("int32" | "int16" | "int8") if fits_32_bits => Primitive::I32,
        Some("uint32" | "uint16" | "uint8") => Primitive::U32,
        Some("uint64") => Primitive::U64,
        _ if never_negative => Primitive::U64,
        _ => Primitive::I64,
    }
}

fn string(format: Option<&str>) -> Primitive {
    match format {
        Some("date-time") => Primitive::DateTime,
        Some("date") => Primitive::Date,
        Some("uuid") => Primitive::Uuid,
        Some("byte") => Primitive::Base64,
        Some("password") => Primitive::Secret,
        _ => Primitive::String,
    }
}
