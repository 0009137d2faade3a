//! Giving an unpublished entity a fresh number, with every reference to it.

use super::lifecycle::{self, Stage};
use super::perform::{Answer, Order, perform};
use super::{Candidate, Desk, Trouble};
use crate::model::{Id, Model};
use crate::store::Workspace;

/// Renumbers to `to`, else to the next free number. What counts as published are the published branches, and
/// not HEAD: a branch's own commits may still change their numbers.
pub fn renumber(desk: &Desk, order: &Order<'_>, id: Id, to: Option<Id>) -> Result<Answer, Trouble> {
    let published = published(desk)?;
    perform(desk, order, |stage, _| {
        let states: Vec<&Model> = published.iter().filter_map(|state| state.models.get(&stage.model.id)).collect();
        lifecycle::renumber(&Stage { published: &states, ..*stage }, id, to)
    })
}

/// What the branch grew from first, then the published branches as they are now.
fn published(desk: &Desk) -> Result<Vec<Workspace>, Trouble> {
    let read = desk.glance(&Candidate::WorkingTree)?;
    let mut commits = desk.owed(&read.settings)?;
    commits.extend(desk.repo()?.published_tips(desk.named(&read.settings))?);
    commits.dedup_by(|a, b| a.id == b.id);
    commits.iter().map(|commit| desk.read_commit(commit, &read)).collect()
}
