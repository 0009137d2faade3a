//! Whether what a row was decided about is still what it was. The words of then are found by their
//! digest among those that history knows.

mod then;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::flat;
use super::id_rewritten::stood_up_for;
use super::wording::wording;
use crate::assess::{Row, Tier};
use crate::identity::{Gap, Told, Verdict, Words, compare, of_entity, of_objectives};
use crate::model::{Attestation, Decision, DecisionKind, Entity, Id, Model, Objective, Pairs, When};

use then::{Then, then, tier_of, word};

/// A model with what history knows of its words, asked about rows that carry a stamp (`of`).
pub struct Memory<'a> {
    model: &'a Model,
    words: Option<&'a BTreeMap<Id, Vec<Arc<Told>>>>,
    gap: Option<&'a Gap>,
    /// The moment that is asked about; later ratings and confirmations do not count. `None` = now.
    until: Option<When>,
    /// Decisions by name, once they were asked about.
    decisions: RefCell<BTreeMap<String, Fate>>,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is about what is there. A row without a stamp is.
    Holds,
    /// It was about something else, or about less.
    Changed,
    /// What it was about is not in what is here of the history.
    Unknown,
}

impl<'a> Memory<'a> {
    /// Without any history: changed words are never found to say the same.
    pub fn alone(model: &'a Model) -> Memory<'a> {
        Memory { model, words: None, gap: None, until: None, decisions: RefCell::default() }
    }

    pub fn new(model: &'a Model, words: &'a Words) -> Memory<'a> {
        Memory { words: words.models.get(&model.id), gap: words.gap.as_ref(), ..Memory::alone(model) }
    }

