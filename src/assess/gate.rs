//! What a workspace lets pass: how long new objectives may wait, and how many may be open.

use std::collections::BTreeMap;
use std::ops::Range;

use super::outcome::Status;
use super::rating::Tier;

/// The gates of redan.toml. Without any, only the change is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate {
    /// Days that objectives nobody looked at may wait; `None` = for ever.
    pub grace_days: Option<u32>,
    /// At most so many objectives of a model in this class and tier; `None` = not rated.
    pub max: BTreeMap<(Status, Option<Tier>), u32>,
    /// What the coverage of a framework (`asvs@5.0.0`) must come to.
    pub coverage: BTreeMap<String, Minimum>,
    /// Where `coverage` names each framework: the file, and the bytes in it.
    pub named: Named,
}

/// Frameworks with the file that names each, and the bytes in it.
pub type Named = BTreeMap<String, (String, Range<usize>)>;

/// What the coverage of one framework must come to; `None` = no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minimum {
    /// Requirements that are mapped to controls none of which is there, at most.
    pub max_uncovered: Option<u32>,
    /// Requirements that are mapped to no control, at most.
    pub max_unmapped: Option<u32>,
    /// Percent of what is not excluded that are covered, at least.
    pub min_covered: Option<u32>,
}

impl Gate {
    /// The classes that can be limited.
    pub const CLASSES: [Status; 3] = [Status::AtRisk, Status::Unassessed, Status::Accepted];
}
