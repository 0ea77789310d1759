//! Type references -> Rust types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Presence;
use crate::config::{Dates, Uuids};
use crate::emit::context::Cx;
use crate::ir::{Primitive, Scalar, Shape, Slot, TypeId, TypeRef};
use crate::names::Ident;

/// How a file names the types of the API.
pub(crate) enum Scope {
    /// A file of models, with the types of its own and the imports it needs.
    Model {
        home: TypeId,
        imports: BTreeSet<Ident>,
        /// Whether `Nullable` is among them.
        nullable: bool,
    },
    /// A file that names models through their module.
    Api,
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
                if let Scope::Model { nullable, .. } = scope {
                    *nullable = true;
                }
                quote!(Nullable<#ty>)
            }
        }
    }

    /// The type of an argument for a value of `ty`, and the expression that makes the value from it.
    ///
    /// Text is taken in whatever form it comes; all else as it is, since number literals would lose their type.
    pub(crate) fn argument(
        &self,
        ty: &TypeRef,
        boxed: bool,
        name: &Ident,
        scope: &mut Scope,
    ) -> (TokenStream, TokenStream) {
        let target = self.ty(ty, scope);
        let converts = matches!(
            self.api.types.resolve(ty),
            TypeRef::Primitive(
                Primitive::String
                    | Primitive::Secret
                    | Primitive::Base64
                    | Primitive::Base64Url
                    | Primitive::DateTime
                    | Primitive::Part
                    | Primitive::Scalar(_)
            )
        );
        let (argument, value) = if converts && !self.is_newtype(ty) {
            (quote!(impl Into<#target>), quote!(#name.into()))
        } else {
            (target, quote!(#name))
        };
        (argument, if boxed { quote!(Box::new(#value)) } else { value })
    }

    fn is_newtype(&self, ty: &TypeRef) -> bool {
        matches!(ty, TypeRef::Named(id) if self.facts.is_newtype(*id))
    }

    /// Whether a reference ends in an enum of strings or integers.
    pub(crate) fn is_enum(&self, ty: &TypeRef) -> bool {
        matches!(self.api.types.resolve(ty), TypeRef::Named(id) if matches!(self.api.types[*id].shape, Shape::Enum(_)))
    }
}
