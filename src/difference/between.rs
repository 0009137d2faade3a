//! One model in two states.

use super::arrival::{Arrival, arrivals};
use super::coverage::Coverage;
use super::follow::{Objectives, Open, objectives, open, turnover};
use super::mapping::{Mapping, mappings};
use super::reopening::{Reopening, reopenings};
use super::thing::{Kind, Thing, things};
use crate::assess::Assessment;
use crate::change::Subject;
use crate::identity::{Digest, structural};
use crate::model::{Id, Model, ModelId};

/// A model as it stands in a state.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub assessment: &'a Assessment<'a>,
    /// Where it lies, relative to the repository.
    pub folder: &'a str,
}

/// What became of a model as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// Its files are gone.
    Gone,
    /// It was retired.
    Retired,
    /// It was brought back from retirement.
    Restored,
    Stays,
}

/// An entity and what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: Id,
    pub title: String,
}

/// Everything that differs between two states of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub model: ModelId,
    /// What people call it now; of one that is gone, what they called it.
    pub name: String,
    pub fate: Fate,
    /// Folders before and after, where they differ.
    pub moved: Option<(String, String)>,
    /// Structural digests; equal = no new version. None = not there.
    pub digests: (Option<Digest>, Option<Digest>),
    /// In the order of the files.
    pub things: Vec<Thing>,
    /// Assets and attackers that came to be, or came back.
    pub arrivals: Vec<Arrival>,
    pub objectives: Objectives,
    /// Mitigated objectives that are open again, by what opened them.
    pub reopened: Vec<Reopening>,
    /// Open objectives by tier, before and after; tiers without any are left out.
    pub open: Vec<Open>,
    /// Controls whose last objective closed.
    pub orphaned: Vec<Named>,
    /// Controls that found an objective again.
    pub reattached: Vec<Named>,
    /// Frameworks with other counts of mapped requirements.
    pub mappings: Vec<Mapping>,
    /// Selected frameworks to which it stands otherwise.
    pub coverage: Vec<Coverage>,
    /// Paths of files that read the same and are written differently: comments, order, spelling.
    pub rewritten: Vec<String>,
    /// Some of its files could not be read, so there may be more.
    pub unread: bool,
}

/// Compares a model that is there on at least one side. Whether its files are written differently, whether all of
/// them could be read, and what its frameworks ask for is not known here.
pub fn between(before: Option<Side<'_>>, after: Option<Side<'_>>) -> Difference {
    let nothing = Model::default();
    let old = before.map_or(&nothing, |side| side.assessment.model());
    let new = after.map_or(&nothing, |side| side.assessment.model());
    let shown = if after.is_some() { new } else { old };
    let turnover = turnover(old, new);
    let objectives = objectives(before, after, &turnover);
    Difference {
        model: shown.id.clone(),
        name: shown.head.name.clone(),
        fate: fate(before.map(|_| old), after.map(|_| new)),
        moved: before.zip(after).filter(|(old, new)| old.folder != new.folder).map(|(old, new)| {
            let folder = |side: Side<'_>| side.folder.to_owned();
            (folder(old), folder(new))
        }),
        digests: (before.map(|_| structural(old)), after.map(|_| structural(new))),
        things: told(things(old, new), fate(before.map(|_| old), after.map(|_| new))),
        arrivals: before.zip(after).map(|(_, after)| arrivals(old, after.assessment)).unwrap_or_default(),
        reopened: reopenings(old, new, &objectives.statuses),
        open: open(before, after),
        objectives,
        orphaned: named(new, turnover.orphaned),
        reattached: named(new, turnover.reattached),
        mappings: mappings(old, new),
        coverage: Vec::new(),
        rewritten: Vec::new(),
        unread: false,
    }
}

fn named(model: &Model, ids: Vec<Id>) -> Vec<Named> {
    let title = |id: &Id| model.entities.get(id).map(|entity| entity.title().to_owned()).unwrap_or_default();
    ids.into_iter().map(|id| Named { title: title(&id), id }).collect()
}

/// The head of a model that came or went did so as well; it did not change.
fn told(mut things: Vec<Thing>, fate: Fate) -> Vec<Thing> {
    for head in things.iter_mut().filter(|thing| thing.subject == Subject::Head) {
        match fate {
            Fate::Added => head.kind = Kind::Added,
            Fate::Gone => (head.kind, head.dropped, head.fields) = (Kind::Removed, true, Vec::new()),
            _ => {}
        }
    }
    things
}

fn fate(before: Option<&Model>, after: Option<&Model>) -> Fate {
    match (before, after) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Gone,
        (Some(before), Some(after)) => match (before.retired(), after.retired()) {
            (false, true) => Fate::Retired,
            (true, false) => Fate::Restored,
            _ => Fate::Stays,
        },
    }
}

impl Difference {
    /// Whether anything but how the files are written differs.
    pub fn meaningful(&self) -> bool {
        self.fate != Fate::Stays
            || self.moved.is_some()
            || !self.things.is_empty()
            || !self.objectives.statuses.is_empty()
            || !self.coverage.is_empty()
    }
}
