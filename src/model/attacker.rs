//! Who might attack, from where, holding what, able to do what.

use std::collections::BTreeSet;

use super::choice::choice;
use super::record::record;
use super::{AttackerRevision, BoundaryRef, Likelihood, Shape};

choice! {
    /// Where an attacker stands to the organisation.
    pub enum Archetype {
        External = "external",
        Tenant = "tenant",
        Insider = "insider",
        Operator = "operator",
        Supplier = "supplier",
        Physical = "physical",
        Automated = "automated",
        Other = "other",
    }
}

choice! {
    /// How an attack arrives; what a boundary can pass or stop.
    pub enum Vector {
        Network = "network",
        Adjacent = "adjacent",
        Local = "local",
        Physical = "physical",
    }
}

record! {
    /// Somebody, or something, that might attack.
    pub struct Attacker {
        /// What they hold and can do, in a sentence.
        capability: String, Identity, Shape::Prose;
        /// Where they stand: `internet`, `office network`, `build host`.
        position: String, Identity;
        /// What they are to the organisation.
        archetype: Option<Archetype>, Identity;
        /// Base likelihood factors: vector, privileges, complexity, interaction, prevalence.
        likelihood: Likelihood, Rating;
        /// The trust boundaries they stand in.
        boundaries: BTreeSet<BoundaryRef>, Structural;
        /// Changes of the factors since, oldest first; only ever appended.
        revisions: Vec<AttackerRevision>, Rows;
    }
}
