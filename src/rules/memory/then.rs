//! What a decision about objectives was about: the words and tiers that give its stamp. A stamp cannot be read
//! backwards, so what is known is tried against it, what is there today first.

use std::collections::BTreeMap;

use crate::assess::{Tier, impact, likelihood, tier};
use crate::identity::{of_entity, of_objectives};
use crate::model::{Body, Decision, Entity, Id, Model, Objective, When};

/// Words and tiers of then.
pub struct Then<'a> {
    words: BTreeMap<Id, &'a Entity>,
    tiers: BTreeMap<Objective, Option<Tier>>,
}

impl<'a> Then<'a> {
    pub fn entity(&self, id: Id) -> Option<&'a Entity> {
        self.words.get(&id).copied()
    }

    pub fn tier(&self, objective: Objective) -> Option<Tier> {
        self.tiers.get(&objective).copied().flatten()
    }
}

/// How many combinations of words are tried.
const COMBINATIONS: usize = 4_096;

/// Up to so many objectives every combination of tiers is tried.
const FEW: u32 = 4;

/// What gives the stamp of a decision; `earlier` tells every wording of an ID that is known beside today's.
pub fn then<'a>(decision: &Decision, now: &'a Model, earlier: impl Fn(Id) -> Vec<&'a Entity>) -> Option<Then<'a>> {
    let objectives: Vec<Objective> = decision.objectives.iter().collect();
    let mut told: BTreeMap<Id, Vec<Wording<'a>>> = BTreeMap::new();
    for id in objectives.iter().flat_map(|one| [one.asset, one.attacker]) {
        told.entry(id).or_insert_with(|| wordings(now.entities.get(&id), earlier(id)));
    }
    let search = Search { decision, now, objectives, told };
    search.turns().find_map(|turn| search.fitting(&turn))
}

/// Words of an entity, with the digest of its identity.
struct Wording<'a> {
    entity: &'a Entity,
    digest: String,
}

/// Each wording once, today's first.
fn wordings<'a>(now: Option<&'a Entity>, earlier: Vec<&'a Entity>) -> Vec<Wording<'a>> {
    let mut found: Vec<Wording<'a>> = Vec::new();
    for entity in now.into_iter().chain(earlier) {
        let digest = of_entity(entity).to_string();
        if found.iter().all(|known| known.digest != digest) {
            found.push(Wording { entity, digest });
        }
    }
    found
}

struct Search<'a, 'd> {
    decision: &'d Decision,
    now: &'a Model,
    objectives: Vec<Objective>,
    told: BTreeMap<Id, Vec<Wording<'a>>>,
}

impl<'a> Search<'a, '_> {
    /// Which wording of each ID to take, all combinations; none when an ID has no words at all.
    fn turns(&self) -> impl Iterator<Item = Vec<usize>> {
        let sizes: Vec<usize> = self.told.values().map(Vec::len).collect();
        let all = sizes.iter().fold(1usize, |all, size| all.saturating_mul(*size));
        (0..all.min(COMBINATIONS)).map(move |nth| {
            let mut rest = nth;
            let digit = |size: &usize| {
                let digit = rest % size;
                rest /= size;
                digit
            };
            sizes.iter().map(digit).collect()
        })
    }

    /// The words of a turn, with the tiers that make them give the stamp.
    fn fitting(&self, turn: &[usize]) -> Option<Then<'a>> {
        let words: BTreeMap<Id, &Wording<'a>> =
            self.told.iter().zip(turn).map(|((id, told), at)| (*id, &told[*at])).collect();
        let entity = |id: Id| words.get(&id).map(|one| one.entity);
        let fits = |tiers: &Vec<Option<Tier>>| {
            let rows = self.objectives.iter().copied().zip(tiers.iter().map(|tier| word(*tier)));
            let digest = of_objectives(rows, |id| words.get(&id).map(|one| one.digest.clone()));
            digest.is_some_and(|digest| digest.short() == self.decision.of)
        };
        let tiers = self.known_tiers(entity).chain(self.any_tiers()).find(fits)?;
        let words = words.iter().map(|(id, one)| (*id, one.entity)).collect();
        Some(Then { words, tiers: self.objectives.iter().copied().zip(tiers).collect() })
    }

    /// Tiers by the factors of then and of today, on the day of the decision and with all that came since.
    fn known_tiers<'s>(
        &'s self,
        then: impl Fn(Id) -> Option<&'a Entity> + 's,
    ) -> impl Iterator<Item = Vec<Option<Tier>>> + 's {
        let now = |id: Id| self.now.entities.get(&id);
        let at = self.decision.at;
        let all = move |words: &dyn Fn(Id) -> Option<&'a Entity>, until: Option<When>| {
            self.objectives.iter().map(|one| between(words(one.asset), words(one.attacker), until)).collect()
        };
        (0..4).map(move |nth| match nth {
            0 => all(&then, at),
            1 => all(&then, None),
            2 => all(&now, at),
            _ => all(&now, None),
        })
    }

    /// Factors may have been taken out since: any tiers where there are few objectives, else one for all.
    fn any_tiers(&self) -> impl Iterator<Item = Vec<Option<Tier>>> {
        let tiers: Vec<Option<Tier>> = Tier::ALL.into_iter().map(Some).chain([None]).collect();
        let count = self.objectives.len();
        let kinds = tiers.len();
        let few = u32::try_from(count).is_ok_and(|count| count <= FEW);
        let all = if few { kinds.pow(count as u32) } else { kinds };
        (0..all).map(move |nth| {
            let digit = |place: usize| if few { nth / kinds.pow(place as u32) % kinds } else { nth };
            (0..count).map(|place| tiers[digit(place)]).collect()
        })
    }
}

pub fn word(tier: Option<Tier>) -> &'static str {
    tier.map_or("", Tier::word)
}

/// The tier of any pair, with the factors in force at a moment.
pub fn tier_of(model: &Model, objective: Objective, until: Option<When>) -> Option<Tier> {
    between(model.entities.get(&objective.asset), model.entities.get(&objective.attacker), until)
}

fn between(asset: Option<&Entity>, attacker: Option<&Entity>, until: Option<When>) -> Option<Tier> {
    match (&asset?.body, &attacker?.body) {
        (Body::Asset(asset), Body::Attacker(attacker)) => tier(&impact(asset, until), &likelihood(attacker, until)),
        _ => None,
    }
}
