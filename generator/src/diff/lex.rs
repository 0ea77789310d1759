//! Rust text -> tokens that are lent from it.
//!
//! Only what stands outside of function bodies is read as items, so most tokens are skipped. That makes a syntax tree of
//! everything too dear; see decision 43.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or a keyword.
    Word,
    /// A string, a character or a number.
    Literal,
    /// A lifetime with its quote.
    Lifetime,
    /// One character of punctuation, or `::`, `->`, `=>`.
    Mark,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// A line of documentation, without its slashes.
    Doc,
}

/// A token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// The line it stands in, from 1.
    pub(super) line: u32,
}

impl Token<'_> {
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text && !matches!(self.kind, Kind::Literal | Kind::Doc)
    }
}

/// The tokens of a text. Comments are left out, and so is documentation of what encloses them.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader { text, at: 0, line: 1 };
    let mut tokens = Vec::with_capacity(text.len() / 6);
    while let Some(token) = reader.next() {
        tokens.push(token);
    }
    tokens
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let rest = &self.text[self.at..];
            let first = *rest.as_bytes().first()?;
            match first {
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'/' if rest.starts_with("//") => {
                    let end = rest.find('\n').unwrap_or(rest.len());
                    self.at += end;
                    if rest.starts_with("///") && !rest.starts_with("////") {
                        return Some(self.token(Kind::Doc, rest[3..end].trim_end()));
                    }
                }
                b'/' if rest.starts_with("/*") => self.skip(comment_length(rest)),
                _ => return Some(self.solid(rest, first)),
            }
        }
    }

    /// A token that is no comment.
    fn solid(&mut self, rest: &'t str, first: u8) -> Token<'t> {
        let (kind, length) = match first {
            b'(' | b'[' | b'{' => (Kind::Open, 1),
            b')' | b']' | b'}' => (Kind::Close, 1),
            b'"' => (Kind::Literal, string_length(rest)),
            b'\'' => quote(rest),
            b'0'..=b'9' => (Kind::Literal, number_length(rest)),
            _ if is_word(first) => match prefixed_string_length(rest) {
                Some(length) => (Kind::Literal, length),
                None => (Kind::Word, word_length(rest)),
            },
            _ if ["::", "->", "=>"].iter().any(|mark| rest.starts_with(mark)) => (Kind::Mark, 2),
            _ => (Kind::Mark, rest.chars().next().map_or(1, char::len_utf8)),
        };
        let token = self.token(kind, &rest[..length]);
        self.skip(length);
        token
    }

    fn token(&self, kind: Kind, text: &'t str) -> Token<'t> {
        let line = self.line;
        Token { kind, text, line }
    }

    fn skip(&mut self, length: usize) {
        let passed = &self.text.as_bytes()[self.at..self.at + length];
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line += u32::try_from(lines).unwrap_or(u32::MAX);
        self.at += length;
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn word_length(text: &str) -> usize {
    let raw = if text.starts_with("r#") { 2 } else { 0 };
    let length = text[raw..].bytes().take_while(|byte| is_word(*byte)).count();
    (raw + length).max(1)
}

fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 1;
    while let Some(byte) = bytes.get(length) {
        let fraction = *byte == b'.' && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if !is_word(*byte) && !fraction {
            break;
        }
        length += 1;
    }
    length
}

/// The length of a string with its quotes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a raw string or one of bytes.
fn prefixed_string_length(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| {
        text.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with(['"', '#']))
    })?;
    let rest = &text[prefix.len()..];
    let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
    if !rest[hashes..].starts_with('"') {
        return None;
    }
    if !prefix.contains('r') {
        return Some(prefix.len() + string_length(rest));
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let inner = &rest[hashes + 1..];
    let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
    Some(prefix.len() + hashes + 1 + length)
}

/// A lifetime, or a character.
fn quote(text: &str) -> (Kind, usize) {
    let mut characters = text.char_indices().skip(1);
    let first = characters.next();
    let second = characters.next();
    match (first, second) {
        (Some((_, '\\')), _) => {
            let end = text[2..].char_indices().skip(1).find(|(_, c)| *c == '\'');
            (Kind::Literal, end.map_or(text.len(), |(at, _)| 2 + at + 1))
        }
        (_, Some((at, '\''))) => (Kind::Literal, at + 1),
        _ => (
            Kind::Lifetime,
            1 + text[1..].bytes().take_while(|byte| is_word(*byte)).count(),
        ),
    }
}

/// The length of a comment that may hold others.
fn comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokens};

    fn texts(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).iter().map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn quotes_and_comments_end_where_they_end() {
        let found = texts("'a' 'b: '\\'' r#\"}\"\"# \"\\\"{\" /* { /* */ } */ b'x' r#type // }\n1.5 ..2");
        let words: Vec<&str> = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(
            words,
            [
                "'a'",
                "'b",
                ":",
                "'\\''",
                "r#\"}\"\"#",
                "\"\\\"{\"",
                "b",
                "'x'",
                "r#type",
                "1.5",
                ".",
                ".",
                "2"
            ]
        );
        assert_eq!(found[1].0, Kind::Lifetime);
        assert_eq!(found[8].0, Kind::Word);
    }

    #[test]
    fn documentation_of_items_is_kept() {
        let found = tokens("//! Inner.\n/// Outer.\n//// None.\nfn");
        let found: Vec<_> = found.iter().map(|token| (token.text, token.line)).collect();
        assert_eq!(found, [(" Outer.", 2), ("fn", 4)]);
    }

    #[test]
    fn no_text_is_too_broken() {
        for text in ["\"", "'", "r#\"", "/*", "'\\", "b\"", "é", "\u{2028}", "r#", "1."] {
            assert!(!tokens(text).is_empty() || text == "/*", "{text}");
        }
    }
}
