//! What code sends and reads, as far as its literals say.

use super::cursor::Cursor;
use super::lex::{Kind, Token, tokens};

/// The names of fields and variants on the wire: `object::required("name", &mut name)` and `Self::Open => "open"`.
pub(super) fn names(body: &[Token<'_>]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, token) in body.iter().enumerate() {
        let rest = &body[at..];
        if token.is("(") && rest.get(1).is_some_and(is_string) && rest.get(2).is_some_and(|comma| comma.is(",")) {
            found.extend(field(rest));
        }
        if token.is("Self") && rest.get(1).is_some_and(|mark| mark.is("::")) {
            found.extend(variant(&rest[2..]));
        }
    }
    found
}

fn is_string(token: &Token<'_>) -> bool {
    token.kind == Kind::Literal && token.text.starts_with('"')
}

/// The field that a call with a name is about: the last word of its arguments, if these are a path of fields.
fn field(call: &[Token<'_>]) -> Option<(String, String)> {
    let arguments = Cursor::new(call).group()?;
    let [name, _, path @ ..] = arguments else { return None };
    let simple = |token: &&Token<'_>| token.kind == Kind::Word || ["&", ".", ","].iter().any(|mark| token.is(mark));
    let last = path.iter().rev().find(|token| token.kind == Kind::Word)?;
    let field = super::signature::plain(last.text);
    path.iter()
        .all(|token| simple(&token))
        .then(|| (field, name.text.to_owned() + &chain(call)))
}

/// The literals that an arm of a `match` makes of a variant.
fn variant(arm: &[Token<'_>]) -> Option<(String, String)> {
    let mut cursor = Cursor::new(arm);
    let name = cursor.word()?;
    cursor.group();
    if !cursor.eat("=>") {
        return None;
    }
    let value = match cursor.group() {
        Some(block) => block,
        None => cursor.until(&[","]),
    };
    let literals = literals(value);
    (!literals.is_empty()).then(|| (super::signature::plain(name), literals))
}

/// The value of a constant; lists of variants are told by the variants.
pub(super) fn value(value: &[Token<'_>]) -> String {
    if value.iter().any(|token| token.is("Self")) {
        return String::new();
    }
    let mut text = String::new();
    for token in value {
        let wordy = token.kind == Kind::Word && text.ends_with(|last: char| last.is_alphanumeric());
        text.push_str(if wordy || text.ends_with(',') { " " } else { "" });
        text.push_str(token.text);
    }
    text
}

/// The values of the statics of a file, by name.
pub(super) fn statics(text: &str) -> Vec<(String, String)> {
    let tokens = tokens(text);
    let places = tokens.iter().enumerate().filter(|(_, token)| token.is("static"));
    let found = places.filter_map(|(at, _)| {
        let mut cursor = Cursor::new(&tokens[at + 1..]);
        let name = cursor.word()?;
        cursor.until(&["="]);
        cursor.eat("=").then(|| (name.to_owned(), value(cursor.until(&[";"]))))
    });
    found.collect()
}

/// What a function does with literals, such as `query("status")`.
pub(super) fn sent(body: &[Token<'_>]) -> String {
    literals(body)
}

/// Literals with the function that each is the first argument of.
fn literals(tokens: &[Token<'_>]) -> String {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Literal {
            continue;
        }
        let called = at.checked_sub(2).map(|before| (&tokens[before], &tokens[before + 1]));
        found.push(match called {
            Some((name, open)) if name.kind == Kind::Word && open.is("(") => {
                format!("{}({}){}", name.text, token.text, chain(&tokens[at - 1..]))
            }
            _ => token.text.to_owned(),
        });
    }
    found.join(", ")
}

/// The methods that are called on the result of a call, such as `.explode(false)`; `call` begins with its arguments.
fn chain(call: &[Token<'_>]) -> String {
    let mut cursor = Cursor::new(call);
    cursor.group();
    let mut text = String::new();
    while cursor.eat(".") {
        let Some(name) = cursor.word() else { break };
        let arguments = cursor.group().map(value).unwrap_or_default();
        text.push_str(&format!(".{name}({arguments})"));
    }
    text
}
