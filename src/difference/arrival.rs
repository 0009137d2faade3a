//! What an asset or an attacker brings with it: objectives, and perhaps another asset that shows how to cover them.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Assessment, Status, Tier};
use crate::model::{Asset, Body, Id, Kind, Model, Objective};

/// An asset or an attacker that is live now and was not before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    pub id: Id,
    /// Attackers that the asset meets, or assets that the attacker does, by the tier of the pair: the worst tier first,
    /// not rated last.
    pub tiers: Vec<(Option<Tier>, Vec<Id>)>,
    /// How many of the pairs stand where.
    pub statuses: BTreeMap<Status, usize>,
    /// Only where some of it is unassessed.
    pub like: Option<Like>,
}

/// An asset that resembles a new one, and is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    pub asset: Id,
    /// Live controls that cover it against attackers that nothing covers the new one against.
    pub controls: Vec<Id>,
    /// It is covered against all of them.
    pub all: bool,
}

/// Among more arrivals than this, nobody reads advice about a single one.
const ADVISED: usize = 20;

/// Assets and attackers that came, in the order of the files.
pub(super) fn arrivals(before: &Model, after: &Assessment<'_>) -> Vec<Arrival> {
    let model = after.model();
    let came = |kind: Kind| model.of_kind(kind).filter(|e| e.live() && !before.is_live(e.id)).map(|e| e.id);
    let ids: Vec<Id> = came(Kind::Asset).chain(came(Kind::Attacker)).collect();
    let covers = (!ids.is_empty() && ids.len() <= ADVISED).then(|| Covers::of(model));
    ids.into_iter().map(|id| arrival(before, after, id, covers.as_ref())).collect()
}

fn arrival(before: &Model, after: &Assessment<'_>, id: Id, covers: Option<&Covers>) -> Arrival {
    let model = after.model();
    let others = model.of_kind(if id.kind == Kind::Asset { Kind::Attacker } else { Kind::Asset });
    let mut tiers: BTreeMap<Option<Tier>, Vec<Id>> = BTreeMap::new();
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::new();
    let mut bare = BTreeSet::new();
    for other in others.filter(|other| other.live()) {
        let objective = match id.kind {
            Kind::Asset => Objective { asset: id, attacker: other.id },
            _ => Objective { asset: other.id, attacker: id },
        };
        let Some(outcome) = after.outcome(objective) else { continue };
        tiers.entry(outcome.tier).or_default().push(other.id);
        *statuses.entry(outcome.status).or_default() += 1;
        if outcome.status == Status::Unassessed {
            bare.insert(other.id);
        }
    }
    let like = covers.filter(|_| id.kind == Kind::Asset && !bare.is_empty());
    Arrival {
        id,
        tiers: tiers.into_iter().rev().collect(),
        statuses,
        like: like.and_then(|covers| covers.like(before, model, id, &bare)),
    }
}

/// Which live controls cover which asset against which attackers.
struct Covers(BTreeMap<Id, BTreeMap<Id, BTreeSet<Id>>>);

impl Covers {
    fn of(model: &Model) -> Covers {
        let mut covers = Covers(BTreeMap::new());
        for (entity, control) in model.controls().filter(|(entity, _)| entity.live()) {
            for (_, objective) in control.covers.iter().filter(|(_, one)| model.is_open(*one)) {
                let controls = covers.0.entry(objective.asset).or_default();
                controls.entry(entity.id).or_default().insert(objective.attacker);
            }
        }
        covers
    }

    /// The asset of before that is most like the new one and covered against any of `bare`: it shares most components,
    /// then most of the coverage, then most properties.
    fn like(&self, before: &Model, model: &Model, new: Id, bare: &BTreeSet<Id>) -> Option<Like> {
        let newcomer = asset(model, new)?;
        let mut best: Option<((usize, usize, usize), Like)> = None;
        for (&id, controls) in self.0.iter().filter(|(id, _)| before.is_live(**id)) {
            let Some(candidate) = asset(model, id) else { continue };
            let components = newcomer.components.intersection(&candidate.components).count();
            let properties = newcomer.properties.0.keys().filter(|p| candidate.properties.0.contains_key(p)).count();
            let helpful = controls.iter().filter(|(_, attackers)| !attackers.is_disjoint(bare));
            let covered: BTreeSet<Id> = helpful.clone().flat_map(|(_, attackers)| attackers & bare).collect();
            if covered.is_empty() || components + properties == 0 {
                continue;
            }
            let rank = (components, covered.len(), properties);
            if best.as_ref().is_none_or(|(known, _)| rank > *known) {
                let controls = helpful.map(|(control, _)| *control).collect();
                best = Some((rank, Like { asset: id, controls, all: covered.len() == bare.len() }));
            }
        }
        best.map(|(_, like)| like)
    }
}

fn asset(model: &Model, id: Id) -> Option<&Asset> {
    match &model.entities.get(&id)?.body {
        Body::Asset(asset) => Some(asset),
        _ => None,
    }
}
