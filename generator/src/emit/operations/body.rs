//! Request bodies -> arguments, and the calls that set them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::parameter::{Taken, is_copy, styled};
use crate::emit::context::Cx;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Api, Body, BodyContent, BodyKind, Encoding, Operation, OperationId, Shape, Slot, Style, TypeRef};

/// More media types than this are too many to name.
const MOST_NAMED: usize = 8;

/// What a body of the only media type is as an argument.
struct Argument {
    /// Whether the method is generic over the way it is taken.
    generic: bool,
    /// What a method takes.
    taken: TokenStream,
    /// An `Option` of the value that is set, where it may be left out.
    value: Option<TokenStream>,
    /// The call on a request that sets it, from the variable `body`.
    call: TokenStream,
}

/// How a value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It is always there.
    Never,
    /// It can be `null`.
    Null,
    /// It can be `null`, or left out.
    Absent,
}

impl Argument {
    fn new(taken: TokenStream, call: TokenStream) -> Self {
        Self {
            generic: false,
            taken,
            value: None,
            call,
        }
    }

    fn generic(taken: TokenStream, call: TokenStream) -> Self {
        Self {
            generic: true,
            ..Self::new(taken, call)
        }
    }
}

impl Cx<'_> {
    /// The argument for a body, and what sets it on the request at `place`.
    pub(crate) fn body(&self, id: OperationId, body: &Body, place: &TokenStream) -> Taken {
        if let [only] = body.contents.as_slice() {
            let Argument {
                generic,
                taken,
                value,
                call,
            } = self.content(only, body.required);
            let setting = match value {
                Some(value) => quote!(if let Some(body) = #value { #place.#call; }),
                None => quote!(#place.#call;),
            };
            return Taken {
                generics: generic.then(|| quote!(<M>)),
                argument: taken,
                setting,
            };
        }
        let ty = &self.names.of_operation(id).body;
        // `'a` is that of the group
        let generics = self.borrows(body).then(|| quote!(<'b>));
        Taken {
            argument: quote!(body: impl Into<#ty #generics>),
            setting: quote!(body.into().set(&mut #place);),
            generics,
        }
    }

    fn content(&self, content: &BodyContent, required: bool) -> Argument {
        let media_type = &content.media_type;
        let runtime = self.paths.runtime();
        match &content.kind {
            BodyKind::Json(slot) if self.holds_numbers(&slot.ty) => {
                self.valued(slot, required, |body| quote!(json_numbers(#media_type, #body)))
            }
            BodyKind::Json(slot) => self.valued(slot, required, |body| quote!(json(#media_type, #body))),
            BodyKind::JsonPatch => Argument::generic(
                quote!(body: impl IntoBody<#runtime::JsonPatch, M>),
                quote!(json(#media_type, &body.into_body())),
            ),
            BodyKind::Xml(slot) => {
                let node = self.xml_root(slot);
                self.valued(slot, required, |body| quote!(xml(#media_type, #node, #body)))
            }
            BodyKind::Form(slot, encodings) => {
                let encodings = encoding_list(encodings);
                self.valued(slot, required, |body| quote!(form(#media_type, #encodings, #body)))
            }
            BodyKind::Multipart(Some(slot), encodings) => {
                let encodings = encoding_list(encodings);
                let ty = self.ty(&slot.ty, &mut Scope::Api);
                Argument::generic(
                    quote!(body: impl #runtime::IntoMultipart<#ty, M>),
                    quote!(multipart(#media_type, #encodings, body.into_multipart())),
                )
            }
            BodyKind::Multipart(None, encodings) => {
                let encodings = encoding_list(encodings);
                Argument::new(
                    quote!(body: #runtime::Multipart),
                    quote!(multipart(#media_type, #encodings, body)),
                )
            }
            BodyKind::Text => Argument::new(quote!(body: impl Into<String>), quote!(body(#media_type, body.into()))),
            BodyKind::Bytes => Argument::new(quote!(body: impl Into<#runtime::Body>), quote!(body(#media_type, body))),
            BodyKind::Raw => Argument::new(
                quote!(media_type: &str, body: impl Into<#runtime::Body>),
                quote!(body(media_type, body)),
            ),
        }
    }

    /// A body that is made from a value.
    fn valued(&self, slot: &Slot, required: bool, call: impl Fn(TokenStream) -> TokenStream) -> Argument {
        let null = match self.is_nullable_body(slot) {
            false => Missing::Never,
            true if required => Missing::Null,
            true => Missing::Absent,
        };
        let ty = self.ty(&slot.ty, &mut Scope::Api);
        let is_newtype = self.is_newtype(&slot.ty);
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Primitive(primitive) if !is_newtype && self.is_text(*primitive) => self.text(null, call),
            TypeRef::Primitive(primitive) if !is_newtype && is_copy(*primitive) => self.scalar_body(&ty, null, call),
            TypeRef::Tuple(_) if !is_newtype => match null {
                Missing::Never => Argument::new(quote!(body: &#ty), call(quote!(body))),
                Missing::Null | Missing::Absent => Argument::new(quote!(body: Option<&#ty>), call(quote!(&body))),
            },
            _ => {
                let runtime = self.paths.runtime();
                let target = self.body_target(&ty, null);
                let numbers = self.holds_numbers(&slot.ty).then(|| quote!(, Body: #runtime::Numbers));
                let taken = quote!(body: impl IntoBody<#target, M #numbers>);
                match null {
                    Missing::Absent => Argument {
                        value: Some(quote!(body.into_optional_body())),
                        ..Argument::generic(taken, call(quote!(&body)))
                    },
                    Missing::Never | Missing::Null => Argument::generic(taken, call(quote!(&body.into_body()))),
                }
            }
        }
    }

    /// A body of text in JSON, in a form or in XML.
    fn text(&self, null: Missing, call: impl Fn(TokenStream) -> TokenStream) -> Argument {
        let runtime = self.paths.runtime();
        match null {
            Missing::Never => Argument::new(
                quote!(body: impl Into<String>),
                call(quote!(&Into::<String>::into(body))),
            ),
            Missing::Null => Argument::generic(
                quote!(body: impl #runtime::IntoOption<String, M>),
                call(quote!(&body.into_option())),
            ),
            Missing::Absent => Argument {
                value: Some(quote!(body.into_nullable().into_nested())),
                ..Argument::generic(
                    quote!(body: impl #runtime::IntoNullable<String, M>),
                    call(quote!(&body)),
                )
            },
        }
    }

    /// A body that is a number, a flag, or another value that is copied.
    fn scalar_body(&self, ty: &TokenStream, null: Missing, call: impl Fn(TokenStream) -> TokenStream) -> Argument {
        let target = self.body_target(ty, null);
        match null {
            Missing::Never => Argument::new(quote!(body: #ty), call(quote!(&body))),
            Missing::Null => Argument::new(
                quote!(body: impl Into<#target>),
                call(quote!(&Into::<#target>::into(body))),
            ),
            Missing::Absent => Argument {
                value: Some(quote!(Into::<#target>::into(body).into_nested())),
                ..Argument::new(quote!(body: impl Into<#target>), call(quote!(&body)))
            },
        }
    }

    fn body_target(&self, ty: &TokenStream, null: Missing) -> TokenStream {
        let runtime = self.paths.runtime();
        match null {
            Missing::Never => ty.clone(),
            Missing::Null => quote!(Option<#ty>),
            Missing::Absent => quote!(#runtime::Nullable<#ty>),
        }
    }

    /// Whether a body can be `null` in another way than as a value of its type.
    pub(crate) fn is_nullable_body(&self, slot: &Slot) -> bool {
        self.api.types.is_nullable(slot) && !matches!(self.api.types.resolve(&slot.ty), TypeRef::Any)
    }

    /// Whether the argument for a body mentions `IntoBody`.
    pub(super) fn names_into_body(&self, operation: &Operation) -> bool {
        self.taken_body(operation)
            .is_some_and(|taken| taken.contains("IntoBody"))
    }

    /// Whether the body of an operation is declared with a model.
    pub(super) fn names_model_in_body(&self, operation: &Operation) -> bool {
        let declared = self.taken_body(operation).or_else(|| self.held_bodies(operation));
        declared.is_some_and(|declared| declared.contains("models ::"))
    }

    /// The argument for a body of one media type.
    fn taken_body(&self, operation: &Operation) -> Option<String> {
        let body = operation.body.as_ref()?;
        match body.contents.as_slice() {
            [only] => Some(self.content(only, body.required).taken.to_string()),
            _ => None,
        }
    }

    pub(crate) fn has_parts(&self, slot: &Slot) -> bool {
        let TypeRef::Named(id) = &slot.ty else {
            return false;
        };
        matches!(&self.api.types[*id].shape, Shape::Struct(object) if object.parts)
    }
}

/// Which media types a caller can name for the body of an operation.
pub(super) fn choice_docs(operation: &Operation) -> Option<String> {
    match operation.body.as_ref()?.contents.as_slice() {
        [only] if only.kind == BodyKind::Raw => Some(format!("Content types of the body: {}.", media_types(only))),
        _ => None,
    }
}

/// The media types of a content, as text.
pub(super) fn media_types(content: &BodyContent) -> String {
    let all = content.media_type.split(", ");
    let mut named: Vec<String> = all.map(|media_type| format!("`{}`", printable(media_type))).collect();
    if named.len() > MOST_NAMED {
        named.truncate(MOST_NAMED);
        named.push("and others".to_owned());
    }
    named.join(", ")
}

/// Whether some body is in JSON Patch.
pub(crate) fn has_json_patch(api: &Api) -> bool {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut contents = bodies.flat_map(|body| &body.contents);
    contents.any(|content| content.kind == BodyKind::JsonPatch)
}

/// Whether some body is made of parts.
pub(crate) fn has_multipart(api: &Api) -> bool {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut contents = bodies.flat_map(|body| &body.contents);
    contents.any(|content| matches!(content.kind, BodyKind::Multipart(..)))
}

/// How the members of the bodies of an operation are written.
pub(super) fn encodings(operation: &Operation) -> impl Iterator<Item = &Encoding> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents.flat_map(|content| match &content.kind {
        BodyKind::Form(_, encodings) | BodyKind::Multipart(_, encodings) => encodings.as_slice(),
        _ => &[],
    })
}

pub(super) fn encoding_list(encodings: &[Encoding]) -> TokenStream {
    let encodings = encodings.iter().map(|encoding| {
        let name = &encoding.wire;
        let content_type = encoding.content_type.as_ref().map(|own| quote!(.content_type(#own)));
        let style = encoding.style.map(|(style, explode, reserved)| {
            let explode = (explode != matches!(style, Style::Form | Style::DeepObject)).then(|| {
                let explode = proc_macro2::Ident::new(&explode.to_string(), proc_macro2::Span::call_site());
                quote!(.explode(#explode))
            });
            let reserved = reserved.then(|| quote!(.allow_reserved()));
            let style = styled(style);
            quote!(#style #explode #reserved)
        });
        let headers = (!encoding.headers.is_empty()).then(|| {
            let headers = encoding.headers.iter().map(|(name, value)| {
                let (name, value) = (Literal::string(name), Literal::string(value));
                quote!((#name, #value))
            });
            quote!(.headers(&[#(#headers),*]))
        });
        quote!(Encoding::new(#name)#content_type #style #headers)
    });
    quote!(&[#(#encodings),*])
}
