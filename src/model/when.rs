//! A moment as files write it: a date, or a date and time in UTC.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::TimeZone};

/// `2026-11-20`, or `2026-11-20T09:12:00Z`. Dates compare by their first instant in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    Day(Date),
    Instant(Timestamp),
}

impl When {
    /// The day it falls on, in UTC.
    pub fn day(self) -> Date {
        match self {
            When::Day(date) => date,
            When::Instant(instant) => TimeZone::UTC.to_datetime(instant).date(),
        }
    }

    /// Whether what was said at a time is older than this: a day is younger than everything said on it.
    pub fn outdates(self, said: When) -> bool {
        match (self, said) {
            (When::Instant(here), When::Instant(there)) => there < here,
            _ => said.day() <= self.day(),
        }
    }

    /// Its first instant in UTC, by which moments are put in order.
    pub fn moment(self) -> DateTime {
        match self {
            When::Day(date) => date.to_datetime(Time::midnight()),
            When::Instant(instant) => TimeZone::UTC.to_datetime(instant),
        }
    }
}

impl FromStr for When {
    type Err = ();

    fn from_str(text: &str) -> Result<When, ()> {
        if text.len() == 10 {
            return text.parse().map(When::Day).map_err(drop);
        }
        text.parse().map(When::Instant).map_err(drop)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(date) => write!(f, "{date}"),
            When::Instant(instant) => write!(f, "{instant}"),
        }
    }
}
