//! The boundaries there are: one for each zone, and one for each network that a file names.

use std::collections::BTreeSet;

use super::cast::Cast;
use super::place::{Bound, EDGE, Plan, SERVICES};
use crate::model::Vector;
use crate::suggest::Knowledge;

/// Zones that networks are parts of; the others are no network of ours.
const INNER: [&str; 5] = [SERVICES, "data", "cluster", "ai", "internal"];
/// Zones whose components reach every network that is not kept apart: they run, configure or fill what stands there.
const GOVERN: [&str; 3] = ["cluster", "control", "build"];

/// The boundaries, and which of them zones and parts have; numbers are positions in `bounds`.
pub struct Ground<'k> {
    pub bounds: Vec<Bound<'k>>,
    /// By zone: the boundary of the zone itself.
    plain: Vec<Option<usize>>,
    /// By part: the networks that files put it into.
    nets: Vec<BTreeSet<usize>>,
    /// By zone: the networks of its parts.
    zones: Vec<BTreeSet<usize>>,
    /// By zone: the networks of the part that outsiders meet first.
    first: Vec<BTreeSet<usize>>,
    /// Something in a network answers to the outside.
    open: bool,
}

impl<'k> Ground<'k> {
    pub fn new(all: &'k Knowledge, plan: &Plan<'k>, cast: &Cast<'k>) -> Ground<'k> {
        let mut ground = Ground {
            bounds: Vec::new(),
            plain: Vec::new(),
            nets: vec![BTreeSet::new(); cast.parts.len()],
            zones: Vec::new(),
            first: Vec::new(),
            open: cast.parts.iter().any(|part| part.exposed() == Some(true) && part.places().next().is_some()),
        };
        let network = all.zone(SERVICES).map(|zone| zone.passes.as_slice()).unwrap_or_default();
        for zone in &plan.zones {
            let own: Vec<usize> = (0..cast.parts.len()).filter(|at| plan.parts[*at] == zone.key).collect();
            let lies = |at: &usize| cast.parts[*at].places().next().is_some();
            let inner = INNER.contains(&zone.key) && own.iter().any(lies);
            // Of what only a text names nobody knows the network: it stands with its like.
            let settled = inner && own.iter().all(|at| lies(at) || !cast.parts[*at].named());
            if !settled {
                ground.bounds.push(Bound { name: zone.name, passes: &zone.passes, mention: None });
            }
            ground.plain.push((!settled).then(|| ground.bounds.len() - 1));
            own.iter().for_each(|at| ground.settle(cast, *at, network));
            let nets = |at: &usize| ground.nets[*at].clone();
            let met = own.iter().filter(|at| lies(at)).min_by_key(|at| cast.parts[**at].exposed() != Some(true));
            let first = met.filter(|_| inner).map(nets).unwrap_or_default();
            let zones = own.iter().filter(|_| inner).flat_map(nets).collect();
            ground.first.push(first);
            ground.zones.push(zones);
        }
        ground
    }

    /// The networks of a part become boundaries where they are none yet.
    fn settle(&mut self, cast: &Cast<'k>, at: usize, passes: &'k [Vector]) {
        for (name, mention) in cast.parts[at].places() {
            let there = self.bounds.iter().position(|bound| bound.name == name);
            self.nets[at].insert(there.unwrap_or_else(|| {
                self.bounds.push(Bound { name, passes, mention: Some(mention) });
                self.bounds.len() - 1
            }));
        }
    }

    /// What a zone is made of.
    pub fn spread(&self, zone: usize) -> impl Iterator<Item = usize> {
        self.plain[zone].into_iter().chain(self.zones[zone].iter().copied())
    }

    /// The boundaries that a part stands in: its networks or its zone, where it leads to, and what is entered through it. What files say
    /// about the outside goes before what is usual.
    pub fn part(&self, plan: &Plan<'k>, cast: &Cast<'k>, at: usize) -> BTreeSet<usize> {
        let (part, key) = (&cast.parts[at], plan.parts[at]);
        let mut here = self.nets[at].clone();
        let Some(zone) = plan.at(key) else { return here };
        let networked = INNER.contains(&key) && !here.is_empty();
        if !networked {
            let like = if part.named() { &BTreeSet::new() } else { &self.first[zone] };
            match like.is_empty() {
                true => here.extend(self.plain[zone]),
                false => here.extend(like),
            }
        }
        if let Some(next) = plan.onward(zone) {
            here.extend(self.plain[next]);
            if self.nets[at].is_empty() {
                here.extend(self.doors(key, next));
            }
        }
        here.extend(plan.entered(zone).filter_map(|from| self.plain[from]));
        if let Some(edge) = plan.at(EDGE).and_then(|edge| self.plain[edge]) {
            match part.exposed() {
                Some(true) => drop(here.insert(edge)),
                Some(false) if plan.told && key != EDGE => drop(here.remove(&edge)),
                _ => {}
            }
        }
        here
    }

    /// The networks that a part without one reaches in the zone that it leads to.
    fn doors(&self, key: &str, next: usize) -> BTreeSet<usize> {
        let govern = GOVERN.contains(&key);
        let net = |at: &usize| self.bounds[*at].mention.is_some() && !self.bounds[*at].apart();
        let all = (0..self.bounds.len()).filter(|at| govern && net(at));
        let first = self.first[next].iter().copied();
        let led = self.plain[next].is_none() && !(key == EDGE && self.open);
        all.chain(first.filter(|_| led)).collect()
    }
}
