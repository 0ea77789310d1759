//! Names of operations.

use super::contest::{Wish, settle};
use super::given::Given;
use super::groups::{CLIENT_METHODS, GroupNames};
use super::inside::{Inside, ResponseNames, inside};
use super::scope::Scope;
use super::{Ident, ident, patterns, stutter, words};
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Operation, OperationId};
use crate::parallel;

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

/// Methods of every group, in the same way.
const GROUP_METHODS: [&str; 3] = ["into", "new", "try_into"];

pub(super) fn assign(
    api: &Api,
    accessors: &[GroupNames],
    given: &Given<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<OperationNames> {
    let inside = parallel::map(&api.operations, |operation| inside(operation, given));
    let words = all_words(api, given, diagnostics);
    let methods = methods(api, accessors, &words, given, diagnostics);
    let types = Types::assign(api, accessors, &words);
    let each = inside.into_iter().zip(words).zip(methods).enumerate();
    each.map(|(index, ((inside, words), method))| {
        let Inside {
            contents,
            parameters,
            responses,
            headers,
        } = inside;
        OperationNames {
            method: ident::value(&method),
            called: words::snake(&words.words),
            marker: ident::ty(&types.markers[index]),
            error: ident::ty(&types.errors[index]),
            output: ident::ty(&types.outputs[index]),
            body: ident::ty(&types.bodies[index]),
            contents,
            parameters,
            responses,
            headers,
        }
    })
    .collect()
}

/// The types of operations, by operation.
struct Types {
    markers: Vec<String>,
    errors: Vec<String>,
    outputs: Vec<String>,
    bodies: Vec<String>,
}

impl Types {
    fn assign(api: &Api, accessors: &[GroupNames], words: &[Words]) -> Self {
        let mut scope = Scope::new(&RESERVED_TYPES, "Operation");
        for group in accessors {
            scope.claim(group.ty.plain().to_owned());
        }
        let wish = |words: &Words| words.wish(words::camel(&words.words));
        let wishes: Vec<Wish> = words.iter().map(wish).collect();
        let markers = settle(
            &mut scope,
            &wishes,
            |index| key(&api.operations[index]),
            |index| vec![words::camel(&words_of_path(&api.operations[index]))],
        );
        let mut with = |ending: &str| {
            let wish = |marker: &String| Wish::given(format!("{marker}{ending}"));
            let wishes: Vec<Wish> = markers.iter().map(wish).collect();
            let another = |index: usize| vec![format!("{}Type", wishes[index].name)];
            settle(&mut scope, &wishes, |index| markers[index].clone(), another)
        };
        Self {
            errors: with("Error"),
            outputs: with("Output"),
            bodies: with("Body"),
            markers,
        }
    }
}

/// What tells an operation from all others.
fn key(operation: &Operation) -> String {
    let flag = operation.flag.as_ref().map(|flag| (&flag.pointer, flag.value));
    let id = operation.id.as_deref().unwrap_or_default();
    format!("{id} {} {} {flag:?}", operation.path, operation.method.as_str())
}

/// What an operation is called.
struct Words {
    words: String,
    /// Whether somebody gave the name, which stays as it is.
    given: bool,
}

impl Words {
    /// A wish for a name of these words: one operation has the best right to the method and to the type.
    fn wish(&self, name: String) -> Wish {
        let plain = Wish::of(&self.words, words::snake(&self.words)).behind_given();
        let rank = if self.given { 0 } else { plain.rank };
        Wish { name, rank }
    }
}

/// By operation: what it is called.
fn all_words(api: &Api, given: &Given<'_>, diagnostics: &mut Diagnostics) -> Vec<Words> {
    let mut words: Vec<Words> = api
        .operations
        .iter()
        .map(|operation| words_of(operation, given))
        .collect();
    if !given.has(Kind::Operation) {
        return words;
    }
    let by_pattern = |(operation, words): (&Operation, &Words)| {
        let id = operation.id.as_deref().filter(|_| !words.given)?;
        let name = given.by_pattern(Kind::Operation, &[id])?;
        Some(flagged(words::snake(&name), operation))
    };
    let named: Vec<Option<String>> = api.operations.iter().zip(&words).map(by_pattern).collect();
    let plain = |words: &Words| Wish::given(words::snake(&words.words));
    let mut wishes: Vec<Wish> = words.iter().map(plain).collect();
    for (name, indices) in patterns::apply(&mut wishes, named, |_| true) {
        let at: Vec<_> = indices.iter().map(|index| &api.operations[*index].origin).collect();
        patterns::report(given, Kind::Operation, &name, &at, diagnostics);
    }
    for (words, wish) in words.iter_mut().zip(wishes) {
        if words::snake(&words.words) != wish.name {
            words.words = wish.name;
        }
    }
    words
}

fn words_of(operation: &Operation, given: &Given<'_>) -> Words {
    let id = operation.id.as_ref();
    let exact = id.and_then(|id| given.exact(Kind::Operation, &[id]));
    if let Some(words) = exact.or_else(|| operation.name.clone()) {
        return Words {
            words: flagged(words, operation),
            given: true,
        };
    }
    let words = match id.filter(|id| !words::snake(id).is_empty()) {
        Some(id) => stutter::without_path(id, operation.method.as_str(), &operation.path).to_owned(),
        None => words_of_path(operation),
    };
    Words {
        words: flagged(words, operation),
        given: false,
    }
}

/// Words with what tells one of two operations that are one of the document.
fn flagged(words: String, operation: &Operation) -> String {
    match &operation.flag {
        Some(flag) if flag.value => format!("{words}_{}", words::snake(&flag.pointer)),
        _ => words,
    }
}

/// By operation: its method.
fn methods(
    api: &Api,
    accessors: &[GroupNames],
    words: &[Words],
    given: &Given<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let wanted = wanted_methods(api, accessors, words);
    let mut methods = wanted.clone();
    let mut grouped = vec![false; wanted.len()];
    let client: Vec<&str> = CLIENT_METHODS
        .into_iter()
        .chain(accessors.iter().map(|names| names.accessor.plain()))
        .collect();
    for group in &api.groups {
        group.operations.iter().for_each(|id| grouped[id.0] = true);
        name_methods(api, &group.operations, &GROUP_METHODS, words, &mut methods);
    }
    let alone = (0..wanted.len()).filter(|index| !grouped[*index]).map(OperationId);
    name_methods(api, &alone.collect::<Vec<_>>(), &client, words, &mut methods);
    for (operation, (wanted, method)) in api.operations.iter().zip(wanted.iter().zip(&methods)) {
        if wanted != method {
            let message = match GROUP_METHODS.contains(&wanted.as_str()) || client.contains(&wanted.as_str()) {
                true => format!("the name `{wanted}` is already taken; this operation is generated as `{method}`"),
                false => format!("another operation is named `{wanted}`; this one is generated as `{method}`"),
            };
            let diagnostic = diagnostics.report(Code::Renamed, &operation.origin, message);
            diagnostic.help = Some(given.help(Kind::Operation, &operation.origin));
        }
    }
    methods
}

/// Names the methods of one type, all at once.
fn name_methods(api: &Api, ids: &[OperationId], reserved: &[&str], words: &[Words], methods: &mut [String]) {
    let mut scope = Scope::new(reserved, "operation");
    let wishes: Vec<Wish> = ids.iter().map(|id| words[id.0].wish(methods[id.0].clone())).collect();
    let operation = |index: usize| &api.operations[ids[index].0];
    let names = settle(
        &mut scope,
        &wishes,
        |index| key(operation(index)),
        |index| vec![ident::possible(words::snake(&words_of_path(operation(index))))],
    );
    for (id, name) in ids.iter().zip(names) {
        methods[id.0] = name;
    }
}

/// By operation: the name that its method should have.
fn wanted_methods(api: &Api, accessors: &[GroupNames], words: &[Words]) -> Vec<String> {
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

/// `GET /users/{id}/keys` is `get users by id keys`.
fn words_of_path(operation: &Operation) -> String {
    let mut words = operation.method.as_str().to_ascii_lowercase();
    for segment in operation.path.split('/').filter(|segment| !segment.is_empty()) {
        words.push(' ');
        words.push_str(&segment.replace('{', " by ").replace('}', " "));
    }
    words
}
