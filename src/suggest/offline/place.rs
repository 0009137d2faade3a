//! Where everybody stands: zones become trust boundaries, and components that lead from one to the next stand in both.

use std::collections::BTreeSet;

use super::cast::{Cast, Foe};
use crate::model::Vector;
use crate::suggest::{Knowledge, Zone};

/// The boundaries of a model, and who stands in which; numbers are positions in `zones`.
pub struct Places<'k> {
    pub zones: Vec<&'k Zone>,
    /// By part of the cast.
    pub parts: Vec<Vec<usize>>,
    /// By foe of the cast.
    pub foes: Vec<Vec<usize>>,
}

/// Places the whole cast. What is in the model is joined: nothing becomes unreachable for want of a line.
pub fn places<'k>(all: &'k Knowledge, cast: &Cast<'k>) -> Places<'k> {
    let own: BTreeSet<&str> = cast.parts.iter().map(|part| part.kind.zone).collect();
    let mut there = own.clone();
    for foe in &cast.foes {
        if stands(all, foe).all(|zone| !there.contains(zone)) {
            there.extend(stands(all, foe).next());
        }
    }
    let zones: Vec<&Zone> = all.zones.iter().filter(|zone| there.contains(zone.key)).collect();
    let next: Vec<Option<usize>> = zones.iter().map(|zone| leads(all, zone, &zones, &own)).collect();
    let part = |zone: &str| -> Vec<usize> {
        let at = zones.iter().position(|one| one.key == zone);
        let inwards = at.and_then(|at| next[at]);
        // A zone that has no components is entered through those of the zone it leads to.
        let entered = (0..zones.len()).filter(|from| !own.contains(zones[*from].key) && next[*from] == at);
        at.into_iter().chain(inwards).chain(entered).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let foe = |foe: &Foe<'_>| -> Vec<usize> {
        let at = |key: &str| zones.iter().position(|zone| zone.key == key);
        stands(all, foe).filter_map(at).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let parts = cast.parts.iter().map(|one| part(one.kind.zone)).collect();
    let foes = cast.foes.iter().map(foe).collect();
    Places { zones, parts, foes }
}

/// The zones that an attacker can act in.
fn stands<'k>(all: &'k Knowledge, foe: &Foe<'k>) -> impl Iterator<Item = &'k str> {
    let vector = foe.kind.vector();
    let passes =
        move |key: &&str| all.zone(key).is_some_and(|zone| vector.is_none_or(|way: Vector| zone.passes.contains(&way)));
    foe.kind.zones.iter().copied().filter(passes)
}

/// The zone that a zone's components lead to, among those that have components.
fn leads(all: &Knowledge, zone: &Zone, zones: &[&Zone], own: &BTreeSet<&str>) -> Option<usize> {
    if zone.leads.is_empty() {
        return None;
    }
    let rest = all.zones.iter().map(|zone| zone.key);
    let order = zone.leads.iter().copied().chain(rest);
    let reached = order.filter(|key| *key != zone.key && (own.contains(key) || *key == "edge"));
    reached.into_iter().find_map(|key| zones.iter().position(|one| one.key == key))
}
