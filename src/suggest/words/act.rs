//! What a sentence asks for, as the lifecycle does it.

use crate::model::{Id, Kind, Objective};

/// Fields with their new values, written as on the command line.
pub type Sets = Vec<(String, String)>;

/// One act on one entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Add {
        kind: Kind,
        sets: Sets,
    },
    Edit {
        id: Id,
        sets: Sets,
    },
    Remove {
        id: Id,
        reason: String,
        replaced_by: Option<String>,
    },
    Restore {
        id: Id,
    },
    Rate {
        id: Id,
        sets: Sets,
        reason: String,
    },
    /// The model gets another name.
    Rename {
        name: String,
    },
    /// `group`: a number, `next` or `depth`.
    Cover {
        control: Id,
        objectives: Vec<Objective>,
        group: String,
    },
    Status {
        control: Id,
        implemented: bool,
    },
    Attest {
        id: Id,
        statement: String,
        expires: Option<String>,
        evidence: Option<String>,
    },
    /// A new boundary around `inner`; `outer` is the way in where both stood in one boundary.
    Between {
        name: String,
        outer: Id,
        inner: Id,
    },
}
