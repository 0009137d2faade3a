//! An assessment in words: how an attacker gets there or why not, and how the groups stand.

use super::assessment::{Assessment, scene};
use super::group::Hold;
use super::reach::{AssetFacts, AttackerFacts, Cause};
use super::structure::{Reached, passes};
use crate::model::{Group, Id, Objective};

/// One numbered group of an objective, or its defence in depth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupState {
    pub group: Group,
    pub members: Vec<Member>,
    /// Defence in depth is never complete.
    pub complete: bool,
    /// How its controls are to be shown.
    pub badge: Badge,
}

/// A control in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub control: Id,
    pub hold: Hold,
}

/// How a control shows at an objective: once a group is complete, the others only add depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    Group(u32),
    Depth,
}

impl std::fmt::Display for Badge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Badge::Group(number) => write!(f, "Group {number}"),
            Badge::Depth => f.write_str("Defense-in-depth"),
        }
    }
}

impl Assessment<'_> {
    /// Groups by number, `depth` last; empty for a pair that is not live.
    pub fn groups(&self, objective: Objective) -> Vec<GroupState> {
        let covering = self.grid.at(objective).map_or(&[][..], |at| self.grid.covering(at));
        let mut groups: Vec<GroupState> = Vec::new();
        for covering in covering {
            let control = &self.controls[covering.control as usize];
            let member = Member { control: control.id, hold: control.hold };
            match groups.iter_mut().find(|state| state.group == covering.group) {
                Some(state) => state.members.push(member),
                None => groups.push(GroupState {
                    group: covering.group,
                    members: vec![member],
                    complete: false,
                    badge: Badge::Depth,
                }),
            }
        }
        groups.sort_by_key(|state| state.group);
        for state in &mut groups {
            let holds = state.members.iter().all(|member| member.hold.counts());
            state.complete = holds && state.group != Group::Depth;
        }
        let done = groups.iter().any(|state| state.complete);
        for state in &mut groups {
            match state.group {
                Group::Number(number) if state.complete || !done => state.badge = Badge::Group(number),
                _ => {}
            }
        }
        groups
    }

    /// The active assumptions that take something out of an objective.
    pub fn excluded_by(&self, objective: Objective) -> Vec<Id> {
        self.sides(objective).map_or(Vec::new(), |(asset, attacker)| self.exclusions.behind(&scene(asset, attacker)))
    }

    /// Why the reachability of a pair is what it is, in a sentence or two.
    pub fn narrate(&self, objective: Objective) -> String {
        let Some((asset, attacker)) = self.sides(objective) else { return self.missing(objective) };
        match self.reach(objective).cause {
            None => self.way_in(asset, attacker),
            Some(Cause::AssumptionExcludes) => self.exclusion(objective),
            Some(Cause::AttackerUnpositioned) => {
                format!("{} stands in no live boundary, so the model cannot say where it gets.", attacker.id)
            }
            Some(Cause::AssetUnbounded) => {
                format!("{} lies in no live boundary: no live component of it stands in one.", self.named(asset.id))
            }
            Some(Cause::BoundaryBlocksVector) => self.blocked(asset, attacker),
            Some(Cause::NoSharedBoundary | Cause::MissingEntity) => self.apart(asset, attacker),
        }
    }

    fn sides(&self, objective: Objective) -> Option<(&AssetFacts, &AttackerFacts)> {
        let (asset, attacker) = self.grid.pair(self.grid.at(objective)?);
        Some((&self.assets[asset], &self.attackers[attacker]))
    }

    fn missing(&self, objective: Objective) -> String {
        let lost = [objective.asset, objective.attacker].into_iter().find(|&id| !self.model.is_live(id));
        match lost {
            Some(id) if self.model.entities.contains_key(&id) => format!("{} is removed.", self.named(id)),
            Some(id) => format!("{id} is not in the model."),
            None => "The model is retired.".to_owned(),
        }
    }

    fn way_in(&self, asset: &AssetFacts, attacker: &AttackerFacts) -> String {
        let way = shortest(&attacker.reached, &asset.footprint);
        let last = way.last().map_or(0, |step| step.0);
        let holder = self.structure.holder(&asset.components, last).map(|id| self.named(id)).unwrap_or_default();
        format!("{}; {} is there, in {holder}.", self.walk(attacker, &way), self.named(asset.id))
    }

    fn blocked(&self, asset: &AssetFacts, attacker: &AttackerFacts) -> String {
        let way = shortest(&attacker.unblocked, &asset.footprint);
        let shut = |step: &&Step| attacker.vector.is_some_and(|vector| !passes(self.boundary(step.0), vector));
        let empty = |step: &&Step| self.boundary(step.0).passes.as_ref().is_some_and(|passes| passes.is_empty());
        let stop = way.iter().position(|step| shut(&step) || empty(&step)).unwrap_or(0);
        let vector = attacker.vector.map_or("any vector", |vector| vector.word());
        let wall = way.get(stop).map_or(String::new(), |step| self.boundary_named(step.0));
        let start = if stop == 0 {
            format!("{} stands at {wall}", attacker.id)
        } else {
            format!("{}; next comes {wall}", self.walk(attacker, &way[..stop]))
        };
        let lets = way.get(stop).map_or(String::new(), |step| self.lets(step.0));
        format!("{start}, which lets {lets} through and not {vector}.")
    }

    fn apart(&self, asset: &AssetFacts, attacker: &AttackerFacts) -> String {
        let here: Vec<String> = attacker.positions.iter().map(|&at| self.boundary_named(at)).collect();
        let there: Vec<String> = asset.footprint.iter().map(|&at| self.boundary_named(at)).collect();
        let known = (0..).zip(&self.structure.boundaries).zip(&attacker.unblocked.entered);
        let sealed = known.filter(|((_, (_, boundary)), entered)| **entered && boundary.sealed);
        let sealed: Vec<String> = sealed.map(|((at, _), _)| self.boundary_named(at)).collect();
        let seal = match sealed.is_empty() {
            true => "No component joins them.".to_owned(),
            false => format!("Nothing leads there: {} lets nothing inside reach beyond.", sealed.join(", ")),
        };
        let named = self.named(asset.id);
        format!("{} stands in {}; {named} lies in {}. {seal}", attacker.id, here.join(", "), there.join(", "))
    }

    fn exclusion(&self, objective: Objective) -> String {
        let ids = self.excluded_by(objective);
        let words = ids.iter().map(|id| {
            let title = self.model.entities.get(id).map_or("", |entity| entity.title());
            format!("{id}: {}", title.trim())
        });
        format!("Taken out by {}.", words.collect::<Vec<_>>().join("; "))
    }

    /// `T2 stands in TB1 (edge) and gets into TB2 (cluster) through CMP1 (gateway)`.
    fn walk(&self, attacker: &AttackerFacts, way: &[Step]) -> String {
        let mut words = format!("{} stands in", attacker.id);
        for (step, (boundary, through)) in way.iter().enumerate() {
            if let Some(component) = through {
                let (id, _) = self.structure.components[*component as usize];
                let link = if step == 1 { " and gets into" } else { ", then into" };
                words.push_str(&format!("{link} {} through {}", self.boundary_named(*boundary), self.named(id)));
            } else {
                words.push_str(&format!(" {}", self.boundary_named(*boundary)));
            }
        }
        words
    }

    fn lets(&self, at: u32) -> String {
        match &self.boundary(at).passes {
            None => "everything".to_owned(),
            Some(passes) if passes.is_empty() => "nothing".to_owned(),
            Some(passes) => passes.iter().map(|vector| vector.word()).collect::<Vec<_>>().join(", "),
        }
    }

    fn boundary(&self, at: u32) -> &crate::model::Boundary {
        self.structure.boundaries[at as usize].1
    }

    fn boundary_named(&self, at: u32) -> String {
        self.named(self.structure.boundaries[at as usize].0)
    }

    fn named(&self, id: Id) -> String {
        let title = self.model.entities.get(&id).map_or("", |entity| entity.title());
        if title.is_empty() { id.to_string() } else { format!("{id} ({title})") }
    }
}

/// A boundary on the way, and the component it was entered through.
type Step = (u32, Option<u32>);

/// The shortest way to any of these boundaries; the first in order among equals.
fn shortest(reached: &Reached, to: &[u32]) -> Vec<Step> {
    let ways = to.iter().filter(|&&at| reached.entered[at as usize]).map(|&at| way(reached, at));
    ways.min_by_key(Vec::len).unwrap_or_default()
}

fn way(reached: &Reached, to: u32) -> Vec<Step> {
    let mut way = Vec::new();
    let mut here = to;
    while let Some((from, component)) = reached.from[here as usize] {
        way.push((here, Some(component)));
        here = from;
    }
    way.push((here, None));
    way.reverse();
    way
}
