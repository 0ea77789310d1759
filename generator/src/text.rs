//! Characters that must not reach a file as they are.

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
