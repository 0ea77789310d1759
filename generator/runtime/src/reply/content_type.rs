//! Which of the declared media types a response has.

use http::header::CONTENT_TYPE;

use super::super::encode::media_type::{self, are_bytes_both, essence, is_bytes, is_json, is_text};
use super::decode::DecodeError;
use super::response::Reply;

impl Reply {
    /// Returns the declared media type that matches the content type of the response: the same one, or one that covers
    /// it. `text/plain` covers any text except HTML; `application/octet-stream` covers everything except JSON and text.
    ///
    /// A response without a content type is treated as JSON if that is declared, otherwise as the first media type.
    /// Unless the client is strict, a JSON body matches declared JSON under any other content type, and declared bytes
    /// match any content type except JSON, text and XML.
    ///
    /// # Errors
    /// No declared media type matches.
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
        let bytes = || declared.iter().find(|declared| are_bytes_both(declared, &found));
        chosen
            .or_else(|| json().filter(|_| self.is_json()))
            .or_else(|| bytes().filter(|_| !self.is_strict()))
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
        (declared, _) => is_bytes(declared),
    }
}
