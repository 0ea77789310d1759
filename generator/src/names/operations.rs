//! Names of groups, operations and their parameters.

use http::StatusCode;

use super::renamed::renamed;
use super::scope::Scope;
use super::{Ident, ident, stutter, words};
use crate::config::Renames;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, ContentKind, Framing, Location, Operation, OperationId, Response, Status, media_subtype};
use crate::parallel;

/// The names of a group of operations.
#[derive(Debug, Clone)]
pub struct GroupNames {
    /// The method of the client that leads to the group, and the module it stands in.
    pub accessor: Ident,
    /// The type that holds the methods.
    pub ty: Ident,
}

/// The names of an operation.
#[derive(Debug, Clone)]
pub struct OperationNames {
    /// The method that begins a call.
    pub method: Ident,
    /// The method with the words that it leaves out because its group says them: what documentation outside of the group
    /// calls the operation.
    pub called: String,
    /// The type that stands for the operation.
    pub marker: Ident,
    /// The type of its declared errors.
    pub error: Ident,
    /// The type of its results, when there are several.
    pub output: Ident,
    /// The type of its bodies, when there are several media types.
    pub body: Ident,
    /// By media type of the body: the variant.
    pub contents: Vec<Ident>,
    /// By parameter: the argument or the setter.
    pub parameters: Vec<Ident>,
    /// By response: the variants of the error or of the result.
    pub responses: Vec<ResponseNames>,
    /// By header of [`Operation::headers`]: the constant that describes it.
    pub headers: Vec<Ident>,
}

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

/// The module of operations without a tag; reserved among the modules of groups.
pub const UNTAGGED: &str = "client_operations";

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

/// Names that mean something else in the files of operations.
pub(super) const RESERVED_TYPES: [&str; 33] = [
    "AsRef",
    "Box",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Decoded",
    "Encoding",
    "Err",
    "From",
    "Header",
    "Into",
    "IntoBody",
    "IntoIterator",
    "IntoOption",
    "None",
    "Ok",
    "Op",
    "Operation",
    "OperationInfo",
    "Option",
    "Paged",
    "Paging",
    "Parameter",
    "PartialEq",
    "Reply",
    "Request",
    "Result",
    "Self",
    "Some",
    "String",
    "Style",
    "Vec",
];

/// Methods of every client. Those that values of all types have, and that take them by value, would be found first.
const CLIENT_METHODS: [&str; 8] = [
    "base_url",
    "builder",
    "clone",
    "into",
    "new",
    "operation",
    "request",
    "try_into",
];

/// Methods of every group, in the same way.
const GROUP_METHODS: [&str; 3] = ["into", "new", "try_into"];

pub(super) fn assign(api: &Api, renames: &Renames, diagnostics: &mut Diagnostics) -> Vec<OperationNames> {
    let mut markers = Scope::new(&RESERVED_TYPES, "Operation");
    let accessors = groups(api);
    let reserved: Vec<&str> = CLIENT_METHODS
        .into_iter()
        .chain(accessors.iter().map(|names| names.accessor.plain()))
        .collect();
    let mut on_client = Scope::new(&reserved, "operation");
    let on_group = |_| Scope::new(&GROUP_METHODS, "operation");
    let mut on_groups: Vec<Scope> = api.groups.iter().map(on_group).collect();
    for group in &accessors {
        markers.claim(group.ty.plain().to_owned());
    }
    let mut groups = vec![None; api.operations.len()];
    for (index, group) in api.groups.iter().enumerate() {
        group.operations.iter().for_each(|id| groups[id.0] = Some(index));
    }
    let inside = parallel::map(&api.operations, inside);
    let words: Vec<Words> = api
        .operations
        .iter()
        .map(|operation| words_of(operation, renames, diagnostics))
        .collect();
    let wanted = methods(api, &accessors, &words);
    let mut assigned = Vec::with_capacity(api.operations.len());
    let each = api.operations.iter().zip(inside).zip(groups).zip(words).zip(wanted);
    for ((((operation, inside), group), Words { words, .. }), wanted) in each {
        let methods = group.map_or(&mut on_client, |group| &mut on_groups[group]);
        let method = methods.claim(wanted.clone());
        if method != wanted {
            let message = match methods.reserves(&wanted) {
                true => format!("the name `{wanted}` is already taken; this operation is generated as `{method}`"),
                false => format!("another operation is named `{wanted}`; this one is generated as `{method}`"),
            };
            diagnostics.report(Code::Renamed, &operation.origin, message);
        }
        let marker = markers.claim(words::camel(&words));
        let error = markers.claim(format!("{marker}Error"));
        let output = markers.claim(format!("{marker}Output"));
        let body = markers.claim(format!("{marker}Body"));
        assigned.push(OperationNames {
            method: ident::value(&method),
            called: words::snake(&words),
            marker: ident::ty(&marker),
            error: ident::ty(&error),
            output: ident::ty(&output),
            body: ident::ty(&body),
            contents: inside.contents,
            parameters: inside.parameters,
            responses: inside.responses,
            headers: inside.headers,
        });
    }
    assigned
}

