//! Rust identifiers.

use std::fmt;

/// An identifier, raw where it is a keyword.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// The identifier as it stands in source text, such as `r#type`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without the mark of a raw identifier, for file names and text.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keywords of every edition, reserved ones included.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot be identifiers even when raw.
const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// The name that a word becomes which cannot be an identifier, even when raw.
pub(super) fn possible(name: String) -> String {
    if NEVER.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// The identifier of a field, a method, a parameter or a module.
pub(super) fn value(name: &str) -> Ident {
    let name = possible(name.to_owned());
    if KEYWORDS.contains(&name.as_str()) {
        Ident(format!("r#{name}"))
    } else {
        Ident(name)
    }
}

/// The identifier of a type or a variant.
pub(super) fn ty(name: &str) -> Ident {
    Ident(possible(name.to_owned()))
}

/// The identifier of a constant.
pub(super) fn constant(name: &str) -> Ident {
    // in capitals, no word is one of the language
    Ident(name.trim_end_matches('_').to_ascii_uppercase())
}
