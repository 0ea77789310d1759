//! Type references -> Rust types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Presence;
use crate::config::{Dates, Uuids};
use crate::emit::context::Cx;
use crate::ir::{Primitive, Scalar, Slot, TypeId, TypeRef};
use crate::names::Ident;

/// How a file names the types of the API.
pub(crate) enum Scope {
    /// A file of models, with the types of its own and the imports it needs.
    Model {
        home: TypeId,
        imports: BTreeSet<Ident>,
        /// What of the runtime is mentioned.
        runtime: BTreeSet<&'static str>,
    },
    /// A file that names models through their module.
    Api,
}

impl Scope {
    /// Remembers that an item of the runtime is mentioned, which a file of models imports.
    pub(super) fn mention(&mut self, name: &'static str) {
        if let Self::Model { runtime, .. } = self {
            runtime.insert(name);
        }
    }
}

impl Cx<'_> {
    /// Whether a type is made of numbers some of which JSON cannot hold.
    pub(crate) fn holds_numbers(&self, ty: &TypeRef) -> bool {
        // lists of lists may be lists of themselves
        const DEEPEST: usize = 8;
        let mut inner = self.api.types.resolve(ty);
        for _ in 0..DEEPEST {
            match inner {
                TypeRef::Primitive(Primitive::Scalar(scalar)) => return scalar.kinds().contains(&Primitive::F64),
                TypeRef::Primitive(primitive) => return *primitive == Primitive::F64,
                TypeRef::List(item) | TypeRef::Map(item) => inner = self.api.types.resolve(&item.ty),
                TypeRef::Named(_) | TypeRef::Tuple(_) | TypeRef::Any => return false,
            }
        }
        false
    }

    /// The type of a slot, wrapped in `Option` where `null` is admitted.
    pub(crate) fn slot(&self, slot: &Slot, scope: &mut Scope) -> TokenStream {
        let ty = self.ty(&slot.ty, scope);
        if self.api.types.is_nullable(slot) && !matches!(slot.ty, TypeRef::Any) {
            quote!(Option<#ty>)
        } else {
            ty
        }
    }

    /// The type of a reference, whatever is said about `null`.
    pub(crate) fn ty(&self, ty: &TypeRef, scope: &mut Scope) -> TokenStream {
        match ty {
            TypeRef::Primitive(primitive) => self.primitive(*primitive),
            TypeRef::Named(id) => self.named(*id, scope),
            TypeRef::List(item) => {
                let item = self.slot(item, scope);
                quote!(Vec<#item>)
            }
            TypeRef::Tuple(places) => {
                let places: Vec<TokenStream> = places.iter().map(|place| self.slot(place, scope)).collect();
                quote!((#(#places),*))
            }
            TypeRef::Map(value) => {
                let serde_json = self.paths.krate("serde_json");
                if matches!(value.ty, TypeRef::Any) {
                    return quote!(#serde_json::Map<String, #serde_json::Value>);
                }
                let value = self.slot(value, scope);
                quote!(std::collections::BTreeMap<String, #value>)
            }
            TypeRef::Any => {
                let serde_json = self.paths.krate("serde_json");
                quote!(#serde_json::Value)
            }
        }
    }

    fn named(&self, id: TypeId, scope: &mut Scope) -> TokenStream {
        let names = self.names.of_type(id);
        let ident = &names.ty;
        match scope {
            Scope::Api => quote!(models::#ident),
            Scope::Model { home, imports, .. } => {
                if names.home != *home {
                    imports.insert(ident.clone());
                }
                quote!(#ident)
            }
        }
    }

    pub(crate) fn primitive(&self, primitive: Primitive) -> TokenStream {
        let runtime = self.paths.runtime();
        match primitive {
            Primitive::Bool | Primitive::BoolConstant(_) => quote!(bool),
            Primitive::I32 => quote!(i32),
            Primitive::I64 => quote!(i64),
            Primitive::U32 => quote!(u32),
            Primitive::U64 => quote!(u64),
            Primitive::I128 => quote!(i128),
            Primitive::F64 => quote!(f64),
            Primitive::String => quote!(String),
            Primitive::Secret => quote!(#runtime::Secret),
            Primitive::Base64 => quote!(#runtime::Base64),
            Primitive::Base64Url => quote!(#runtime::Base64Url),
            Primitive::Part => quote!(#runtime::Part),
            Primitive::Scalar(scalar) => {
                let name = proc_macro2::Ident::new(self.scalar(scalar).name(), proc_macro2::Span::call_site());
                quote!(#runtime::#name)
            }
            Primitive::DateTime | Primitive::Date if self.formats.dates == Dates::String => quote!(String),
            Primitive::Uuid if self.formats.uuid == Uuids::String => quote!(String),
            Primitive::DateTime => {
                let chrono = self.paths.krate("chrono");
                quote!(#chrono::DateTime<#chrono::FixedOffset>)
            }
            Primitive::Date => {
                let chrono = self.paths.krate("chrono");
                quote!(#chrono::NaiveDate)
            }
            Primitive::Uuid => {
                let uuid = self.paths.krate("uuid");
                quote!(#uuid::Uuid)
            }
        }
    }

    /// The type of a primitive, for code outside of the client at `root`.
    pub(crate) fn primitive_name(&self, primitive: Primitive, root: &str) -> String {
        let name = self.primitive(primitive).to_string().replace(' ', "");
        let runtime = self.paths.runtime().to_string().replace(' ', "");
        match name.strip_prefix(&runtime) {
            Some(inside) => format!("{}{inside}", self.paths.runtime_of(root)),
            None => name,
        }
    }

    /// A type of the runtime, with dates as they are held.
    pub(crate) fn scalar(&self, scalar: Scalar) -> Scalar {
        match scalar {
            Scalar::IntegerOrDateTime if self.formats.dates == Dates::String => Scalar::IntegerOrString,
            scalar => scalar,
        }
    }

    /// The type of a field: the type it holds, and how it is present.
    pub(crate) fn field(&self, slot: &Slot, presence: Presence, boxed: bool, scope: &mut Scope) -> TokenStream {
        let mut ty = self.ty(&slot.ty, scope);
        if boxed {
            ty = quote!(Box<#ty>);
        }
        match presence {
            Presence::Required => ty,
            // A plain JSON value can be `null` itself.
            Presence::RequiredNullable if matches!(slot.ty, TypeRef::Any) => ty,
            Presence::RequiredNullable | Presence::Optional => quote!(Option<#ty>),
            Presence::OptionalNullable if matches!(slot.ty, TypeRef::Any) => quote!(Option<#ty>),
            Presence::OptionalNullable => {
                scope.mention("Nullable");
                quote!(Nullable<#ty>)
            }
        }
    }

    pub(crate) fn is_newtype(&self, ty: &TypeRef) -> bool {
        matches!(ty, TypeRef::Named(id) if self.facts.is_newtype(*id))
    }
}
