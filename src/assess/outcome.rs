//! What an assessment says about one objective, small enough to keep a hundred thousand of them.

use super::group::Hold;
use super::mask::Mask;
use super::rating::Tier;
use super::reach::{Reach, Verdict};

/// The class an objective is counted in: the first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    NotApplicable,
    Unreachable,
    Mitigated,
    Accepted,
    AtRisk,
    Unassessed,
}

/// What a mitigated objective rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MitigatedBy {
    Controls,
    Assumption,
}

/// Why an objective is open, which is also what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    ExpiredAttestation,
    PendingAttestation,
    MissingControls,
    NoMitigationGroup,
    Unassessed,
}

/// One objective, assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// `None` = not rated.
    pub tier: Option<Tier>,
    pub reach: Reach,
    pub status: Status,
    /// Only when mitigated.
    pub mitigated_by: Option<MitigatedBy>,
    /// Only when at risk or unassessed.
    pub reason: Option<Reason>,
    /// Of a mitigated objective: properties that its complete groups leave unaddressed.
    pub gap: Mask,
}

/// What people decided about an objective and still holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Decided {
    pub not_applicable: bool,
    pub accepted: bool,
}

/// What there is about an objective, before a class is chosen.
pub(super) struct Inputs {
    pub tier: Option<Tier>,
    pub reach: Reach,
    pub decided: Decided,
    /// Whether any live control covers it, in whatever group.
    pub covered: bool,
    /// The best of its groups and of the assumptions that list it.
    pub best: Option<Hold>,
    pub gap: Mask,
}

pub(super) fn settle(inputs: &Inputs) -> Outcome {
    let status = status(inputs);
    let mitigated = status == Status::Mitigated;
    let by = match inputs.best {
        Some(Hold::Implemented) => MitigatedBy::Controls,
        _ => MitigatedBy::Assumption,
    };
    Outcome {
        tier: inputs.tier,
        reach: inputs.reach,
        status,
        mitigated_by: mitigated.then_some(by),
        reason: status.open().then(|| reason(inputs)),
        gap: if mitigated { inputs.gap } else { Mask::NONE },
    }
}

fn status(inputs: &Inputs) -> Status {
    match () {
        () if inputs.decided.not_applicable => Status::NotApplicable,
        () if inputs.reach.verdict == Verdict::Unreachable => Status::Unreachable,
        () if inputs.best.is_some_and(Hold::counts) => Status::Mitigated,
        () if inputs.decided.accepted => Status::Accepted,
        () if inputs.covered || inputs.best.is_some() => Status::AtRisk,
        () => Status::Unassessed,
    }
}

fn reason(inputs: &Inputs) -> Reason {
    match inputs.best {
        Some(Hold::Expired) => Reason::ExpiredAttestation,
        Some(Hold::Pending) => Reason::PendingAttestation,
        Some(_) => Reason::MissingControls,
        None if inputs.covered => Reason::NoMitigationGroup,
        None => Reason::Unassessed,
    }
}

impl Status {
    pub const ALL: [Status; 6] = [
        Status::NotApplicable,
        Status::Unreachable,
        Status::Mitigated,
        Status::Accepted,
        Status::AtRisk,
        Status::Unassessed,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Status::NotApplicable => "not_applicable",
            Status::Unreachable => "unreachable",
            Status::Mitigated => "mitigated",
            Status::Accepted => "accepted",
            Status::AtRisk => "at_risk",
            Status::Unassessed => "unassessed",
        }
    }

    /// Whether there is something to do.
    pub const fn open(self) -> bool {
        matches!(self, Status::AtRisk | Status::Unassessed)
    }
}

impl MitigatedBy {
    pub const ALL: [MitigatedBy; 2] = [MitigatedBy::Controls, MitigatedBy::Assumption];

    pub const fn word(self) -> &'static str {
        match self {
            MitigatedBy::Controls => "controls",
            MitigatedBy::Assumption => "assumption",
        }
    }
}

impl Reason {
    /// In the order of precedence.
    pub const ALL: [Reason; 5] = [
        Reason::ExpiredAttestation,
        Reason::PendingAttestation,
        Reason::MissingControls,
        Reason::NoMitigationGroup,
        Reason::Unassessed,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Reason::ExpiredAttestation => "expired_attestation",
            Reason::PendingAttestation => "pending_attestation",
            Reason::MissingControls => "missing_controls",
            Reason::NoMitigationGroup => "no_mitigation_group",
            Reason::Unassessed => "unassessed",
        }
    }

    /// What it calls for.
    pub const fn act(self) -> &'static str {
        match self {
            Reason::ExpiredAttestation => "attest the assumption again, or implement the control it stands in for",
            Reason::PendingAttestation => "attest the assumption, or implement the control it stands in for",
            Reason::MissingControls => "implement what is missing in one of its groups",
            Reason::NoMitigationGroup => "put its controls into a numbered group, or add one that mitigates",
            Reason::Unassessed => "cover it with a control, accept it, or decide that it does not apply",
        }
    }
}
