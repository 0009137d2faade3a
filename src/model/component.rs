//! The parts a system is built of.

use std::collections::BTreeSet;

use super::record::record;
use super::{BoundaryRef, Shape};

record! {
    /// A part of the system: a service, a store, a device, somebody else's product.
    pub struct Component {
        /// What it is called.
        name: String, Identity;
        /// What it does.
        description: String, Structural, Shape::Prose;
        /// The repository its code lives in, `owner/name`; empty while unknown or for an external part.
        repo: String, Structural;
        /// The folder within that repository.
        path: String, Structural;
        /// The trust boundaries it stands in.
        boundaries: BTreeSet<BoundaryRef>, Structural;
    }
}
