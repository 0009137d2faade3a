//! Published IDs that mean something else now.

use std::collections::BTreeMap;

use super::breaks::{self, Standing};
use super::ledger;
use super::wording::{wording, words};
use super::{Context, Rule, filling, fresh, listed, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Choice, Finding, Fix, Place, codes};
use crate::identity::{Breach, Judgement, Verdict, compare};
use crate::model::{Entity, Id, Life, Model, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_REWRITTEN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    ledger::models(context, findings, |pair| {
        let judged = |(old, new)| Some((old, new, rewritten(old, new)?));
        let finding = |(old, new, judgement)| finding(context, pair.new, (old, new), &judgement);
        let kept = pair.edited().filter(|(old, new)| !revived(old, new));
        kept.filter_map(judged).map(finding).collect()
    });
    breaks::each(context, (findings, start), Breach::Rewritten, |Standing { broken, from, model, now }| {
        let judgement = compare(from, now);
        let mut finding = finding(context, model, (from, now), &judgement);
        let since = breaks::short(&broken.at.commit);
        finding.message = format!("{} (published so in {since})", finding.message);
        Some(finding)
    });
}

/// A tombstone that comes alive: with another meaning, that is a reuse.
pub(super) fn revived(old: &Entity, new: &Entity) -> bool {
    !old.live() && new.live()
}

/// The judgement on an edit that did not keep the identity and that nobody stood up for since.
pub(super) fn rewritten(old: &Entity, new: &Entity) -> Option<Judgement> {
    if old.identity() == new.identity() || stood_up_for(old, new) {
        return None;
    }
    Some(compare(old, new)).filter(|judgement| judgement.verdict != Verdict::Same)
}

/// Whether a `renamed` row that is not published yet remembers the published words: all of them, or
/// those of the fields that changed.
pub(super) fn stood_up_for(old: &Entity, new: &Entity) -> bool {
    let whole = wording(old);
    let changed: Vec<String> = changed(old, new).map(|(_, text)| text).collect();
    let changed = changed.join(" ");
    let owed = [words(&whole), words(&changed)];
    let said = |from: &str| {
        let said = words(from);
        if said.is_empty() { !from.is_empty() && (from == whole || from == changed) } else { owed.contains(&said) }
    };
    new.life.renamed.iter().skip(old.life.renamed.len()).any(|row| said(&row.from))
}

/// The identity fields that differ, with their old text.
fn changed(old: &Entity, new: &Entity) -> impl Iterator<Item = (&'static str, String)> {
    let pairs = old.identity().into_iter().zip(new.identity());
    pairs.filter(|(before, after)| before != after).map(|(before, _)| before)
}

fn finding(context: &Context<'_>, model: &Model, (old, new): (&Entity, &Entity), judgement: &Judgement) -> Finding {
    let fields: Vec<&str> = changed(old, new).map(|(field, _)| field).collect();
    let verb = match judgement.verdict {
        Verdict::Unsure => "may mean something else now",
        _ => "means something else now",
    };
    let message = format!(
        "the published {} {} {verb}: its {} changed ({})",
        old.id.kind,
        named(old),
        listed(&fields),
        judgement.why
    );
    let place = Place::entity(&model.id, old.id).key(fields.first().copied().unwrap_or("name"));
    Finding::new(&codes::ID_REWRITTEN, place, message)
        .help(format!(
            "take the words back; or remove {id} and add the new {kind} with `redan add {kind}`; or say why it is the same: redan edit {id} --renamed-because \"…\"{flag}",
            id = old.id,
            kind = old.id.kind,
            flag = context.flag(model)
        ))
        .fix(fix(context, model, old, new))
}

fn fix(context: &Context<'_>, model: &Model, old: &Entity, new: &Entity) -> Fix {
    let fresh = Id::new(old.id.kind, fresh::number(context, model, old.id.kind));
    let option = |label: String, changes| Choice { label, changes, patches: Vec::new() };
    let options = vec![
        option(format!("take back the words of {}", old.id), take_back(model, old, new)),
        option(format!("remove {} and add the new one as {fresh}", old.id), part(model, old, new, fresh)),
        option(format!("{} is still the same: say why", old.id), vec![stand_up(model, old)]),
    ];
    filling::fix(format!("keep the meaning of {}", old.id), options, &filling::ALL)
}

fn take_back(model: &Model, old: &Entity, new: &Entity) -> Vec<Change> {
    let back = |(field, _)| set(model, new, field, old.value(field));
    changed(old, new).map(back).collect()
}

/// The old one gets its words and a tombstone, the new one an ID of its own. Controls stay with the old.
fn part(model: &Model, old: &Entity, new: &Entity, fresh: Id) -> Vec<Change> {
    let mut changes = take_back(model, old, new);
    if new.live() {
        changes.push(set(model, new, "removed", Some(Value::Table(BTreeMap::new()))));
    }
    let life = Life { rationale: new.life.rationale.clone(), source: new.life.source.clone(), ..Life::default() };
    let mut newcomer = Entity { id: fresh, life, body: new.body.clone() };
    newcomer.set("revisions", None);
    newcomer.set("attestations", None);
    changes.push(Change::put(&model.id, newcomer));
    changes
}

fn stand_up(model: &Model, old: &Entity) -> Change {
    let row = Value::Table(BTreeMap::from([("from".to_owned(), Value::Text(wording(old)))]));
    Change::new(&model.id, Subject::Entity(old.id), Act::Push { rows: "renamed", row })
}

fn set(model: &Model, entity: &Entity, field: &'static str, to: Option<Value>) -> Change {
    Change::new(&model.id, Subject::Entity(entity.id), Act::Set { field, from: entity.value(field), to })
}
