//! Splits text of a document into words, for Rust's naming conventions.

use std::borrow::Cow;

use deunicode::deunicode_char;
use heck::{ToSnakeCase, ToUpperCamelCase};
use sha2::{Digest, Sha256};

use crate::text::floor;

/// How long identifiers are at most, but for what sets one apart from another. Of 2,639 real documents two would have
/// longer ones.
const LONGEST: usize = 200;

/// How long the names of files are at most without their endings: some systems take 255 bytes, others 260 for the whole
/// path.
const LONGEST_FILE: usize = 100;

/// Words of the field that are one word, although there are capitals in them.
const ONE_WORD: [&str; 25] = [
    "DevOps",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IOps",
    "IPv4",
    "IPv6",
    "JavaScript",
    "LaTeX",
    "LinkedIn",
    "MySQL",
    "NoSQL",
    "OAuth",
    "PostgreSQL",
    "SQLite",
    "TypeScript",
    "WiFi",
    "YouTube",
    "eSIM",
    "gRPC",
    "iCloud",
    "iOS",
    "mTLS",
    "vCPU",
    "vCPUs",
];

/// Names that files cannot have on Windows, whatever their endings and whichever letters are capitals.
pub(super) const DEVICES: [&str; 24] = [
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt0", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// `snake_case`, for fields, methods, modules and parameters. Empty when the text has no word.
pub(super) fn snake(text: &str) -> String {
    guarded("n", prepare(text).to_snake_case())
}

/// `snake_case` for a module, short enough for the name of a file on every system.
pub(super) fn module(text: &str) -> String {
    within(snake(text), LONGEST_FILE)
}

/// The name of a file that is called like something else, without its ending.
pub(super) fn file(name: &str) -> String {
    let name = within(name.to_owned(), LONGEST_FILE);
    match DEVICES.iter().any(|device| name.eq_ignore_ascii_case(device)) {
        true => format!("{name}_"),
        false => name,
    }
}

/// An identifier of bearable length.
pub(super) fn shortened(name: String) -> String {
    within(name, LONGEST)
}

/// A name of so many bytes at most: what is cut off a longer one is told by a hash of the whole, so that names which
/// differ there only are still told apart, in whichever order they come.
fn within(mut name: String, longest: usize) -> String {
    if name.len() <= longest {
        return name;
    }
    let hash: String = Sha256::digest(&name)[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let separator = if name.contains('_') || !name.starts_with(char::is_uppercase) {
        "_"
    } else {
        ""
    };
    let most = longest - hash.len() - separator.len();
    let begins_word = |at: &usize| match separator {
        "" => name.as_bytes()[*at].is_ascii_uppercase(),
        _ => name.as_bytes()[*at] == b'_',
    };
    let end = (longest / 2..=most).rev().find(begins_word).unwrap_or(most);
    name.truncate(floor(&name, end));
    format!("{name}{separator}{hash}")
}

/// `UpperCamelCase`, for types and variants. Empty when the text has no word.
pub(super) fn camel(text: &str) -> String {
    let mut name = prepare(text).to_upper_camel_case();
    // Words of one letter each are one word, as acronyms are.
    if name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        name[1..].make_ascii_lowercase();
    }
    guarded("N", name)
}

/// A digit cannot begin an identifier.
fn guarded(prefix: &str, name: String) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
        _ => name,
    }
}

/// Spells out what would be lost: signs before a number, text that is all symbols, the plural of an acronym.
fn prepare(text: &str) -> String {
    let text = in_ascii(text);
    let trimmed = text.trim();
    if trimmed.is_empty() && !text.is_empty() {
        return "blank".to_owned();
    }
    let mut words = String::with_capacity(trimmed.len() + 8);
    let mut rest = trimmed;
    if let Some(first) = trimmed.chars().next()
        && matches!(first, '+' | '-')
        && trimmed[1..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
    {
        words.push_str(symbol(first));
        words.push(' ');
        rest = &trimmed[1..];
    }
    if !rest.is_empty() && !rest.chars().any(char::is_alphanumeric) {
        for character in rest.chars() {
            words.push_str(symbol(character));
            words.push(' ');
        }
    }
    let characters: Vec<char> = rest.chars().collect();
    let mut one_word = 0..0;
    for (index, &character) in characters.iter().enumerate() {
        if let Some(length) = one_word_at(&characters, index) {
            one_word = index..index + length;
        }
        if character.is_ascii_alphanumeric() {
            words.push(if one_word.start == index && !one_word.is_empty() {
                character.to_ascii_uppercase()
            } else if one_word.contains(&index) || in_plural_acronym(&characters, index) {
                character.to_ascii_lowercase()
            } else {
                character
            });
        } else if character != '\'' {
            words.push(' ');
        }
    }
    words
}

/// Letters beyond ASCII as those they sound like, emoji by their names, and what has neither by its code point.
///
/// Rust would take most letters as they are, but names of files and keyboards do not.
fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut ascii = String::with_capacity(text.len());
    for character in text.chars() {
        match deunicode_char(character) {
            _ if character.is_ascii() => ascii.push(character),
            Some(letters) if character.is_alphanumeric() => ascii.push_str(letters),
            Some(words) if words.chars().all(char::is_alphanumeric) && words.len() < 2 => ascii.push_str(words),
            Some(words) => ascii.push_str(&format!(" {words} ")),
            None => ascii.push_str(&code_point(character)),
        }
    }
    if ascii.trim().is_empty() {
        ascii = text
            .chars()
            .filter(|character| !character.is_whitespace())
            .map(code_point)
            .collect();
    }
    Cow::Owned(ascii)
}

