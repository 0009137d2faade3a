//! Doing what was planned, step by step. It may stop anywhere: planning again gives the rest.

use std::collections::BTreeMap;

use super::refusals::Refusals;
use super::{Draft, Edit, Made, Ready, Tracker};
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
    let mut refusals = Refusals::default();
    for step in &plan.steps {
        if refusals.skips(step) {
            continue;
        }
        let home = by_place.get(at(step)).is_none_or(|seen| seen.home);
        match one(tracker, ready, &by_place, step) {
            Ok(Outcome::Nothing) => {}
            Ok(Outcome::Done(made)) => {
                done.steps.push(step.clone());
                refusals.done();
                made.map_or(Ok(()), |made| take(done, step, *made))?;
            }
            Ok(Outcome::Stuck(why)) => {
                done.stuck.push((key(step).clone(), at(step).to_owned(), why));
                refusals.hold(step);
            }
            Err(error) => refusals.file(done, step, (error, home))?,
        }
    }
    refusals.end(done)
}

/// A new ticket, with what it has not got. One without its label would be made again by whoever does not know of it,
/// so no further one is made then.
fn take(done: &mut Done, step: &Step, made: Made) -> Result<(), RemoteError> {
    let Made { seen, lacks } = made;
    let last = lacks.last().cloned();
    let about = |error: &RemoteError| (key(step).clone(), seen.at.clone(), format!("it was made, and then: {error}"));
    done.stuck.extend(lacks.iter().map(about));
    let whole = seen.labelled;
    done.made.push(seen);
    match last {
        Some(RemoteError::Forbidden { .. } | RemoteError::Invalid { .. } | RemoteError::Missing { .. }) if whole => {
            Ok(())
        }
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// What came of a step.
enum Outcome {
    /// It was done, with the ticket that was made.
    Done(Option<Box<Made>>),
    /// There was nothing to do.
    Nothing,
    /// There is no way to do it, in words for a person.
    Stuck(String),
}

impl From<Result<(), String>> for Outcome {
    fn from(done: Result<(), String>) -> Outcome {
        done.map_or_else(Outcome::Stuck, |()| Outcome::Done(None))
    }
}

fn one(
    tracker: &dyn Tracker,
    ready: &Ready,
    seen: &BTreeMap<&str, &Seen>,
    step: &Step,
) -> Result<Outcome, RemoteError> {
    let wish = |key: &Key| ready.wishes.iter().find(|wish| wish.key == *key).zip(ready.words.get(key));
    let Some((wish, words)) = wish(key(step)) else { return Ok(Outcome::Nothing) };
    if let Step::Create { mark, nest, .. } = step {
        let draft = Draft { nest: *nest, title: &wish.title, mark, words: &words.page };
        return tracker.create(&draft).map(|made| Outcome::Done(Some(Box::new(made))));
    }
    let Some(ticket) = seen.get(at(step)) else { return Ok(Outcome::Nothing) };
    Ok(match step {
        Step::Create { .. } => Outcome::Nothing,
        Step::Label { .. } => Ok(tracker.label(ticket)?).into(),
        Step::Nest { .. } => Ok(tracker.nest(ticket)?).into(),
        Step::Explain { key, round, .. } => {
            match tracker.explain(ticket, &format!("redan:closed {key} round={round}"), &words.why)? {
                true => Outcome::Done(None),
                false => Outcome::Nothing,
            }
        }
        Step::Edit { state, mark, title, .. } => {
            let text = mark.as_ref().map(|mark| (mark, &words.page));
            tracker.edit(ticket, &Edit { state: *state, text, title: title.as_deref() })?.into()
        }
        Step::Twin { of, .. } => match seen.get(of.as_str()) {
            Some(stays) => tracker.twin(ticket, stays)?.into(),
            None => Outcome::Nothing,
        },
    })
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
