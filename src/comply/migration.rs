//! What becomes of the decisions of a model when it goes from one version of a framework to another: mappings and
//! exclusions, each with where it lands. Nothing is written here, and nothing is left out.

use std::collections::BTreeMap;

use super::canon::Memory;
use super::succession::{Fate, Step, fates};
use super::{Clause, Pack, Reference, Stamp, matches, recalled};
use crate::model::{Body, Control, Entity, Exclusion, Id, MappingState, Model, Requirement};

/// A decision about a requirement of the version before.
#[derive(Debug, Clone)]
pub struct Moved<'m> {
    pub control: Id,
    pub row: &'m Requirement,
    /// The requirement it is about.
    pub clause: &'m Clause,
    /// Where it lands. What only its words forbid to carry lands as changed.
    pub fate: Fate<'m>,
    /// Numbers of the new version that the control has a row for already.
    pub there: Vec<String>,
}

/// A requirement that an exclusion takes out of the version before.
#[derive(Debug, Clone)]
pub struct Freed<'m> {
    pub row: &'m Exclusion,
    pub clause: &'m Clause,
    pub fate: Fate<'m>,
    /// An exclusion of the same number in the new version is there already.
    pub there: bool,
}

/// Every decision of a model about the version before.
#[derive(Debug, Clone, Default)]
pub struct Migration<'m> {
    pub moved: Vec<Moved<'m>>,
    pub freed: Vec<Freed<'m>>,
    /// Controls with decisions that are removed: they are left as they are.
    pub removed: Vec<Id>,
}

/// The decisions of a model, in the order of its files.
pub fn migration<'m>(model: &'m Model, from: &'m Pack, to: &Pack, steps: &'m [Step]) -> Migration<'m> {
    let fates = fates(steps);
    let way = Way { from, to, fates: &fates };
    let mut migration = Migration::default();
    for entity in model.entities.values() {
        let Body::Control(control) = &entity.body else { continue };
        let moved: Vec<Moved<'_>> =
            control.requirements.iter().filter_map(|row| way.moved((entity, control), row)).collect();
        match entity.live() {
            false if !moved.is_empty() => migration.removed.push(entity.id),
            false => {}
            true => migration.moved.extend(moved),
        }
    }
    let rows = &model.compliance.exclusions;
    migration.freed = rows.iter().flat_map(|row| way.freed(row, rows)).collect();
    migration
}

struct Way<'w, 'm> {
    from: &'m Pack,
    to: &'w Pack,
    fates: &'w BTreeMap<&'m str, Fate<'m>>,
}

impl<'m> Way<'_, 'm> {
    fn moved(&self, (entity, control): (&Entity, &Control), row: &'m Requirement) -> Option<Moved<'m>> {
        if !matches!(row.state, Some(MappingState::Accepted | MappingState::Rejected)) {
            return None;
        }
        let reference = Reference::parse(&row.req).filter(|reference| reference.framework == self.from.name)?;
        let clause = self.from.clause(&reference.id)?;
        // A decision about words that are others by now is no decision about these.
        let stale = Stamp::of(clause).compare(&row.text) == Memory::Changed;
        let fate = match self.fate(clause) {
            Fate::Same(to) if stale => Fate::Changed(vec![(to, super::How::Same)]),
            fate => fate,
        };
        let own = control.requirements.iter().filter_map(|row| Reference::parse(&row.req));
        let there = own.filter(|reference| reference.framework == self.to.name).map(|reference| reference.id).collect();
        Some(Moved { control: entity.id, row, clause, fate, there })
    }

    fn freed(&self, row: &'m Exclusion, rows: &[Exclusion]) -> Vec<Freed<'m>> {
        let Some(pattern) = Reference::parse(&row.req).filter(|one| one.framework == self.from.name) else {
            return Vec::new();
        };
        let about = self.from.active().filter(|clause| matches(&pattern.id, &clause.id));
        let stale = recalled(row, self.from).is_some_and(|(memory, _)| memory == Memory::Changed);
        let freed = |clause: &'m Clause| {
            let fate = match self.fate(clause) {
                Fate::Same(to) if stale => Fate::Changed(vec![(to, super::How::Same)]),
                fate => fate,
            };
            let key = match &fate {
                Fate::Same(to) => format!("{}:{to}", self.to.name),
                _ => String::new(),
            };
            Freed { row, clause, fate, there: rows.iter().any(|row| row.req == key) }
        };
        about.map(freed).collect()
    }

    fn fate(&self, clause: &Clause) -> Fate<'m> {
        self.fates.get(clause.id.as_str()).cloned().unwrap_or(Fate::Unsaid)
    }
}
