//! JSON Pointers (RFC 6901), the locations that every stage reports.

use std::fmt::{self, Write as _};

/// A location in a document, as a JSON Pointer (RFC 6901).
///
/// ```
/// use envoi::Pointer;
///
/// let at = Pointer::root().child("paths").child("/invitations").child("get");
/// assert_eq!(at.to_string(), "#/paths/~1invitations/get");
/// assert_eq!(Pointer::parse("#/paths/~1invitations/get"), Some(at));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses a URI fragment such as `#/components/schemas/Pet`, percent-encoded or not.
    ///
    /// Returns `None` if the text is not a fragment with a JSON Pointer.
    #[must_use]
    pub fn parse(fragment: &str) -> Option<Self> {
        let text = percent_decode(fragment.strip_prefix('#')?)?;
        (text.is_empty() || text.starts_with('/')).then_some(Self(text))
    }

    /// Returns the pointer as a URI fragment, the inverse of [`Pointer::parse`].
    #[must_use]
    pub(crate) fn fragment(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }

    /// Returns the pointer to a key or an index below this one.
    #[must_use]
    pub fn child(&self, token: impl fmt::Display) -> Self {
        let mut text = String::with_capacity(self.0.len() + 24);
        text.push_str(&self.0);
        text.push('/');
        // writing to a text never fails
        let _ = write!(Escaped(&mut text), "{token}");
        Self(text)
    }

    /// Calls `work` with the place of a member or an element below this one, and is this place again.
    pub(crate) fn below<R>(&mut self, token: &str, work: impl FnOnce(&mut Self) -> R) -> R {
        let end = self.0.len();
        self.0.push('/');
        // writing to a text never fails
        let _ = Escaped(&mut self.0).write_str(token);
        let result = work(self);
        self.0.truncate(end);
        result
    }

    /// Returns the unescaped reference tokens, outermost first.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.0
            .split('/')
            .skip(1)
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// Returns the last token, or an empty string for the root.
    #[must_use]
    pub fn last(&self) -> String {
        self.tokens().last().unwrap_or_default()
    }

    /// Returns the pointer to the enclosing object or array; `None` for the root.
    #[must_use]
    pub(crate) fn parent(&self) -> Option<Self> {
        let (above, _) = self.0.rsplit_once('/')?;
        Some(Self(above.to_owned()))
    }

    /// Returns this pointer and its ancestors, the root first.
    pub(crate) fn around(&self) -> impl Iterator<Item = Self> {
        let ends = self.0.match_indices('/').map(|(end, _)| end);
        ends.chain(std::iter::once(self.0.len()))
            .map(|end| Self(self.0[..end].to_owned()))
    }

    /// Returns the pointer as `serde_json::Value::pointer` expects it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the remainder after `prefix`, if this pointer is `prefix` or below it.
    #[must_use]
    pub fn strip_prefix(&self, prefix: &Self) -> Option<&str> {
        let rest = self.0.strip_prefix(&prefix.0)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }

    /// Appends `rest`, which must be escaped.
    #[must_use]
    pub(crate) fn join(&self, rest: &str) -> Self {
        Self(format!("{}{rest}", self.0))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Writes a token into a pointer.
struct Escaped<'t>(&'t mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, token: &str) -> fmt::Result {
        for part in token.split_inclusive(['~', '/']) {
            let (plain, escaped) = match part.as_bytes().last() {
                Some(b'~') => (&part[..part.len() - 1], "~0"),
                Some(b'/') => (&part[..part.len() - 1], "~1"),
                _ => (part, ""),
            };
            self.0.push_str(plain);
            self.0.push_str(escaped);
        }
        Ok(())
    }
}

/// A text without its percent escapes; `None` when what comes out is not UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[track_caller]
    fn check(fragment: &str, tokens: &[&str]) {
        let pointer = Pointer::parse(fragment).expect("a pointer");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), tokens, "{fragment}");
    }

    #[test]
    fn fragments_are_unescaped() {
        check("#", &[]);
        check("#/a~1b/c~0d", &["a/b", "c~d"]);
        check("#/paths/~1a~1%7Bid%7D/get", &["paths", "/a/{id}", "get"]);
        check("#/100%/x", &["100%", "x"]);
        check("#/~01", &["~1"]);
    }

    #[test]
    fn what_is_not_a_pointer_is_refused() {
        assert_eq!(Pointer::parse("other.yaml#/a"), None);
        assert_eq!(Pointer::parse("#anchor"), None);
    }

    #[test]
    fn a_prefix_ends_at_a_token() {
        let long = Pointer::root().child("definitions").child("Pet");
        let base = Pointer::root().child("definitions");
        assert_eq!(long.strip_prefix(&base), Some("/Pet"));
        assert_eq!(long.strip_prefix(&Pointer::root().child("def")), None);
    }
}
