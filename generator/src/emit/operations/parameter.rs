//! Parameters -> arguments, and the calls that set them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use crate::config::{Dates, Uuids};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Escaping, Location, Parameter, Primitive, Slot, Style, TypeRef, integral};
use crate::names::Ident;

impl Cx<'_> {
    /// The argument for a parameter, and what sets it on a request.
    pub(crate) fn parameter(&self, parameter: &Parameter, ident: &Ident) -> (TokenStream, TokenStream) {
        let described = description(parameter);
        let (ty, value) = self.sent(&parameter.slot.ty, ident);
        let set = match self.holds_numbers(&parameter.slot.ty) {
            true => quote!(set_number),
            false => quote!(set),
        };
        (quote!(#ident: #ty), quote!(#set(#described, #value)))
    }

    /// The type of an argument that is sent, and a reference to what is sent.
    fn sent(&self, ty: &TypeRef, ident: &impl ToTokens) -> (TokenStream, TokenStream) {
        let rust = self.ty(ty, &mut Scope::Api);
        if self.is_enum(ty) {
            return (rust, quote!(&#ident));
        }
        match self.api.types.resolve(ty) {
            TypeRef::Primitive(Primitive::String) => (quote!(&str), quote!(#ident)),
            TypeRef::Primitive(primitive) if is_copy(*primitive) && !self.is_text(*primitive) => {
                (rust, quote!(&#ident))
            }
            TypeRef::Primitive(primitive) if self.is_text(*primitive) => (quote!(&str), quote!(#ident)),
            TypeRef::Primitive(Primitive::Scalar(_)) => {
                (quote!(impl Into<#rust>), quote!(&Into::<#rust>::into(#ident)))
            }
            TypeRef::List(item) if self.is_plain_text(item) => (
                quote!(&[impl AsRef<str>]),
                quote!(&#ident.iter().map(AsRef::as_ref).collect::<Vec<&str>>()),
            ),
            TypeRef::List(item) => {
                let item = self.slot(item, &mut Scope::Api);
                (quote!(&[#item]), quote!(#ident))
            }
            _ => (quote!(&#rust), quote!(#ident)),
        }
    }

    /// The type of an argument that is sent.
    pub(crate) fn sent_type(&self, ty: &TypeRef) -> TokenStream {
        self.sent(ty, &quote!(value)).0
    }

    /// Whether a primitive is held as plain text.
    pub(crate) fn is_text(&self, primitive: Primitive) -> bool {
        match primitive {
            Primitive::String => true,
            Primitive::DateTime | Primitive::Date => self.formats.dates == Dates::String,
            Primitive::Uuid => self.formats.uuid == Uuids::String,
            _ => false,
        }
    }

    pub(crate) fn is_plain_text(&self, item: &Slot) -> bool {
        let text =
            matches!(self.api.types.resolve(&item.ty), TypeRef::Primitive(primitive) if self.is_text(*primitive));
        text && !self.api.types.is_nullable(item)
    }

    pub(super) fn parameter_docs(&self, parameter: &Parameter) -> TokenStream {
        let place = match parameter.location {
            Location::Path => "Sets the path parameter",
            Location::Query => "Sets the query parameter",
            Location::QueryString => "Sets the whole query string, declared as",
            Location::Header => "Sets the header",
            Location::Cookie => "Sets the cookie",
        };
        let place = format!("{place} `{}`.", printable(&parameter.wire));
        let docs = &parameter.docs;
        let credential = parameter.credential().map(|scheme| {
            let scheme = printable(scheme);
            format!("Replaces the credential `{scheme}` of the client, which is sent if this is unset.")
        });
        Doc::default()
            .text(&docs.description)
            .own(&place)
            .own(credential.as_deref().unwrap_or_default())
            .facts(&docs.facts)
            .outer()
    }
}

pub(crate) fn is_copy(primitive: Primitive) -> bool {
    !matches!(
        primitive,
        Primitive::String
            | Primitive::Secret
            | Primitive::Base64
            | Primitive::Base64Url
            | Primitive::Part
            | Primitive::Scalar(_)
    )
}

/// Whether the description of a parameter mentions a style.
pub(super) fn names_style(parameter: &Parameter) -> bool {
    parameter.style != default_style(parameter.location) && parameter.style != Style::Json
}

fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::QueryString | Location::Cookie => Style::Form,
    }
}

/// The constant that says where and how a parameter is written.
fn description(parameter: &Parameter) -> TokenStream {
    let name = &parameter.wire;
    let place = match parameter.location {
        Location::Path => quote!(path),
        Location::Query => quote!(query),
        Location::QueryString => quote!(query_string),
        Location::Header => quote!(header),
        Location::Cookie => quote!(cookie),
    };
    let style = match parameter.style {
        style if style == default_style(parameter.location) => None,
        style => Some(styled(style)),
    };
    let default_explode = matches!(parameter.style, Style::Form | Style::Cookie);
    let explode = parameter.explode;
    let explode = (explode != default_explode && parameter.style != Style::Json).then(|| quote!(.explode(#explode)));
    let reserved = match parameter.escaping {
        Escaping::Reserved => None,
        Escaping::Structure => Some(quote!(.allow_reserved())),
        Escaping::Nothing => Some(quote!(.unescaped())),
    };
    quote!(Parameter::#place(#name)#style #explode #reserved)
}

/// The call that sets a style.
pub(super) fn styled(style: Style) -> TokenStream {
    let style = match style {
        Style::Json => return quote!(.json()),
        Style::Simple => quote!(Simple),
        Style::Label => quote!(Label),
        Style::Matrix => quote!(Matrix),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::TabDelimited => quote!(TabDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Cookie => quote!(Cookie),
    };
    quote!(.style(Style::#style))
}

/// The call that sets what every call sends.
pub(crate) fn filled(parameter: &Parameter) -> Option<TokenStream> {
    let value = parameter.constant()?;
    let described = description(parameter);
    let value = match value {
        Value::Bool(value) => quote!(&#value),
        Value::Number(number) => match integral(value) {
            Some(number) => {
                let number =
                    i32::try_from(number).map_or_else(|_| Literal::i64_suffixed(number), Literal::i32_unsuffixed);
                quote!(&#number)
            }
            None if parameter.style == Style::Json => {
                let number = Literal::f64_suffixed(number.as_f64()?);
                quote!(&#number)
            }
            None => text_of(value).to_token_stream(),
        },
        other => text_of(other).to_token_stream(),
    };
    Some(quote!(set(#described, #value)))
}

/// A scalar as it is written where that is not JSON.
pub(crate) fn text_of(value: &Value) -> String {
    match (value, integral(value)) {
        (Value::String(text), _) => text.clone(),
        (_, Some(integer)) => integer.to_string(),
        (other, None) => other.to_string(),
    }
}
