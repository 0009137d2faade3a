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
    /// The lost one was published first, and the merge gave its ID to the other.
    usurped: bool,
}

fn collision<'a>(context: &Context<'a>, broken: &'a Break) -> Option<Collision<'a>> {
    let model = context.models.get(&broken.model)?;
    let kept = model.entities.get(&broken.from.id);
    let sides = [broken.from.entity()?, broken.to.entity()?];
    let lost = |side: &&Entity| kept.is_none_or(|kept| !mends(side, kept));
    let published = published(context, broken).filter(lost);
    let first = || sides.into_iter().find(lost);
    Some(Collision {
        broken,
        model,
        kept,
        lost: published.or_else(first)?,
        usurped: published.is_some() && kept.is_some(),
    })
}

/// What the ID meant on the published line when the merge gave it another meaning.
fn published<'a>(context: &Context<'a>, broken: &Break) -> Option<&'a Entity> {
    let taken = |other: &&Break| {
        (&other.model, other.id, &other.at.commit) == (&broken.model, broken.id, &broken.at.commit)
            && matches!(other.breach, Breach::Rewritten | Breach::Reused)
    };
    breaks::whatever(context).find(taken).and_then(|taken| taken.from.entity())
}

impl Collision<'_> {
    fn finding(&self, context: &Context<'_>) -> Option<Finding> {
        let (strays, at_home) = (self.strays(context), self.has_a_home(context));
        // One that was published and has another number now was rewritten, and no more than that.
        if at_home && (self.usurped || strays.is_empty()) {
            return None;
        }
        let message = self.message(context, &strays);
        let partisans = self.partisans(&strays);
        let rest = strays.iter().any(|(holder, _)| !partisans.contains(holder));
        let help = self.help(at_home, rest);
        let place = Place::entity(&self.model.id, self.lost.id);
        let finding = Finding::new(&codes::ID_COLLIDED, place, message).help(help);
        let finding = strays
            .into_iter()
            .fold(finding, |finding, (_, stray)| finding.also(stray.place, "came from the other side"));
        Some(if at_home { finding } else { finding.fix(self.fix(context, &partisans)) })
    }

    fn message(&self, context: &Context<'_>, strays: &[(Subject, Reference)]) -> String {
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
        let (lost, other) = (self.lost.title(), self.mover().title());
        if self.usurped {
            message.push_str(&format!("; `{lost}` was published first, and the merge gave its number to `{other}`"));
        }
        if !holders.is_empty() {
            message.push_str(&match self.usurped {
                true => format!("; {} came with `{other}`", listed(&holders)),
                false => format!("; {} spoke of `{lost}` and now names the other one", listed(&holders)),
            });
        }
        message
    }

    /// What to do: `at_home` when the lost meaning has a number, `rest` when some who name the ID name it for both.
    fn help(&self, at_home: bool, rest: bool) -> String {
        let (id, lost) = (self.lost.id, self.lost.title());
        if at_home {
            return format!(
                "where {id} is named for `{lost}`, name `{lost}` by the number it has now; then: redan check"
            );
        }
        let (start, mover) = match self.kept.filter(|_| self.usurped) {
            Some(other) => {
                (format!("give `{lost}` its number back, and `{}` one of its own", other.title()), other.title())
            }
            None => (format!("give `{lost}` a number of its own"), lost),
        };
        match rest {
            false => format!("{start}, with what spoke of it: redan fix --rule id_collided"),
            true => format!(
                "{start}: redan fix --rule id_collided; then name `{mover}` by that number where the lines above name {id} for it"
            ),
        }
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
        let words = Told::known(self.lost).identity;
        meanings.into_iter().any(|meaning| meaning.told.identity == words)
    }

    /// The meaning that needs another number.
    fn mover(&self) -> &Entity {
        self.kept.filter(|_| self.usurped).unwrap_or(self.lost)
    }

    /// References of the candidate that only the side of the mover had.
    fn strays(&self, context: &Context<'_>) -> Vec<(Subject, Reference)> {
        let sides = context.past.sides.get(&*self.broken.at.commit).map(Vec::as_slice).unwrap_or_default();
        let (movers, others): (Vec<&Base>, Vec<&Base>) = sides.iter().partition(|side| self.moves_on(side));
        if movers.is_empty() || self.kept.is_none() {
            return Vec::new();
        }
        let all = |sides: &[&Base]| {
            sides
                .iter()
                .flat_map(|side| self.mentions(side.models.get(&self.model.id)))
                .map(key)
                .collect::<BTreeSet<_>>()
        };
        let (moved, stay) = (all(&movers), all(&others));
        let stray = |mention: &(Subject, Reference)| {
            let key = key((mention.0.clone(), Reference { place: mention.1.place.clone(), id: mention.1.id }));
            moved.contains(&key) && !stay.contains(&key)
        };
        self.mentions(Some(self.model)).into_iter().filter(stray).collect()
    }

    fn moves_on(&self, side: &Base) -> bool {
        let entity = side.models.get(&self.model.id).and_then(|model| model.entities.get(&self.lost.id));
        entity.is_some_and(|entity| mends(self.mover(), entity))
    }

    /// Who names the ID, and where.
    fn mentions(&self, model: Option<&Model>) -> Vec<(Subject, Reference)> {
        let id = self.lost.id;
        let wanted = |_: &Subject, named: Id| named == id;
        let Some(model) = model else { return Vec::new() };
        let all = references::of_model(model, &wanted);
        all.flat_map(|(holder, found)| found.into_iter().map(move |reference| (holder.clone(), reference))).collect()
    }

    /// The one that needs it gets a fresh number, and what spoke of it alone speaks of that.
    fn fix(&self, context: &Context<'_>, holders: &BTreeSet<Subject>) -> Fix {
        let id = self.lost.id;
        let to = Id::new(id.kind, fresh::number(context, self.model, id.kind));
        let mut changes = vec![Change::put(&self.model.id, Entity { id: to, ..self.mover().clone() })];
        changes.extend(self.kept.filter(|_| self.usurped).into_iter().flat_map(|kept| self.back(kept)));
        changes.extend(holders.iter().flat_map(|holder| self.moved(holder, to)));
        let title = match self.usurped {
            true => {
                format!("give {id} back to `{}`, and `{}` the number {to}", self.lost.title(), self.mover().title())
            }
            false => format!("bring `{}` back as {to}, with what spoke of it", self.lost.title()),
        };
        Fix::risky(title, changes)
    }

    /// The ID as it was published.
    fn back(&self, kept: &Entity) -> Vec<Change> {
        let id = self.lost.id;
        let set = |field: &'static Field| {
            let (from, to) = (kept.value(field.name), self.lost.value(field.name));
            let act = || Act::Set { field: field.name, from: from.clone(), to: to.clone() };
            (from != to).then(|| Change::new(&self.model.id, Subject::Entity(id), act()))
        };
        id.kind.fields().filter_map(set).collect()
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
