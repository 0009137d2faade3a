//! What the tracker refuses: what concerns one ticket is told and the run goes on, what concerns all of them ends it.

use std::collections::BTreeSet;

use super::perform::{Done, at, key};
use crate::remote::RemoteError;
use crate::track::Step;

/// Refusals with nothing done between them that end a run.
const ROW: usize = 3;

/// The refusals of one run, in order.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    /// How many there were since something was done.
    row: usize,
    /// The last one.
    last: Option<RemoteError>,
    /// What was said about new tickets.
    said: BTreeSet<String>,
    /// Nothing is made any more: the same was said twice.
    over: bool,
    /// New tickets that were not tried for that reason.
    untried: usize,
    /// Tickets that nothing more is done about.
    held: BTreeSet<String>,
}

impl Refusals {
    /// Whether a step is not worth trying any more.
    pub fn skips(&mut self, step: &Step) -> bool {
        let new = matches!(step, Step::Create { .. });
        self.untried += usize::from(new && self.over);
        (new && self.over) || self.held.contains(at(step))
    }

    /// Something was done.
    pub fn done(&mut self) {
        self.row = 0;
    }

    /// Files an error under its ticket; back comes what ends the run. `home`: the ticket lies where new ones are made, so
    /// that what the token may not do there it may do nowhere.
    pub fn file(
        &mut self,
        done: &mut Done,
        step: &Step,
        (error, home): (RemoteError, bool),
    ) -> Result<(), RemoteError> {
        let new = matches!(step, Step::Create { .. });
        let refused = matches!(error, RemoteError::Forbidden { .. } | RemoteError::Invalid { .. });
        // Somebody may have taken a ticket away since it was listed, or changed it.
        let meanwhile = matches!(error, RemoteError::Missing { .. } | RemoteError::Conflict { .. });
        if !refused && (new || !meanwhile) {
            return Err(error);
        }
        let words = error.to_string();
        self.over |= new && !self.said.insert(words.clone());
        done.stuck.push((key(step).clone(), at(step).to_owned(), words));
        // A ticket's memory changes last: what is not explained is not closed.
        if !new && (matches!(error, RemoteError::Forbidden { .. }) || matches!(step, Step::Explain { .. })) {
            self.held.insert(at(step).to_owned());
        }
        if refused {
            self.row += usize::from(home);
            self.last = Some(error);
        }
        match &self.last {
            Some(last) if self.row >= ROW => Err(last.clone()),
            _ => Ok(()),
        }
    }

    /// What ends a run in which nothing was done because of refusals; and says what was not tried.
    pub fn end(self, done: &mut Done) -> Result<(), RemoteError> {
        if let Some((_, _, words)) = done.stuck.last_mut().filter(|_| self.untried > 0) {
            words.push_str(&format!("; {} more new tickets were not tried, since two were refused so", self.untried));
        }
        match self.last {
            Some(last) if done.steps.is_empty() => Err(last),
            _ => Ok(()),
        }
    }
}
