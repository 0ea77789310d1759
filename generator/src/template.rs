//! Path templates: the keys of `paths`.

/// What a key under `paths` amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template<'k> {
    /// The path: it begins with `/`, and its expressions are plain names between braces.
    pub(crate) path: String,
    /// The pairs of a query, as they are written.
    pub(crate) query: Vec<(&'k str, &'k str)>,
    /// What stands behind `#`: it tells keys apart and is never sent.
    pub(crate) fragment: Option<&'k str>,
    /// The expressions of the path: as they are written, and the name each stands for.
    pub(crate) expressions: Vec<(&'k str, &'k str)>,
}

impl<'k> Template<'k> {
    /// Reads a key.
    pub(crate) fn read(key: &'k str) -> Self {
        let key = key.trim();
        let (path, rest) = split_unbraced(key, &['?', '#']);
        let (query, fragment) = match rest.split_once('#') {
            Some((query, fragment)) => (query, Some(fragment)),
            None => (rest, None),
        };
        let pairs = query.strip_prefix('?').unwrap_or_default().split('&');
        let pairs = pairs.filter(|pair| !pair.is_empty());
        let mut template = Self {
            path: String::new(),
            query: pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect(),
            fragment,
            expressions: Vec::new(),
        };
        template.read_path(path);
        template
    }

    fn read_path(&mut self, path: &'k str) {
        if !path.starts_with('/') && !path.starts_with("{/") {
            self.path.push('/');
        }
        let mut rest = path;
        while let Some((literal, tail)) = rest.split_once('{') {
            self.path.push_str(literal);
            let end = closing(tail);
            let written = &tail[..end];
            self.expression(written);
            rest = &tail[end..];
            rest = rest.strip_prefix('}').unwrap_or(rest);
        }
        self.path.push_str(rest);
    }

    fn expression(&mut self, written: &'k str) {
        let inner = written.trim();
        let name = match inner.chars().next() {
            // Parts of a query that may be omitted (RFC 6570, section 3.2.8); they are parameters of their own.
            Some('?' | '&') => return,
            Some(separator @ ('/' | '.')) => {
                self.path.push(separator);
                &inner[1..]
            }
            Some('+') => &inner[1..],
            _ => inner,
        };
        // A router's pattern stands behind a colon, `*` takes several segments.
        let name = name.split(':').next().unwrap_or_default();
        let name = name.trim_end_matches('*').trim();
        self.path.push('{');
        self.path.push_str(name);
        self.path.push('}');
        if !name.is_empty() {
            self.expressions.push((written, name));
        }
    }

    /// The names in the path, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'k str> {
        self.expressions.iter().map(|(_, name)| *name)
    }

    /// Whether a value may hold slashes: `{+name}` and `{name*}`.
    pub(crate) fn is_reserved(&self, name: &str) -> bool {
        let mut expressions = self.expressions.iter();
        expressions.any(|(written, own)| *own == name && (written.starts_with('+') || written.ends_with('*')))
    }
}

/// The name of an expression, when a text is nothing else: `{name}`.
pub(crate) fn expression(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && !name.contains(['{', '}'])).then_some(name)
}

/// Splits before the first of these characters that is not between braces.
fn split_unbraced<'t>(text: &'t str, at: &[char]) -> (&'t str, &'t str) {
    let mut from = 0;
    loop {
        let found = text[from..].find(|c| c == '{' || at.contains(&c));
        match found.map(|found| from + found) {
            Some(brace) if text[brace..].starts_with('{') => from = brace + 1 + closing(&text[brace + 1..]),
            Some(end) => return text.split_at(end),
            None => return (text, ""),
        }
    }
}

/// Where an expression ends; one that is never closed ends with its segment.
fn closing(text: &str) -> usize {
    let mut depth = 1_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.find(['/', '?', '#']).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{Template, expression};

    #[track_caller]
    fn check(key: &str, path: &str, names: &[&str], query: &[(&str, &str)]) {
        let template = Template::read(key);
        assert_eq!(template.path, path, "{key}");
        assert_eq!(template.names().collect::<Vec<_>>(), names, "{key}");
        assert_eq!(template.query, query, "{key}");
    }

    #[test]
    fn paths() {
        check("/a/{b}/c/{d}.json", "/a/{b}/c/{d}.json", &["b", "d"], &[]);
        check(" a/{b}{c} ", "/a/{b}{c}", &["b", "c"], &[]);
        check("/{}", "/{}", &[], &[]);
        check("/a}/:b", "/a}/:b", &[], &[]);
    }

    #[test]
    fn expressions_of_routers() {
        check("/a/{b", "/a/{b}", &["b"], &[]);
        check("/a/{b/c/{d}", "/a/{b}/c/{d}", &["b", "d"], &[]);
        check("/{id:[0-9]{2}?}/x", "/{id}/x", &["id"], &[]);
        check("/{+name}/{rest*}", "/{name}/{rest}", &["name", "rest"], &[]);
        check("/a{/b}{.c}{?d,e}", "/a/{b}.{c}", &["b", "c"], &[]);
        assert!(Template::read("/{+a}").is_reserved("a"));
        assert!(!Template::read("/{a}").is_reserved("a"));
    }

    #[test]
    fn queries_and_fragments() {
        check("/a?b=c&d={e}&f", "/a", &[], &[("b", "c"), ("d", "{e}"), ("f", "")]);
        check("/#Action=Do", "/", &[], &[]);
        check("/a/{b}#c?d", "/a/{b}", &["b"], &[]);
        assert_eq!(Template::read("/a?b=c#d").fragment, Some("d"));
    }

    #[test]
    fn names_in_braces() {
        assert_eq!(expression(" {a} "), Some("a"));
        assert_eq!(expression("{a}{b}"), None);
        assert_eq!(expression("a"), None);
    }
}
