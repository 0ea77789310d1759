//! Bodies of responses -> their types, and how responses are read.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::emit::context::Cx;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Content, ContentKind, Framing, Operation, Response, Status};

/// What a response stands for: what comes in pieces is handed over as it comes, unless it is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Success,
    Error,
}

impl Cx<'_> {
    /// The type of a body.
    pub(crate) fn received(&self, kind: &ContentKind, role: Role) -> TokenStream {
        let runtime = self.paths.runtime();
        let bytes = self.paths.krate("bytes");
        match (kind, role) {
            (ContentKind::Json(slot) | ContentKind::Xml(slot), _) => self.slot(slot, &mut Scope::Api),
            (ContentKind::Text, _) => quote!(String),
            (ContentKind::Bytes, Role::Success) => quote!(#runtime::ByteStream),
            (ContentKind::Bytes, Role::Error) => quote!(#bytes::Bytes),
            (ContentKind::Events | ContentKind::Sequence(..), Role::Error) => quote!(String),
            (ContentKind::Events, Role::Success) => quote!(#runtime::Events<#runtime::Event>),
            (ContentKind::Sequence(framing, slot), Role::Success) => {
                let item = self.slot(slot, &mut Scope::Api);
                match framing {
                    Framing::Events | Framing::EventData => quote!(#runtime::Events<#item>),
                    Framing::Lines | Framing::TextLines | Framing::Records => {
                        quote!(#runtime::JsonLines<#item>)
                    }
                }
            }
        }
    }
}

/// The call that reads a body.
fn reader(cx: &Cx<'_>, kind: &ContentKind, role: Role) -> TokenStream {
    match (kind, role) {
        (ContentKind::Json(_), _) => quote!(reply.model()),
        (ContentKind::Xml(slot), _) => {
            let node = cx.xml_root(slot);
            quote!(reply.xml(#node))
        }
        (ContentKind::Bytes, Role::Success) => quote!(reply.stream()),
        (ContentKind::Bytes, Role::Error) => quote!(reply.bytes()),
        (ContentKind::Text, _) | (_, Role::Error) => quote!(reply.text()),
        (ContentKind::Events, _) => quote!(reply.raw_events()),
        (ContentKind::Sequence(Framing::Events, _), _) => quote!(reply.events()),
        (ContentKind::Sequence(Framing::EventData, _), _) => quote!(reply.event_data()),
        (ContentKind::Sequence(Framing::Lines, _), _) => quote!(reply.json_lines()),
        (ContentKind::Sequence(Framing::TextLines, _), _) => quote!(reply.text_lines()),
        (ContentKind::Sequence(Framing::Records, _), _) => quote!(reply.json_records()),
    }
}

/// How the body of a response is decoded. Each of its types has a variant, or there is one type alone and nothing
/// around it.
pub(super) fn decoder(
    cx: &Cx<'_>,
    response: &Response,
    role: Role,
    variant: impl Fn(usize) -> Option<TokenStream>,
) -> TokenStream {
    let mut arms: Vec<(Vec<&str>, TokenStream)> = Vec::new();
    for (index, contents) in response.variants().into_iter().enumerate() {
        for content in contents {
            let mut read = reader(cx, &content.kind, role);
            if let Some(variant) = variant(index) {
                read = quote!(#read.map(#variant));
            }
            match arms.iter_mut().find(|(_, other)| other.to_string() == read.to_string()) {
                Some((media_types, _)) => media_types.push(&content.media_type),
                None => arms.push((vec![&content.media_type], read)),
            }
        }
    }
    if arms.is_empty() {
        return match variant(0) {
            Some(variant) => quote!(Ok(#variant)),
            None => quote!(reply.empty()),
        };
    }
    let declared = response.contents.iter().map(|content| content.media_type.as_str());
    match arms.as_slice() {
        [(_, read)] if accepts_any(cx, response) => read.clone(),
        [(_, read)] => quote!(reply.media_type(&[#(#declared),*]).and_then(|_| #read)),
        [named @ .., (_, last)] => {
            let named = named
                .iter()
                .map(|(media_types, read)| quote!(#(#media_types)|* => #read,));
            quote! {
                reply.media_type(&[#(#declared),*]).and_then(|media_type| match media_type {
                    #(#named)*
                    _ => #last,
                })
            }
        }
        [] => quote!(reply.empty()),
    }
}

/// Whether no content type is refused, or the decoder itself refuses those that are not JSON, or not XML. Bytes are
/// bytes, whatever a server calls them.
fn accepts_any(cx: &Cx<'_>, response: &Response) -> bool {
    let any = |content: &Content| is_any(&content.media_type) && content.kind == ContentKind::Bytes;
    if !cx.strict && are_bytes(response) {
        return true;
    }
    let json = |content: &Content| matches!(content.kind, ContentKind::Json(_));
    let xml = |content: &Content| matches!(content.kind, ContentKind::Xml(_));
    response.contents.iter().all(json) || response.contents.iter().all(xml) || response.contents.iter().any(any)
}

/// Whether there is a body, and nothing but bytes in it.
fn are_bytes(response: &Response) -> bool {
    let mut contents = response.contents.iter();
    !response.contents.is_empty() && contents.all(|content| content.kind == ContentKind::Bytes)
}

/// Whether a media type says nothing but that there are bytes.
fn is_any(media_type: &str) -> bool {
    matches!(media_type.trim(), "*/*" | "application/*" | "application/octet-stream")
}

/// Whether the body of a response is handed over as it comes.
pub(super) fn is_received(response: &Response, role: Role) -> bool {
    role == Role::Success && response.contents.iter().any(|content| comes_in_pieces(&content.kind))
}

pub(super) fn comes_in_pieces(kind: &ContentKind) -> bool {
    match kind {
        ContentKind::Bytes | ContentKind::Events | ContentKind::Sequence(..) => true,
        ContentKind::Json(_) | ContentKind::Xml(_) | ContentKind::Text => false,
    }
}

/// The statuses and media types whose bodies are handed over as they come.
pub(super) fn streams(cx: &Cx<'_>, operation: &Operation) -> Vec<TokenStream> {
    let successes = operation.successes();
    let only = successes.len() == 1;
    let mut streams = Vec::new();
    for (_, response) in successes {
        let (first, last) = match response.status {
            Status::Code(code) if !only => (code, code),
            _ => (200, 299),
        };
        let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
        if response.redirects {
            return vec![quote!((200, 299, "*/*"))];
        }
        if !cx.strict && are_bytes(response) {
            streams.push(quote!((#first, #last, "*/*")));
            continue;
        }
        let alone = only && response.contents.len() == 1;
        for content in response
            .contents
            .iter()
            .filter(|content| comes_in_pieces(&content.kind))
        {
            let media_type = match content.media_type.as_str() {
                any if alone && is_any(any) => "*/*",
                media_type => media_type,
            };
            streams.push(quote!((#first, #last, #media_type)));
        }
    }
    streams
}

/// The media types of a variant, for readers.
pub(crate) fn media_types(contents: &[&Content]) -> String {
    let names: Vec<String> = contents
        .iter()
        .map(|content| format!("`{}`", printable(&content.media_type)))
        .collect();
    format!("{}.", names.join(", "))
}

/// The media types that responses may have, those of successes first.
pub(crate) fn accept(operation: &Operation) -> String {
    let mut types: Vec<&str> = Vec::new();
    if operation.responses.iter().any(|response| response.redirects) {
        // nothing is known of what is there
        types.push("*/*");
    }
    for success in [true, false] {
        let responses = operation.responses.iter();
        let responses = responses.filter(|response| response.is_success() == success);
        for content in responses.flat_map(|response| &response.contents) {
            let media_type = content.media_type.as_str();
            if media_type.contains('/') && !types.contains(&media_type) {
                types.push(media_type);
            }
        }
    }
    types.join(", ")
}

/// The parameter of a decoder, marked when it is not looked at.
pub(super) fn reply_name(arms: &TokenStream) -> Ident {
    let used = arms.clone().into_iter().any(|tree| mentions(&tree, "reply"));
    if used {
        format_ident!("reply")
    } else {
        format_ident!("_reply")
    }
}

fn mentions(tree: &TokenTree, name: &str) -> bool {
    match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => group.stream().into_iter().any(|tree| mentions(&tree, name)),
        _ => false,
    }
}
