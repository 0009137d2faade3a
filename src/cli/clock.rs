//! The clock, read once at the door; `GIT_AUTHOR_DATE` and `--at` stand in for it.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::rfc2822};

use super::failure::Failure;

/// A moment as Git writes it: RFC 3339, RFC 2822, `@seconds +0000`, `seconds +0000` or as `git log` prints it;
/// also a plain date. A time without an offset is UTC, so that it means the same on every machine.
pub fn parse(text: &str) -> Result<Timestamp, Failure> {
    let text = text.trim();
    let seconds = || text.trim_start_matches('@').split(' ').next().and_then(|text| text.parse().ok());
    let parsed = text.parse::<Timestamp>().ok();
    let parsed = parsed.or_else(|| spaced(text)).or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()));
    let parsed = parsed.or_else(|| seconds().and_then(|seconds| Timestamp::from_second(seconds).ok()));
    let parsed = parsed.or_else(|| civil(text));
    parsed.ok_or_else(|| {
        Failure::usage(format!("`{text}` is not a date")).hint("write it as 2026-11-20 or 2026-11-20T09:12:00Z")
    })
}

/// `2026-11-20 09:12:00 +0000` or `Fri Nov 20 09:12:00 2026 +0000`, as `git log` prints it.
fn spaced(text: &str) -> Option<Timestamp> {
    let formats = ["%Y-%m-%d %H:%M:%S %z", "%a %b %d %H:%M:%S %Y %z"];
    formats.iter().find_map(|format| jiff::fmt::strtime::parse(format, text).ok()?.to_timestamp().ok())
}

/// A date is its first moment.
fn civil(text: &str) -> Option<Timestamp> {
    let moment: DateTime = text.parse().ok()?;
    moment.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// The day of a moment, in UTC.
pub fn day(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_git_reads_the_same() {
        let moment: Timestamp = "2026-01-02T03:04:05Z".parse().expect("a moment");
        for text in [
            "2026-01-02T03:04:05Z",
            "2026-01-02T04:04:05+01:00",
            "2026-01-02 03:04:05 +0000",
            "Fri, 2 Jan 2026 03:04:05 +0000",
            "@1767323045 +0000",
            "1767323045 +0200",
            "Fri Jan 2 04:04:05 2026 +0100",
            "2026-01-02T03:04:05",
            "2026-01-02 03:04:05",
        ] {
            assert_eq!(parse(text).ok(), Some(moment), "{text}");
        }
        assert_eq!(parse("2026-01-02").map(day).ok(), "2026-01-02".parse().ok());
        assert!(parse("yesterday").is_err());
    }
}
