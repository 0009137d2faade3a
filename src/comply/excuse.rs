//! Exclusions: whether one holds on a day, and for which requirements.

use jiff::civil::Date;

use super::{Clause, Memory, Name, Pack, Reference, Stamp, matches};
use crate::assess::NOTICE;
use crate::model::Exclusion;

/// Whether an exclusion counts on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// It holds; the days that are left before its review.
    Holds(i32),
    /// Its review day is over.
    Overdue,
    /// It says no reason, owner or review day.
    Incomplete,
    /// It was decided later than the day that is asked about.
    Later,
    /// The model contradicts what it rests on, or the condition cannot be read.
    Refuted,
    /// What it takes out has other words than when that was decided.
    Stale,
}

impl Excuse {
    /// `refuted` says whether the model contradicts the condition, `stale` whether the words are others now.
    pub fn of(exclusion: &Exclusion, today: Date, (refuted, stale): (bool, bool)) -> Excuse {
        let whole =
            exclusion.reason.is_some() && !exclusion.why.trim().is_empty() && !exclusion.owner.trim().is_empty();
        match exclusion.review_by {
            Some(review) if whole => {
                let later = exclusion.on.is_some_and(|on| on.day() > today);
                let left = (review.day() - today).get_days();
                match () {
                    () if later => Excuse::Later,
                    () if left < 0 => Excuse::Overdue,
                    () if refuted => Excuse::Refuted,
                    () if stale => Excuse::Stale,
                    () => Excuse::Holds(left),
                }
            }
            _ => Excuse::Incomplete,
        }
    }

    /// The days that are left, where it holds and they are few: see [`crate::assess::NOTICE`].
    pub fn ending(self) -> Option<i32> {
        match self {
            Excuse::Holds(left) => Some(left).filter(|left| *left <= NOTICE),
            _ => None,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Excuse::Holds(_) => "holds",
            Excuse::Overdue => "overdue",
            Excuse::Incomplete => "incomplete",
            Excuse::Later => "later",
            Excuse::Refuted => "refuted",
            Excuse::Stale => "stale",
        }
    }
}

/// What an exclusion remembers of the words of what it takes out, and what it would remember now; `None` = it takes out nothing of the
/// pack.
pub fn recalled(exclusion: &Exclusion, pack: &Pack) -> Option<(Memory, Stamp)> {
    let reference = Reference::parse(&exclusion.req).filter(|reference| reference.framework == pack.name)?;
    let stamp = Stamp::over(pack, &reference.id)?;
    Some((stamp.compare(&exclusion.text), stamp))
}

/// Whether an exclusion is about a requirement of a framework.
pub fn about(exclusion: &Exclusion, framework: &Name, clause: &Clause) -> bool {
    let reference = Reference::parse(&exclusion.req);
    reference.is_some_and(|reference| reference.framework == *framework && matches(&reference.id, &clause.id))
}
