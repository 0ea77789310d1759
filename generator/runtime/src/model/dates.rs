//! Dates and times as texts (RFC 3339).

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};

use super::argument::{Converted, Exact};
use super::forms;
use super::read::traits::Parsed;
use super::read::{Place, Read, Source, strict};
use super::value_error::ValueError;
use super::write::{Sink, Write};

impl Parsed for DateTime<FixedOffset> {
    fn parse(text: &str) -> Result<Self, ValueError> {
        time(text).ok_or_else(|| invalid(text, "a date and time (RFC 3339)"))
    }
}

impl Converted for DateTime<FixedOffset> {}

impl Exact for NaiveDate {}

impl Read for DateTime<FixedOffset> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        Parsed::parse(&source.text()?)
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::parsed(place)
    }
}

impl Parsed for NaiveDate {
    fn parse(text: &str) -> Result<Self, ValueError> {
        let date = match text.parse() {
            Ok(date) => Some(date),
            Err(_) => strict::takes_other_form().then(|| forms::date(text)).flatten(),
        };
        date.ok_or_else(|| invalid(text, "a date (RFC 3339)"))
    }
}

impl Read for NaiveDate {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        Parsed::parse(&source.text()?)
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::parsed(place)
    }
}

fn invalid(text: &str, expected: &str) -> ValueError {
    ValueError::new(format!("invalid value: string {text:?}, expected {expected}"))
}

/// The point in time that a text is.
pub(super) fn time(text: &str) -> Option<DateTime<FixedOffset>> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Some(time),
        Err(_) => strict::takes_other_form().then(|| forms::time(text)).flatten(),
    }
}

impl Write for DateTime<FixedOffset> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Write for NaiveDate {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(&self.to_string())
    }
}
