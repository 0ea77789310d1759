//! Points in time beside integers.

use std::fmt;

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::super::argument::Converted;
use super::super::dates::time;
use super::super::read::{self, Read, Source};
use super::super::unlisted::Unlisted;
use super::super::value_error::ValueError;
use super::super::write;
use super::super::write::{Sink, Write};
use super::kind::Kind;

impl Kind for DateTime<FixedOffset> {
    fn take(value: Value) -> Result<Self, Value> {
        let time = value.as_str().and_then(time);
        time.ok_or(value)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

choice! {
    /// An integer, such as the seconds since 1970, or a date and time (RFC 3339).
    ///
    /// # Examples
    /// ```
    /// use envoi_runtime::IntegerOrDateTime;
    ///
    /// let pushed = IntegerOrDateTime::from(1_772_600_767);
    /// assert_eq!(pushed.as_i64(), Some(1_772_600_767));
    /// assert_eq!(pushed.as_date_time(), None);
    /// ```
    #[derive(Eq, Hash)]
    IntegerOrDateTime {
        /// An integer.
        Integer(i64), as_i64() -> i64 = |value: &i64| *value, from i32, i64, u32;
        /// A date and time.
        DateTime(DateTime<FixedOffset>), as_date_time() -> DateTime<FixedOffset> = |value: &DateTime<FixedOffset>| *value,
            from DateTime<FixedOffset>, DateTime<Utc>;
    }
}
