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
    /// Something that published history did to the meaning of an ID, and that stays as it is.
    pub struct Accepted {
        /// The rule that tells of it: `id_reused`, `id_rewritten`, …
        rule: String, Note;
        /// The entity, or `model` when the whole model is meant; for `model_gone` the ID of the model that is gone.
        entity: String, Note;
        /// Digest of what it was, 12 hex digits.
        from: String, Note, Shape::Digest;
        /// Digest of what it became, 12 hex digits.
        to: String, Note, Shape::Digest;
        /// The commit that did it, for readers: the digests decide.
        commit: String, Note;
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
        /// For `accepted_history`: the last published commit that was looked at.
        since: String, Note;
        /// For `accepted_history`: what was accepted, a row each.
        accepted: Vec<Accepted>, Note;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}
