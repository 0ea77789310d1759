//! Parameters -> arguments, and the calls that set them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use crate::config::{Dates, Uuids};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::argument::{Absence, Argument};
use crate::emit::tokens::ty::Scope;
use crate::ir::{Escaping, Location, Parameter, Primitive, Style, integral};
use crate::names::Ident;

/// A parameter or a body as the argument of a method.
pub(crate) struct Taken {
    /// What the method is generic over for it.
    pub(super) generics: Option<TokenStream>,
    pub(crate) argument: TokenStream,
    /// What sets it: a call on a request for a parameter, a statement for a body.
    pub(super) setting: TokenStream,
}

impl Cx<'_> {
    /// The argument for a parameter, and the call that sets it on a request.
    pub(crate) fn parameter(&self, parameter: &Parameter, ident: &Ident) -> Taken {
        let Argument { generics, ty, value } = self.parameter_argument(parameter, ident);
        let set = match self.holds_numbers(&parameter.slot.ty) {
            true => quote!(set_number),
            false => quote!(set),
        };
        let described = description(parameter);
        Taken {
            generics,
            argument: quote!(#ident: #ty),
            setting: quote!(#set(#described, &#value)),
        }
    }

    fn parameter_argument(&self, parameter: &Parameter, ident: &impl ToTokens) -> Argument {
        let ty = &parameter.slot.ty;
        match parameter.has_setter() {
            true => self.optional_argument(ty, Absence::Option, false, ident, &mut Scope::Api),
            false => self.sent_argument(ty, ident),
        }
    }

    /// The type of the argument for a parameter.
    pub(crate) fn parameter_type(&self, parameter: &Parameter) -> TokenStream {
        self.parameter_argument(parameter, &quote!(value)).ty
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