/// What an operation is called.
struct Words {
    words: String,
    /// Whether the configuration gives the name, which stays as it is.
    given: bool,
}

fn words_of(operation: &Operation, renames: &Renames, diagnostics: &mut Diagnostics) -> Words {
    let given = operation.id.as_ref().and_then(|id| renames.operations.get(id));
    if let Some(words) = renamed(given, &operation.origin, diagnostics) {
        return Words { words, given: true };
    }
    let id = operation.id.as_ref().filter(|id| !words::snake(id).is_empty());
    let words = match id {
        Some(id) => stutter::without_path(id, operation.method.as_str(), &operation.path).to_owned(),
        None => words_of_path(operation),
    };
    let words = match &operation.flag {
        Some(flag) if flag.value => format!("{words} {}", words::snake(&flag.pointer)),
        _ => words,
    };
    Words { words, given: false }
}

/// By operation: the name that its method should have.
fn methods(api: &Api, accessors: &[GroupNames], words: &[Words]) -> Vec<String> {
    let whole = |words: &Words| ident::possible(words::shortened(words::snake(&words.words)));
    let mut wanted: Vec<String> = words.iter().map(whole).collect();
    for (group, accessor) in api.groups.iter().zip(accessors) {
        let free = |id: &&OperationId| !words[id.0].given;
        let ids: Vec<OperationId> = group.operations.iter().filter(free).copied().collect();
        let given = group.operations.iter().filter(|id| words[id.0].given);
        let taken: Vec<&str> = GROUP_METHODS
            .into_iter()
            .chain(given.map(|id| wanted[id.0].as_str()))
            .collect();
        let whole: Vec<&str> = ids.iter().map(|id| wanted[id.0].as_str()).collect();
        let shorter = stutter::without_group(accessor.accessor.plain(), &whole, &taken);
        for (id, name) in ids.into_iter().zip(shorter) {
            wanted[id.0] = name;
        }
    }
    wanted
}

/// The names of what is in an operation, which no other operation has to do with.
struct Inside {
    contents: Vec<Ident>,
    parameters: Vec<Ident>,
    responses: Vec<ResponseNames>,
    headers: Vec<Ident>,
}

fn inside(operation: &Operation) -> Inside {
    Inside {
        contents: contents(operation),
        parameters: parameters(operation),
        responses: responses(operation),
        headers: headers(operation),
    }
}

pub(super) fn groups(api: &Api) -> Vec<GroupNames> {
    let reserved = CLIENT_METHODS.into_iter().chain([UNTAGGED, "mod"]);
    let reserved: Vec<&str> = reserved.chain(words::DEVICES).collect();
    let mut accessors = Scope::new(&reserved, "api");
    let mut types = Scope::new(&[], "Api");
    api.groups
        .iter()
        .map(|group| {
            let words = words::module(&group.tag);
            GroupNames {
                accessor: ident::value(&accessors.claim(words)),
                ty: ident::ty(&types.claim(format!("{}Api", words::camel(&group.tag)))),
            }
        })
        .collect()
}

/// `GET /users/{id}/keys` is `get users by id keys`.
fn words_of_path(operation: &Operation) -> String {
    let mut words = operation.method.as_str().to_ascii_lowercase();
    for segment in operation.path.split('/').filter(|segment| !segment.is_empty()) {
        words.push(' ');
        words.push_str(&segment.replace('{', " by ").replace('}', " "));
    }
    words
}

fn parameters(operation: &Operation) -> Vec<Ident> {
    let paged = operation.pagination.iter().flat_map(|_| PAGED_NAMES);
    let reserved: Vec<&str> = REQUEST_NAMES.into_iter().chain(paged).collect();
    let mut scope = Scope::new(&reserved, "parameter");
    let mut given: Vec<String> = Vec::new();
    operation
        .parameters
        .iter()
        .map(|parameter| {
            let mut name = words::shortened(words::snake(&parameter.wire));
            // The path decides which operation this is, so its names stay; others say where they are sent.
            if given.contains(&name) && parameter.location != Location::Path {
                name = format!("{name}_{}", parameter.location.as_str());
            }
            let name = scope.claim(name);
            given.push(name.clone());
            ident::value(&name)
        })
        .collect()
}

fn contents(operation: &Operation) -> Vec<Ident> {
    let mut scope = Scope::new(&[], "Body");
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents
        .map(|content| ident::ty(&scope.claim(words::camel(&content.hint))))
        .collect()
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

/// What tells the types that a body may have from each other: how it is read, or the media type where that is the same.
fn body_words(response: &Response) -> Vec<String> {
    let variants = response.variants();
    let words: Vec<&str> = variants.iter().map(|contents| kind_word(&contents[0].kind)).collect();
    let named = variants.iter().zip(&words).map(|(contents, word)| {
        let media_type = &contents[0].media_type;
        let alone = words.iter().filter(|other| *other == word).count() == 1;
        if alone || media_type.starts_with("application/json") {
            (*word).to_owned()
        } else {
            words::camel(media_subtype(media_type))
        }
    });
    named.collect()
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
