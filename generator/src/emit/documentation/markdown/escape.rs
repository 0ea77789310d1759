//! Escaping of plain text within Markdown.

use crate::text::harmless;

/// Stands for a space at which a line must not be broken, until the lines are made.
pub(super) const UNBREAKABLE: char = '\u{1}';

/// Escapes what means something in Markdown or to rustdoc, and makes bare web addresses links.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(start) = web_address(rest) {
        let address = &rest[start..];
        let end = address
            .find(|c: char| {
                c.is_whitespace() || c != harmless(c) || matches!(c, '<' | '>' | '"' | '`' | '|' | '{' | '}' | '\\')
            })
            .unwrap_or(address.len());
        let address = address[..end].trim_end_matches(['.', ',', ')', ';', ':', '!', '?', '\'', ']', '*', '_']);
        push_escaped(&mut escaped, &rest[..start]);
        escaped.push('<');
        escaped.push_str(address);
        escaped.push('>');
        rest = &rest[start + address.len()..];
    }
    push_escaped(&mut escaped, rest);
    escaped
}

fn web_address(text: &str) -> Option<usize> {
    let start = [text.find("http://"), text.find("https://")]
        .into_iter()
        .flatten()
        .min()?;
    let scheme = text[start..].find("://")? + 3;
    let host = text[start + scheme..].chars().next()?;
    host.is_ascii_alphanumeric().then_some(start)
}

fn push_escaped(escaped: &mut String, text: &str) {
    let mut before = escaped.chars().last();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' => true,
            '_' => !(word(before) && word(next.copied())),
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#'),
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        // a character can also be written as its number
        escaped.push(if character == '\n' { ' ' } else { harmless(character) });
        before = Some(character);
    }
}

/// Whether a text is one short paragraph in which nothing means anything but itself. Most are.
pub(super) fn is_plain(text: &str, most: usize) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.'\"();/-?".contains(&byte);
    text.len() <= most && text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(plain)
}

/// Escapes a word that would begin a heading, a list, a quote or a rule at the start of a line.
pub(super) fn guard_start(word: &str) -> String {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let numbered = digits > 0 && matches!(word[digits..].chars().next(), Some('.' | ')')) && word.len() == digits + 1;
    if numbered {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    let marks = matches!(word, "-" | "+") || (!word.is_empty() && word.chars().all(|c| matches!(c, '=' | '-' | '#')));
    if marks { format!("\\{word}") } else { word.to_owned() }
}

/// What code is put between, which it has not in it.
pub(super) fn fence(text: &str) -> String {
    "`".repeat(longest_run(text, '`').max(2) + 1)
}

pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or_default()
}

/// Markdown within the cell of a table, which ends at the first `|` that no backslash stands before.
pub(crate) fn in_cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut backslashes = 0;
    for character in text.chars() {
        if character == '|' && backslashes % 2 == 0 {
            safe.push('\\');
        }
        backslashes = if character == '\\' { backslashes + 1 } else { 0 };
        safe.push(character);
    }
    safe
}
