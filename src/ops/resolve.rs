//! Performing the resolution of a finding: one of its options, with what only a person can add.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{findings, fingerprint};
use super::lifecycle::{Outcome, Refusal, Stage, Why};
use super::reading::Read;
use crate::change::{Act, Thing, apply};
use crate::finding::{Choice, Finding, Fix};
use crate::identity::Past;
use crate::model::{Body, Entity, Id, Kind, Model, Value};
use crate::rules;

/// What a person says about a resolution.
pub struct Wish<'a> {
    /// `rule:ID`, `rule`, or the start of a fingerprint.
    pub finding: &'a str,
    /// Which option, from 1.
    pub choose: Option<usize>,
    pub reason: Option<&'a str>,
    /// Words of the person's own for an assumption that comes to be.
    pub words: Option<&'a str>,
}

/// Plans the resolution. Several options without a choice are refused with the list of them.
pub fn resolve(stage: &Stage<'_>, read: &Read, past: &Past, wish: &Wish<'_>) -> Result<Outcome, Refusal> {
    let found = findings(&read.workspace, past, stage.now.at.day(), &read.settings);
    let mine: Vec<Finding> = found.into_iter().filter(|one| one.model() == Some(&stage.model.id)).collect();
    let finding = pick(&mine, wish.finding)?;
    let Some(fix) = finding.fix.as_ref().filter(|fix| fix.options.iter().all(|one| one.patches.is_empty())) else {
        let refusal = refusal(Why::NoEffect, format!("{} has no resolution that could be applied", finding.code.name));
        return Err(Refusal { hints: finding.help.clone().into_iter().collect(), ..refusal });
    };
    let fix = rules::filled(fix, &known(stage, wish));
    let option = choose(&fix, wish)?;
    if let Some(needs) = &fix.needs {
        return Err(refusal(Why::Reason, format!("{} is missing: --{needs} \"…\"", needs)));
    }
    let mut changes = option.changes.clone();
    for change in &mut changes {
        if let Act::Put(thing) = &mut change.act {
            own(thing, stage, wish.words);
        }
    }
    let mut model = stage.model.clone();
    apply(&mut model, &changes).map_err(|misfit| refusal(Why::NoEffect, misfit.to_string()))?;
    Ok(Outcome { changes, model, notes: Vec::new() })
}

fn refusal(why: Why, message: String) -> Refusal {
    Refusal { why, message, hints: Vec::new() }
}

/// The one finding that is meant.
fn pick<'f>(found: &'f [Finding], asked: &str) -> Result<&'f Finding, Refusal> {
    let (rule, about) = asked.split_once(':').unwrap_or((asked, ""));
    let meant = |finding: &&Finding| {
        let entity = finding.entity().unwrap_or_default();
        let target = format!("{:?}", finding.place.target);
        let named =
            about.is_empty() || entity.ends_with(&format!("/{about}")) || target.contains(&format!("\"{about}\""));
        finding.code.name == rule && named
            || about.is_empty() && asked.len() >= 6 && fingerprint(finding).starts_with(asked)
    };
    let all: Vec<&Finding> = found.iter().filter(meant).collect();
    match all.as_slice() {
        [one] => Ok(one),
        [] => {
            let refusal = refusal(Why::Unknown, format!("there is no finding `{asked}` here"));
            Err(Refusal { hints: vec!["redan coherence".to_owned()], ..refusal })
        }
        several => {
            let refusal = refusal(Why::Unknown, format!("`{asked}` is {} findings: name one", several.len()));
            let name = |one: &&Finding| format!("{} ({})", address(one), one.message);
            Err(Refusal { hints: several.iter().map(name).collect(), ..refusal })
        }
    }
}

/// How `redan resolve` is told which finding is meant.
pub fn address(finding: &Finding) -> String {
    let entity = finding.entity().and_then(|entity| entity.rsplit_once('/').map(|(_, id)| id.to_owned()));
    match entity {
        Some(id) => format!("{}:{id}", finding.code.name),
        None => fingerprint(finding),
    }
}

fn choose<'f>(fix: &'f Fix, wish: &Wish<'_>) -> Result<&'f Choice, Refusal> {
    let options = &fix.options;
    let at = wish.choose.or((options.len() == 1).then_some(1));
    let chosen = at.and_then(|at| options.get(at.checked_sub(1)?));
    chosen.ok_or_else(|| {
        let refusal = refusal(Why::Missing, format!("{}: choose one with --choose", fix.title));
        let line = |(at, one): (usize, &Choice)| format!("--choose {}: {}", at + 1, one.label);
        Refusal { hints: options.iter().enumerate().map(line).collect(), ..refusal }
    })
}

/// What the person and the moment supply.
fn known(stage: &Stage<'_>, wish: &Wish<'_>) -> BTreeMap<&'static str, Value> {
    let mut known = BTreeMap::from([("at", Value::When(stage.now.at)), ("by", Value::text(&stage.now.by))]);
    let reason = wish.reason.map(str::trim).filter(|reason| !reason.is_empty());
    known.extend(reason.map(|reason| ("reason", Value::text(reason))));
    known
}

/// What comes to be is the person's: they answer for a decision, and an assumption has their words.
fn own(thing: &mut Thing, stage: &Stage<'_>, words: Option<&str>) {
    match thing {
        Thing::Decision(decision) => decision.owner.clone_from(&stage.now.by),
        Thing::Entity(entity) if entity.id.kind == Kind::Assumption => word(entity, stage.model, stage.taken, words),
        _ => {}
    }
}

/// The person's words instead of the ones made up, and a number that nothing else here has.
fn word(entity: &mut Entity, model: &Model, taken: &BTreeSet<Id>, words: Option<&str>) {
    if let (Body::Assumption(assumption), Some(words)) = (&mut entity.body, words) {
        words.trim().clone_into(&mut assumption.description);
    }
    while model.entities.contains_key(&entity.id) || taken.contains(&entity.id) {
        entity.id = Id::new(Kind::Assumption, entity.id.number().unwrap_or(0) + 1);
    }
}