fn code_point(character: char) -> String {
    format!(" u{:x} ", u32::from(character))
}

/// How many characters a word of [`ONE_WORD`] has that begins here. One that begins with a small letter does so only where
/// no other letter stands before it.
fn one_word_at(characters: &[char], index: usize) -> Option<usize> {
    let capital = |at: usize| characters.get(at).is_some_and(char::is_ascii_uppercase);
    if !capital(index) && !capital(index + 1) {
        return None;
    }
    let before = index.checked_sub(1).map(|before| characters[before]);
    let is_one = |word: &&&str| {
        let mut rest = characters[index..].iter();
        let begins = match word.starts_with(char::is_uppercase) {
            true => before.is_none_or(|before| !before.is_ascii_uppercase()),
            false => before.is_none_or(|before| !before.is_ascii_alphabetic()),
        };
        begins
            && word.chars().all(|own| rest.next() == Some(&own))
            && rest.next().is_none_or(|next| !next.is_ascii_lowercase())
    };
    ONE_WORD.iter().find(is_one).map(|word| word.len())
}

/// Whether a character is an acronym's second or later capital before a plural `s`, as in `IDs` or `URLs`.
fn in_plural_acronym(characters: &[char], index: usize) -> bool {
    let capital = |at: usize| characters.get(at).is_some_and(char::is_ascii_uppercase);
    if index == 0 || !capital(index) || !capital(index - 1) {
        return false;
    }
    let end = (index..characters.len())
        .find(|&at| !capital(at))
        .unwrap_or(characters.len());
    let plural = characters.get(end) == Some(&'s');
    let word_ends = characters.get(end + 1).is_none_or(|next| !next.is_ascii_lowercase());
    plural && word_ends
}

/// The name of a symbol.
pub(super) fn symbol(character: char) -> &'static str {
    match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '\'' => "apostrophe",
        '"' => "quote",
        '`' => "backtick",
        '(' => "open",
        ')' => "close",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        _ => "symbol",
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, file, module, shortened, snake};

    #[test]
    fn snake_case() {
        for (text, expected) in [
            ("page[number]", "page_number"),
            ("AddToTeamIds", "add_to_team_ids"),
            ("teamIDs", "team_ids"),
            ("URLs", "urls"),
            ("HTTPServer", "http_server"),
            ("ioMaximumIOps", "io_maximum_iops"),
            ("OAuthSettings", "oauth_settings"),
            ("getOAuth2Token", "get_oauth2_token"),
            ("iOSVersion", "ios_version"),
            ("HasIPv4Address", "has_ipv4_address"),
            ("vCPUs", "vcpus"),
            ("AUTHOAuth", "autho_auth"),
            ("RadioState", "radio_state"),
            ("IDsOfUsers", "ids_of_users"),
            ("X-Rate-Limit", "x_rate_limit"),
            ("create-invitation", "create_invitation"),
            ("createResponse_Users_Spaces", "create_response_users_spaces"),
            ("$filter", "filter"),
            ("@odata.type", "odata_type"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("-created_at", "minus_created_at"),
            ("*", "star"),
            ("", ""),
            ("don't", "dont"),
            ("é", "e"),
            ("e\u{301}t\u{e9}", "ete"),
            ("Straße", "strasse"),
            ("北京", "bei_jing"),
            ("größe_ünder", "grosse_under"),
            ("🚀", "rocket"),
            ("price €", "price_eur"),
            ("a…b", "a_b"),
            ("\u{200b}", "u200b"),
            ("\u{e000}", "ue000"),
        ] {
            assert_eq!(snake(text), expected, "{text}");
        }
    }

    #[test]
    fn modules_are_short() {
        assert_eq!(module("AccessPackage"), "access_package");
        let long = module(&"AccessPackage".repeat(20));
        let words = "access_package_".repeat(6);
        assert_eq!(long, format!("{words}16e8bdd5"));
    }

    #[test]
    fn names_are_short_and_differ_where_long_ones_do() {
        for long in [
            "AccessPackage".repeat(30),
            "access_package_".repeat(30),
            "a".repeat(300),
            "A".repeat(300),
            format!("A{}", "é".repeat(300)),
        ] {
            let short = shortened(long.clone());
            assert!((100..=200).contains(&short.len()), "{short}");
            assert_eq!(short, shortened(long.clone()));
            assert_ne!(short, shortened(format!("{long}a")));
            assert_eq!(shortened(short.clone()), short);
        }
        assert_eq!(shortened("a".repeat(200)).len(), 200);
    }

    #[test]
    fn files_have_names_that_every_system_takes() {
        assert_eq!(file("Aux"), "Aux_");
        assert_eq!(file("Auxiliary"), "Auxiliary");
        assert_eq!(file(&"A".repeat(300)).len(), 100);
    }

    #[test]
    fn camel_case() {
        for (text, expected) in [
            ("invitation_data", "InvitationData"),
            ("Invitation.List", "InvitationList"),
            ("24h", "N24h"),
            ("+1", "Plus1"),
            ("oauth2Token", "Oauth2Token"),
            (">=", "GreaterEquals"),
            ("a/b c", "Abc"),
            (" ", "Blank"),
            ("", ""),
        ] {
            assert_eq!(camel(text), expected, "{text}");
        }
    }
}
