//! Two states of the models, compared.

mod coverage;
mod driver;
mod files;
mod read;
mod states;

use jiff::civil::Date;

use super::{Candidate, Desk, Trouble};
use crate::difference::{Compared, State};

pub use driver::{Blob, drive};
pub use files::files;
pub use read::{Sides, compare};
pub use states::{Asked, Pair, pair};

/// What is asked.
pub struct Question<'a> {
    pub pair: Pair,
    /// Models by ID or name; empty = all.
    pub models: &'a [String],
    /// The day that statuses on both sides are of: a difference is never the passing of time.
    pub as_of: Date,
}

/// Compares two states of a workspace.
pub fn diff(desk: &Desk, question: &Question<'_>) -> Result<Compared, Trouble> {
    let Pair { from, to, .. } = &question.pair;
    let read = desk.glance(to)?;
    let before = match from {
        Candidate::Revision(name) => desk.read_commit(&desk.repo()?.commit(name)?, &read)?,
        other => desk.read(other, &read.settings)?,
    };
    if read.nothing() && before.models.is_empty() && before.findings.is_empty() {
        return Err(desk.no_model(&read.settings));
    }
    let mut sides = Sides::new(before, &read.workspace);
    sides.choose(question.models)?;
    let words = desk.words(&[from, to], &read.settings, sides.differing(), None)?;
    let states = question.pair.names(desk)?;
    Ok(compare(sides, states, &words, question.as_of))
}

impl Desk {
    /// What a state is called in an answer.
    fn state_of(&self, candidate: &Candidate, name: Option<&str>) -> Result<State, Trouble> {
        let state = |called: &str, commit| State { name: name.unwrap_or(called).to_owned(), commit };
        Ok(match candidate {
            Candidate::WorkingTree => state("working tree", None),
            Candidate::Index(_) => state("index", None),
            Candidate::Merge { head, with } => state(&format!("{head} merged with {with}"), None),
            Candidate::Revision(revision) => {
                let commit = self.repo()?.commit(revision)?;
                state(&commit.name, Some(commit.id))
            }
        })
    }
}
