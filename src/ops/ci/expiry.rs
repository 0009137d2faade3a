//! What is past its day: the fault of no change, so it fails the scheduled audit alone, which says a month before.

use jiff::ToSpan as _;

use super::Plan;
use crate::finding::{Code, Severity, codes};
use crate::ops::audit::Depth;
use crate::ops::check::{Against, Checked, Judged, Question, check};
use crate::ops::{Desk, Trouble};

const EXPIRIES: [&Code; 3] = [&codes::ATTESTATION_EXPIRED, &codes::DECISION_OVERDUE, &codes::EXCUSE_OVERDUE];

/// Days before the last one that the audit begins to tell.
const NOTICE: i64 = 30;

/// Whether a finding fails a run.
pub(super) fn fails(judged: &Judged, plan: &Plan, least: Severity) -> bool {
    match expires(judged) {
        true => plan.expiries,
        false => !judged.stock && judged.finding.severity >= least,
    }
}

/// What will be past its day within [`NOTICE`] days and is not yet.
pub(super) fn ending(desk: &Desk, asked: &Question, now: &Checked) -> Result<Vec<Judged>, Trouble> {
    let then = asked.today.saturating_add(NOTICE.days());
    let (candidate, against) = (asked.candidate.clone(), Against::Nothing);
    let later = Question { models: Vec::new(), candidate, against, depth: Depth::Off, today: then };
    let known = |judged: &Judged| now.findings.iter().any(|other| other.fingerprint == judged.fingerprint);
    Ok(check(desk, &later)?.findings.into_iter().filter(|judged| expires(judged) && !known(judged)).collect())
}

pub(super) fn expires(judged: &Judged) -> bool {
    EXPIRIES.iter().any(|code| code.name == judged.finding.code.name)
}
