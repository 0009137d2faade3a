//! Exclusions: whether one holds on a day, and for which requirements.

use jiff::civil::Date;

use super::{Clause, Name, Reference, matches};
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
}

impl Excuse {
    /// `refuted` says whether the model contradicts the condition.
    pub fn of(exclusion: &Exclusion, today: Date, refuted: bool) -> Excuse {
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
                    () => Excuse::Holds(left),
                }
            }
            _ => Excuse::Incomplete,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Excuse::Holds(_) => "holds",
            Excuse::Overdue => "overdue",
            Excuse::Incomplete => "incomplete",
            Excuse::Later => "later",
            Excuse::Refuted => "refuted",
        }
    }
}

/// Whether an exclusion is about a requirement of a framework.
pub fn about(exclusion: &Exclusion, framework: &Name, clause: &Clause) -> bool {
    let reference = Reference::parse(&exclusion.req);
    reference.is_some_and(|reference| reference.framework == *framework && matches(&reference.id, &clause.id))
}
