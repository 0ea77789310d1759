//! Percent-encoding (RFC 3986, section 2).

/// What is left as it is; everything else is percent-encoded, byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Unreserved characters.
    Component,
    /// Those, the reserved ones that do not change the structure of a query, and encoded triples.
    Reserved,
    /// The same for a path.
    ReservedInPath,
    /// What a path can contain, for the literal text of a template.
    Literal,
    /// What a query can contain.
    Query,
    /// What the value of a cookie can contain (RFC 6265, section 4.1.1), except `%`, so that a server
    /// can tell what was encoded.
    Cookie,
    /// What a header can contain of ASCII, except `;`, which ends the value of a cookie.
    WholeCookie,
    /// Everything.
    Nothing,
}

/// By byte: whether it is unreserved.
static UNRESERVED: [bool; 256] = {
    let mut kept = [false; 256];
    let mut byte: u8 = 0;
    while byte < u8::MAX {
        kept[byte as usize] = Escape::Component.keeps(byte);
        byte += 1;
    }
    kept
};

impl Escape {
    /// Appends the encoded text.
    pub(crate) fn append(self, text: &str, out: &mut String) {
        let bytes = text.as_bytes();
        if bytes.iter().all(|byte| UNRESERVED[usize::from(*byte)]) {
            // no escape touches what is unreserved, which most texts are
            return out.push_str(text);
        }
        let mut kept = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if self.keeps(byte) || (byte == b'%' && self.keeps_triple(bytes.get(at + 1..at + 3))) {
                continue;
            }
            // both ends are next to ASCII, or inside one run of encoded bytes, where nothing is kept
            out.push_str(text.get(kept..at).unwrap_or_default());
            kept = at + 1;
            out.push('%');
            out.push(hex(byte >> 4));
            out.push(hex(byte & 15));
        }
        out.push_str(text.get(kept..).unwrap_or_default());
    }

    /// The encoded text.
    pub(crate) fn text(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        self.append(text, &mut out);
        out
    }

    const fn keeps(self, byte: u8) -> bool {
        let unreserved = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let delimiter = matches!(byte, b'!' | b'$' | b'\'' | b'(' | b')' | b'*' | b',' | b';' | b'=');
        match self {
            Self::Component => unreserved,
            Self::Reserved => unreserved || delimiter || matches!(byte, b':' | b'/' | b'?' | b'[' | b']' | b'@'),
            Self::ReservedInPath => unreserved || delimiter || matches!(byte, b':' | b'/' | b'@'),
            Self::Literal => unreserved || delimiter || matches!(byte, b':' | b'/' | b'@' | b'&' | b'+'),
            Self::Query => Self::Literal.keeps(byte) || matches!(byte, b'?' | b'[' | b']'),
            Self::Cookie => byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\' | b'%'),
            Self::WholeCookie => (byte.is_ascii_graphic() || byte == b' ') && byte != b';',
            Self::Nothing => true,
        }
    }

    fn keeps_triple(self, digits: Option<&[u8]>) -> bool {
        matches!(
            self,
            Self::Reserved | Self::ReservedInPath | Self::Literal | Self::Query
        ) && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    }
}

fn hex(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}

/// A text with its encoded bytes decoded.
pub(super) fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits
            .filter(|_| first == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
