//! IDs that were born with different meanings on two sides of a merge. Whatever the merge kept, the other
//! meaning needs an ID of its own, and what spoke of it must not speak of the one that was kept.

use std::collections::BTreeSet;

use super::references::{self, Reference};
use super::{Context, Rule, breaks, fresh, listed, mends};
use crate::change::{Act, Change, Subject, swapped};
use crate::finding::{Finding, Fix, Place, codes};
use crate::identity::{Base, Breach, Break, Told};
use crate::model::{Entity, Field, Id, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_COLLIDED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    for broken in breaks::all(context).filter(|broken| broken.breach == Breach::Collided) {
        if let Some(mut finding) = collision(context, broken).and_then(|collision| collision.finding(context)) {
            finding.evidence.extend([&broken.at, &broken.before].map(breaks::evidence));
            let model = context.models.get(&broken.model).filter(|_| broken.published);
            let left = model.map(|model| format!("; {}", breaks::last_resort(context, model, broken)));
            finding.help.iter_mut().zip(left).for_each(|(help, left)| help.push_str(&left));
            breaks::join((findings, start), finding);
        }
    }
}

/// Whether there is still something to do about a collision.
pub(super) fn stands<'a>(context: &Context<'a>, broken: &'a Break) -> bool {
    collision(context, broken).and_then(|collision| collision.finding(context)).is_some()
}

/// A collision, as the candidate stands to it.
struct Collision<'a> {
    broken: &'a Break,
    model: &'a Model,
    /// What the candidate has under the ID.
    kept: Option<&'a Entity>,
    /// The meaning that the candidate does not have there.
    lost: &'a Entity,
}

fn collision<'a>(context: &Context<'a>, broken: &'a Break) -> Option<Collision<'a>> {
    let model = context.models.get(&broken.model)?;
    let kept = model.entities.get(&broken.from.id);
    let sides = [broken.from.entity()?, broken.to.entity()?];
    let lost = sides.into_iter().find(|side| kept.is_none_or(|kept| !mends(side, kept)))?;
    Some(Collision { broken, model, kept, lost })
}

