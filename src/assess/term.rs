//! How far off the last day of something is: of an attestation, a decision, an exclusion. Every answer that tells of it begins on the
//! same day.

use jiff::civil::Date;

/// Days before the last valid one from which it is told (ruling 38).
pub const NOTICE: i32 = 30;

/// The days that are left until the last valid one, 0 on that day itself; `None` while it is further off than [`NOTICE`], and once it is over.
pub fn ending(last: Date, today: Date) -> Option<i32> {
    Some((last - today).get_days()).filter(|left| (0..=NOTICE).contains(left))
}

/// `today`, `tomorrow`, `in 22 days`.
pub fn in_days(left: i32) -> String {
    match left {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_is_told_from_the_thirtieth_day_before_through_the_last() {
        let last = date(2026, 3, 31);
        let on = |month: i8, day: i8| ending(last, date(2026, month, day));
        assert_eq!([on(2, 28), on(3, 1), on(3, 30), on(3, 31), on(4, 1)], [None, Some(30), Some(1), Some(0), None]);
    }
}
