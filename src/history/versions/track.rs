//! The rating of one entity, or the risk of one objective, through the versions of its model.

use super::event::{fresh, same_row};
use super::{Runs, Sight, Signed, Step};
use crate::assess::{Rating, Revised, Shift, Tier, impact, likelihood, revised, tier};
use crate::model::{Asset, Attacker, Body, Entity, Id, Model, Objective, When};

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An asset or an attacker.
    Entity(Id),
    Objective(Objective),
}

impl Subject {
    /// The entities whose factors matter.
    pub fn ids(self) -> Vec<Id> {
        match self {
            Subject::Entity(id) => vec![id],
            Subject::Objective(objective) => vec![objective.asset, objective.attacker],
        }
    }
}

/// The factor history: an entry a version, with the revisions made while it lasted.
#[derive(Debug, Clone)]
pub struct Track {
    pub subject: Subject,
    /// The oldest first; as many as there are versions.
    pub boundaries: Vec<Boundary>,
    last: Option<Model>,
}

/// How the subject stood when a version came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// `live`, `removed`, or `absent`.
    pub state: &'static str,
    /// Ratings of the entities that matter, in the order of [`Subject::ids`]; none = not there.
    pub ratings: Vec<Option<Rating>>,
    /// Of an objective; none = not rated.
    pub tier: Option<Tier>,
    pub revisions: Vec<Revision>,
}

/// A revision as it was found in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub entity: Id,
    pub at: Option<When>,
    pub by: String,
    pub reason: String,
    /// Structural digest of the model it was decided on, 12 hex digits, or empty.
    pub model: String,
    pub shifts: Vec<Shift>,
    /// What the entity's factors amount to since.
    pub rating: Rating,
    /// The objective's tier since.
    pub tier: Option<Tier>,
    /// The commit it came with; none while it is not committed.
    pub commit: Option<String>,
}

impl Track {
    pub fn new(subject: Subject) -> Track {
        Track { subject, boundaries: Vec::new(), last: None }
    }

    /// Takes the next state; `runs` has seen it already.
    pub fn see(&mut self, step: &Step<'_>, runs: &Runs) {
        if let Sight::Read(model) = step.now {
            self.state(model, Some(step.signed), runs.versions.len());
        }
    }

    /// Takes a state of version number `number`, counted from 1.
    pub fn state(&mut self, model: &Model, signed: Option<&Signed>, number: usize) {
        let revisions = self.revisions(model, signed);
        if number > self.boundaries.len() {
            self.boundaries.push(self.boundary(model));
        }
        self.boundaries.last_mut().into_iter().for_each(|last| last.revisions.extend(revisions.iter().cloned()));
        self.last = Some(model.clone());
    }

    fn boundary(&self, model: &Model) -> Boundary {
        let entities: Vec<Option<&Entity>> = self.subject.ids().iter().map(|id| model.entities.get(id)).collect();
        let state = match () {
            () if entities.contains(&None) => "absent",
            () if entities.iter().flatten().all(|entity| entity.live()) => "live",
            () => "removed",
        };
        let ratings: Vec<Option<Rating>> = entities.into_iter().map(|entity| rating(entity?)).collect();
        let tier = self.tier(&ratings);
        Boundary { state, ratings, tier, revisions: Vec::new() }
    }

    fn tier(&self, ratings: &[Option<Rating>]) -> Option<Tier> {
        match ratings {
            [Some(impact), Some(likelihood)] => tier(impact, likelihood),
            _ => None,
        }
    }

    /// The rows that were not there before, by their dates.
    fn revisions(&self, model: &Model, signed: Option<&Signed>) -> Vec<Revision> {
        let ids = self.subject.ids();
        let before = |id: &Id| self.last.as_ref().and_then(|model| model.entities.get(id));
        let mut rows: Vec<(usize, Revised<'_>)> = Vec::new();
        let mut standing: Vec<Option<Rating>> = Vec::new();
        for (at, id) in ids.iter().enumerate() {
            let entity = model.entities.get(id);
            let new =
                fresh(&before(id).map(revised).unwrap_or_default(), entity.map(revised).unwrap_or_default(), same_row);
            standing.push(entity.and_then(|entity| without(entity, new.len())));
            rows.extend(new.into_iter().map(|row| (at, row)));
        }
        rows.sort_by_key(|(_, row)| row.at.map(When::moment));
        let mut found = Vec::new();
        for (at, row) in rows {
            standing[at] = Some(row.rating.clone());
            found.push(Revision {
                entity: ids[at],
                at: row.at,
                by: row.by.to_owned(),
                reason: row.reason.to_owned(),
                model: row.model.to_owned(),
                shifts: row.shifts,
                rating: row.rating,
                tier: self.tier(&standing),
                commit: signed.map(|signed| signed.commit.clone()),
            });
        }
        found
    }
}

fn rating(entity: &Entity) -> Option<Rating> {
    without(entity, 0)
}

/// The rating before the last `rows` revisions.
fn without(entity: &Entity, rows: usize) -> Option<Rating> {
    match &entity.body {
        Body::Asset(asset) => {
            let kept = asset.revisions.len().saturating_sub(rows);
            Some(impact(&Asset { revisions: asset.revisions[..kept].to_vec(), ..asset.clone() }, None))
        }
        Body::Attacker(attacker) => {
            let kept = attacker.revisions.len().saturating_sub(rows);
            Some(likelihood(&Attacker { revisions: attacker.revisions[..kept].to_vec(), ..attacker.clone() }, None))
        }
        _ => None,
    }
}
