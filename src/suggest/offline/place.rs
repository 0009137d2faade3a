//! Where everybody stands: zones become trust boundaries, and components that lead from one to the next stand in both.

use std::collections::BTreeSet;

use super::cast::{Cast, Foe, Part};
use crate::model::Vector;
use crate::suggest::{Knowledge, Mention, Zone};

/// The boundaries of a model, and who stands in which; numbers are positions in `bounds`.
pub struct Places<'k> {
    pub bounds: Vec<Bound<'k>>,
    /// By part of the cast.
    pub parts: Vec<BTreeSet<usize>>,
    /// By foe of the cast.
    pub foes: Vec<BTreeSet<usize>>,
}

/// A boundary to be.
pub struct Bound<'k> {
    pub name: &'k str,
    pub passes: &'k [Vector],
    /// The file that names it; none for one that systems have anyway.
    pub mention: Option<&'k Mention>,
}

/// Where the outside begins.
const EDGE: &str = "edge";
/// Zones that networks are parts of; the others are no network of ours.
const INNER: [&str; 5] = ["application", "data", "cluster", "ai", "internal"];

/// Places the whole cast. What is in the model is joined: nothing becomes unreachable for want of a line. A part that lies in networks
/// stands in them and not in its zone, and whoever is in the zone is in each of them.
pub fn places<'k>(all: &'k Knowledge, cast: &Cast<'k>) -> Places<'k> {
    let plan = Plan::new(all, cast);
    let mut bounds: Vec<Bound<'k>> = Vec::new();
    let mut plain: Vec<Option<usize>> = Vec::new();
    let mut spread: Vec<BTreeSet<usize>> = Vec::new();
    for zone in &plan.zones {
        let own = || cast.parts.iter().filter(|part| part.kind.zone == zone.key);
        let stays = own().next().is_none() || own().any(|part| !placed(part));
        if stays {
            bounds.push(Bound { name: zone.name, passes: &zone.passes, mention: None });
        }
        plain.push(stays.then(|| bounds.len() - 1));
        let networks = own().filter(|part| placed(part)).flat_map(|part| part.places());
        let networks: Vec<usize> = networks.map(|(name, mention)| network(&mut bounds, name, mention, zone)).collect();
        spread.push(plain.last().copied().flatten().into_iter().chain(networks).collect());
    }
    let parts = cast.parts.iter().map(|part| {
        let own = part.places().filter_map(|(name, _)| bounds.iter().position(|bound| bound.name == name));
        let zones = plan.part(cast, part).into_iter();
        match placed(part) {
            // Where a file says in which networks it lies, it lies in no other.
            true => zones.filter_map(|zone| plain[zone]).chain(own).collect(),
            false => zones.flat_map(|zone| spread[zone].iter().copied()).chain(own).collect(),
        }
    });
    let parts = parts.collect();
    let foes = cast.foes.iter().map(|foe| {
        let zones = stands(all, foe).filter_map(|key| plan.at(key));
        zones.flat_map(|zone| spread[zone].iter().copied()).collect()
    });
    Places { foes: foes.collect(), parts, bounds }
}

/// Whether it stands in networks instead of its zone.
fn placed(part: &Part<'_>) -> bool {
    INNER.contains(&part.kind.zone) && part.places().next().is_some()
}

/// The position of a network among the boundaries.
fn network<'k>(bounds: &mut Vec<Bound<'k>>, name: &'k str, mention: &'k Mention, zone: &'k Zone) -> usize {
    bounds.iter().position(|bound| bound.name == name).unwrap_or_else(|| {
        bounds.push(Bound { name, passes: &zone.passes, mention: Some(mention) });
        bounds.len() - 1
    })
}

/// The zones of a model, and which leads where.
struct Plan<'k> {
    zones: Vec<&'k Zone>,
    /// Zones that have components.
    own: BTreeSet<&'k str>,
    next: Vec<Option<usize>>,
}

impl<'k> Plan<'k> {
    fn new(all: &'k Knowledge, cast: &Cast<'k>) -> Plan<'k> {
        let own: BTreeSet<&str> = cast.parts.iter().map(|part| part.kind.zone).collect();
        let mut there = own.clone();
        for foe in &cast.foes {
            if stands(all, foe).all(|zone| !there.contains(zone)) {
                there.extend(stands(all, foe).next());
            }
        }
        let zones: Vec<&Zone> = all.zones.iter().filter(|zone| there.contains(zone.key)).collect();
        let next = zones.iter().map(|zone| leads(all, zone, &zones, &own)).collect();
        Plan { zones, own, next }
    }

    fn at(&self, key: &str) -> Option<usize> {
        self.zones.iter().position(|zone| zone.key == key)
    }

    /// The zones that a part stands in: its own, the one it leads to, and those that are entered through it. What files say about the
    /// outside goes before what is usual.
    fn part(&self, cast: &Cast<'k>, part: &Part<'k>) -> BTreeSet<usize> {
        let own = self.at(part.kind.zone);
        let inwards = own.and_then(|at| self.next[at]);
        // A zone that has no components is entered through those of the zone it leads to.
        let entered =
            (0..self.zones.len()).filter(|from| !self.own.contains(self.zones[*from].key) && self.next[*from] == own);
        let here = own.filter(|_| !placed(part));
        let mut zones: BTreeSet<usize> = here.into_iter().chain(inwards).chain(entered).collect();
        let known = cast.parts.iter().any(|part| part.exposed() == Some(true));
        match (part.exposed(), self.at(EDGE)) {
            (Some(true), Some(edge)) => drop(zones.insert(edge)),
            (Some(false), Some(edge)) if known && part.kind.zone != EDGE => drop(zones.remove(&edge)),
            _ => {}
        }
        zones
    }
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
