//! Dates and times of TOML as moments.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use toml::value::{Datetime, Offset as Zone};

use crate::model::When;

/// Why a date is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoMoment {
    /// Only a time, or a day that no calendar has.
    NoDay,
    /// Without `Z` nobody knows when that was.
    NoZone,
    /// The moment is clear, but files speak UTC.
    Elsewhere(When),
}

pub(super) fn when(datetime: &Datetime) -> Result<When, NoMoment> {
    let day = datetime.date.and_then(|date| {
        Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
    });
    let day = day.ok_or(NoMoment::NoDay)?;
    let Some(time) = datetime.time else { return Ok(When::Day(day)) };
    let second = i8::try_from(time.second.unwrap_or(0)).map_err(|_| NoMoment::NoDay)?.min(59);
    let nanosecond = i32::try_from(time.nanosecond.unwrap_or(0)).map_err(|_| NoMoment::NoDay)?;
    let (hour, minute) = (i8::try_from(time.hour), i8::try_from(time.minute));
    let (Ok(hour), Ok(minute)) = (hour, minute) else { return Err(NoMoment::NoDay) };
    let time = Time::new(hour, minute, second, nanosecond).map_err(|_| NoMoment::NoDay)?;
    let minutes = match datetime.offset {
        None => return Err(NoMoment::NoZone),
        Some(Zone::Z) => 0,
        Some(Zone::Custom { minutes }) => minutes,
    };
    let moment = instant(DateTime::from_parts(day, time), minutes).ok_or(NoMoment::NoDay)?;
    if minutes == 0 { Ok(When::Instant(moment)) } else { Err(NoMoment::Elsewhere(When::Instant(moment))) }
}

fn instant(local: DateTime, minutes: i16) -> Option<Timestamp> {
    Offset::from_seconds(i32::from(minutes) * 60).ok()?.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, NoMoment> {
        when(&text.parse().expect("a TOML date")).map(|when| when.to_string())
    }

    #[test]
    fn days_and_utc_times_are_moments() {
        assert_eq!(read("2026-11-20"), Ok("2026-11-20".to_owned()));
        assert_eq!(read("2026-11-20T09:12:00Z"), Ok("2026-11-20T09:12:00Z".to_owned()));
        assert_eq!(read("2026-11-20T09:12:00+00:00"), Ok("2026-11-20T09:12:00Z".to_owned()));
    }

    #[test]
    fn the_rest_says_why() {
        assert_eq!(read("09:12:00"), Err(NoMoment::NoDay));
        assert_eq!(read("2026-11-20T09:12:00"), Err(NoMoment::NoZone));
        let Err(NoMoment::Elsewhere(utc)) = read("2026-11-20T00:30:00+01:00") else { panic!("an offset") };
        assert_eq!(utc.to_string(), "2026-11-19T23:30:00Z");
    }
}
