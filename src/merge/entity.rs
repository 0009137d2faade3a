//! Entities: every one of either side survives, live or removed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Conflict, Known, Three, Why, field};
use crate::change::Subject;
use crate::identity::{Verdict, compare};
use crate::model::{Entity, Field, Id, Role, Value};

pub(super) const DELETED: Why = "one side deleted its table, and the other has it: IDs are removed, never deleted";
const DRIFT: Why = "both sides reworded it, and together the words may mean something else";

pub(super) struct Entities<'a> {
    pub(super) three: Three<'a>,
    pub(super) known: &'a Known<'a>,
    pub(super) conflicts: &'a mut Vec<Conflict>,
}

/// One entity as the three states have it.
#[derive(Clone, Copy)]
struct Trio<'a> {
    base: Option<&'a Entity>,
    ours: &'a Entity,
    theirs: &'a Entity,
}

impl Entities<'_> {
    pub(super) fn merge(&mut self) -> BTreeMap<Id, Entity> {
        let Three { base, ours, theirs } = self.three;
        let ids: BTreeSet<Id> = ours.entities.keys().chain(theirs.entities.keys()).copied().collect();
        let mut merged = BTreeMap::new();
        for id in ids {
            let was = base.entities.get(&id);
            let entity = match (ours.entities.get(&id), theirs.entities.get(&id)) {
                (Some(ours), Some(theirs)) => Some(self.one(Trio { base: was, ours, theirs })),
                // Ours gave it a number since; an unnumbered table has nothing to lose.
                (None, Some(theirs)) if was == Some(theirs) && id.number().is_none() => None,
                (Some(one), None) | (None, Some(one)) => {
                    if was.is_some() {
                        self.conflict(id, None, DELETED);
                    }
                    Some(one.clone())
                }
                (None, None) => None,
            };
            entity.map(|entity| merged.insert(id, entity));
        }
        merged
    }

    fn conflict(&mut self, id: Id, field: Option<&'static str>, why: Why) {
        self.conflicts.push(Conflict { subject: Subject::Entity(id), field, why });
    }

    fn one(&mut self, trio: Trio<'_>) -> Entity {
        let Trio { base, ours, theirs } = trio;
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        let mut merged = ours.clone();
        for field in ours.id.kind.fields() {
            match self.field(trio, field) {
                Ok(value) => {
                    merged.set(field.name, value.as_ref());
                }
                Err(why) => self.conflict(ours.id, Some(field.name), why),
            }
        }
        if drifted(trio, &merged) {
            self.conflict(ours.id, None, DRIFT);
        }
        merged
    }

    fn field(&self, trio: Trio<'_>, field: &'static Field) -> Result<Option<Value>, Why> {
        let Trio { base, ours, theirs } = trio;
        let was = base.and_then(|base| base.value(field.name));
        let (our, their) = (ours.value(field.name), theirs.value(field.name));
        let merged = field::merge(field, open(ours.id, field), [was.as_ref(), our.as_ref(), their.as_ref()]);
        match field.name {
            "removed" if was.is_none() => {
                merged.or_else(|why| self.tombstone((our, their), ours.id).map(Some).ok_or(why))
            }
            // Born on both sides with one meaning: the words are one side's.
            _ if base.is_none() && (field.role == Role::Identity || is_remark(field)) => {
                Ok(self.words(trio, (our, their)))
            }
            _ => merged,
        }
    }

    /// Both sides removed it. The published tombstone stays, else ours; a successor that only one of them
    /// names is kept.
    fn tombstone(&self, (ours, theirs): (Option<Value>, Option<Value>), id: Id) -> Option<Value> {
        let (Some(Value::Table(ours)), Some(Value::Table(theirs))) = (ours, theirs) else { return None };
        const SUCCESSOR: &str = "replaced_by";
        if let (Some(a), Some(b)) = (ours.get(SUCCESSOR), theirs.get(SUCCESSOR))
            && a != b
        {
            return None;
        }
        let (mut kept, other) = match self.published(id, "removed") == Some(Value::Table(theirs.clone())) {
            true => (theirs, ours),
            false => (ours, theirs),
        };
        if let (false, Some(successor)) = (kept.contains_key(SUCCESSOR), other.get(SUCCESSOR)) {
            kept.insert(SUCCESSOR.to_owned(), successor.clone());
        }
        Some(Value::Table(kept))
    }

    fn words(&self, trio: Trio<'_>, (ours, theirs): (Option<Value>, Option<Value>)) -> Option<Value> {
        let id = trio.ours.id;
        let mut published = self.known.published.iter().filter_map(|model| model.entities.get(&id));
        let theirs_is_out = published.any(|entity| entity.identity() == trio.theirs.identity());
        if theirs_is_out { theirs } else { ours }
    }

    fn published(&self, id: Id, field: &str) -> Option<Value> {
        self.known.published.iter().find_map(|model| model.entities.get(&id)?.value(field))
    }
}

fn is_remark(field: &Field) -> bool {
    matches!(field.name, "rationale" | "source")
}

/// Whether an absent set says something else than an empty one, as `passes` does.
fn open(id: Id, field: &Field) -> bool {
    let mut probe = Entity::new(id);
    probe.set(field.name, Some(&Value::List(Vec::new()))) && probe.value(field.name).is_some()
}

/// Whether rewording on both sides gave words that neither side would stand up for.
fn drifted(trio: Trio<'_>, merged: &Entity) -> bool {
    let words = merged.identity();
    let (ours, theirs) = (trio.ours.identity(), trio.theirs.identity());
    words != ours && words != theirs && {
        let strays = |side: &Entity| compare(side, merged).verdict != Verdict::Same;
        strays(trio.ours) || strays(trio.theirs)
    }
}
