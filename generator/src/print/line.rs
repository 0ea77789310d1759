//! Prints tokens on one line, with the spacing of `prettyplease`.

use std::fmt::Write;

use proc_macro2::{Delimiter, Spacing, TokenTree};

use super::trees::{Tree, without_comma};

/// What stands before a token, as far as spacing goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing that a space is put behind: an opening delimiter, `::`, `.`, a prefix.
    Tight,
    /// A space is there already.
    Space,
    /// A name, a literal or a closing delimiter.
    Word,
    /// A lifetime, which is never called or indexed either.
    Lifetime,
    /// A keyword that is never called or indexed.
    Keyword,
}

const KEYWORDS: [&str; 13] = [
    "as", "break", "dyn", "else", "for", "if", "in", "let", "match", "move", "mut", "ref", "return",
];

/// How a sign stands between its neighbours.
enum Manner {
    /// Close to both.
    Tight,
    /// Close to what follows.
    Prefix,
    /// As a prefix of a name.
    Quote,
    /// Close to what stands before it, as the end of a value.
    Postfix,
    /// Close to what stands before it.
    Trailing,
    /// Apart from both.
    Spaced,
}

/// Writes tokens behind what is in `out`; `None` where they are not known to stand in one line as they are.
pub(super) fn write(out: &mut String, trees: &[Tree]) -> Option<()> {
    let import = trees.iter().take(4).any(|tree| tree.is_word("use"));
    let mut before = Before::Tight;
    let mut angles = 0_usize;
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        match tree {
            Tree::Leaf(TokenTree::Punct(punct)) if punct.as_char() == '|' && before != Before::Word => {
                (at, before) = (closure(out, trees, at, before)?, Before::Space);
                continue;
            }
            Tree::Leaf(TokenTree::Punct(_)) => {
                let (text, length, manner) = sign(trees, at, before)?;
                match text {
                    "<" => angles += 1,
                    ">" => angles = angles.checked_sub(1)?,
                    _ => {}
                }
                at += length;
                before = put(out, text, &manner, before, at == trees.len());
                continue;
            }
            Tree::Leaf(leaf) => {
                let quoted = at > 0 && trees[at - 1].is_punct('\'');
                before = word(out, leaf, before)?;
                if quoted {
                    before = Before::Lifetime;
                }
            }
            Tree::Group(Delimiter::Brace, inner) if import && before == Before::Tight => {
                out.push('{');
                // One name stands without braces.
                let inner = without_comma(inner);
                inner.iter().find(|tree| tree.is_punct(','))?;
                write(out, inner)?;
                out.push('}');
                before = Before::Word;
            }
            Tree::Group(delimiter, inner) => {
                group(out, *delimiter, inner, before)?;
                before = Before::Word;
            }
        }
        at += 1;
    }
    Some(())
}

/// A name or a literal.
fn word(out: &mut String, leaf: &TokenTree, before: Before) -> Option<Before> {
    if matches!(before, Before::Word | Before::Lifetime | Before::Keyword) {
        out.push(' ');
    }
    let from = out.len();
    let _ = write!(out, "{leaf}");
    let text = &out[from..];
    match text {
        "where" | "unsafe" => None,
        text if text.contains('\n') => None,
        text if KEYWORDS.contains(&text) => Some(Before::Keyword),
        _ => Some(Before::Word),
    }
}

fn group(out: &mut String, delimiter: Delimiter, inner: &[Tree], before: Before) -> Option<()> {
    let (open, close) = match delimiter {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Bracket => ('[', ']'),
        Delimiter::Brace | Delimiter::None => return None,
    };
    let list = without_comma(inner);
    // The comma of a tuple of one stays.
    if list.len() < inner.len() && before != Before::Word && delimiter == Delimiter::Parenthesis {
        return None;
    }
    if matches!(before, Before::Lifetime | Before::Keyword) {
        out.push(' ');
    }
    out.push(open);
    write(out, list)?;
    out.push(close);
    Some(())
}

