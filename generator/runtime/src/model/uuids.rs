//! UUIDs as texts (RFC 9562).

use uuid::Uuid;

use super::argument::Exact;
use super::read::traits::Parsed;
use super::read::{Place, Read, Source, strict};
use super::value_error::ValueError;
use super::write::{Sink, Write};

impl Parsed for Uuid {
    fn parse(text: &str) -> Result<Self, ValueError> {
        if text.len() != uuid::fmt::Hyphenated::LENGTH && !strict::takes_other_form() {
            return Err(ValueError::new(
                "expected a UUID with hyphens and without braces or prefix (RFC 9562)",
            ));
        }
        Self::parse_str(text).map_err(|error| ValueError::new(format!("UUID parsing failed: {error}")))
    }
}

impl Exact for Uuid {}

impl Read for Uuid {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        Parsed::parse(&source.text()?)
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::parsed(place)
    }
}

impl Write for Uuid {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(self.hyphenated().encode_lower(&mut Self::encode_buffer()))
    }
}
