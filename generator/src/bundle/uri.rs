//! References as RFC 3986 resolves them, for URLs and for paths relative to the folder of the document.
//!
//! A path keeps the `..` that lead out of the folder, so that whoever reads files can see and refuse them.

/// The address of a text and the fragment behind `#`, still encoded.
pub(crate) fn split(reference: &str) -> (&str, Option<&str>) {
    match reference.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (reference, None),
    }
}

/// Whether an address is fetched, not read from disk.
pub(crate) fn is_remote(address: &str) -> bool {
    matches!(scheme(address), Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// The scheme of an absolute URI. One letter is the drive of a path.
pub(crate) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut characters = scheme.chars();
    let begins = characters.next().is_some_and(|first| first.is_ascii_alphabetic());
    let goes_on = characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (begins && goes_on && scheme.len() > 1).then_some(scheme)
}

/// What `reference`, without its fragment, names when it stands in the text at `base`.
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if scheme(reference).is_some() {
        return match authority_end(reference) {
            Some(end) => format!("{}{}", &reference[..end], clean(&reference[end..])),
            None => reference.to_owned(),
        };
    }
    if let Some(end) = authority_end(base) {
        let (origin, path) = base.split_at(end);
        let path = without_query(path);
        if reference.starts_with("//") {
            let scheme = scheme(base).unwrap_or_default();
            return resolve("", &format!("{scheme}:{reference}"));
        }
        return match reference.chars().next() {
            Some('/') => format!("{origin}{}", clean(reference)),
            Some('?') => format!("{origin}{path}{reference}"),
            _ => format!("{origin}{}", clean(&format!("{}{reference}", folder(path, "/")))),
        };
    }
    let path = decode(reference).replace('\\', "/");
    if path.starts_with('/') || path.get(1..2) == Some(":") {
        return path;
    }
    normal(&format!("{}{path}", folder(base, "")))
}

/// Where the path of a URL begins.
fn authority_end(url: &str) -> Option<usize> {
    let scheme = scheme(url)?;
    let rest = url[scheme.len() + 1..].strip_prefix("//")?;
    let begin = url.len() - rest.len();
    Some(begin + rest.find(['/', '?']).unwrap_or(rest.len()))
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or_default()
}

/// Everything up to the last slash.
fn folder<'p>(path: &'p str, otherwise: &'p str) -> &'p str {
    path.rfind('/').map_or(otherwise, |end| &path[..=end])
}

/// The path of a URL without `.` and `..`; its query stays as it is.
fn clean(path: &str) -> String {
    let plain = without_query(path);
    let query = &path[plain.len()..];
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = plain.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("/{}{query}", kept.join("/"))
}

/// A relative path without `.`, and with `..` at its beginning only.
fn normal(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    kept.join("/")
}

/// A text without its percent escapes; what is not an escape, or not UTF-8 afterwards, stays as it is.
fn decode(text: &str) -> String {
    crate::pointer::percent_decode(text).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{resolve, split};

    #[track_caller]
    fn check(base: &str, reference: &str, expected: &str) {
        assert_eq!(resolve(base, reference), expected, "{reference} in {base}");
    }

    #[test]
    fn paths_stay_relative_to_the_folder_of_the_document() {
        check("api.yaml", "pet.yaml", "pet.yaml");
        check("api.yaml", "./a/../b/./pet.yaml", "b/pet.yaml");
        check("paths/a.yaml", "../schemas/pet.yaml", "schemas/pet.yaml");
        check("paths/a.yaml", "../../pet.yaml", "../pet.yaml");
        check("api.yaml", "%2e%2e/my%20pet.yaml", "../my pet.yaml");
        check("paths\\a.yaml", "schemas\\pet.yaml", "schemas/pet.yaml");
        check("paths/a.yaml", "", "paths/a.yaml");
        check("api.yaml", "/etc/passwd", "/etc/passwd");
        check("api.yaml", "file:///etc/passwd", "file:///etc/passwd");
        check("api.yaml", "C:\\pet.yaml", "C:/pet.yaml");
    }

    /// From section 5.4 of RFC 3986.
    #[test]
    fn urls_are_resolved_as_the_standard_says() {
        let base = "http://a/b/c/d?q";
        check(base, "g", "http://a/b/c/g");
        check(base, "./g/", "http://a/b/c/g/");
        check(base, "/g", "http://a/g");
        check(base, "//g", "http://g/");
        check(base, "?y", "http://a/b/c/d?y");
        check(base, "g?y", "http://a/b/c/g?y");
        check(base, "..", "http://a/b/");
        check(base, "../../../g", "http://a/g");
        check("http://a", "g", "http://a/g");
        check(base, "https://x/a/../b", "https://x/b");
        check(base, "urn:x:y", "urn:x:y");
    }

    #[test]
    fn fragments_are_split_off() {
        assert_eq!(split("a.yaml#/b"), ("a.yaml", Some("/b")));
        assert_eq!(split("#b"), ("", Some("b")));
        assert_eq!(split("a.yaml"), ("a.yaml", None));
    }
}
