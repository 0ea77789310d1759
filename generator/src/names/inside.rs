//! Names of what is in an operation: parameters, bodies, responses and headers.

use http::StatusCode;

use super::contest::{Wish, settle};
use super::given::Given;
use super::members::snakes;
use super::scope::Scope;
use super::{Ident, ident, words};
use crate::config::Kind;
use crate::ir::{
    BodyKind, ContentKind, Framing, Location, Operation, Parameter, Response, Status, media_subtype, media_words,
};

/// The names of what a response may hold.
#[derive(Debug, Clone)]
pub struct ResponseNames {
    /// The variant for the status, when its body has one type.
    pub status: Ident,
    /// By type of the body ([`Response::variants`](crate::ir::Response::variants)): the variant among those of other
    /// statuses.
    pub bodies: Vec<Ident>,
    /// The same, where no other status has a variant.
    pub alone: Vec<Ident>,
}

/// What stands on every request, and what the bodies of generated methods use.
const REQUEST_NAMES: [&str; 20] = [
    "body",
    "into_future",
    "media_type",
    "new",
    "send",
    "send_blocking",
    "send_raw",
    "send_raw_blocking",
    "send_streaming",
    "send_streaming_blocking",
    "undocumented",
    "with_header",
    "with_idempotency_key",
    "with_idle_timeout",
    "with_max_body_bytes",
    "with_query",
    "with_redirects",
    "with_retries",
    "with_timeout",
    "without_credentials",
];

/// What stands on the requests of operations with pages besides.
pub(super) const PAGED_NAMES: [&str; 2] = ["items", "pages"];

/// The names of what is in an operation, which no other operation has to do with.
pub(super) struct Inside {
    pub(super) contents: Vec<Ident>,
    pub(super) parameters: Vec<Ident>,
    pub(super) responses: Vec<ResponseNames>,
    pub(super) headers: Vec<Ident>,
}

pub(super) fn inside(operation: &Operation, given: &Given<'_>) -> Inside {
    Inside {
        contents: contents(operation),
        parameters: parameters(operation, given),
        responses: responses(operation),
        headers: headers(operation),
    }
}

/// The path decides which operation this is, so its names stay; others say where they are sent.
fn parameters(operation: &Operation, given: &Given<'_>) -> Vec<Ident> {
    let paged = operation.pagination.iter().flat_map(|_| PAGED_NAMES);
    let reserved: Vec<&str> = REQUEST_NAMES.into_iter().chain(paged).collect();
    let mut scope = Scope::new(&reserved, "parameter");
    let all = &operation.parameters;
    let wish = |parameter: &Parameter| match named(operation, parameter, given) {
        Some(name) => Wish::given(name),
        None => {
            let plain = Wish::of(&parameter.wire, words::snake(&parameter.wire));
            let elsewhere = if parameter.location == Location::Path { 0 } else { 10 };
            Wish {
                rank: 1 + plain.rank + elsewhere,
                ..plain
            }
        }
    };
    let wishes: Vec<Wish> = all.iter().map(wish).collect();
    let key = |index: usize| format!("{} {}", all[index].wire, all[index].location.as_str());
    let others = |index: usize| {
        let (name, place) = (&wishes[index].name, all[index].location.as_str());
        let mut names = snakes(&all[index].wire);
        names.insert(
            usize::from(all[index].location == Location::Path) * names.len(),
            format!("{name}_{place}"),
        );
        names
    };
    let names = settle(&mut scope, &wishes, key, others);
    names.iter().map(|name| ident::value(name)).collect()
}

/// The name that the configuration or the document gives a parameter.
fn named(operation: &Operation, parameter: &Parameter, given: &Given<'_>) -> Option<String> {
    let document = parameter.name.as_ref();
    if !given.has(Kind::Parameter) {
        return document.cloned();
    }
    let wire = parameter.wire.as_str();
    let whole = operation.id.as_ref().map(|id| format!("{id}.{wire}"));
    let keys: Vec<&str> = whole.as_deref().into_iter().chain([wire]).collect();
    given.name(Kind::Parameter, &keys, document)
}

/// The first of several media types that differ in their suffix alone has the name without it; contents begin with JSON.
fn contents(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::new(&[], "Body");
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents
        .map(|content| {
            let short = words::camel(&content.hint);
            let name = match scope.has_free(&short) || content.kind == BodyKind::Raw {
                true => short,
                false => whole(&content.media_type),
            };
            ident::ty(&scope.claim(name))
        })
        .collect()
}

/// The words of a media type, with the suffix of a structured syntax.
fn whole(media_type: &str) -> String {
    words::camel(&media_subtype(media_type).replace('+', " "))
}

fn responses(operation: &Operation) -> Vec<ResponseNames> {
    let mut scope = Scope::new(&[], "Status");
    let name = |status: Status| match status {
        Status::Code(code) => StatusCode::from_u16(code)
            .ok()
            .and_then(|status| status.canonical_reason())
            .map_or_else(|| format!("Status{code}"), words::camel),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Default => "Default".to_owned(),
    };
    let statuses = operation
        .responses
        .iter()
        .map(|response| scope.claim(name(response.status)));
    let statuses: Vec<String> = statuses.collect();
    let each = operation.responses.iter().zip(statuses);
    each.map(|(response, status)| {
        let mut among = Scope::new(&[], "Body");
        let alone: Vec<String> = body_words(response)
            .into_iter()
            .map(|words| among.claim(words))
            .collect();
        let bodies = alone
            .iter()
            .map(|words| ident::ty(&scope.claim(format!("{status}{words}"))));
        ResponseNames {
            bodies: bodies.collect(),
            alone: alone.iter().map(|words| ident::ty(words)).collect(),
            status: ident::ty(&status),
        }
    })
    .collect()
}

/// What tells the types that a body may have from each other: how it is read, or the media type where that is the same. The
/// suffix of a structured syntax is left out where nothing else has the name.
fn body_words(response: &Response) -> Vec<String> {
    let variants = response.variants();
    let words: Vec<&str> = variants.iter().map(|contents| kind_word(&contents[0].kind)).collect();
    let named = variants.iter().zip(&words).map(|(contents, word)| {
        let media_type = &contents[0].media_type;
        let alone = words.iter().filter(|other| *other == word).count() == 1;
        if alone || media_type.starts_with("application/json") {
            ((*word).to_owned(), None)
        } else {
            (words::camel(media_words(media_type)), Some(whole(media_type)))
        }
    });
    let named: Vec<(String, Option<String>)> = named.collect();
    let is_alone = |name: &str| named.iter().filter(|(other, _)| other == name).count() == 1;
    let chosen = named.iter().map(|(short, whole)| match whole {
        Some(whole) if !is_alone(short) => whole.clone(),
        _ => short.clone(),
    });
    chosen.collect()
}

fn kind_word(kind: &ContentKind) -> &'static str {
    match kind {
        ContentKind::Json(_) => "Json",
        ContentKind::Xml(_) => "Xml",
        ContentKind::Text => "Text",
        ContentKind::Bytes => "Bytes",
        ContentKind::Events | ContentKind::Sequence(Framing::Events | Framing::EventData, _) => "Events",
        ContentKind::Sequence(Framing::Lines | Framing::TextLines, _) => "Lines",
        ContentKind::Sequence(Framing::Records, _) => "Records",
    }
}

fn headers(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::new(&["info"], "header");
    let headers = operation.headers();
    let names = headers.iter().map(|header| scope.claim(words::snake(&header.wire)));
    names.map(|name| ident::constant(&name)).collect()
}
