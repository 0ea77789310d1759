//! Token trees that can be read repeatedly.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// A token, or what stands between delimiters, open to be read more than once.
pub(super) enum Tree {
    Leaf(TokenTree),
    Group(Delimiter, Vec<Tree>),
}

/// Opens all groups. Each is given up before its tokens are taken, so that none is copied.
pub(super) fn read(tokens: TokenStream) -> Vec<Tree> {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let (delimiter, inner) = (group.delimiter(), group.stream());
                drop(group);
                Tree::Group(delimiter, read(inner))
            }
            leaf => Tree::Leaf(leaf),
        })
        .collect()
}

/// The tokens again, with an attribute for each line of documentation.
pub(super) fn tokens(trees: &[Tree]) -> TokenStream {
    let mut all = Vec::with_capacity(trees.len());
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            Tree::Leaf(leaf) => all.push(leaf.clone()),
            Tree::Group(delimiter, inner) => match (mark(&trees[..at]), documentation(inner)) {
                (Some(mark), Some(text)) => lines(&mut all, mark, &text),
                _ => all.push(group(*delimiter, tokens(inner))),
            },
        }
    }
    all.into_iter().collect()
}

fn group(delimiter: Delimiter, inner: TokenStream) -> TokenTree {
    TokenTree::Group(Group::new(delimiter, inner))
}

/// What an attribute begins with, if this is all that stands before its brackets.
fn mark(before: &[Tree]) -> Option<&[Tree]> {
    match before {
        [.., hash, bang] if hash.is_punct('#') && bang.is_punct('!') => before.get(before.len() - 2..),
        [.., hash] if hash.is_punct('#') => before.get(before.len() - 1..),
        _ => None,
    }
}

/// The text of an attribute of documentation, if it has several lines.
fn documentation(attribute: &[Tree]) -> Option<String> {
    let [name, equals, Tree::Leaf(TokenTree::Literal(literal))] = attribute else {
        return None;
    };
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) if name.is_word("doc") && equals.is_punct('=') => {
            Some(text.value()).filter(|text| text.contains('\n'))
        }
        _ => None,
    }
}

/// An attribute for each line. The mark of the first is there already.
fn lines(all: &mut Vec<TokenTree>, mark: &[Tree], text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            all.extend(tokens(mark));
        }
        all.push(group(Delimiter::Bracket, quote!(doc = #line)));
    }
}

impl Tree {
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Leaf(TokenTree::Ident(ident)) if ident == word)
    }

    pub(super) fn is_punct(&self, punct: char) -> bool {
        matches!(self, Self::Leaf(TokenTree::Punct(own)) if own.as_char() == punct)
    }

    pub(super) fn group(&self, wanted: Delimiter) -> Option<&[Tree]> {
        match self {
            Self::Group(delimiter, inner) if *delimiter == wanted => Some(inner),
            _ => None,
        }
    }

    pub(super) fn braces(&self) -> Option<&[Tree]> {
        self.group(Delimiter::Brace)
    }
}

/// A list without the comma at its end.
pub(super) fn without_comma(trees: &[Tree]) -> &[Tree] {
    match trees {
        [rest @ .., last] if last.is_punct(',') => rest,
        trees => trees,
    }
}

/// The parts between commas that stand outside of `<` and `>`.
pub(super) fn split(trees: &[Tree]) -> Vec<&[Tree]> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, tree) in trees.iter().enumerate() {
        let Tree::Leaf(TokenTree::Punct(punct)) = tree else {
            continue;
        };
        let arrow = at > 0 && (trees[at - 1].is_punct('-') || trees[at - 1].is_punct('='));
        match punct.as_char() {
            '<' => depth += 1,
            '>' if !arrow => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&trees[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < trees.len() {
        parts.push(&trees[start..]);
    }
    parts
}

/// Whether there is no place in it where a line can be broken.
pub(super) fn is_whole(trees: &[Tree]) -> bool {
    trees.iter().all(|tree| match tree {
        Tree::Leaf(TokenTree::Punct(punct)) => matches!(punct.as_char(), ':' | '&'),
        Tree::Leaf(_) => true,
        Tree::Group(..) => false,
    })
}
