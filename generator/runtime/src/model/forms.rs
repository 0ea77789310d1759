//! The forms in which servers write dates and times, beside those of RFC 3339.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

/// The point in time that a text is.
pub(super) fn time(text: &str) -> Option<DateTime<FixedOffset>> {
    let strict = DateTime::parse_from_rfc3339(text).ok();
    strict.or_else(|| incomplete(text.trim())).or_else(|| text.parse().ok())
}

/// The date that a text is, or that of the point in time that it is.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let date = text.parse().ok();
    date.or_else(|| time(text).map(|time| time.date_naive()))
}

/// The point in time that a text is which leaves out what RFC 3339 asks for: the offset, which is that of UTC then, its
/// colon or minutes, the seconds, the `T`, or the time altogether.
fn incomplete(text: &str) -> Option<DateTime<FixedOffset>> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = day.parse().ok()?;
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
