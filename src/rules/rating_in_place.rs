//! Published base factors that were edited instead of revised. Adding a factor nobody had set is no
//! edit; which properties an asset lists is structure, and one that comes back brings its old subscore.

use std::collections::BTreeMap;

use super::id_rewritten::rewritten;
use super::{Context, Rule, breaks, filling, ledger, listed, named, revisions};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Fix, Place, codes};
use crate::identity::{Breach, structural};
use crate::model::{Body, Entity, Factor, Level, Levels, Model, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::RATING_IN_PLACE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    ledger::models(context, findings, |pair| {
        let same = pair.edited().filter(|(old, new)| rewritten(old, new).is_none());
        let same = same.filter(|(_, new)| !breaks::puts_right(context, &pair.new.id, Breach::Rating, new));
        same.filter_map(|(old, new)| finding(context, pair.new, old, new)).collect()
    });
    breaks::each(context, (findings, start), Breach::Rating, |standing| {
        finding(context, standing.model, standing.from, standing.now)
    });
}

/// Factors whose published level is another one now, or none.
pub(super) fn edits(old: &Entity, new: &Entity) -> Vec<(Factor, Level, Option<Level>)> {
    let (before, after) = (revisions::base(old), revisions::base(new));
    let listed = |factor: Factor| match &new.body {
        Body::Asset(asset) => {
            asset.properties.0.keys().any(|p| p.factor() == factor) || Factor::IMPACT.contains(&factor)
        }
        _ => true,
    };
    let edit = |(factor, level): (&Factor, &Level)| (*factor, *level, after.get(factor).copied());
    before.iter().map(edit).filter(|(factor, level, now)| *now != Some(*level) && listed(*factor)).collect()
}

/// Properties that come back with another subscore than they were last published with.
fn returned(context: &Context<'_>, model: &Model, old: &Entity, new: &Entity) -> Vec<(Factor, Level, Option<Level>)> {
    let Some(former) = context.past.former.get(&(model.id.clone(), new.id)) else { return Vec::new() };
    let (before, after) = (revisions::base(old), revisions::base(new));
    let edit = |(factor, level): (&Factor, &Level)| (*factor, *level, after.get(factor).copied());
    let other = |(factor, level, now): &(Factor, Level, Option<Level>)| {
        !before.contains_key(factor) && now.is_some_and(|now| now != *level)
    };
    former.iter().map(edit).filter(other).collect()
}

fn finding(context: &Context<'_>, model: &Model, old: &Entity, new: &Entity) -> Option<Finding> {
    let mut edits = edits(old, new);
    let returned = returned(context, model, old, new);
    let back: Vec<String> = returned.iter().map(|(factor, was, _)| format!("{}={}", factor.name(), was.name)).collect();
    edits.extend(returned);
    let (first, _, now) = edits.first()?;
    let show = |(factor, was, now): &(Factor, Level, Option<Level>)| {
        format!("{} {} → {}", factor.name(), was.name, now.map_or("nothing", |level| level.name))
    };
    let shown: Vec<String> = edits.iter().map(show).collect();
    let message = format!("published factors of {} were edited in place: {}", named(new), listed(&shown));
    let table = Place::entity(&model.id, new.id).key(field(*first));
    let place = if now.is_some() { table.key(first.name()) } else { table };
    let sets: Vec<String> =
        edits.iter().map(|(f, _, now)| format!("--set {}={}", f.name(), now.map_or("…", |l| l.name))).collect();
    let rate = format!("redan rate {} {} --reason \"…\"{}", new.id, sets.join(" "), context.flag(model));
    Some(
        Finding::new(&codes::RATING_IN_PLACE, place, message)
            .help(match back.as_slice() {
                [] => format!("put the published factors back and revise them: {rate}"),
                back => format!("list {} again, as it was published, then revise it: {rate}", listed(back)),
            })
            .fix(fix(model, new, &edits)),
    )
}

fn field(factor: Factor) -> &'static str {
    match factor {
        _ if Factor::IMPACT.contains(&factor) => "impact",
        _ if Factor::LIKELIHOOD.contains(&factor) => "likelihood",
        _ => "properties",
    }
}

/// The published base, and a revision that says what the edit wanted to say.
fn fix(model: &Model, new: &Entity, edits: &[(Factor, Level, Option<Level>)]) -> Fix {
    let put_back = put_back(new, edits);
    let mut changes: Vec<Change> = Vec::new();
    for name in ["properties", "impact", "likelihood"] {
        if new.value(name) != put_back.value(name) {
            let act = Act::Set { field: name, from: new.value(name), to: put_back.value(name) };
            changes.push(Change::new(&model.id, Subject::Entity(new.id), act));
        }
    }
    let set: Levels = edits.iter().filter_map(|(factor, _, now)| Some((*factor, (*now)?))).collect();
    let title = format!("turn the edit of {} into a revision", new.id);
    if set.is_empty() {
        return Fix::risky(format!("put the published factors of {} back", new.id), changes);
    }
    changes.push(revise(model, put_back, &set));
    filling::fix(title.clone(), vec![Choice { label: title, changes, patches: Vec::new() }], &filling::ALL)
}

/// The candidate with the published levels of the edited factors.
fn put_back(new: &Entity, edits: &[(Factor, Level, Option<Level>)]) -> Entity {
    let mut entity = new.clone();
    for (factor, level, _) in edits {
        match &mut entity.body {
            Body::Asset(asset) => {
                match asset.properties.0.iter_mut().find(|(property, _)| property.factor() == *factor) {
                    Some((_, subscore)) => *subscore = Some(*level),
                    None => drop(asset.impact.0.insert(*factor, *level)),
                }
            }
            Body::Attacker(attacker) => drop(attacker.likelihood.0.insert(*factor, *level)),
            _ => {}
        }
    }
    entity
}

fn revise(model: &Model, put_back: Entity, set: &Levels) -> Change {
    let id = put_back.id;
    let mut before = model.clone();
    before.entities.insert(id, put_back);
    let set = set.iter().map(|(factor, level)| (factor.name().to_owned(), Value::text(level.name))).collect();
    let row = BTreeMap::from([
        ("set".to_owned(), Value::Table(set)),
        ("model".to_owned(), Value::Text(structural(&before).short())),
    ]);
    Change::new(&model.id, Subject::Entity(id), Act::Push { rows: "revisions", row: Value::Table(row) })
}
