//! Escapes characters that must not reach a file or a terminal.

use std::borrow::Cow;

/// Replaces a character that controls, reorders or hides what stands around it.
pub(crate) fn harmless(character: char) -> char {
    match character {
        control if control.is_control() => '\u{fffd}',
        '\u{2028}' | '\u{2029}' => '\u{fffd}',
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}' => {
            '\u{fffd}'
        }
        other => other,
    }
}

/// Whether a text can be given as a name in Rust: letters of ASCII, digits and `_`, not beginning with a digit.
pub(crate) fn is_rust_name(text: &str) -> bool {
    let word = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let begins = text.chars().next().is_some_and(|first| !first.is_ascii_digit());
    word && begins && text.chars().any(char::is_alphanumeric)
}

/// What a name is that [`is_rust_name`] refuses.
pub(crate) const NO_NAME: &str = "not a valid Rust name";

/// What a name is that [`is_rust_type_name`] refuses.
pub(crate) const NO_TYPE_NAME: &str = "not the name of a Rust type, which begins with a capital letter";

/// Whether a text can be given as the name of a type or a variant: no keyword and no type of the language, which are lower case.
pub(crate) fn is_rust_type_name(text: &str) -> bool {
    is_rust_name(text) && !text.starts_with(|first: char| first.is_ascii_lowercase())
}

/// The text with control characters, invisible ones and those that change its direction written as escapes.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Several lines, each made [`visible`].
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(visible).collect();
    Cow::Owned(lines.join("\n"))
}

/// The last offset up to this one at which a character begins or the text ends.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}
