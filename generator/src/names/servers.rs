//! Names of servers, their variables and values.

use super::scope::Scope;
use super::{Ident, ident, words};
use crate::ir::{Server, ServerVariable};

/// The names of a server.
#[derive(Debug, Clone)]
pub struct ServerNames {
    /// The variant that stands for it.
    pub variant: Ident,
    /// The function that makes it with the defaults of its variables.
    pub constructor: Ident,
    /// By variable: the field.
    pub fields: Vec<Ident>,
    /// By variable: the position of its [`Choice`], when it has one.
    pub choices: Vec<Option<usize>>,
}

/// The type of variables whose values the document lists.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The type itself.
    pub ty: Ident,
    /// By value: the variant.
    pub variants: Vec<Ident>,
    /// The variable that it was made for; others with the same name and values share it.
    pub variable: ServerVariable,
}

/// Names that mean something else in the file of servers.
pub(super) const RESERVED_TYPES: [&str; 6] = ["Default", "EncodeError", "Result", "Self", "Server", "String"];

/// A variant longer than this says less than the host does.
const LONGEST: usize = 40;

/// Words of a description, above which it is a sentence and no name.
const MOST_WORDS: usize = 4;

pub(super) fn assign(servers: &[Server]) -> (Vec<ServerNames>, Vec<Choice>) {
    let mut variants = Scope::new(&[], "Server");
    let mut constructors = Scope::new(&["url", "default", "clone"], "server");
    let mut types = Scope::new(&RESERVED_TYPES, "Value");
    let mut choices: Vec<Choice> = Vec::new();
    let mut named = Vec::with_capacity(servers.len());
    for (index, server) in servers.iter().enumerate() {
        let words = said(server).unwrap_or_else(|| words_of_url(server, &servers[..index]));
        let variant = variants.claim(words::camel(&words));
        let constructor = constructors.claim(words::snake(&words));
        let mut fields = Scope::new(&[], "variable");
        let mut choice_of = |variable: &ServerVariable| {
            let same =
                |choice: &Choice| choice.variable.name == variable.name && choice.variable.values == variable.values;
            (!variable.values.is_empty()).then(|| {
                choices.iter().position(same).unwrap_or_else(|| {
                    choices.push(choice(variable, &mut types));
                    choices.len() - 1
                })
            })
        };
        named.push(ServerNames {
            variant: ident::ty(&variant),
            constructor: ident::value(&constructor),
            choices: server.variables.iter().map(&mut choice_of).collect(),
            fields: server
                .variables
                .iter()
                .map(|variable| ident::value(&fields.claim(words::snake(&variable.name))))
                .collect(),
        });
    }
    (named, choices)
}

fn choice(variable: &ServerVariable, types: &mut Scope<'_>) -> Choice {
    let mut scope = Scope::new(&[], "Value");
    let name = |value: &String| match value.as_str() {
        "" => "Empty".to_owned(),
        value => words::camel(value),
    };
    Choice {
        ty: ident::ty(&types.claim(words::camel(&variable.name))),
        variants: variable
            .values
            .iter()
            .map(|value| ident::ty(&scope.claim(name(value))))
            .collect(),
        variable: variable.clone(),
    }
}

/// What the document calls a server, if that is short enough for a name.
fn said(server: &Server) -> Option<String> {
    if !words::camel(&server.name).is_empty() {
        return Some(server.name.clone());
    }
    let line = server.description.trim().lines().next().unwrap_or_default();
    if line.contains("://") {
        return None;
    }
    let line = line.split(['(', ':', ';', ',', '.']).next().unwrap_or_default();
    let line = line.split(" - ").next().unwrap_or_default();
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let is = |word: Option<&&str>, all: &[&str]| {
        word.is_some_and(|word| all.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    if is(words.first(), &["the", "a", "an", "our"]) {
        words.remove(0);
    }
    if words.len() > 1 && is(words.last(), &["server", "endpoint", "url"]) {
        words.pop();
    }
    let name = words.join(" ");
    let length = words::camel(&name).len();
    (words.len() <= MOST_WORDS && (1..=LONGEST).contains(&length)).then_some(name)
}

/// The host, and as much of the rest as sets it apart from the servers before it.
fn words_of_url(server: &Server, before: &[Server]) -> String {
    let (scheme, host, path) = split(&server.template);
    if host.is_empty() {
        let path = path.trim_matches('/');
        return if path.is_empty() { "root" } else { path }.to_owned();
    }
    let others: Vec<_> = before.iter().map(|other| split(&other.template)).collect();
    let mut words = host.replace(['{', '}'], " ");
    if others.iter().any(|(_, other, _)| *other == host) {
        if others.iter().any(|other| (other.1, other.2) == (host, path)) {
            words = format!("{words} {scheme}");
        } else {
            words = format!("{words} {path}");
        }
    }
    words
}

/// The scheme, the host without a port and without `www.`, and the path of a URL.
fn split(url: &str) -> (&str, &str, &str) {
    let Some((scheme, rest)) = url.split_once("://") else {
        return ("", "", url);
    };
    let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    (scheme, host.strip_prefix("www.").unwrap_or(host), path)
}

#[cfg(test)]
mod tests {
    use super::assign;
    use crate::ir::Server;

    #[test]
    fn servers_are_called_what_is_shortest_and_clear() {
        let servers: Vec<Server> = [
            ("Live", "Where it lives.", "https://a.example.com"),
            ("", "The sandbox server (no real money).", "https://b.example.com"),
            (
                "",
                "This server is the one that everybody should be using.",
                "https://www.example.com/v1",
            ),
            ("", "", "https://www.example.com/v2"),
            ("", "", "http://www.example.com/v2"),
            ("", "", "https://{region}.example.com:{port}"),
            ("", "https://b.example.com", "/api/v3"),
            ("", "", "/"),
            ("", "Sandbox", "https://c.example.com"),
        ]
        .into_iter()
        .map(|(name, description, template)| Server {
            url: template.to_owned(),
            template: template.to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
            variables: Vec::new(),
        })
        .collect();
        let (names, _) = assign(&servers);
        let variants: Vec<&str> = names.iter().map(|names| names.variant.as_str()).collect();
        let expected = [
            "Live",
            "Sandbox",
            "ExampleCom",
            "ExampleComV2",
            "ExampleComHttp",
            "RegionExampleCom",
            "ApiV3",
            "Root",
            "Sandbox2",
        ];
        assert_eq!(variants, expected);
    }
}
