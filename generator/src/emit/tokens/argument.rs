//! How the arguments of constructors, setters and methods are taken.
//!
//! Text, structs, enums and unions are taken in whatever form converts into them; numbers and what has no other form as they
//! are, since literals would lose their type; lists and maps as anything that iterates over what is taken so.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::ty::Scope;
use crate::emit::context::Cx;
use crate::ir::{Primitive, Slot, TypeRef};

/// How a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As it is.
    Exact,
    /// As what converts into it.
    Converted,
    /// As items, which are taken as they are or converted.
    List { converted: bool },
    /// As entries, whose values are taken as they are or converted.
    Map { converted: bool },
}

/// An argument: its type, and the expression that makes the value from it.
pub(crate) struct Argument {
    /// What the function is generic over beside `impl`.
    pub(crate) generics: Option<TokenStream>,
    pub(crate) ty: TokenStream,
    pub(crate) value: TokenStream,
}

/// Whether a value can be left out or `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It can be left out; as an `Option`.
    Option,
    /// It can be left out or `null`; as a `Nullable`.
    Nullable,
}

impl Cx<'_> {
    /// How a value of a type is taken.
    pub(crate) fn form(&self, ty: &TypeRef) -> Form {
        if self.is_newtype(ty) {
            return Form::Converted;
        }
        match self.api.types.resolve(ty) {
            TypeRef::Primitive(primitive) if self.is_text(*primitive) => Form::Converted,
            TypeRef::Primitive(
                Primitive::Secret
                | Primitive::Base64
                | Primitive::Base64Url
                | Primitive::DateTime
                | Primitive::Part
                | Primitive::Scalar(_),
            )
            | TypeRef::Named(_) => Form::Converted,
            TypeRef::List(item) => Form::List {
                converted: self.is_converted(item),
            },
            TypeRef::Map(value) => Form::Map {
                converted: matches!(value.ty, TypeRef::Any) || self.is_converted(value),
            },
            TypeRef::Primitive(_) | TypeRef::Tuple(_) | TypeRef::Any => Form::Exact,
        }
    }

    /// Whether items are converted. One that can be `null` is an `Option`, which is taken as it is.
    pub(crate) fn is_converted(&self, item: &Slot) -> bool {
        !self.api.types.is_nullable(item) && self.form(&item.ty) == Form::Converted
    }

    /// The argument for a value that is required.
    pub(crate) fn argument(&self, ty: &TypeRef, boxed: bool, name: &impl ToTokens, scope: &mut Scope) -> Argument {
        let target = self.ty(ty, scope);
        let (argument, value) = match (self.form(ty), self.api.types.resolve(ty)) {
            (Form::Converted, _) => (quote!(impl Into<#target>), quote!(#name.into())),
            (Form::List { converted }, TypeRef::List(item)) => {
                let item = self.slot(item, scope);
                match converted {
                    true => (
                        quote!(impl IntoIterator<Item = impl Into<#item>>),
                        quote!(#name.into_iter().map(Into::into).collect()),
                    ),
                    false => (
                        quote!(impl IntoIterator<Item = #item>),
                        quote!(#name.into_iter().collect()),
                    ),
                }
            }
            (Form::Map { converted }, TypeRef::Map(value)) => {
                let value = match value.ty {
                    TypeRef::Any => self.ty(&value.ty, scope),
                    _ => self.slot(value, scope),
                };
                let value = match converted {
                    true => quote!(impl Into<#value>),
                    false => value,
                };
                let runtime = self.paths.runtime();
                (
                    quote!(impl IntoIterator<Item = (impl Into<String>, #value)>),
                    quote!(#runtime::argument::map(#name)),
                )
            }
            _ => (target, quote!(#name)),
        };
        Argument {
            generics: None,
            ty: argument,
            value: if boxed { quote!(Box::new(#value)) } else { value },
        }
    }

    /// The argument for a required value that is sent at once, and the expression whose type says what it is.
    pub(crate) fn sent_argument(&self, ty: &TypeRef, name: &impl ToTokens) -> Argument {
        let argument = self.argument(ty, false, name, &mut Scope::Api);
        let target = self.ty(ty, &mut Scope::Api);
        let value = match self.form(ty) {
            Form::Exact | Form::Converted => argument.value,
            Form::List { converted: true } => quote!(#name.into_iter().map(Into::into).collect::<#target>()),
            Form::List { converted: false } => quote!(#name.into_iter().collect::<#target>()),
            Form::Map { .. } => {
                let runtime = self.paths.runtime();
                quote!(#runtime::argument::map::<_, #target>(#name))
            }
        };
        Argument { value, ..argument }
    }

    /// The argument for a value that can be left out, and what makes an `Option` or a `Nullable` from it.
    pub(crate) fn optional_argument(
        &self,
        ty: &TypeRef,
        absence: Absence,
        boxed: bool,
        name: &impl ToTokens,
        scope: &mut Scope,
    ) -> Argument {
        let target = self.ty(ty, scope);
        let boxing = boxed.then(|| quote!(.map(Box::new)));
        if self.form(ty) == Form::Exact {
            let target = match absence {
                Absence::Option => quote!(Option<#target>),
                Absence::Nullable => {
                    scope.mention("Nullable");
                    quote!(Nullable<#target>)
                }
            };
            return Argument {
                generics: None,
                ty: quote!(impl Into<#target>),
                value: match boxing {
                    Some(boxing) => quote!(Into::<#target>::into(#name) #boxing),
                    None => quote!(#name.into()),
                },
            };
        }
        let (ty, value) = match absence {
            Absence::Option => {
                scope.mention("IntoOption");
                (quote!(impl IntoOption<#target, M>), quote!(#name.into_option() #boxing))
            }
            Absence::Nullable => {
                scope.mention("IntoNullable");
                (
                    quote!(impl IntoNullable<#target, M>),
                    quote!(#name.into_nullable() #boxing),
                )
            }
        };
        Argument {
            generics: Some(quote!(<M>)),
            ty,
            value,
        }
    }
}
