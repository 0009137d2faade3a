//! Whether what a row was decided about is still what it was. The words of then are found by their
//! digest among the states the rules can see.

use super::id_rewritten::stood_up_for;
use crate::assess::{Row, Tier, impact, likelihood, tier};
use crate::identity::{Past, Verdict, compare, of_entity, of_objectives};
use crate::model::{Attestation, Body, Decision, DecisionKind, Entity, Id, Model, Objective, Pairs, When};

/// A model with its earlier states, asked about rows that carry a stamp (`of`).
pub struct Memory<'a> {
    model: &'a Model,
    earlier: Vec<&'a Model>,
}

impl<'a> Memory<'a> {
    /// Without any earlier state: changed words are never found to say the same.
    pub fn alone(model: &'a Model) -> Memory<'a> {
        Memory { model, earlier: Vec::new() }
    }

    /// A state that shares the model has no other words.
    pub fn new(model: &'a Model, past: &'a Past) -> Memory<'a> {
        let states = past.bases.iter().filter_map(|base| base.models.get(&model.id));
        Memory { model, earlier: states.filter(|state| !std::ptr::eq(*state, model)).collect() }
    }

    /// Whether any row is about other words or tiers than today's, as far as this state alone can tell.
    /// Without one, no earlier state has to be read.
    pub fn doubts(&self) -> bool {
        let decisions = self.model.decisions.values().any(|decision| self.decision(decision));
        let attested = |(entity, assumption): (&Entity, &crate::model::Assumption)| {
            assumption.attestations.iter().any(|row| self.attestation(entity, row))
        };
        decisions || self.model.assumptions().any(attested)
    }

    /// Whether the row no longer counts for what it was about. A row without a stamp counts.
    pub fn changed(&self, row: Row<'_>) -> bool {
        match row {
            Row::Attestation(entity, row) => self.attestation(entity, row),
            Row::Decision(_, decision) => self.decision(decision),
        }
    }

    /// What an entity said when it had this digest.
    pub fn words(&self, id: Id, of: &str) -> Option<&'a Entity> {
        let known = self.earlier.iter().filter_map(|model| model.entities.get(&id));
        known.into_iter().find(|entity| of_entity(entity).short() == of)
    }

    /// The digest of a decision about these objectives, made now.
    pub fn stamp(&self, objectives: &Pairs) -> Option<String> {
        of_objectives(self.model, objectives, |one| word(tier_of(self.model, one, None))).map(|digest| digest.short())
    }

    /// The stamp of a decision once one entity has another number and `after` is the decision that names it so; nothing
    /// where it has none, or is stale already.
    pub fn restamped(
        &self,
        decision: &Decision,
        (model, after): (&Model, &Decision),
        (from, to): (Id, Id),
    ) -> Option<String> {
        if decision.of.is_empty() || decision.objectives.is_empty() || self.moved(decision) {
            return None;
        }
        let tiers = self.tiers_then(self.model, decision)?;
        let back = |id: Id| if id == to { from } else { id };
        let then = |one: Objective| tiers(Objective { asset: back(one.asset), attacker: back(one.attacker) });
        of_objectives(model, &after.objectives, |one| word(then(one))).map(|digest| digest.short())
    }

    fn attestation(&self, entity: &Entity, row: &Attestation) -> bool {
        let same = |old: &Entity| still(old, entity);
        !row.of.is_empty()
            && row.of != of_entity(entity).short()
            && !self.words(entity.id, &row.of).is_some_and(same)
            && !self.confirmed(entity, row.at)
    }

    fn decision(&self, decision: &Decision) -> bool {
        let about = |objective: Objective| [objective.asset, objective.attacker];
        let confirmed = |objective: Objective| {
            let entities = about(objective).into_iter().filter_map(|id| self.model.entities.get(&id));
            entities.into_iter().any(|entity| self.confirmed(entity, decision.at))
        };
        !decision.of.is_empty()
            && self.moved(decision)
            && !self.affirmed(decision)
            && !decision.objectives.iter().all(confirmed)
    }

    /// Whether identities changed, or a tier rose, since the stamp was made.
    fn moved(&self, decision: &Decision) -> bool {
        let states = std::iter::once(self.model).chain(self.earlier.iter().copied());
        let mut then = states.filter_map(|state| Some((state, self.tiers_then(state, decision)?)));
        let Some((state, tiers)) = then.next() else { return true };
        let rose = |objective: Objective| tier_of(self.model, objective, None) > tiers(objective);
        let same = |id: Id| match (state.entities.get(&id), self.model.entities.get(&id)) {
            (Some(old), Some(new)) => still(old, new),
            _ => false,
        };
        decision.objectives.iter().any(|one| rose(one) || !same(one.asset) || !same(one.attacker))
    }

    /// The tiers with which a state gives the decision's stamp, if any do.
    fn tiers_then<'s>(
        &'s self,
        state: &'s Model,
        decision: &'s Decision,
    ) -> Option<Box<dyn Fn(Objective) -> Option<Tier> + 's>> {
        let fits = |tiers: &dyn Fn(Objective) -> Option<Tier>| {
            let digest = of_objectives(state, &decision.objectives, |one| word(tiers(one)));
            digest.is_some_and(|digest| digest.short() == decision.of)
        };
        let mut known: Vec<Box<dyn Fn(Objective) -> Option<Tier> + 's>> = vec![
            Box::new(move |one| tier_of(state, one, decision.at)),
            Box::new(move |one| tier_of(state, one, None)),
            Box::new(move |one| tier_of(self.model, one, None)),
        ];
        let uniform = Tier::ALL.into_iter().map(Some).chain([None]);
        known.extend(uniform.map(|tier| Box::new(move |_| tier) as Box<dyn Fn(Objective) -> Option<Tier>>));
        known.into_iter().find(|tiers| fits(tiers.as_ref()))
    }

    /// Whether somebody confirmed an entity, as it reads now, since a moment.
    fn confirmed(&self, entity: &Entity, since: Option<When>) -> bool {
        self.confirmations(since).any(|one| one.entities.contains(&entity.id) && one.of == of_entity(entity).short())
    }

    /// Whether somebody confirmed these very objectives since, as they are now.
    fn affirmed(&self, decision: &Decision) -> bool {
        let covers = |one: &&Decision| decision.objectives.iter().all(|pair| one.objectives.contains(pair));
        self.confirmations(decision.at).filter(covers).any(|one| !one.of.is_empty() && !self.moved(one))
    }

    fn confirmations(&self, since: Option<When>) -> impl Iterator<Item = &'a Decision> {
        let later = move |one: &&Decision| match (since, one.at) {
            (Some(since), Some(at)) => at.moment() >= since.moment(),
            _ => false,
        };
        let all = self.model.decisions.values();
        all.filter(|one| one.kind == Some(DecisionKind::Confirmed)).filter(later)
    }
}

/// Whether the words still speak of the same thing, by the judge or by a person who stood up for it.
fn still(old: &Entity, new: &Entity) -> bool {
    compare(old, new).verdict == Verdict::Same || stood_up_for(old, new)
}

fn word(tier: Option<Tier>) -> &'static str {
    tier.map_or("", Tier::word)
}

/// The tier of any pair, with the factors in force at a moment.
fn tier_of(model: &Model, objective: Objective, until: Option<When>) -> Option<Tier> {
    let body = |id: Id| model.entities.get(&id).map(|entity| &entity.body);
    match (body(objective.asset)?, body(objective.attacker)?) {
        (Body::Asset(asset), Body::Attacker(attacker)) => tier(&impact(asset, until), &likelihood(attacker, until)),
        _ => None,
    }
}
