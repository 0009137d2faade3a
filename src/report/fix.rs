//! What `fix` did: `fix/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::store::Write;

/// `fix/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Fix {
    pub dry_run: bool,
    pub applied: Vec<Applied>,
    /// Findings whose fix needs a person.
    pub left: Vec<Applied>,
    /// Files that were written, relative to the repository.
    pub files: Vec<String>,
}

/// A fix, by the rule that offered it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Applied {
    pub rule: &'static str,
    pub title: String,
}

pub fn fix(
    applied: &[(&'static str, String)],
    left: &[(&'static str, String)],
    writes: &[Write],
    dry_run: bool,
) -> Fix {
    let named = |(rule, title): &(&'static str, String)| Applied { rule, title: title.clone() };
    Fix {
        dry_run,
        applied: applied.iter().map(named).collect(),
        left: left.iter().map(named).collect(),
        files: writes.iter().map(|write| write.path.clone()).collect(),
    }
}
