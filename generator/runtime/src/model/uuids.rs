//! UUIDs as texts (RFC 9562).

use uuid::Uuid;

use super::read::traits::Parsed;
use super::read::{Place, Read, Source, strict};
use super::refusal::Refusal;
use super::write::{Sink, Write};

impl Parsed for Uuid {
    fn parse(text: &str) -> Result<Self, Refusal> {
        if text.len() != uuid::fmt::Hyphenated::LENGTH && !strict::takes_other_form() {
            return Err(Refusal::new("a UUID has hyphens and nothing around it (RFC 9562)"));
        }
        Self::parse_str(text).map_err(|error| Refusal::new(format!("UUID parsing failed: {error}")))
    }
}

impl Read for Uuid {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        Parsed::parse(&source.text()?)
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::parsed(place)
    }
}

impl Write for Uuid {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.text(self.hyphenated().encode_lower(&mut Self::encode_buffer()))
    }
}
