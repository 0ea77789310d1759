//! Dates and times as texts (RFC 3339).

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeZone};

use super::read::place::{Parsed, Place};
use super::read::strict;
use super::{Read, Refusal, Sink, Source, Write};

impl Parsed for DateTime<FixedOffset> {
    fn parse(text: &str) -> Result<Self, Refusal> {
        time(text).ok_or_else(|| refusal(text, "a date and time (RFC 3339)"))
    }
}

impl Read for DateTime<FixedOffset> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        Parsed::parse(&source.text()?)
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::parsed(place)
    }
}

impl Parsed for NaiveDate {
    fn parse(text: &str) -> Result<Self, Refusal> {
        let date = date(text).or_else(|| {
            let time = time(text).filter(|_| !strict::is_strict());
            time.map(|time| time.date_naive())
        });
        date.ok_or_else(|| refusal(text, "a date (RFC 3339)"))
    }
}

impl Read for NaiveDate {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        Parsed::parse(&source.text()?)
    }

    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::parsed(place)
    }
}

fn refusal(text: &str, expected: &str) -> Refusal {
    Refusal::new(format!("invalid value: string {text:?}, expected {expected}"))
}

/// The point in time that a text is.
pub(super) fn time(text: &str) -> Option<DateTime<FixedOffset>> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(time) => Some(time),
        Err(_) if strict::is_strict() => None,
        Err(_) => loose_time(text.trim()).or_else(|| text.parse().ok()),
    }
}

/// The point in time that a text is which leaves out what RFC 3339 asks for: the offset, which is that of UTC then, its
/// colon or minutes, the seconds, the `T`, or the time altogether.
fn loose_time(text: &str) -> Option<DateTime<FixedOffset>> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = date(day)?;
    if rest.is_empty() {
        return in_zone(day, NaiveTime::MIN, "");
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let with_seconds = NaiveTime::parse_and_remainder(rest, "%H:%M:%S%.f");
    let (time, zone) = with_seconds
        .or_else(|_| NaiveTime::parse_and_remainder(rest, "%H:%M"))
        .ok()?;
    in_zone(day, time, zone.trim())
}

fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn in_zone(day: NaiveDate, time: NaiveTime, zone: &str) -> Option<DateTime<FixedOffset>> {
    let zone = match zone {
        "" | "Z" | "z" | "UTC" | "GMT" => FixedOffset::east_opt(0),
        offset => of_offset(offset),
    };
    zone?.from_local_datetime(&day.and_time(time)).single()
}

/// The zone of an offset like `+01:00`, `+0100` or `+01`.
fn of_offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = text.split_at_checked(1)?;
    let digits = digits.replacen(':', "", 1);
    let two = |at: usize| digits.get(at..at + 2)?.parse::<i32>().ok();
    let seconds = match digits.len() {
        2 => two(0)? * 3600,
        4 => two(0)? * 3600 + two(2)? * 60,
        _ => return None,
    };
    match sign {
        "+" => FixedOffset::east_opt(seconds),
        "-" => FixedOffset::west_opt(seconds),
        _ => None,
    }
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
