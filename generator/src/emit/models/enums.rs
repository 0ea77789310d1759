//! [`Enum`] -> an enum that keeps values it does not know.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

use super::uses::Uses;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::markdown::printable;
use crate::ir::{Enum, EnumValue, EnumValues, TypeId};
use crate::names::Ident;

/// What enums of strings, of integers and of numbers differ in.
struct Wire {
    /// What `Unknown` holds.
    unknown: TokenStream,
    /// By variant: the value as a pattern and an expression.
    values: Vec<TokenStream>,
    /// By variant: what its documentation says.
    docs: Vec<Doc>,
    /// The position of the default.
    default: Option<usize>,
}

impl Cx<'_> {
    pub(super) fn enumeration(&self, id: TypeId, values: &Enum, uses: &mut Uses) -> TokenStream {
        let (wire, methods) = match &values.values {
            EnumValues::Strings(list) => {
                let wire = wire(
                    list,
                    quote!(String),
                    values.default.as_ref().and_then(Value::as_str),
                    string_literal,
                );
                let methods = self.string_methods(id, &wire);
                (wire, methods)
            }
            EnumValues::Integers(list) => {
                let default = values.default.as_ref().and_then(Value::as_i64);
                let wire = wire(list, quote!(i64), default.as_ref(), integer_literal);
                let methods = self.number_methods(
                    id,
                    &wire,
                    &quote!(i64),
                    &quote!(as_i64),
                    "Returns the value as an integer.",
                );
                (wire, methods)
            }
            EnumValues::Numbers(list) => {
                let mut wire = wire::<Number, Number>(list, quote!(f64), None, number_literal);
                wire.default = values
                    .default
                    .as_ref()
                    .and_then(|default| values.values.position(default));
                let methods = self.number_methods(
                    id,
                    &wire,
                    &quote!(f64),
                    &quote!(as_f64),
                    "Returns the value as a number.",
                );
                (wire, methods)
            }
        };
        let exact = !matches!(values.values, EnumValues::Numbers(_));
        let definition = self.enum_definition(id, &wire, exact);
        let serde = self.enum_serde(id, &values.values, uses);
        quote!(#definition #methods #serde)
    }

    fn enum_definition(&self, id: TypeId, wire: &Wire, exact: bool) -> TokenStream {
        let names = self.names.of_type(id);
        let ty = &names.ty;
        let docs = self.type_docs(id);
        let variants = names.members.iter().enumerate().map(|(index, variant)| {
            let docs = wire.docs[index].outer();
            let default = (wire.default == Some(index)).then(|| quote!(#[default]));
            quote!(#docs #default #variant,)
        });
        let default = wire.default.map(|_| quote!(, Default));
        // floats are not equal to themselves in every case
        let eq = exact.then(|| quote!(, Eq, Hash));
        let unknown_docs = doc("A value not listed in the API description.");
        let (unknown, runtime) = (&wire.unknown, self.paths.runtime());
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq #eq #default)]
            #[non_exhaustive]
            pub enum #ty {
                #(#variants)*
                #unknown_docs
                Unknown(#runtime::Unlisted<#unknown>),
            }
        }
    }

    /// The values that the document lists, for programs that offer them.
    fn listed_values(&self, id: TypeId) -> TokenStream {
        let variants = &self.names.of_type(id).members;
        let docs = doc("The values listed in the API description.");
        quote! {
            #docs
            pub const VALUES: &'static [Self] = &[#(Self::#variants),*];
        }
    }

    fn string_methods(&self, id: TypeId, wire: &Wire) -> TokenStream {
        let names = self.names.of_type(id);
        let (ty, variants, values) = (&names.ty, &names.members, &wire.values);
        let docs = doc("Returns the value as a string.");
        let (listed, runtime) = (self.listed_values(id), self.paths.runtime());
        quote! {
            impl #ty {
                #listed

                #docs
                #[must_use]
                #[inline]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Unknown(value) => value,
                    }
                }
            }

            impl From<&str> for #ty {
                #[inline]
                fn from(value: &str) -> Self {
                    match value {
                        #(#values => Self::#variants,)*
                        other => Self::Unknown(#runtime::Unlisted::new(other.to_owned())),
                    }
                }
            }

            impl From<String> for #ty {
                #[inline]
                fn from(value: String) -> Self {
                    Self::from(value.as_str())
                }
            }

            impl std::str::FromStr for #ty {
                type Err = std::convert::Infallible;

                #[inline]
                fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                    Ok(Self::from(value))
                }
            }

            impl std::fmt::Display for #ty {
                #[inline]
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        }
    }

    /// The methods of an enum whose values are numbers of the type `number`.
    fn number_methods(
        &self,
        id: TypeId,
        wire: &Wire,
        number: &TokenStream,
        getter: &TokenStream,
        docs: &str,
    ) -> TokenStream {
        let names = self.names.of_type(id);
        let (ty, variants, values) = (&names.ty, &names.members, &wire.values);
        let docs = doc(docs);
        let (listed, runtime) = (self.listed_values(id), self.paths.runtime());
        quote! {
            impl #ty {
                #listed

                #docs
                #[must_use]
                #[inline]
                pub fn #getter(&self) -> #number {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::Unknown(value) => **value,
                    }
                }
            }

            impl From<#number> for #ty {
                #[inline]
                fn from(value: #number) -> Self {
                    match value {
                        #(#values => Self::#variants,)*
                        other => Self::Unknown(#runtime::Unlisted::new(other)),
                    }
                }
            }

            impl std::fmt::Display for #ty {
                #[inline]
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    std::fmt::Display::fmt(&self.#getter(), f)
                }
            }
        }
    }

    /// Code that writes a number as the API description lists it, as an integer or a float.
    fn written_number(&self, id: TypeId, list: &[EnumValue<Number>]) -> TokenStream {
        let variants = &self.names.of_type(id).members;
        let as_listed: Vec<TokenStream> = variants
            .iter()
            .zip(list)
            .filter_map(|(variant, value)| {
                let write = match (value.wire.as_i64(), value.wire.as_u64()) {
                    (Some(integer), _) => {
                        let integer = Literal::i64_unsuffixed(integer);
                        quote!(integer(#integer))
                    }
                    (None, integer) => {
                        let integer = Literal::u64_unsuffixed(integer?);
                        quote!(unsigned(#integer))
                    }
                };
                Some(quote!(Self::#variant => sink.#write,))
            })
            .collect();
        if as_listed.is_empty() {
            return quote!(write::Write::write(&self.as_f64(), sink));
        }
        quote! {
            match self {
                #(#as_listed)*
                other => write::Write::write(&other.as_f64(), sink),
            }
        }
    }

    fn enum_serde(&self, id: TypeId, values: &EnumValues, uses: &mut Uses) -> TokenStream {
        let ty: &Ident = &self.names.of_type(id).ty;
        let runtime = self.paths.runtime();
        let (read, write) = match values {
            EnumValues::Strings(_) => {
                let read = quote!(#runtime::scalar::string(source, |value| Self::from(value)));
                (read, quote!(sink.text(self.as_str())))
            }
            EnumValues::Integers(_) => {
                let read = quote!(#runtime::scalar::integer(source, Self::from));
                (read, quote!(sink.integer(self.as_i64())))
            }
            EnumValues::Numbers(list) => {
                let read = quote!(#runtime::scalar::number(source, Self::from));
                (read, self.written_number(id, list))
            }
        };
        let read = uses.read(self.facts.reads(id), ty, None, || read);
        let write = uses.write(self.facts.writes(id), ty, None, || write);
        quote!(#read #write)
    }
}

fn string_literal(value: &String) -> TokenStream {
    quote!(#value)
}

fn integer_literal(value: &i64) -> TokenStream {
    let value = Literal::i64_unsuffixed(*value);
    quote!(#value)
}

fn number_literal(value: &Number) -> TokenStream {
    let value = Literal::f64_unsuffixed(value.as_f64().filter(|value| value.is_finite()).unwrap_or_default());
    quote!(#value)
}

fn wire<T: PartialEq<D> + std::fmt::Display, D: ?Sized>(
    values: &[EnumValue<T>],
    unknown: TokenStream,
    default: Option<&D>,
    literal: impl Fn(&T) -> TokenStream,
) -> Wire {
    let docs = |value: &EnumValue<T>| {
        let wire = value.wire.to_string();
        let own = if wire.is_empty() {
            "The empty string.".to_owned()
        } else {
            format!("`{}`", printable(&wire))
        };
        if value.description.is_empty() {
            Doc::default().own(&own)
        } else {
            Doc::default().text(&value.description)
        }
    };
    Wire {
        unknown,
        values: values.iter().map(|value| literal(&value.wire)).collect(),
        docs: values.iter().map(docs).collect(),
        default: default.and_then(|default| values.iter().position(|value| value.wire == *default)),
    }
}
