//! What generated code mentions by a bare name, no name of a document may be.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{operations, reserved, servers};
use crate::{Config, Source, generate};

/// Parameters of generic functions: what is in their place outside of the function is not mentioned within. `Item` is that of
/// an iterator, which no type hides.
// `Body` is an associated type of `IntoBody`, which no type of a file hides
const GENERICS: [&str; 5] = ["D", "Item", "M", "S", "Body"];

/// Names in a file, and the calls of functions by bare names.
#[derive(Default)]
struct Mentions {
    bare: BTreeSet<String>,
    /// Declared there, or a model from another file.
    own: BTreeSet<String>,
    calls: BTreeSet<String>,
}

impl Mentions {
    fn read(&mut self, tokens: TokenStream, variants: bool) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let text = |index: usize| trees.get(index).map(ToString::to_string).unwrap_or_default();
        let before = |index: usize, back: usize| index.checked_sub(back).map(text).unwrap_or_default();
        let mut enumerates = false;
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && before(index, 1) == "#" => {}
                TokenTree::Group(group) => {
                    let body = group.delimiter() == Delimiter::Brace;
                    self.read(group.stream(), body && enumerates);
                    enumerates &= !body;
                }
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    let last = before(index, 1);
                    enumerates |= name == "enum";
                    let declared = ["struct", "enum", "type", "trait", "const", "static"].contains(&last.as_str());
                    let variant = variants && (last.is_empty() || last == "," || last.starts_with('['));
                    if name == "super" && before(index, 1) == "use" {
                        self.import(trees.get(index + 3));
                    }
                    let path = last == ":" && before(index, 2) == ":" || last == "." || last == "'";
                    if declared || variant {
                        self.own.insert(name);
                    } else if name.starts_with(char::is_uppercase) && !path {
                        self.bare.insert(name);
                    } else if !path && last != "fn" && name.starts_with(char::is_lowercase) {
                        self.call(name, trees.get(index + 1));
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// `use super::Name;` or `use super::{One, Other};`.
    fn import(&mut self, what: Option<&TokenTree>) {
        match what {
            Some(TokenTree::Group(group)) => {
                self.own.extend(group.stream().into_iter().map(|tree| tree.to_string()));
            }
            Some(tree) => drop(self.own.insert(tree.to_string())),
            None => {}
        }
    }

    fn call(&mut self, name: String, next: Option<&TokenTree>) {
        let called = matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
        if called && !["as", "for", "if", "impl", "in", "match", "pub", "return"].contains(&name.as_str()) {
            self.calls.insert(name);
        }
    }
}

/// The documents of the project.
fn documents() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["specs", "tests/fixtures"].map(|folder| std::fs::read_dir(root.join(folder)).expect("a folder"));
    let paths = folders
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path());
    let documents = paths.filter(|path| {
        path.extension()
            .is_some_and(|ending| ending == "yaml" || ending == "json")
    });
    let source = |path: std::path::PathBuf| {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        Source::new(name, std::fs::read(path).expect("a text"))
    };
    documents.map(source).collect()
}

/// The names that are never given in a file of a client.
fn reserved(path: &str) -> Option<Vec<&'static str>> {
    let file = path.strip_prefix("src/")?;
    match file.split_once('/').unwrap_or((file, "")) {
        (_, "mod.rs") => None,
        // what these mention stands in the file of the model as well
        ("models", "model_traits.rs") => None,
        ("models", _) => Some(reserved::reserved()),
        ("apis" | "parameters.rs", _) => Some(operations::RESERVED_TYPES.to_vec()),
        ("servers.rs", _) => Some(servers::RESERVED_TYPES.to_vec()),
        _ => None,
    }
}

#[test]
fn what_generated_code_mentions_is_reserved() {
    let mut missing = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for source in documents() {
        for file in generate(&source, &Config::default()).files {
            let Some(reserved) = reserved(&file.path) else { continue };
            let mut mentions = Mentions::default();
            mentions.read(file.text.parse().expect("tokens"), false);
            let bare = mentions.bare.difference(&mentions.own);
            let bare = bare.filter(|name| !GENERICS.contains(&name.as_str()));
            for name in bare {
                seen.insert(name.clone());
                if !reserved.contains(&name.as_str()) {
                    missing.insert(format!("{name}, in {} of {}", file.path, source.name));
                }
            }
            let calls = mentions.calls.iter();
            missing.extend(calls.map(|name| format!("{name}(), in {} of {}", file.path, source.name)));
        }
    }
    assert!(seen.contains("Nullable") && seen.contains("Paging"), "{seen:?}");
    let missing: Vec<String> = missing.into_iter().collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