    /// The same, asked about an earlier moment.
    #[must_use]
    pub fn until(self, until: Option<When>) -> Memory<'a> {
        Memory { until, ..self }
    }

    /// Whether any row is about other words or tiers than today's, as far as this state alone can tell.
    /// Without one, no history has to be read.
    pub fn doubts(&self) -> bool {
        self.rows().any(|row| self.fate(row) != Fate::Holds)
    }

    /// Rows of which nobody can tell from what is here whether they count, and what is missing to tell.
    pub fn unknown(&self) -> Option<(Vec<Row<'a>>, &'a Gap)> {
        let gap = self.gap?;
        let rows: Vec<Row<'a>> = self.rows().filter(|row| self.fate(*row) == Fate::Unknown).collect();
        (!rows.is_empty()).then_some((rows, gap))
    }

    /// Whether the row is known to count no longer for what it was about.
    pub fn changed(&self, row: Row<'_>) -> bool {
        self.fate(row) == Fate::Changed
    }

    fn fate(&self, row: Row<'_>) -> Fate {
        match row {
            Row::Attestation(entity, row) => self.attestation(entity, row),
            Row::Decision(name, decision) => {
                let known = self.decisions.borrow().get(name).copied();
                known.unwrap_or_else(|| {
                    let fate = self.decision(decision);
                    self.decisions.borrow_mut().insert(name.to_owned(), fate);
                    fate
                })
            }
        }
    }

    /// Every row that counts for something as long as nothing changes.
    fn rows(&self) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let attested = self.model.assumptions().filter(|(entity, _)| entity.live());
        let attested = attested.flat_map(|(entity, assumption)| {
            assumption.attestations.iter().map(move |row| Row::Attestation(entity, row))
        });
        let decided = self.model.decisions.iter().filter(|(_, decision)| takes_out(decision));
        attested.chain(decided.map(|(name, decision)| Row::Decision(name, decision)))
    }

    /// What an entity said when it had this digest.
    pub fn words(&self, id: Id, of: &str) -> Option<&'a Entity> {
        self.told(id).into_iter().find(|entity| of_entity(entity).short() == of)
    }

    /// Whether an entity is known to have been something else when it had this digest. Words that no earlier state
    /// shows prove nothing.
    pub fn turned(&self, entity: &Entity, of: &str) -> bool {
        of != of_entity(entity).short() && self.words(entity.id, of).is_some_and(|old| !self.still(old, entity))
    }

    /// What moved since a decision was made, each in a few words; nothing where nobody knows what it was about.
    pub fn moves(&self, decision: &Decision) -> Vec<String> {
        let Some(then) = then(decision, self.model, |id| self.told(id)) else { return Vec::new() };
        let mut moves = Vec::new();
        let ids: BTreeSet<Id> = decision.objectives.iter().flat_map(|one| [one.asset, one.attacker]).collect();
        for id in ids.into_iter().filter(|id| !self.same(&then, *id)) {
            moves.extend(then.entity(id).map(|old| format!("{id} read `{}` then", flat(&wording(old)))));
        }
        for one in decision.objectives.iter() {
            let (old, new) = (then.tier(one), tier_of(self.model, one, self.until));
            if new > old {
                let name = |tier: Option<Tier>| tier.map_or("not rated", Tier::word);
                moves.push(format!("the tier of {one} rose from {} to {}", name(old), name(new)));
            }
        }
        moves
    }

    /// The digest of a decision about these objectives, made now.
    pub fn stamp(&self, objectives: &Pairs) -> Option<String> {
        stamp(self.model, objectives, |one| word(tier_of(self.model, one, None)))
    }

    /// The stamp of a decision once one entity has another number and `after` is the decision that names it so; nothing
    /// where it has none, or is stale already.
    pub fn restamped(
        &self,
        decision: &Decision,
        (model, after): (&Model, &Decision),
        (from, to): (Id, Id),
    ) -> Option<String> {
        if decision.of.is_empty() || decision.objectives.is_empty() || self.moved(decision) != Fate::Holds {
            return None;
        }
        let known = then(decision, self.model, |_| Vec::new())?;
        let back = |id: Id| if id == to { from } else { id };
        let before = |one: Objective| Objective { asset: back(one.asset), attacker: back(one.attacker) };
        stamp(model, &after.objectives, |one| word(known.tier(before(one))))
    }

    fn attestation(&self, entity: &Entity, row: &Attestation) -> Fate {
        if row.of.is_empty() || row.of == of_entity(entity).short() || self.confirmed(entity, row.at) {
            return Fate::Holds;
        }
        match self.words(entity.id, &row.of) {
            Some(old) if self.still(old, entity) => Fate::Holds,
            Some(_) => Fate::Changed,
            None => self.not_found(),
        }
    }

    fn decision(&self, decision: &Decision) -> Fate {
        let about = |objective: Objective| [objective.asset, objective.attacker];
        let confirmed = |objective: Objective| {
            let entities = about(objective).into_iter().filter_map(|id| self.model.entities.get(&id));
            entities.into_iter().any(|entity| self.confirmed(entity, decision.at))
        };
        if decision.of.is_empty() {
            return Fate::Holds;
        }
        match self.moved(decision) {
            Fate::Holds => Fate::Holds,
            _ if self.affirmed(decision) || decision.objectives.iter().all(confirmed) => Fate::Holds,
            moved => moved,
        }
    }

    /// Whether identities changed, or a tier rose, since the stamp was made.
    fn moved(&self, decision: &Decision) -> Fate {
        let Some(then) = then(decision, self.model, |id| self.told(id)) else { return self.not_found() };
        let rose = |one: Objective| tier_of(self.model, one, self.until) > then.tier(one);
        let same = |id: Id| self.same(&then, id);
        let other = |one: Objective| rose(one) || !same(one.asset) || !same(one.attacker);
        if decision.objectives.iter().any(other) { Fate::Changed } else { Fate::Holds }
    }

    fn same(&self, then: &Then<'_>, id: Id) -> bool {
        matches!((then.entity(id), self.model.entities.get(&id)), (Some(old), Some(new)) if self.still(old, new))
    }

    /// Whether the words still speak of the same thing, by the judge or by a person who stood up for them, or for
    /// words that said the same.
    fn still(&self, old: &Entity, new: &Entity) -> bool {
        let same = |one: &Entity, other: &Entity| compare(one, other).verdict == Verdict::Same;
        let stood_up = |between: &Entity| stood_up_for(between, new) && same(old, between);
        same(old, new)
            || stood_up_for(old, new)
            || !new.life.renamed.is_empty() && self.told(new.id).into_iter().any(stood_up)
    }

    /// The wordings that history knows of an ID.
    fn told(&self, id: Id) -> Vec<&'a Entity> {
        let told = self.words.and_then(|words| words.get(&id));
        told.into_iter().flatten().filter_map(|told| told.entity()).collect()
    }

    /// What was never there is something else; what may be beyond the end of the clone is not known.
    fn not_found(&self) -> Fate {
        if self.gap.is_some() { Fate::Unknown } else { Fate::Changed }
    }

    /// Whether somebody confirmed an entity, as it reads now, since a moment.
    fn confirmed(&self, entity: &Entity, since: Option<When>) -> bool {
        self.confirmations(since).any(|one| one.entities.contains(&entity.id) && one.of == of_entity(entity).short())
    }

    /// Whether somebody confirmed these very objectives since, as they are now.
    fn affirmed(&self, decision: &Decision) -> bool {
        let covers = |one: &&Decision| decision.objectives.iter().all(|pair| one.objectives.contains(pair));
        let holds = |one: &Decision| !one.of.is_empty() && self.moved(one) == Fate::Holds;
        self.confirmations(decision.at).filter(covers).any(holds)
    }

    fn confirmations(&self, since: Option<When>) -> impl Iterator<Item = &'a Decision> {
        let until = self.until;
        let later = move |one: &&Decision| match (since, one.at) {
            (Some(since), Some(at)) => {
                at.moment() >= since.moment() && until.is_none_or(|until| at.day() <= until.day())
            }
            _ => false,
        };
        let all = self.model.decisions.values();
        all.filter(|one| one.kind == Some(DecisionKind::Confirmed)).filter(later)
    }
}

/// Whether a decision takes objectives out for as long as it holds.
pub fn takes_out(decision: &Decision) -> bool {
    let kind = matches!(decision.kind, Some(DecisionKind::RiskAccepted | DecisionKind::NotApplicable));
    kind && !decision.objectives.is_empty()
}

fn stamp(model: &Model, objectives: &Pairs, tier: impl Fn(Objective) -> &'static str) -> Option<String> {
    let words = |id: Id| model.entities.get(&id).map(|entity| of_entity(entity).to_string());
    of_objectives(objectives.iter().map(|one| (one, tier(one))), words).map(|digest| digest.short())
}
