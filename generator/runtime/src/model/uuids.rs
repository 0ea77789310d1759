//! UUIDs as texts (RFC 9562).

use uuid::Uuid;

use super::{Read, Refusal, Sink, Source, Write};

impl Read for Uuid {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        Self::parse_str(&source.text()?).map_err(|error| Refusal::new(format!("UUID parsing failed: {error}")))
    }
}

impl Write for Uuid {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.text(self.hyphenated().encode_lower(&mut Self::encode_buffer()))
    }
}
