//! The clock, read once at the door; `GIT_AUTHOR_DATE` and `--at` stand in for it.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date, fmt::rfc2822};

use super::failure::Failure;

/// A moment as Git writes it: RFC 3339, RFC 2822, `@seconds +0000` or `seconds +0000`; also a plain date.
pub fn parse(text: &str) -> Result<Timestamp, Failure> {
    let text = text.trim();
    let seconds = || text.trim_start_matches('@').split(' ').next().and_then(|text| text.parse().ok());
    let parsed = text.parse::<Timestamp>().ok();
    let parsed = parsed.or_else(|| spaced(text)).or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()));
    let parsed = parsed.or_else(|| seconds().and_then(|seconds| Timestamp::from_second(seconds).ok()));
    let parsed = parsed.or_else(|| midnight(text));
    parsed.ok_or_else(|| {
        Failure::usage(format!("`{text}` is not a date")).hint("write it as 2026-11-20 or 2026-11-20T09:12:00Z")
    })
}

/// `2026-11-20 09:12:00 +0000`, as `git log` prints it.
fn spaced(text: &str) -> Option<Timestamp> {
    jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %z", text).ok()?.to_timestamp().ok()
}

fn midnight(text: &str) -> Option<Timestamp> {
    let date: Date = text.parse().ok()?;
    date.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
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
        ] {
            assert_eq!(parse(text).ok(), Some(moment), "{text}");
        }
        assert_eq!(parse("2026-01-02").map(day).ok(), "2026-01-02".parse().ok());
        assert!(parse("yesterday").is_err());
    }
}
