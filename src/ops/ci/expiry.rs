//! What is past its day: the fault of no change, so it fails the scheduled audit alone, which says before that it will be.

use super::Plan;
use crate::finding::{Code, Severity, codes};
use crate::ops::check::Judged;

const EXPIRIES: [&Code; 3] = [&codes::ATTESTATION_EXPIRED, &codes::DECISION_OVERDUE, &codes::EXCUSE_OVERDUE];

/// Whether a finding fails a run. What still holds fails none.
pub(super) fn fails(judged: &Judged, plan: &Plan, least: Severity) -> bool {
    match () {
        () if ends(judged) => false,
        () if expires(judged) => plan.expiries,
        () => !judged.stock && judged.finding.severity >= least,
    }
}

/// It is past its day.
pub(super) fn expires(judged: &Judged) -> bool {
    EXPIRIES.iter().any(|code| code.name == judged.finding.code.name)
}

/// It will be soon.
pub(super) fn ends(judged: &Judged) -> bool {
    judged.finding.code.name == codes::ENDING_SOON.name
}
