//! The structure of a model as numbers: live boundaries, what live components join, where assets lie.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Boundary, BoundaryRef, ComponentRef, Entity, Id, Model, Vector};

/// The live boundaries, and the live components that stand in them. Positions in these lists stand
/// for IDs.
pub(super) struct Structure<'m> {
    pub boundaries: Vec<(Id, &'m Boundary)>,
    /// Each with its live boundaries.
    pub components: Vec<(Id, Vec<u32>)>,
    /// The components that stand in each boundary.
    inside: Vec<Vec<u32>>,
    boundary_at: HashMap<Id, u32>,
    component_at: HashMap<Id, u32>,
}

/// How far an attacker gets: a flag a boundary, and how each was entered.
pub(super) struct Reached {
    pub entered: Vec<bool>,
    /// The boundary and the component it was entered from; `None` for where the attacker stands.
    pub from: Vec<Option<(u32, u32)>>,
}

impl<'m> Structure<'m> {
    pub(super) fn new(model: &'m Model) -> Structure<'m> {
        let boundaries: Vec<(Id, &Boundary)> = model
            .boundaries()
            .filter(|(entity, _)| entity.live())
            .map(|(entity, boundary)| (entity.id, boundary))
            .collect();
        let boundary_at = places(boundaries.iter().map(|(id, _)| *id));
        let live = model.components().filter(|(entity, _)| entity.live());
        let stands =
            |set: &BTreeSet<BoundaryRef>| set.iter().filter_map(|id| boundary_at.get(&id.0).copied()).collect();
        let components: Vec<(Id, Vec<u32>)> =
            live.map(|(entity, component): (&Entity, _)| (entity.id, stands(&component.boundaries))).collect();
        let mut inside = vec![Vec::new(); boundaries.len()];
        for (component, (_, stands)) in (0..).zip(&components) {
            stands.iter().for_each(|&boundary| inside[boundary as usize].push(component));
        }
        let component_at = places(components.iter().map(|(id, _)| *id));
        Structure { boundaries, components, inside, boundary_at, component_at }
    }

    /// The live ones of these boundaries.
    pub(super) fn positions(&self, set: &BTreeSet<BoundaryRef>) -> Vec<u32> {
        set.iter().filter_map(|id| self.boundary_at.get(&id.0).copied()).collect()
    }

    /// The live ones of these components, by ID.
    pub(super) fn live(&self, set: &BTreeSet<ComponentRef>) -> Vec<Id> {
        set.iter().map(|id| id.0).filter(|id| self.component_at.contains_key(id)).collect()
    }

    /// The union of the boundaries of live components, sorted.
    pub(super) fn footprint(&self, components: &[Id]) -> Vec<u32> {
        let found = components.iter().filter_map(|id| self.component_at.get(id));
        let all: BTreeSet<u32> = found.flat_map(|&at| self.components[at as usize].1.iter().copied()).collect();
        all.into_iter().collect()
    }

    /// The first of these components that stands in a boundary.
    pub(super) fn holder(&self, components: &[Id], boundary: u32) -> Option<Id> {
        let stands =
            |id: &&Id| self.component_at.get(id).is_some_and(|&at| self.components[at as usize].1.contains(&boundary));
        components.iter().find(stands).copied()
    }

    /// Breadth first from where the attacker stands, through every boundary that `passes`.
    pub(super) fn reach(&self, start: &[u32], passes: impl Fn(&Boundary) -> bool) -> Reached {
        let mut reached =
            Reached { entered: vec![false; self.boundaries.len()], from: vec![None; self.boundaries.len()] };
        let open = |at: u32| passes(self.boundaries[at as usize].1);
        let mut queue: Vec<u32> = start.iter().copied().filter(|&at| open(at)).collect();
        queue.iter().for_each(|&at| reached.entered[at as usize] = true);
        let mut seen = vec![false; self.components.len()];
        let mut next = 0;
        while let Some(&here) = queue.get(next) {
            next += 1;
            if self.boundaries[here as usize].1.sealed {
                continue;
            }
            for &component in &self.inside[here as usize] {
                if std::mem::replace(&mut seen[component as usize], true) {
                    continue;
                }
                for &there in &self.components[component as usize].1 {
                    if !reached.entered[there as usize] && open(there) {
                        reached.entered[there as usize] = true;
                        reached.from[there as usize] = Some((here, component));
                        queue.push(there);
                    }
                }
            }
        }
        reached
    }
}

impl Reached {
    /// What is reached from here or from there.
    pub(super) fn join(&mut self, other: &Reached) {
        for at in 0..self.entered.len() {
            if other.entered[at] && !self.entered[at] {
                self.entered[at] = true;
                self.from[at] = other.from[at];
            }
        }
    }
}

/// Whether an attack of this vector works across a boundary.
pub(super) fn passes(boundary: &Boundary, vector: Vector) -> bool {
    boundary.passes.as_ref().is_none_or(|passes| passes.contains(&vector))
}

pub(super) fn places(ids: impl Iterator<Item = Id>) -> HashMap<Id, u32> {
    (0..).zip(ids).map(|(at, id)| (id, at)).collect()
}
