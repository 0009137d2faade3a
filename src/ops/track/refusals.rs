//! What the tracker refuses: what concerns one ticket is told and the run goes on, what concerns all of them ends it.

use std::collections::{BTreeMap, BTreeSet};

use super::perform::{Done, at, key};
use crate::remote::RemoteError;
use crate::track::Step;

/// Refusals with nothing done between them that end a run.
const ROW: usize = 3;

/// What the settings decide for all tickets alike, so that what is said twice about it is said about all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Create,
    Nest,
}

impl Shared {
    fn of(step: &Step) -> Option<Shared> {
        match step {
            Step::Create { .. } => Some(Shared::Create),
            Step::Nest { .. } => Some(Shared::Nest),
            _ => None,
        }
    }
}

/// The refusals of one run, in order.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    /// How many there were since something was done.
    row: usize,
    /// The last one that was not about a ticket elsewhere.
    last: Option<RemoteError>,
    /// What was said about steps that are shared.
    said: BTreeSet<(Shared, String)>,
    /// Of these nothing is tried any more: the same was said twice. With how many were not tried, and where that is told.
    over: BTreeMap<Shared, (usize, usize)>,
    /// Tickets that nothing more is done about.
    held: BTreeSet<String>,
}

impl Refusals {
    /// Whether a step is not worth trying any more.
    pub fn skips(&mut self, step: &Step) -> bool {
        match Shared::of(step).and_then(|shared| self.over.get_mut(&shared)) {
            Some((untried, _)) => {
                *untried += 1;
                true
            }
            None => self.held.contains(at(step)),
        }
    }

    /// Something was done.
    pub fn done(&mut self) {
        self.row = 0;
    }

    /// Nothing more is done about the ticket of this step.
    pub fn hold(&mut self, step: &Step) {
        self.held.insert(at(step).to_owned());
    }

    /// Files an error under its ticket; back comes what ends the run. `home`: the ticket lies where new ones are made, so
    /// that what the token may not do there it may do nowhere.
    pub fn file(
        &mut self,
        done: &mut Done,
        step: &Step,
        (error, home): (RemoteError, bool),
    ) -> Result<(), RemoteError> {
        let shared = Shared::of(step);
        let refused = matches!(error, RemoteError::Forbidden { .. } | RemoteError::Invalid { .. });
        // Somebody may have taken a ticket away since it was listed, or changed it.
        let meanwhile = matches!(error, RemoteError::Missing { .. } | RemoteError::Conflict { .. });
        if !refused && (shared == Some(Shared::Create) || !meanwhile) {
            return Err(error);
        }
        let words = error.to_string();
        if let Some(shared) = shared.filter(|shared| !self.said.insert((*shared, words.clone()))) {
            self.over.insert(shared, (0, done.stuck.len()));
        }
        done.stuck.push((key(step).clone(), at(step).to_owned(), words));
        // What is not closed is not said to be, and a ticket's memory changes last: what is not explained is not over.
        let ordered = matches!(step, Step::Edit { .. } | Step::Explain { .. });
        if shared.is_none() && (matches!(error, RemoteError::Forbidden { .. }) || ordered) {
            self.hold(step);
        }
        if refused && home {
            self.row += usize::from(shared != Some(Shared::Nest));
            self.last = Some(error);
        }
        match &self.last {
            Some(last) if self.row >= ROW => Err(last.clone()),
            _ => Ok(()),
        }
    }

    /// What ends a run in which nothing was done because of refusals; and says what was not tried.
    pub fn end(self, done: &mut Done) -> Result<(), RemoteError> {
        for (untried, told) in self.over.into_values().filter(|(untried, _)| *untried > 0) {
            if let Some((_, _, words)) = done.stuck.get_mut(told) {
                words.push_str(&format!("; {untried} more were not tried, since two were refused so"));
            }
        }
        match self.last {
            Some(last) if done.steps.is_empty() => Err(last),
            _ => Ok(()),
        }
    }
}
