//! Dates and times as texts (RFC 3339).

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};

use super::{Read, Refusal, Sink, Source, Write};

impl Read for DateTime<FixedOffset> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        parsed(&source.text()?)
    }
}

impl Read for NaiveDate {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        parsed(&source.text()?)
    }
}

fn parsed<T: std::str::FromStr<Err = chrono::ParseError>>(text: &str) -> Result<T, Refusal> {
    text.parse()
        .map_err(|error: chrono::ParseError| Refusal::new(error.to_string()))
}

impl Write for DateTime<FixedOffset> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.text(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Write for NaiveDate {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
        sink.text(&self.to_string())
    }
}
