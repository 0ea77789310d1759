//! Short, harmless pieces of what a server sent, for messages that end up in logs and terminals.

use std::fmt::Write as _;

/// Characters of a body that a message shows.
const LENGTH: usize = 200;

/// Octets of a body that are looked at.
const WINDOW: usize = 4096;

/// The beginning of a body as one line: secrets hidden, control characters escaped.
pub(crate) fn of(body: &[u8], secrets: &[String]) -> String {
    let window = body.get(..WINDOW).unwrap_or(body);
    line(&String::from_utf8_lossy(window), secrets, LENGTH)
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
fn hide(text: &str, secrets: &[String]) -> String {
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
