//! Giving an unpublished entity a fresh number, with every reference to it.

use super::lifecycle::{self, Stage};
use super::perform::{Answer, Order, perform};
use super::{Candidate, Desk, Trouble};
use crate::history::Commit;
use crate::model::{Id, Model};
use crate::store::Workspace;

/// Renumbers to `to`, else to the next free number. What counts as published are the published branches, and
/// not HEAD: a branch's own commits may still change their numbers.
pub fn renumber(desk: &Desk, order: &Order<'_>, id: Id, to: Option<Id>) -> Result<Answer, Trouble> {
    let (owed, tips) = published(desk)?;
    perform(desk, order, |stage, _| {
        let of_model = |states: &[Workspace]| -> Vec<Model> {
            states.iter().filter_map(|state| state.models.get(&stage.model.id).cloned()).collect()
        };
        let (owed, tips) = (of_model(&owed), of_model(&tips));
        let owed: Vec<&Model> = owed.iter().collect();
        let states: Vec<&Model> = owed.iter().copied().chain(&tips).collect();
        lifecycle::renumber(&Stage { published: &states, ..*stage }, &owed, id, to)
    })
}

/// What the branch grew from, and the published branches as they are now.
fn published(desk: &Desk) -> Result<(Vec<Workspace>, Vec<Workspace>), Trouble> {
    let read = desk.glance(&Candidate::WorkingTree)?;
    let owed = desk.owed(&read.settings)?;
    let mut tips = desk.repo()?.published_tips(desk.named(&read.settings))?;
    tips.retain(|tip| owed.iter().all(|known| known.id != tip.id));
    let states = |commits: Vec<Commit>| {
        commits.iter().map(|commit| desk.read_commit(commit, &read)).collect::<Result<Vec<_>, _>>()
    };
    Ok((states(owed)?, states(tips)?))
}
