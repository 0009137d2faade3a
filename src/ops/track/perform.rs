//! Doing what was planned, step by step. It may stop anywhere: planning again gives the rest.

use std::collections::BTreeMap;

use super::{Draft, Edit, Ready, Tracker};
use crate::remote::RemoteError;
use crate::track::{Key, Plan, Remote, Seen, Step};

/// What became of the steps.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Steps that were done, in order.
    pub steps: Vec<Step>,
    /// New tickets.
    pub made: Vec<Seen>,
    /// Tickets that could not get where they should, and why.
    pub stuck: Vec<(Key, String, String)>,
}

/// Does the steps of a plan. What was done before an error counts all the same.
pub(super) fn perform(
    tracker: &dyn Tracker,
    ready: &Ready,
    (plan, remote): (&Plan, &Remote),
    done: &mut Done,
) -> Result<(), RemoteError> {
    let by_place: BTreeMap<&str, &Seen> = remote.seen.iter().map(|seen| (seen.at.as_str(), seen)).collect();
    for step in &plan.steps {
        match one(tracker, ready, &by_place, step) {
            Ok(Ok(made)) => {
                done.made.extend(made);
                done.steps.push(step.clone());
            }
            Ok(Err(why)) => done.stuck.push((key(step).clone(), at(step).to_owned(), why)),
            // What is wrong with one ticket keeps no other from its step. Somebody may have taken it away since it was
            // listed, or filled it, or its parent, to the limit.
            Err(error @ (RemoteError::Missing { .. } | RemoteError::Invalid { .. })) if !at(step).is_empty() => {
                done.stuck.push((key(step).clone(), at(step).to_owned(), error.to_string()));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

type Made = Result<Option<Seen>, String>;

fn one(tracker: &dyn Tracker, ready: &Ready, seen: &BTreeMap<&str, &Seen>, step: &Step) -> Result<Made, RemoteError> {
    let wish = |key: &Key| ready.wishes.iter().find(|wish| wish.key == *key).zip(ready.words.get(key));
    let Some((wish, words)) = wish(key(step)) else { return Ok(Ok(None)) };
    if let Step::Create { mark, .. } = step {
        let draft = Draft { title: &wish.title, mark, words: &words.page };
        return tracker.create(&draft).map(|made| Ok(Some(made)));
    }
    let Some(ticket) = seen.get(at(step)) else { return Ok(Ok(None)) };
    let quiet = |done: Result<(), RemoteError>| done.map(|()| Ok(None));
    match step {
        Step::Create { .. } => Ok(Ok(None)),
        Step::Label { .. } => quiet(tracker.label(ticket)),
        Step::Nest { .. } => quiet(tracker.nest(ticket)),
        Step::Explain { key, round, .. } => {
            quiet(tracker.explain(ticket, &format!("redan:closed {key} round={round}"), &words.why))
        }
        Step::Edit { state, mark, title, .. } => {
            let text = mark.as_ref().map(|mark| (mark, &words.page));
            let edit = Edit { state: *state, text, title: title.as_deref() };
            Ok(tracker.edit(ticket, &edit)?.map(|()| None))
        }
        Step::Twin { of, .. } => match seen.get(of.as_str()) {
            Some(stays) => Ok(tracker.twin(ticket, stays)?.map(|()| None)),
            None => Ok(Ok(None)),
        },
    }
}

pub(super) fn key(step: &Step) -> &Key {
    match step {
        Step::Create { key, .. }
        | Step::Label { key, .. }
        | Step::Nest { key, .. }
        | Step::Explain { key, .. }
        | Step::Edit { key, .. }
        | Step::Twin { key, .. } => key,
    }
}

/// The ticket a step is about; empty for one that is not there yet.
pub(super) fn at(step: &Step) -> &str {
    match step {
        Step::Create { .. } => "",
        Step::Label { at, .. }
        | Step::Nest { at, .. }
        | Step::Explain { at, .. }
        | Step::Edit { at, .. }
        | Step::Twin { at, .. } => at,
    }
}
