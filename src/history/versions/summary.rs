//! What a version changed, in a few words: `+A13, -T2, ~C4`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::change::{Act, Change, Subject, diff};
use crate::model::{Id, Kind, Model, Role};

/// Structural changes by ID; names, notes and revisions are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Nothing was there before.
    pub first: bool,
    pub added: BTreeSet<Id>,
    pub removed: BTreeSet<Id>,
    pub restored: BTreeSet<Id>,
    pub changed: BTreeSet<Id>,
    /// The description of the model changed.
    pub description: bool,
}

/// More IDs than this are counted instead.
const LISTED: usize = 8;

impl Summary {
    pub fn of(before: Option<&Model>, after: &Model) -> Summary {
        let mut summary = Summary { first: before.is_none(), ..Summary::default() };
        let Some(before) = before else {
            summary.added = after.entities.values().filter(|entity| entity.live()).map(|entity| entity.id).collect();
            return summary;
        };
        diff(before, after).iter().for_each(|change| summary.take(after, change));
        for id in summary.added.iter().chain(&summary.removed).chain(&summary.restored) {
            summary.changed.remove(id);
        }
        summary
    }

    fn take(&mut self, after: &Model, change: &Change) {
        match (&change.subject, &change.act) {
            (Subject::Head, Act::Set { field: "description", .. }) => self.description = true,
            (Subject::Entity(id), Act::Put(_)) if after.is_live(*id) => drop(self.added.insert(*id)),
            (Subject::Entity(id), Act::Put(_) | Act::Drop) => drop(self.removed.insert(*id)),
            (Subject::Entity(id), Act::Set { field: "removed", from: None, .. }) => drop(self.removed.insert(*id)),
            (Subject::Entity(id), Act::Set { field: "removed", to: None, .. }) => drop(self.restored.insert(*id)),
            (Subject::Entity(id), Act::Set { field, .. }) if structural(id.kind, field) => {
                self.changed.insert(*id);
            }
            _ => {}
        }
    }
}

/// Whether a field makes a version.
pub(super) fn structural(kind: Kind, field: &str) -> bool {
    kind.field(field).is_some_and(|field| matches!(field.role, Role::Identity | Role::Structural | Role::Rating))
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let live: BTreeSet<Id> = self.added.union(&self.restored).copied().collect();
        let parts = [("+", &live), ("-", &self.removed), ("~", &self.changed)];
        let many = parts.iter().map(|(_, ids)| ids.len()).sum::<usize>() > LISTED;
        let mut words: Vec<String> = Vec::new();
        for (sign, ids) in parts {
            match self.first || many {
                true => words.extend(counts(ids).map(|count| format!("{}{count}", if self.first { "" } else { sign }))),
                false => words.extend(ids.iter().map(|id| format!("{sign}{id}"))),
            }
        }
        words.extend(self.description.then(|| "~description".to_owned()));
        f.write_str(if words.is_empty() { "nothing live" } else { "" })?;
        f.write_str(&words.join(", "))
    }
}

fn counts(ids: &BTreeSet<Id>) -> impl Iterator<Item = String> + use<> {
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    ids.iter().for_each(|id| *kinds.entry(id.kind).or_default() += 1);
    kinds.into_iter().map(|(kind, count)| match count {
        1 => format!("1 {}", kind.noun()),
        _ => format!("{count} {}", kind.table()),
    })
}
