//! The header `Link` (RFC 8288).

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link with the relation `next`. Links about another resource (`anchor`) are
/// passed over.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(in_field)
}

fn in_field(mut rest: &str) -> Option<String> {
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (target, parameters) = rest.strip_prefix('<')?.split_once('>')?;
        let link = Link::read(parameters);
        if link.is_next && !link.is_elsewhere {
            return Some(target.trim().to_owned());
        }
        rest = link.rest;
    }
}

/// The parameters of a link, and what follows them.
struct Link<'h> {
    is_next: bool,
    is_elsewhere: bool,
    rest: &'h str,
}

impl<'h> Link<'h> {
    fn read(mut rest: &'h str) -> Self {
        let mut relation = None;
        let mut is_elsewhere = false;
        while let Some(parameter) = rest.trim_start().strip_prefix(';') {
            let parameter = parameter.trim_start();
            let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
            let (name, tail) = parameter.split_at(end);
            let (value, tail) = match tail.strip_prefix('=') {
                Some(tail) => value(tail.trim_start()),
                None => (String::new(), tail),
            };
            let name = name.trim();
            is_elsewhere |= name.eq_ignore_ascii_case("anchor");
            if name.eq_ignore_ascii_case("rel") {
                // of several, the first counts
                relation.get_or_insert(value);
            }
            rest = tail;
        }
        let relation = relation.unwrap_or_default();
        let mut relations = relation.split_ascii_whitespace();
        Self {
            is_next: relations.any(|relation| relation.eq_ignore_ascii_case("next")),
            is_elsewhere,
            rest,
        }
    }
}

/// A token or a quoted string, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return (token.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            plain => value.push(plain),
        }
    }
    (value, "")
}
