//! What is at stake.

use std::collections::BTreeSet;

use super::record::record;
use super::{AssetRevision, ComponentRef, Impact, Properties, Shape};

record! {
    /// Something worth protecting.
    pub struct Asset {
        /// What it is called.
        name: String, Identity;
        /// What it is, in a sentence.
        description: String, Identity, Shape::Prose;
        /// The security properties that matter (C confidentiality, I integrity, A availability, U usage)
        /// with their subscores; a plain list while nobody rated them.
        properties: Properties, Rating;
        /// Base impact factors: blast_radius, recoverability, regulatory. Later changes are revisions.
        impact: Impact, Rating;
        /// The components that hold or handle it.
        components: BTreeSet<ComponentRef>, Structural;
        /// Changes of the factors since, oldest first; only ever appended.
        revisions: Vec<AssetRevision>, Rows;
    }
}
