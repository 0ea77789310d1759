//! Short, harmless pieces of what a server sent, for messages that end up in logs and terminals.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Characters of a body that a message shows.
const LENGTH: usize = 200;

/// Characters of a body that an error keeps for those who look closer.
const LONGER: usize = 1000;

/// Octets of a body that are looked at.
const WINDOW: usize = 4096;

/// The beginning of a body as one line: secrets hidden, control characters escaped.
pub(crate) fn of(body: &[u8], secrets: &[String]) -> String {
    line(&String::from_utf8_lossy(window(body, secrets)), secrets, LENGTH)
}

/// More of the beginning of a body, in the same way.
pub(crate) fn longer(body: &[u8], secrets: &[String]) -> String {
    line(&String::from_utf8_lossy(window(body, secrets)), secrets, LONGER)
}

/// As much of an excerpt as a message shows.
pub(crate) fn cut(excerpt: &str) -> Cow<'_, str> {
    match excerpt.char_indices().nth(LENGTH) {
        Some((end, _)) => Cow::Owned(format!("{}…", &excerpt[..end])),
        None => Cow::Borrowed(excerpt),
    }
}

/// What is looked at of a body. Its end may be the beginning of a secret, which could not be told from other text.
fn window<'b>(body: &'b [u8], secrets: &[String]) -> &'b [u8] {
    let Some((window, _)) = body.split_at_checked(WINDOW) else {
        return body;
    };
    let begun = secrets.iter().map(|secret| begun(window, secret.as_bytes())).max();
    &window[..window.len() - begun.unwrap_or(0)]
}

/// How much of a secret a text ends with, if it is not all of it.
fn begun(text: &[u8], secret: &[u8]) -> usize {
    let length = (1..=secret.len()).rfind(|&length| text.ends_with(&secret[..length]));
    length.filter(|&length| length < secret.len()).unwrap_or(0)
}

/// At most `length` characters of a text, in the same way.
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

/// Replaces every secret in the text.
pub(crate) fn hide(text: &str, secrets: &[String]) -> String {
    secrets
        .iter()
        .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
}

/// Whether a character can move the cursor, break the line or reorder what is around it.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
