//! tickets.toml: read to find what no list shows, written so that people find their way.

use std::collections::BTreeMap;

use super::{Answer, Ready, Tracker};
use crate::change::{Act, Change, Subject};
use crate::model::{Id, Link, Model, Models, Part};
use crate::ops::{Candidate, Desk, Trouble};
use crate::store::{self, disk};
use crate::track::{Key, Lost, Told};

/// The ticket that a control's line in tickets.toml names.
pub(super) fn linked(model: &Model, table: &str, key: &Key) -> Option<String> {
    let links = links(model, table);
    links.get(&key.control.to_string()).map(|link| link.ticket.clone()).filter(|ticket| !ticket.is_empty())
}

fn links<'m>(model: &'m Model, table: &str) -> &'m BTreeMap<String, Link> {
    match table {
        "github" => &model.tickets.github,
        _ => &model.tickets.jira,
    }
}

/// The controls whose lines in tickets.toml name a ticket, by its place in lower case.
pub(super) fn claims(models: &Models, tracker: &dyn Tracker) -> BTreeMap<String, Vec<Key>> {
    let mut claims: BTreeMap<String, Vec<Key>> = BTreeMap::new();
    for model in models.values() {
        for (control, link) in links(model, tracker.table()) {
            if let Some((control, at)) = Id::parse(control).zip(tracker.place(&link.ticket)) {
                claims.entry(at.to_lowercase()).or_default().push(Key::new(&model.id, control));
            }
        }
    }
    claims
}

/// Brings the lines of the controls in question up to date, in the working tree; whether any changed.
pub(super) fn write(desk: &Desk, ready: &Ready, table: &'static str, answer: &Answer) -> Result<bool, Trouble> {
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let read = desk.look(&Candidate::WorkingTree)?;
    let changes: Vec<Change> =
        read.workspace.models.values().filter_map(|model| change(model, ready, table, answer)).collect();
    if changes.is_empty() {
        return Ok(false);
    }
    let writes = store::plan(&read.workspace, "", &changes)?;
    disk::commit(&desk.root, &desk.state(), &writes)?;
    Ok(!writes.is_empty())
}

fn change(model: &Model, ready: &Ready, table: &'static str, answer: &Answer) -> Option<Change> {
    if answer.foreign.contains_key(&model.id) {
        return None;
    }
    let old = links(model, table);
    let mut new = old.clone();
    let about = |told: &Told, key: &Key| matches!(told, Told::Stale { key: of, .. } | Told::Unknown { key: of, .. } if of == key);
    let stale = |key: &Key| answer.plan.told.iter().any(|told| about(told, key));
    for wish in ready.wishes.iter().filter(|wish| wish.key.model == model.id && !stale(&wish.key)) {
        let control = wish.key.control.to_string();
        match (answer.remote.of(&wish.key).first(), answer.remote.lost.get(&wish.key)) {
            (Some(seen), _) => drop(new.insert(control, Link { ticket: seen.at.clone(), of: wish.of.clone() })),
            // Out of sight is not gone: the line keeps a second one from being made.
            (None, Some((_, lost))) if *lost != Lost::Deleted => {}
            (None, _) => drop(new.remove(&control)),
        }
    }
    let act = Act::Set { field: table, from: old.show(), to: new.show() };
    (new != *old).then(|| Change::new(&model.id, Subject::Tickets, act))
}
