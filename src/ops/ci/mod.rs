//! A workflow's run: what the event asks for, on a checkout that may be shallow.

mod event;
mod expiry;
mod fetch;
mod plan;

use jiff::civil::Date;

use super::check::{self, Checked, Judged, check};
use super::comment::{Review, scope};
use super::diff::{self, Pair, diff};
use super::{Candidate, Desk, Trouble};
use crate::difference::Compared;
use crate::finding::Severity;

pub use event::{Event, Pull, Push};
pub use fetch::{Brought, bring};
pub use plan::{Plan, needs, plan};

/// What is asked.
pub struct Question<'a> {
    pub event: &'a Event,
    pub today: Date,
    /// The least severity that fails.
    pub least: Severity,
}

/// The answer.
pub struct Ran {
    pub plan: Plan,
    pub checked: Checked,
    /// What the change is, where there is one to tell.
    pub compared: Option<Compared>,
    /// Findings that fail.
    pub failing: usize,
}

/// Looks at what the event brought; `None` where that is nothing. What it rests on was brought before.
pub fn ci(desk: &Desk, question: &Question<'_>) -> Result<Option<Ran>, Trouble> {
    let Some(plan) = plan(desk.repo()?, question.event)? else { return Ok(None) };
    let asked = check::Question {
        models: Vec::new(),
        candidate: plan.candidate.clone(),
        against: plan.against.clone(),
        depth: plan.depth(),
        today: question.today,
    };
    let checked = check(desk, &asked)?;
    let compared = plan.change.as_ref().map(|change| compared(desk, change, question.today)).transpose()?;
    let failing = checked.findings.iter().filter(|judged| expiry::fails(judged, &plan, question.least)).count();
    Ok(Some(Ran { plan, checked, compared, failing }))
}

impl Ran {
    /// What is told of it on the pull request whose head this is; `None` where there is no change to tell.
    pub fn review(self, desk: &Desk, head: &str) -> Option<Review> {
        let (base, _) = self.plan.change?;
        let (checked, failing, compared) = (self.checked, self.failing, self.compared?);
        Some(Review { checked, failing, compared, key: scope(desk), head: head.to_owned(), base })
    }

    /// Findings about what is past its day.
    pub fn over(&self) -> impl Iterator<Item = &Judged> {
        self.checked.findings.iter().filter(|judged| expiry::expires(judged))
    }

    /// Findings about what will be soon.
    pub fn ending(&self) -> impl Iterator<Item = &Judged> {
        self.checked.findings.iter().filter(|judged| expiry::ends(judged))
    }
}

fn compared(desk: &Desk, (from, to): &(String, String), as_of: Date) -> Result<Compared, Trouble> {
    let revision = |id: &String| Candidate::Revision(id.clone());
    let pair = Pair::new(revision(from), revision(to));
    diff(desk, &diff::Question { pair, models: &[], as_of })
}
