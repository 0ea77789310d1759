//! Short excerpts of responses for messages that end up in logs and terminals, with secrets redacted.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Characters of a body shown in a message.
const LENGTH: usize = 200;

/// Characters of a body kept in an error.
const LONGER: usize = 1000;

/// Bytes of a body that are inspected.
const WINDOW: usize = 4096;

/// Bytes of a body shown before the location of an error.
const BEFORE: usize = 60;

/// Returns the beginning of a body as one line, with secrets redacted and control characters escaped.
pub(crate) fn of(body: &[u8], secrets: &[String]) -> String {
    line(&String::from_utf8_lossy(window(body, secrets)), secrets, LENGTH)
}

/// Returns the text around an offset in the same form.
pub(crate) fn around(body: &[u8], offset: usize, secrets: &[String]) -> String {
    let Some(begin) = offset.min(body.len()).checked_sub(BEFORE).filter(|begin| *begin > 0) else {
        return of(body, secrets);
    };
    // what is left of a secret that is cut could not be told from other text
    let cut = secrets
        .iter()
        .filter_map(|secret| spanning(body, begin, secret.as_bytes()));
    let begin = cut.max().unwrap_or(begin);
    let begin = (begin..body.len()).find(|&at| is_boundary(body, at)).unwrap_or(begin);
    format!("…{}", of(&body[begin..], secrets))
}

/// Returns the end of a secret that contains an offset.
fn spanning(body: &[u8], at: usize, secret: &[u8]) -> Option<usize> {
    let mut begins = at.saturating_sub(secret.len().saturating_sub(1))..at;
    let begin = begins.rfind(|&begin| body[begin..].starts_with(secret))?;
    Some(begin + secret.len())
}

/// Returns whether an offset is a UTF-8 character boundary.
fn is_boundary(body: &[u8], at: usize) -> bool {
    body.get(at).is_none_or(|byte| byte & 0xC0 != 0x80)
}

/// Returns a longer beginning of a body in the same form.
pub(crate) fn longer(body: &[u8], secrets: &[String]) -> String {
    line(&String::from_utf8_lossy(window(body, secrets)), secrets, LONGER)
}

/// Truncates an excerpt to the length of a message.
pub(crate) fn cut(excerpt: &str) -> Cow<'_, str> {
    match excerpt.char_indices().nth(LENGTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", &excerpt[..end])),
        None => Cow::Borrowed(excerpt),
    }
}

/// Returns the inspected part of a body. Its end may be the beginning of a secret, which could not be told from other
/// text.
fn window<'b>(body: &'b [u8], secrets: &[String]) -> &'b [u8] {
    let Some((window, _)) = body.split_at_checked(WINDOW) else {
        return body;
    };
    let begun = secrets.iter().map(|secret| begun(window, secret.as_bytes())).max();
    &window[..window.len() - begun.unwrap_or(0)]
}

/// Returns the length of the incomplete secret at the end of a text.
fn begun(text: &[u8], secret: &[u8]) -> usize {
    let length = (1..=secret.len()).rfind(|&length| text.ends_with(&secret[..length]));
    length.filter(|&length| length < secret.len()).unwrap_or(0)
}

/// Returns at most `length` characters of a text in the same form.
pub(crate) fn line(text: &str, secrets: &[String], length: usize) -> String {
    let hidden = hide(text, secrets);
    let mut line = String::new();
    for (index, character) in hidden.trim().chars().enumerate() {
        if index == length {
            line.push('…');
            break;
        }
        if is_harmful(character) {
            // writing to a `String` cannot fail
            let _ = write!(line, "{}", character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// Returns a line of a message that repeats sent text in quotes only: nothing outside quotes is redacted.
pub(crate) fn quoting_line(text: &str, secrets: &[String], length: usize) -> String {
    let mut hidden = String::with_capacity(text.len());
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            hidden.push('"');
        }
        match index % 2 {
            0 => hidden.push_str(&hide_numbers(part, secrets)),
            _ => hidden.push_str(&hide(part, secrets)),
        }
    }
    line(&hidden, &[], length)
}

/// Redacts every secret that is a number in backticks.
fn hide_numbers(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| {
        text.replace(&format!("er `{secret}`"), "er `***`")
    })
}

/// Redacts every secret in a text.
pub(crate) fn hide(text: &str, secrets: &[String]) -> String {
    secrets
        .iter()
        .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

/// Returns whether a character can move the cursor, break the line or reorder the text around it.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
