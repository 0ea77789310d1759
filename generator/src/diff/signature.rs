//! Types as they are written, with names that do not depend on the module they stand in.

use std::collections::HashMap;

use super::lex::{Kind, Token};

/// A part of a [`Signature`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Rust text; paths to other crates are whole.
    Text(String),
    /// The path of an item of the client, from the root of the crate.
    Item(String),
}

/// A type, or whatever else stands in a signature.
pub(super) type Signature = Vec<Piece>;

/// What the names of a module mean.
#[derive(Debug)]
pub(super) struct Scope<'n> {
    /// The module, from the root of the crate; empty for the root.
    module: &'n [String],
    /// Names that are defined or imported, with their paths.
    names: HashMap<&'n str, Vec<String>>,
}

/// Words that begin no path.
const KEYWORDS: [&str; 9] = ["impl", "dyn", "mut", "for", "as", "where", "const", "Self", "use"];

/// The crate of the runtime, where it is not a module of the client.
const RUNTIME: &str = "envoi_runtime";

impl<'n> Scope<'n> {
    pub(super) fn new(module: &'n [String]) -> Self {
        let names = HashMap::new();
        Self { module, names }
    }

    /// Adds a name that is defined in the module.
    pub(super) fn define(&mut self, name: &'n str) {
        let path = self.module.iter().cloned().chain([plain(name)]).collect();
        self.names.insert(name, path);
    }

    /// Adds a name that is imported.
    pub(super) fn import(&mut self, name: &'n str, path: Vec<String>) {
        self.names.insert(name, path);
    }

    /// The path of an item of the client, from its root; or one of another crate.
    pub(super) fn path(&self, words: &[&str]) -> Result<Vec<String>, Vec<String>> {
        let mut words = words.iter().map(|word| plain(word));
        let mut module = self.module.to_vec();
        let mut path = match words.next().as_deref() {
            Some("crate") => Vec::new(),
            Some("self") => module,
            Some("super") => {
                module.pop();
                module
            }
            Some(first) => match self.names.get(first) {
                Some(path) => path.clone(),
                None => return Err([first.to_owned()].into_iter().chain(words).collect()),
            },
            None => return Err(Vec::new()),
        };
        for word in words {
            match word.as_str() {
                "super" => drop(path.pop()),
                _ => path.push(word),
            }
        }
        self.owner(path)
    }

    /// Tells items of the client from those of its runtime and of other crates.
    fn owner(&self, path: Vec<String>) -> Result<Vec<String>, Vec<String>> {
        match path.first().map(String::as_str) {
            Some("::") => Err(path[1..].to_vec()),
            Some("runtime") => Err(path),
            _ => Ok(path),
        }
    }

    /// A signature of tokens.
    pub(super) fn signature(&self, tokens: &[Token<'_>]) -> Signature {
        let mut writer = Writer::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if token.kind == Kind::Doc {
                at += 1;
                continue;
            }
            let begins = token.kind == Kind::Word && !KEYWORDS.contains(&token.text);
            if !begins || (at > 0 && tokens[at - 1].is("::")) {
                let ends = tokens
                    .get(at + 1)
                    .is_none_or(|next| next.kind == Kind::Close || next.is(">"));
                if !(token.is(",") && ends) {
                    writer.token(token);
                }
                at += 1;
                continue;
            }
            let mut words = vec![token.text];
            at += 1;
            while tokens.get(at).is_some_and(|mark| mark.is("::"))
                && let Some(next) = tokens.get(at + 1).filter(|next| next.kind == Kind::Word)
            {
                words.push(next.text);
                at += 2;
            }
            match self.path(&words) {
                Ok(path) => writer.item(path.join("::")),
                Err(path) => writer.text(Kind::Word, &external(&path)),
            }
        }
        writer.finish()
    }
}

/// A path to another crate, with one name for the runtime wherever it is.
fn external(path: &[String]) -> String {
    let mut words = path.to_vec();
    if words.first().is_some_and(|first| first == RUNTIME) {
        words[0] = "runtime".to_owned();
    }
    words.join("::")
}

/// An import of another crate, as [`Scope::import`] takes it.
pub(super) fn foreign(path: Vec<String>) -> Vec<String> {
    ["::".to_owned()].into_iter().chain(path).collect()
}

/// An identifier without the mark of raw ones.
pub(super) fn plain(word: &str) -> String {
    word.strip_prefix("r#").unwrap_or(word).to_owned()
}

/// Writes tokens with blanks where Rust has them.
#[derive(Default)]
struct Writer {
    pieces: Signature,
    text: String,
    last: Option<(Kind, String)>,
}

impl Writer {
    fn token(&mut self, token: &Token<'_>) {
        self.text(token.kind, token.text);
    }

    fn text(&mut self, kind: Kind, text: &str) {
        if self.is_apart(kind, text) {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.last = Some((kind, text.to_owned()));
    }

    fn item(&mut self, path: String) {
        if self.is_apart(Kind::Word, "") {
            self.text.push(' ');
        }
        self.flush();
        self.pieces.push(Piece::Item(path));
        self.last = Some((Kind::Word, String::new()));
    }

    fn is_apart(&self, kind: Kind, text: &str) -> bool {
        const AROUND: [&str; 5] = ["->", "=>", "=", "+", "where"];
        let Some((last, before)) = &self.last else {
            return false;
        };
        let wordy = |kind: Kind| matches!(kind, Kind::Word | Kind::Lifetime | Kind::Literal);
        let spaced = |text: &str| AROUND.contains(&text);
        (wordy(*last) && wordy(kind)) || spaced(text) || spaced(before) || matches!(before.as_str(), "," | ":")
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.text)));
        }
    }

    fn finish(mut self) -> Signature {
        self.flush();
        self.pieces
    }
}

/// The items that a signature names.
pub(super) fn items(signature: &Signature) -> impl Iterator<Item = &str> {
    signature.iter().filter_map(|piece| match piece {
        Piece::Item(path) => Some(path.as_str()),
        Piece::Text(_) => None,
    })
}
