//! Dates and times as texts (RFC 3339).

use chrono::{DateTime, FixedOffset, NaiveDate, ParseError, SecondsFormat};

use super::{Read, Refusal, Sink, Source, Write};

impl Read for DateTime<FixedOffset> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        time(&source.text()?).map_err(refusal)
    }
}

/// The point in time that a text is.
pub(super) fn time(text: &str) -> Result<DateTime<FixedOffset>, ParseError> {
    // several times quicker than what takes spaces and short forms too
    DateTime::parse_from_rfc3339(text).or_else(|_| text.parse())
}

impl Read for NaiveDate {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        source.text()?.parse().map_err(refusal)
    }
}

fn refusal(error: ParseError) -> Refusal {
    Refusal::new(error.to_string())
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
