//! Which frameworks a model is held against, and what it is excused from.

use std::collections::BTreeMap;

use super::choice::choice;
use super::record::record;
use super::{Shape, When};

choice! {
    /// Why a requirement is excluded.
    pub enum Excuse {
        NotApplicable = "not-applicable",
        Inherited = "inherited",
        Compensating = "compensating",
        RiskAccepted = "risk-accepted",
        InherentlyMet = "inherently-met",
        OutOfScope = "out-of-scope",
    }
}

record! {
    /// A framework the model is held against.
    pub struct Selection {
        /// Target level or profile of the framework.
        level: String, Note;
    }
}

record! {
    /// Requirements that somebody took out of scope.
    pub struct Exclusion {
        /// Framework, version and requirement; `*` matches the rest: `asvs@5.0.0:V10.*`.
        req: String, Note;
        /// The kind of reason.
        reason: Option<Excuse>, Note;
        /// The reason in words.
        why: String, Note, Shape::Prose;
        /// A condition over the model, checked on every run.
        when: String, Note;
        /// Who answers for it.
        owner: String, Note;
        /// Who approved it.
        approved_by: String, Note;
        /// When it was decided.
        on: Option<When>, Note;
        /// The last day it holds without a review.
        review_by: Option<When>, Note;
        /// Hash of the words of what it takes out, when that was decided: `txt:` or `idx:` and hex digits.
        text: String, Note;
    }
}

record! {
    /// compliance.toml of a model.
    pub struct Compliance {
        /// Selected frameworks, `[frameworks."asvs@5.0.0"]`.
        frameworks: BTreeMap<String, Selection>, Note;
        /// What is excluded, and why.
        exclusions: Vec<Exclusion>, Note;
    }
}
