//! What a workspace lets pass: how long new objectives may wait, and how many may be open.

use std::collections::BTreeMap;

use super::outcome::Status;
use super::rating::Tier;

/// The gates of redan.toml. Without any, only the change is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate {
    /// Days that objectives nobody looked at may wait; `None` = for ever.
    pub grace_days: Option<u32>,
    /// At most so many objectives of a model in this class and tier; `None` = not rated.
    pub max: BTreeMap<(Status, Option<Tier>), u32>,
}

impl Gate {
    /// The classes that can be limited.
    pub const CLASSES: [Status; 3] = [Status::AtRisk, Status::Unassessed, Status::Accepted];
}
