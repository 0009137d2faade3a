//! Trust boundaries.

use std::collections::BTreeSet;

use super::record::record;
use super::{Shape, Vector};

record! {
    /// A line across which trust changes.
    pub struct Boundary {
        /// What it is called.
        name: String, Identity;
        /// What it separates.
        description: String, Structural, Shape::Prose;
        /// The vectors it lets through; omitted = all of them, empty = none.
        passes: Option<BTreeSet<Vector>>, Structural;
        /// Nothing inside reaches beyond, whatever it passes inwards.
        sealed: bool, Structural;
    }
}
