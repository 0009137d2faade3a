//! Where everybody stands: zones become trust boundaries, networks that files name take their place, and what leads from one to the next
//! stands in both.

use std::collections::BTreeSet;

use super::cast::{Cast, Foe, Part};
use super::ground::Ground;
use super::join::join;
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

impl Bound<'_> {
    /// A file keeps it apart from what shares no component with it.
    pub fn apart(&self) -> bool {
        self.mention.is_some_and(|mention| mention.apart)
    }
}

/// Where the outside begins.
pub const EDGE: &str = "edge";
/// Where other people's services stand.
pub const VENDOR: &str = "vendor";
/// Where our own services run; what networks pass is what it passes.
pub const SERVICES: &str = "application";

/// Places the whole cast. A part that a file puts into networks stands in these and not in its zone; on two it is the door between them.
/// What only a text names stands where its like stand. Other people's services stand in no network of ours and are met at the edge.
pub fn places<'k>(all: &'k Knowledge, cast: &Cast<'k>) -> Places<'k> {
    let plan = Plan::new(all, cast);
    let ground = Ground::new(all, &plan, cast);
    let mut parts: Vec<BTreeSet<usize>> = (0..cast.parts.len()).map(|at| ground.part(&plan, cast, at)).collect();
    let zones =
        |foe| stands(all, cast, foe).filter_map(|key| plan.at(key)).flat_map(|zone| ground.spread(zone)).collect();
    let foes = cast.foes.iter().map(zones).collect();
    join(&ground.bounds, &mut parts, |at| match plan.parts[at] {
        "cluster" | "control" => 0,
        SERVICES => 1,
        VENDOR | "client" | "device" => 3,
        _ => 2,
    });
    Places { foes, parts, bounds: ground.bounds }
}

/// The zones of a model, and which leads where.
pub struct Plan<'k> {
    pub zones: Vec<&'k Zone>,
    /// By part of the cast: the zone it stands in.
    pub parts: Vec<&'k str>,
    /// A file says what answers to the outside, so the rest does not.
    pub told: bool,
    /// Zones that have components.
    own: BTreeSet<&'k str>,
    next: Vec<Option<usize>>,
}

impl<'k> Plan<'k> {
    fn new(all: &'k Knowledge, cast: &Cast<'k>) -> Plan<'k> {
        // A text that closes something says that the rest is open.
        let closes = cast.parts.iter().any(Part::closed);
        let told = closes || cast.parts.iter().any(|part| part.exposed() == Some(true));
        let parts: Vec<&str> = cast.parts.iter().map(|part| zone(cast, part, told)).collect();
        let own: BTreeSet<&str> = parts.iter().copied().collect();
        let mut there = own.clone();
        there.extend(own.iter().filter_map(|key| all.zone(key)?.meets));
        for foe in &cast.foes {
            if stands(all, cast, foe).all(|zone| !there.contains(zone)) {
                there.extend(stands(all, cast, foe).next());
            }
        }
        let outside = |zone: &&Zone| cast.closed && zone.key == EDGE;
        let zones = all.zones.iter().filter(|zone| there.contains(zone.key) && !outside(zone));
        let zones: Vec<&Zone> = zones.collect();
        let next = zones.iter().map(|zone| leads(all, zone, &zones, &own)).collect();
        Plan { zones, parts, told, own, next }
    }

    pub fn at(&self, key: &str) -> Option<usize> {
        self.zones.iter().position(|zone| zone.key == key)
    }

    /// The zone that components of this one lead to.
    pub fn onward(&self, zone: usize) -> Option<usize> {
        self.zones[zone].meets.map_or(self.next[zone], |key| self.at(key))
    }

    /// The zones without components of their own that are entered through those of this one.
    pub fn entered(&self, zone: usize) -> impl Iterator<Item = usize> {
        let through = move |from: &usize| !self.own.contains(self.zones[*from].key) && self.next[*from] == Some(zone);
        (0..self.zones.len()).filter(through)
    }
}

/// The zone of a part: other people's services stand apart, and what a file closes to the outside is not at its edge.
fn zone<'k>(cast: &Cast<'k>, part: &Part<'k>, told: bool) -> &'k str {
    match part.zone() {
        EDGE if cast.closed || (told && part.exposed() == Some(false)) => SERVICES,
        zone => zone,
    }
}

/// The zones that an attacker can act in; of a system without an outside, whoever would stand there is inside.
fn stands<'k>(all: &'k Knowledge, cast: &Cast<'k>, foe: &Foe<'k>) -> impl Iterator<Item = &'k str> {
    let vector = foe.kind.vector();
    let passes =
        move |key: &&str| all.zone(key).is_some_and(|zone| vector.is_none_or(|way: Vector| zone.passes.contains(&way)));
    let closed = cast.closed;
    let here = foe.kind.zones.iter().copied().map(move |key| if closed && key == EDGE { "internal" } else { key });
    here.filter(passes)
}

/// The zone that a zone's components lead to, among those that have components.
fn leads(all: &Knowledge, zone: &Zone, zones: &[&Zone], own: &BTreeSet<&str>) -> Option<usize> {
    if zone.leads.is_empty() {
        return None;
    }
    let rest = all.zones.iter().map(|zone| zone.key);
    let order = zone.leads.iter().copied().chain(rest);
    let reached = order.filter(|key| *key != zone.key && (own.contains(key) || *key == EDGE));
    reached.into_iter().find_map(|key| zones.iter().position(|one| one.key == key))
}
