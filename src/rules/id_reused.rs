//! Published IDs that were given up, and are used again for something else.

use super::ledger::Pair;
use super::{Context, Rule, breaks, filling, fresh, id_rewritten, ledger, mends, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Fix, Place, codes};
use crate::identity::{Account, Breach, Known, Sighting, compare};
use crate::model::{Entity, Id, Model, Removed};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_REUSED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    ledger::models(context, findings, |pair| revived(context, pair));
    for (model, account) in accounts(context) {
        for newcomer in newcomers(context, model, account) {
            breaks::join((findings, start), newcomer.finding(context));
        }
    }
    breaks::each(context, (findings, start), Breach::Reused, |standing| {
        let since = format!("since {}", breaks::short(&standing.broken.at.commit));
        let message = said(standing.from, standing.now, &since, &standing.broken.why);
        let fix = part(context, standing.model, standing.from, standing.now);
        Some(told(context, standing.model, standing.now, message).fix(fix))
    });
}

/// Tombstones of a base that came alive as something else.
fn revived(context: &Context<'_>, pair: &Pair<'_>) -> Vec<Finding> {
    let revived = pair.edited().filter(|(old, new)| id_rewritten::revived(old, new));
    let finding = |(old, new): (&Entity, &Entity)| {
        let judgement = id_rewritten::rewritten(old, new)?;
        let message = said(old, new, "now", &judgement.why);
        Some(told(context, pair.new, new, message).fix(part(context, pair.new, old, new)))
    };
    revived.filter_map(finding).collect()
}

/// An entity under an ID that no base has and history knows.
pub(super) struct Newcomer<'a> {
    model: &'a Model,
    now: &'a Entity,
    was: &'a Entity,
    at: &'a Sighting,
    /// The candidate descends from a published commit that had it.
    owed: bool,
}

/// Accounts of the models whose IDs are judged one by one. A model that came back as another one is one
/// finding, and another rule's.
fn accounts<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Model, &'a Account)> {
    let ledger = context.past.ledger.as_ref();
    let known = move |model: &'a Model| Some((model, ledger?.models.get(&model.id)?));
    let all: Vec<_> = context.models.values().filter_map(known).collect();
    all.into_iter().filter(|(model, account)| !super::model_reused::is_other(context, model, account))
}

/// The newcomers of a model that are not what their ID meant.
pub(super) fn newcomers<'a>(context: &Context<'_>, model: &'a Model, account: &'a Account) -> Vec<Newcomer<'a>> {
    let newcomer = |now: &'a Entity| {
        let (was, at, owed) = meaning(account.entities.get(&now.id)?, now)?;
        Some(Newcomer { model, now, was, at, owed })
    };
    fresh_ones(context, model).into_iter().filter_map(newcomer).collect()
}

/// Entities that no base has.
pub(super) fn fresh_ones<'a>(context: &Context<'_>, model: &'a Model) -> Vec<&'a Entity> {
    let bases: Vec<&Model> = context.past.bases.iter().filter_map(|base| base.models.get(&model.id)).collect();
    let stands = |id: Id| bases.iter().any(|base| base.entities.contains_key(&id));
    model.entities.values().filter(|entity| entity.id.number().is_some() && !stands(entity.id)).collect()
}

/// What the ID meant, when that was another thing: what is owed goes before what is spoken for.
fn meaning<'a>(known: &'a Known, now: &Entity) -> Option<(&'a Entity, &'a Sighting, bool)> {
    let owed = known.owed.as_ref().and_then(|owed| Some((owed.told.as_ref()?.entity()?, &owed.at)));
    if let Some((was, at)) = owed {
        return (!mends(was, now)).then_some((was, at, true));
    }
    let meanings = || known.meanings.iter().filter_map(|meaning| Some((meaning.told.entity()?, &meaning.at)));
    if meanings().any(|(was, _)| mends(was, now)) {
        return None;
    }
    meanings().next_back().map(|(was, at)| (was, at, false))
}

impl Newcomer<'_> {
    fn finding(&self, context: &Context<'_>) -> Finding {
        let Newcomer { model, now, was, at, owed } = *self;
        let why = compare(was, now).why;
        let seen = breaks::evidence(at);
        let mut finding = match owed {
            true => {
                let message = said(was, now, "now", &why);
                told(context, model, now, message).fix(part(context, model, was, now))
            }
            false => {
                let message = format!(
                    "{} is taken: in {} it is published as `{}` ({why})",
                    named(now),
                    breaks::short(&at.commit),
                    was.title()
                );
                let to = next(context, model, now.id);
                let moved = Change::new(&model.id, Subject::Entity(now.id), Act::Renumber { to });
                told(context, model, now, message)
                    .help(format!(
                        "give the newcomer a number of its own, with its references: redan renumber {}{}",
                        now.id,
                        context.flag(model)
                    ))
                    .fix(Fix::risky(format!("renumber {} to {to}", now.id), vec![moved]))
            }
        };
        finding.evidence.push(seen);
        finding
    }
}

fn said(was: &Entity, now: &Entity, when: &str, why: &str) -> String {
    format!("the published {} {} is used again {when}, for `{}` ({why})", was.id.kind, named(was), now.title())
}

fn told(context: &Context<'_>, model: &Model, now: &Entity, message: String) -> Finding {
    let key = now.identity().first().map_or("name", |(field, _)| *field);
    Finding::new(&codes::ID_REUSED, Place::entity(&model.id, now.id).key(key), message).help(format!(
        "the same after all? redan edit {} --renamed-because \"…\"{}; else give the newcomer a number of its own and put the old one back as removed: redan fix --rule id_reused --reason \"…\"",
        now.id,
        context.flag(model)
    ))
}

fn next(context: &Context<'_>, model: &Model, id: Id) -> Id {
    Id::new(id.kind, fresh::number(context, model, id.kind))
}

/// The old one comes back as removed, with what it said and what spoke of it; the newcomer gets a number of its
/// own and inherits nothing.
fn part(context: &Context<'_>, model: &Model, old: &Entity, new: &Entity) -> Fix {
    let to = next(context, model, new.id);
    let mut tombstone = old.clone();
    tombstone.life.removed.get_or_insert_with(Removed::default);
    let set = |field: &'static str| {
        let (from, to) = (new.value(field), tombstone.value(field));
        (from != to).then(|| Change::new(&model.id, Subject::Entity(old.id), Act::Set { field, from, to }))
    };
    let mut changes: Vec<Change> = old.id.kind.fields().filter_map(|field| set(field.name)).collect();
    changes.push(Change::put(&model.id, Entity { id: to, ..new.clone() }));
    let label = format!("put {} back as removed and add the newcomer as {to}", old.id);
    match old.live() {
        false => Fix::risky(label, changes),
        true => filling::fix(label.clone(), vec![Choice { label, changes, patches: Vec::new() }], &filling::ALL),
    }
}
