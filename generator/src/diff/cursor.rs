//! Walks along tokens.

use super::lex::{Kind, Token};

/// A place among tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'s, 't> {
    tokens: &'s [Token<'t>],
    at: usize,
}

impl<'s, 't> Cursor<'s, 't> {
    pub(super) fn new(tokens: &'s [Token<'t>]) -> Self {
        Self { tokens, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<&'s Token<'t>> {
        self.tokens.get(self.at)
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.peek().is_some_and(|token| token.is(text))
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Option<&'s Token<'t>> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    /// Takes the next token if it is this one.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let is = self.is(text);
        self.at += usize::from(is);
        is
    }

    /// Takes a word.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        self.at += 1;
        Some(token.text)
    }

    /// Takes what stands between delimiters.
    pub(super) fn group(&mut self) -> Option<&'s [Token<'t>]> {
        self.peek().filter(|token| token.kind == Kind::Open)?;
        let start = self.at + 1;
        let mut depth = 0_usize;
        while let Some(token) = self.next() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(&self.tokens[start..self.at - 1]);
            }
        }
        Some(&self.tokens[start.min(self.at)..])
    }

    /// Takes tokens up to one of these, outside of delimiters and of `<` and `>`.
    pub(super) fn until(&mut self, ends: &[&str]) -> &'s [Token<'t>] {
        let start = self.at;
        let mut angles = 0_usize;
        while let Some(token) = self.peek() {
            if angles == 0 && ends.iter().any(|end| token.is(end)) {
                break;
            }
            match token.kind {
                Kind::Open => {
                    self.group();
                    continue;
                }
                Kind::Close => break,
                _ if token.is("<") => angles += 1,
                _ if token.is(">") => angles = angles.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
        &self.tokens[start..self.at]
    }

    /// Takes generic parameters with their brackets; nothing where there are none.
    pub(super) fn generics(&mut self) -> &'s [Token<'t>] {
        let start = self.at;
        if self.is("<") {
            let mut angles = 0_usize;
            while let Some(token) = self.next() {
                angles += usize::from(token.is("<"));
                angles -= usize::from(token.is(">"));
                if angles == 0 {
                    break;
                }
            }
        }
        &self.tokens[start..self.at]
    }

    /// Takes the parts between commas.
    pub(super) fn list(mut self) -> Vec<&'s [Token<'t>]> {
        let mut parts = Vec::new();
        while self.peek().is_some() {
            let part = self.until(&[","]);
            if !part.is_empty() {
                parts.push(part);
            }
            // what does not end with a comma ends with something that closes nothing
            if !self.eat(",") && self.next().is_none() {
                break;
            }
        }
        parts
    }
}
