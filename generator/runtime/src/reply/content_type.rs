//! Which of the declared media types a reply has.

use http::header::CONTENT_TYPE;

use super::super::encode::media_type::{self, are_octets_both, essence, is_json, is_octets, is_text};
use super::decode::DecodeError;
use super::response::Reply;

impl Reply {
    /// The one of the declared media types that the reply has: the very same, or one that covers it. Among texts,
    /// `text/plain` stands for any but HTML; `application/octet-stream` stands for whatever is neither JSON nor text.
    /// A reply without a content type is taken for JSON where that is declared, and otherwise for the first. Where JSON is
    /// declared, a body that is JSON is taken for it under any other content type, and where octets are, any that are neither
    /// JSON nor text nor XML, unless the client is strict.
    ///
    /// # Errors
    /// The content type is none of them.
    pub fn media_type(&self, declared: &[&'static str]) -> Result<&'static str, DecodeError> {
        let Some(header) = self.headers().get(CONTENT_TYPE) else {
            let whole = |declared: &&&str| is_json(&essence(declared)) != self.is_stream();
            let assumed = declared.iter().find(whole).or(declared.first());
            return assumed.copied().ok_or(DecodeError::Empty);
        };
        let found = normal(&String::from_utf8_lossy(header.as_bytes()));
        let tests: [fn(&str, &str) -> bool; 4] = [is_same, has_same_essence, fits, stands_for];
        let mut tests = tests.iter();
        let chosen = tests.find_map(|fits| declared.iter().find(|declared| fits(&normal(declared), &found)));
        let json = || declared.iter().find(|declared| is_json(&essence(declared)));
        let octets = || declared.iter().find(|declared| are_octets_both(declared, &found));
        chosen
            .or_else(|| json().filter(|_| self.is_json()))
            .or_else(|| octets().filter(|_| !self.is_strict()))
            .copied()
            .ok_or_else(|| self.content_type_error(declared.join(", "), header))
    }
}

/// In lower case and without blanks, so that parameters can be compared.
fn normal(media_type: &str) -> String {
    let mut text = media_type.to_ascii_lowercase();
    text.retain(|character| !character.is_whitespace());
    text
}

fn is_same(declared: &str, found: &str) -> bool {
    declared == found
}

fn has_same_essence(declared: &str, found: &str) -> bool {
    essence(declared) == essence(found)
}

fn fits(declared: &str, found: &str) -> bool {
    media_type::fits(declared, Some(&essence(found)))
}

/// Whether what was found is read as what is declared.
fn stands_for(declared: &str, found: &str) -> bool {
    let (declared, found) = (essence(declared), essence(found));
    match (&*declared, &*found) {
        (declared, found) if is_json(declared) => is_json(found),
        ("text/event-stream", _) => false,
        ("text/plain", found) => is_text(found) && !matches!(found, "text/html" | "text/event-stream"),
        (declared, "text/plain") => is_text(declared),
        (declared, _) => is_octets(declared),
    }
}
