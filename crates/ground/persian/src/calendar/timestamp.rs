use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Asia::Tehran;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Date;

/// An instant in whole UTC seconds.
///
/// Written as `2026-11-23T08:45:40Z`, so the order of texts is the order of
/// time. It lies between the years 1 and 9999; whatever would fall outside
/// stops at the end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

/// The text is no instant such as `2026-11-23T08:45:40Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an instant of the form 2026-11-23T08:45:40Z")]
pub struct TimestampFault;

impl Timestamp {
    /// The first second of year 1.
    pub const MIN: Self = Self(-62_135_596_800);
    /// The end of 30 December 9999: Tehran is ahead of UTC and must still be in that year.
    pub const MAX: Self = Self(253_402_214_399);

    /// From seconds since 1970.
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < Self::MIN.0 {
            Self::MIN
        } else if seconds > Self::MAX.0 {
            Self::MAX
        } else {
            Self(seconds)
        }
    }

    /// Seconds since 1970.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// What the machine's clock shows. The only place where it is read; all
    /// else is given the time.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that is handed out"
    )]
    pub fn system_now() -> Self {
        let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |s| -s),
        };
        Self::from_unix(seconds)
    }

    /// Some seconds later or, when negative, earlier.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// Some days of 24 hours later or, when negative, earlier.
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Seconds from `earlier` to this instant; negative when it is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// The day in Tehran.
    pub fn date(self) -> Date {
        self.in_tehran().date()
    }

    /// Day, hour and minute in Tehran.
    pub fn local(self) -> (Date, u32, u32) {
        let local = self.in_tehran();
        (local.date(), local.hour(), local.minute())
    }

    /// The instant at which clocks in Tehran show this.
    ///
    /// The earlier one of two when clocks were set back. In an hour that was
    /// skipped, as far after the change as the clock is into that hour. An hour
    /// or minute too large is taken as the last one.
    pub fn at(date: Date, hour: u32, minute: u32) -> Self {
        let Some(day) = date
            .with_year(date.year().clamp(1, 9999))
            .and_then(|day| day.and_hms_opt(hour.min(23), minute.min(59), 0))
        else {
            // Only 29 February of a year outside the range has no counterpart.
            return if date.year() < 1 {
                Self::MIN
            } else {
                Self::MAX
            };
        };
        let zone = Tehran;
        let offset = zone
            .offset_from_local_datetime(&day)
            .earliest()
            .unwrap_or_else(|| zone.offset_from_utc_datetime(&(day - TimeDelta::days(1))));
        let ahead = i64::from(offset.fix().local_minus_utc());
        Self::from_unix(day.and_utc().timestamp() - ahead)
    }

    fn utc(self) -> DateTime<Utc> {
        // Within the range of the type, so there always is one.
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }

    fn in_tehran(self) -> NaiveDateTime {
        self.utc().with_timezone(&Tehran).naive_local()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.utc();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampFault;

    /// Reads RFC 3339 with any offset; parts of a second are cut off.
    fn from_str(text: &str) -> Result<Self, TimestampFault> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| TimestampFault)?;
        let seconds = at.timestamp();
        let held = Self::from_unix(seconds);
        if held.0 == seconds {
            Ok(held)
        } else {
            Err(TimestampFault)
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
#[path = "timestamp_tests.rs"]
mod tests;