/// The arguments of a closure; where they end.
fn closure(out: &mut String, trees: &[Tree], at: usize, before: Before) -> Option<usize> {
    let arguments = &trees[at + 1..];
    let length = arguments.iter().position(|tree| tree.is_punct('|'))?;
    if length == 0 {
        return None;
    }
    if before == Before::Keyword {
        out.push(' ');
    }
    out.push('|');
    write(out, &arguments[..length])?;
    out.push_str("| ");
    Some(at + length + 2)
}

/// The sign at a place: its text, of how many tokens it is, and how it stands.
fn sign(trees: &[Tree], at: usize, before: Before) -> Option<(&'static str, usize, Manner)> {
    let Tree::Leaf(TokenTree::Punct(punct)) = trees.get(at)? else {
        return None;
    };
    let next = match trees.get(at + 1) {
        Some(Tree::Leaf(TokenTree::Punct(next))) if punct.spacing() == Spacing::Joint => next.as_char(),
        _ => ' ',
    };
    let last = at + 1 == trees.len();
    Some(
        match (punct.as_char(), next, matches!(before, Before::Word | Before::Lifetime)) {
            (':', ':', _) => ("::", 2, Manner::Prefix),
            (':', _, _) => (":", 1, Manner::Trailing),
            ('-', '>', _) => ("->", 2, Manner::Spaced),
            ('=', '=', _) => ("==", 2, Manner::Spaced),
            ('=', '>', _) => return None,
            ('=', _, _) => ("=", 1, Manner::Spaced),
            (',', _, _) if !last => (",", 1, Manner::Trailing),
            (';', _, _) => (";", 1, Manner::Trailing),
            ('\'', _, _) => ("'", 1, Manner::Quote),
            ('<', ' ' | ':' | '\'' | '&' | '*' | '<', _) if begins_generics(trees, at) => ("<", 1, Manner::Tight),
            ('.', ' ', true) => (".", 1, Manner::Tight),
            ('.', '.', true) if trees.get(at + 2).is_some_and(|third| third.is_punct('=')) => ("..=", 3, Manner::Tight),
            ('?', _, true) => ("?", 1, Manner::Postfix),
            ('>', '>' | ':' | ',' | ' ' | '?' | '.' | ';', true) => (">", 1, Manner::Postfix),
            ('+', ' ' | '\'', true) => ("+", 1, Manner::Spaced),
            ('|', ' ', true) => ("|", 1, Manner::Spaced),
            ('&', ' ' | '\'' | '*', false) => ("&", 1, Manner::Prefix),
            ('*', _, false) => ("*", 1, Manner::Prefix),
            ('-', _, false) => ("-", 1, Manner::Prefix),
            ('!', _, false) => ("!", 1, Manner::Prefix),
            _ => return None,
        },
    )
}

/// Whether a `<` is no comparison: it stands behind a type, behind the name of a function, or where no value ends.
fn begins_generics(trees: &[Tree], at: usize) -> bool {
    let word = |back: usize| match at.checked_sub(back).and_then(|at| trees.get(at)) {
        Some(Tree::Leaf(TokenTree::Ident(ident))) => Some(ident.to_string()),
        _ => None,
    };
    match (at.checked_sub(1).and_then(|at| trees.get(at)), word(1)) {
        (_, Some(name)) => {
            let ty = name.starts_with(|first: char| first.is_uppercase());
            ty || name == "impl" || name == "for" || word(2).is_some_and(|keyword| keyword == "fn")
        }
        (Some(Tree::Leaf(TokenTree::Punct(_))) | None, _) => true,
        _ => false,
    }
}

/// Writes a sign; what it leaves before the next token.
fn put(out: &mut String, text: &str, manner: &Manner, before: Before, last: bool) -> Before {
    let apart = match manner {
        Manner::Tight | Manner::Postfix | Manner::Trailing => false,
        Manner::Prefix => before == Before::Keyword,
        Manner::Quote | Manner::Spaced => matches!(before, Before::Word | Before::Lifetime | Before::Keyword),
    };
    if apart {
        out.push(' ');
    }
    out.push_str(text);
    match manner {
        Manner::Tight | Manner::Prefix | Manner::Quote => Before::Tight,
        Manner::Postfix => Before::Word,
        Manner::Trailing | Manner::Spaced => {
            if !last {
                out.push(' ');
            }
            Before::Space
        }
    }
}
