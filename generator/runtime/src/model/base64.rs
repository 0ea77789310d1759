//! Bytes as base64 text.

use std::fmt;
use std::ops::Deref;

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::Converted;
use super::read::{Read, Source, strict};
use super::value_error::ValueError;
use super::write::{Sink, Write};
use super::{read, write};

/// Bytes that are base64 text in JSON. Deserialized from the standard and the URL-safe alphabet, with or without
/// padding and line breaks. `Debug` shows the length only.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64Bytes<const URL_SAFE: bool>(pub Vec<u8>);

/// Bytes with `format: byte`. Serialized in the standard alphabet with padding (RFC 4648, section 4).
pub type Base64 = Base64Bytes<false>;

/// Bytes with `format: base64url`. Serialized in the URL-safe alphabet without padding (RFC 4648, section 5).
pub type Base64Url = Base64Bytes<true>;

const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl<const URL_SAFE: bool> fmt::Debug for Base64Bytes<URL_SAFE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl<const URL_SAFE: bool> From<Vec<u8>> for Base64Bytes<URL_SAFE> {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl<const URL_SAFE: bool> From<&[u8]> for Base64Bytes<URL_SAFE> {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const URL_SAFE: bool> Deref for Base64Bytes<URL_SAFE> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<const URL_SAFE: bool> AsRef<[u8]> for Base64Bytes<URL_SAFE> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<const URL_SAFE: bool> Converted for Base64Bytes<URL_SAFE> {}

impl<const URL_SAFE: bool> Write for Base64Bytes<URL_SAFE> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        let engine = if URL_SAFE { &URL_SAFE_NO_PAD } else { &STANDARD };
        sink.text(&engine.encode(&self.0))
    }
}

impl<const URL_SAFE: bool> Read for Base64Bytes<URL_SAFE> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let text = source.text()?;
        let declared = match URL_SAFE {
            true => !text.contains(|c: char| matches!(c, '+' | '/' | '=') || c.is_ascii_whitespace()),
            false => text.len() % 4 == 0 && !text.contains(|c: char| matches!(c, '-' | '_') || c.is_ascii_whitespace()),
        };
        if !declared && !strict::takes_other_form() {
            return Err(ValueError::new(
                "expected base64 in the declared alphabet and padding, without line breaks (RFC 4648)",
            ));
        }
        // not the error of the crate, which shows a byte of a possible secret
        decode(&text)
            .map(Self)
            .ok_or_else(|| ValueError::new("invalid base64 text"))
    }
}

impl<const URL_SAFE: bool> Serialize for Base64Bytes<URL_SAFE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::serialize(self, serializer)
    }
}

impl<'de, const URL_SAFE: bool> Deserialize<'de> for Base64Bytes<URL_SAFE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let standard: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    STANDARD.decode(standard).ok()
}