impl Collision<'_> {
    fn finding(&self, context: &Context<'_>) -> Option<Finding> {
        let (strays, at_home) = (self.strays(context), self.has_a_home(context));
        if at_home && strays.is_empty() {
            return None;
        }
        let id = self.lost.id;
        let mut message = format!(
            "{id} was two {} on the two sides of the merge {}: {} and {} ({})",
            id.kind.table(),
            self.merge(context),
            title(&self.broken.from),
            title(&self.broken.to),
            self.broken.why
        );
        let holders: BTreeSet<String> = strays.iter().map(|(holder, _)| holder.to_string()).collect();
        let holders: Vec<String> = holders.into_iter().collect();
        if !holders.is_empty() {
            let spoke = format!("; {} spoke of `{}` and now names the other one", listed(&holders), self.lost.title());
            message.push_str(&spoke);
        }
        let lost = self.lost.title();
        let partisans = self.partisans(&strays);
        let rest = strays.iter().any(|(holder, _)| !partisans.contains(holder));
        let help = match (at_home, rest) {
            (false, false) => {
                format!("give `{lost}` a number of its own, with what spoke of it: redan fix --rule id_collided")
            }
            (false, true) => format!(
                "give `{lost}` a number of its own: redan fix --rule id_collided; then name it by that number where the lines above name {id} for it"
            ),
            (true, _) => {
                format!("where {id} is named for `{lost}`, name `{lost}` by the number it has now; then: redan check")
            }
        };
        let place = Place::entity(&self.model.id, id);
        let finding = Finding::new(&codes::ID_COLLIDED, place, message).help(help);
        let finding = strays
            .into_iter()
            .fold(finding, |finding, (_, stray)| finding.also(stray.place, "came from the other side"));
        Some(if at_home { finding } else { finding.fix(self.fix(context, &partisans)) })
    }

    /// How people call the merge; one that is under way has no commit yet.
    fn merge(&self, context: &Context<'_>) -> String {
        let at = &*self.broken.at.commit;
        let sides = context.past.sides.get(at).map(Vec::as_slice).unwrap_or_default();
        let under_way = sides.iter().any(|side| side.commit == at);
        format!("{}{}", if under_way { "of HEAD and " } else { "" }, breaks::short(at))
    }

    /// Whether the lost meaning has another ID, here or anywhere in published history.
    fn has_a_home(&self, context: &Context<'_>) -> bool {
        let id = self.lost.id;
        let other = |entity: &&Entity| entity.id.kind == id.kind && entity.id != id;
        if self.model.entities.values().filter(other).any(|entity| mends(self.lost, entity)) {
            return true;
        }
        let account = context.past.ledger.as_ref().and_then(|ledger| ledger.models.get(&self.model.id));
        let known = account.into_iter().flat_map(|account| &account.entities);
        let meanings =
            known.filter(|(known, _)| known.kind == id.kind && **known != id).flat_map(|(_, known)| &known.meanings);
        let words = [&self.broken.from, &self.broken.to].into_iter().find(|told| told.entity() == Some(self.lost));
        words.is_some_and(|words| meanings.into_iter().any(|meaning| meaning.told.identity == words.identity))
    }

    /// References of the candidate that only the losing side had.
    fn strays(&self, context: &Context<'_>) -> Vec<(Subject, Reference)> {
        let sides = context.past.sides.get(&*self.broken.at.commit).map(Vec::as_slice).unwrap_or_default();
        let (losers, winners): (Vec<&Base>, Vec<&Base>) = sides.iter().partition(|side| self.is_lost_on(side));
        if losers.is_empty() || self.kept.is_none() {
            return Vec::new();
        }
        let all = |sides: &[&Base]| {
            sides
                .iter()
                .flat_map(|side| self.mentions(side.models.get(&self.model.id)))
                .map(key)
                .collect::<BTreeSet<_>>()
        };
        let (lost, won) = (all(&losers), all(&winners));
        let stray = |mention: &(Subject, Reference)| {
            let key = key((mention.0.clone(), Reference { place: mention.1.place.clone(), id: mention.1.id }));
            lost.contains(&key) && !won.contains(&key)
        };
        self.mentions(Some(self.model)).into_iter().filter(stray).collect()
    }

    fn is_lost_on(&self, side: &Base) -> bool {
        let entity = side.models.get(&self.model.id).and_then(|model| model.entities.get(&self.lost.id));
        entity.is_some_and(|entity| mends(self.lost, entity))
    }

    /// Who names the ID, and where.
    fn mentions(&self, model: Option<&Model>) -> Vec<(Subject, Reference)> {
        let id = self.lost.id;
        let wanted = |_: &Subject, named: Id| named == id;
        let Some(model) = model else { return Vec::new() };
        let all = references::of_model(model, &wanted);
        all.flat_map(|(holder, found)| found.into_iter().map(move |reference| (holder.clone(), reference))).collect()
    }

    /// The lost meaning comes back under a fresh number, and what spoke of it alone speaks of that.
    fn fix(&self, context: &Context<'_>, holders: &BTreeSet<Subject>) -> Fix {
        let id = self.lost.id;
        let to = Id::new(id.kind, fresh::number(context, self.model, id.kind));
        let mut changes = vec![Change::put(&self.model.id, Entity { id: to, ..self.lost.clone() })];
        changes.extend(holders.iter().flat_map(|holder| self.moved(holder, to)));
        Fix::risky(format!("bring `{}` back as {to}, with what spoke of it", self.lost.title()), changes)
    }

    /// What an entity says of the ID, said of the other. Decisions say for ever what they were about.
    fn moved(&self, holder: &Subject, to: Id) -> Vec<Change> {
        let Subject::Entity(holder) = holder else { return Vec::new() };
        let Some(entity) = self.model.entities.get(holder) else { return Vec::new() };
        let set = |field: &'static Field| {
            let from = entity.value(field.name)?;
            let to = swapped((self.lost.id, to), field, &from)?;
            let act = Act::Set { field: field.name, from: Some(from), to: Some(to) };
            Some(Change::new(&self.model.id, Subject::Entity(*holder), act))
        };
        holder.kind.fields().filter_map(set).collect()
    }

    /// Those that name the ID only where the losing side did.
    fn partisans(&self, strays: &[(Subject, Reference)]) -> BTreeSet<Subject> {
        let all = self.mentions(Some(self.model));
        let count =
            |list: &[(Subject, Reference)], holder: &Subject| list.iter().filter(|(own, _)| own == holder).count();
        let holders: BTreeSet<Subject> = strays.iter().map(|(holder, _)| holder.clone()).collect();
        holders.into_iter().filter(|holder| count(strays, holder) == count(&all, holder)).collect()
    }
}

fn title(told: &Told) -> String {
    told.entity().map_or_else(|| told.id.to_string(), |entity| format!("`{}`", entity.title()))
}

/// What makes two mentions one, on whatever side: whose it is and under which keys.
fn key((holder, reference): (Subject, Reference)) -> (Subject, String) {
    (holder, format!("{:?}", reference.place.steps))
}
