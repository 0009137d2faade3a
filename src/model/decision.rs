//! Decisions: one file each, written once.

use std::collections::BTreeSet;

use super::choice::choice;
use super::record::record;
use super::{Id, Pairs, Redaction, Shape, When};

choice! {
    /// What was decided.
    pub enum DecisionKind {
        RiskAccepted = "risk_accepted",
        NotApplicable = "not_applicable",
        Confirmed = "confirmed",
        Withdrawn = "withdrawn",
        Grouping = "grouping",
        AcceptedHistory = "accepted_history",
    }
}

record! {
    /// One file of `decisions/`.
    pub struct Decision {
        /// What was decided.
        kind: Option<DecisionKind>, Note;
        /// The objectives it is about, written out: asset = its attackers.
        objectives: Pairs, Note;
        /// The entities it is about, where it is not about objectives.
        entities: BTreeSet<Id>, Note;
        /// Who answers for it.
        owner: String, Note;
        /// Who decided.
        by: String, Note;
        /// When it was decided.
        at: Option<When>, Note;
        /// Why it was decided.
        reason: String, Note, Shape::Prose;
        /// The last day it holds without a review.
        review_by: Option<When>, Note;
        /// Digest of what it was decided about, 12 hex digits.
        of: String, Note, Shape::Digest;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}
