//! What people decide: attestations, acceptances, what does not apply, and taking such words back.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::refusal::{reason, wrong_kind};
use super::{Note, Outcome, Plan, Refusal, Stage, Why, command, expand};
use crate::assess::{Ledger, Standing as Stand, Status, View, assess};
use crate::identity::of_entity;
use crate::model::{
    Accepted, AssumptionKind, Attestation, Body, Decision, DecisionKind, Id, Kind, Model, Objective, Pairs, When,
};
use crate::rules::Memory;

/// What somebody says when vouching for an assumption.
pub struct Vouching<'a> {
    pub statement: &'a str,
    /// The last day it counts.
    pub expires: Option<When>,
    /// A link, a document, a path; demanded where something is said not to apply.
    pub evidence: Option<&'a str>,
}

/// Appends an attestation that remembers the words it is about.
pub fn attest(stage: &Stage<'_>, id: Id, vouching: &Vouching<'_>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let (statement, evidence) = (vouching.statement.trim(), vouching.evidence.unwrap_or_default().trim());
    let words = of_entity(draft.live(id)?).short();
    let Body::Assumption(assumption) = &mut draft.live_mut(id)?.body else {
        return Err(wrong_kind(id, "assumptions"));
    };
    let unproven = assumption.kind == Some(AssumptionKind::NonApplicability) && evidence.is_empty();
    if statement.is_empty() || unproven {
        let message = match unproven {
            true => format!("{id} says that something does not apply, which needs evidence and not a word"),
            false => "say what exactly you vouch for".to_owned(),
        };
        let said = if statement.is_empty() { command::BLANK } else { statement };
        let id = id.to_string();
        let mut words = vec!["attest", &id, "--statement", said];
        words.extend(["--evidence", command::BLANK].into_iter().filter(|_| unproven));
        return Err(Refusal::new(Why::Missing, message).hint(command::on(&stage.model.id, &words)));
    }
    not_over(stage, "expires", vouching.expires)?;
    assumption.attestations.push(Attestation {
        by: stage.now.by.clone(),
        at: Some(stage.now.at),
        statement: statement.to_owned(),
        expires: vouching.expires,
        evidence: evidence.to_owned(),
        of: words,
        redacted: None,
    });
    let from = Some(stage.now.at.day()).filter(|day| *day > stage.now.today);
    draft.note(Note::Attested { id, from, until: vouching.expires.map(|until| until.day()) });
    Ok(finish(draft))
}

/// Who answers for a decision, why, and until when without a review.
pub struct Ruling<'a> {
    pub owner: &'a str,
    pub reason: &'a str,
    pub review_by: When,
}

/// Accepts the risk of objectives.
pub fn accept<S: AsRef<str>>(stage: &Stage<'_>, objectives: &[S], ruling: &Ruling<'_>) -> Plan {
    rule(stage, DecisionKind::RiskAccepted, objectives, ruling)
}

/// Decides that objectives do not apply.
pub fn not_applicable<S: AsRef<str>>(stage: &Stage<'_>, objectives: &[S], ruling: &Ruling<'_>) -> Plan {
    rule(stage, DecisionKind::NotApplicable, objectives, ruling)
}

fn rule<S: AsRef<str>>(stage: &Stage<'_>, kind: DecisionKind, patterns: &[S], ruling: &Ruling<'_>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let about: Pairs = expand(&draft.model, patterns)?.into_iter().collect();
    let first = about.iter().next().map(|one| one.to_string()).unwrap_or_default();
    let why = reason(stage.model, &[verb(kind), &first], ruling.reason)?;
    if ruling.owner.trim().is_empty() {
        return Err(Refusal::new(Why::Missing, "somebody has to answer for it: --owner"));
    }
    not_over(stage, "review_by", Some(ruling.review_by))?;
    let decision = Decision {
        owner: ruling.owner.trim().to_owned(),
        review_by: Some(ruling.review_by),
        of: Memory::alone(stage.model).stamp(&about).unwrap_or_default(),
        objectives: about,
        ..decision(stage, kind, why)
    };
    record(&mut draft, decision);
    Ok(finish(draft))
}

/// What is confirmed or withdrawn.
pub enum About {
    Entities(BTreeSet<Id>),
    Objectives(Vec<String>),
}

/// Says that everything decided about these still holds, as they read now.
pub fn confirm(stage: &Stage<'_>, about: &About, why: &str) -> Plan {
    settle(stage, DecisionKind::Confirmed, about, why)
}

/// Takes back everything decided about these so far: attestations, acceptances, what does not apply.
pub fn withdraw(stage: &Stage<'_>, about: &About, why: &str) -> Plan {
    settle(stage, DecisionKind::Withdrawn, about, why)
}

fn settle(stage: &Stage<'_>, kind: DecisionKind, about: &About, why: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    let memory = Memory::alone(stage.model);
    match about {
        About::Entities(ids) => {
            for &id in ids {
                let of = of_entity(draft.live(id)?).short();
                let why = reason(stage.model, &[verb(kind), &id.to_string()], why)?;
                let entities = BTreeSet::from([id]);
                record(&mut draft, Decision { entities, of, ..decision(stage, kind, why) });
            }
        }
        About::Objectives(patterns) => {
            let objectives: Pairs = expand(&draft.model, patterns)?.into_iter().collect();
            let why = reason(stage.model, &[verb(kind), &patterns.join(" ")], why)?;
            let of = memory.stamp(&objectives).unwrap_or_default();
            record(&mut draft, Decision { objectives, of, ..decision(stage, kind, why) });
        }
    }
    Ok(finish(draft))
}

/// Withdraws one decision by its name; the file itself stays as it was written.
pub fn revoke(stage: &Stage<'_>, name: &str, why: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    let name = name.trim_end_matches(".toml").rsplit('/').next().unwrap_or(name);
    let Some(revoked) = stage.model.decisions.get(name) else {
        let message = format!("there is no decision `{name}`");
        return Err(Refusal::new(Why::Unknown, message).hint(command::bare(&["decisions", stage.model.id.as_str()])));
    };
    if revoked.objectives.is_empty() {
        let message = format!("{name} is not about objectives, so there is nothing to revoke");
        return Err(Refusal::new(Why::NoEffect, message));
    }
    let ledger = Ledger::new(stage.model, View::on(stage.now.at.day()));
    let over = |objective| ledger.standing(name, revoked, objective) == Stand::Revoked;
    if revoked.objectives.iter().all(over) {
        let message = format!("{name} is revoked already");
        let hint = command::bare(&["decisions", stage.model.id.as_str()]);
        return Err(Refusal::new(Why::NoEffect, message).hint(hint));
    }
    let why = reason(stage.model, &["revoke", name], why)?;
    let objectives = revoked.objectives.clone();
    let of = Memory::alone(stage.model).stamp(&objectives).unwrap_or_default();
    record(&mut draft, Decision { objectives, of, ..decision(stage, DecisionKind::Withdrawn, why) });
    Ok(finish(draft))
}

/// Accepts what published history did to IDs; `since` is the published commit that was looked at.
pub fn accept_history(stage: &Stage<'_>, (since, rows): (&str, Vec<Accepted>), why: &str) -> Plan {
    let mut draft = Draft::whole(stage);
    let first = rows.first().map(|row| (row.rule.clone(), row.entity.clone())).unwrap_or_default();
    let why = reason(stage.model, &["history", "accept", &first.0, &first.1], why)?;
    let decision = decision(stage, DecisionKind::AcceptedHistory, why);
    record(&mut draft, Decision { since: since.to_owned(), accepted: rows, ..decision });
    Ok(finish(draft))
}

/// Makes a control of an assumption: what somebody else was to uphold is ours to build. The assumption
/// is removed, and the control covers the objectives it listed.
pub fn convert_to_control(stage: &Stage<'_>, id: Id, group: super::GroupChoice, why: &str) -> Plan {
    let draft = Draft::open(stage)?;
    let entity = draft.live(id)?;
    let Body::Assumption(assumption) = &entity.body else { return Err(wrong_kind(id, "assumptions")) };
    let why = reason(stage.model, &["convert-to-control", &id.to_string()], why)?;
    if assumption.objectives.is_empty() {
        let message = format!("{id} lists no objectives for the control to cover: say which it stands for first");
        let hint = command::edit(stage.model, id, "objectives", "A1-T1");
        return Err(Refusal::new(Why::Empty, message).hint(hint));
    }
    let fields: super::Sets = [("description".to_owned(), Some(crate::model::Value::text(entity.title())))].into();
    let patterns: Vec<String> = assumption.objectives.iter().map(|one| one.to_string()).collect();
    let added = super::add(stage, Kind::Control, &fields, true)?;
    let came = |entity: &&crate::model::Entity| entity.live() && !stage.model.is_live(entity.id);
    let control = added.model.of_kind(Kind::Control).find(came).map(|entity| entity.id);
    let control = control.expect("invariant: adding a control makes one live that was not");
    let then = Stage { model: &added.model, ..*stage };
    let covered = super::cover(&then, control, &patterns, group)?;
    let then = Stage { model: &covered.model, ..*stage };
    let removed = super::remove(&then, id, why, Some(&control.to_string()))?;
    let changes = crate::change::diff(stage.model, &removed.model);
    let notes = added.notes.into_iter().chain(covered.notes).chain(removed.notes).collect();
    Ok(Outcome { changes, model: removed.model, notes })
}

fn not_over(stage: &Stage<'_>, field: &str, until: Option<When>) -> Result<(), Refusal> {
    match until {
        Some(until) if until.day() < stage.now.at.day() => {
            Err(Refusal::new(Why::Value, format!("{field} is {}, which is over already", until.day())))
        }
        _ => Ok(()),
    }
}

fn decision(stage: &Stage<'_>, kind: DecisionKind, why: &str) -> Decision {
    Decision {
        kind: Some(kind),
        owner: stage.now.by.clone(),
        by: stage.now.by.clone(),
        at: Some(stage.now.at),
        reason: why.to_owned(),
        ..Decision::default()
    }
}

const fn verb(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::RiskAccepted => "accept",
        DecisionKind::NotApplicable => "not-applicable",
        DecisionKind::Confirmed => "confirm",
        DecisionKind::Withdrawn => "withdraw",
        DecisionKind::Grouping => "group",
        DecisionKind::AcceptedHistory => "accept-history",
    }
}

/// Files a decision as `2026-11-20-accept-3f9a`: the end comes from what it is about, so that two branches
/// of one day do not meet in one file.
fn record(draft: &mut Draft<'_>, decision: Decision) {
    let about = decision.accepted.first().map_or(decision.of.as_str(), |row| row.to.as_str());
    let end = about.get(..4).unwrap_or("0000");
    let day = draft.stage.now.at.day();
    let stem = format!("{day}-{}-{end}", decision.kind.map_or("decision", verb));
    let numbered = (2..).map(|number: usize| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    let name = names.find(|name| !draft.model.decisions.contains_key(name)).unwrap_or(stem);
    draft.model.decisions.insert(name.clone(), decision);
    draft.note(Note::Recorded { decision: name });
}

/// The outcome, with the objectives whose status it changes.
fn finish(draft: Draft<'_>) -> Outcome {
    let (stage, after) = (draft.stage, draft.model.clone());
    let mut outcome = draft.finish();
    let mut shifts: BTreeMap<(Status, Status), Vec<Objective>> = BTreeMap::new();
    let new = statuses(&after, stage);
    for (objective, from) in statuses(stage.model, stage) {
        if let Some(&to) = new.get(&objective).filter(|to| **to != from) {
            shifts.entry((from, to)).or_default().push(objective);
        }
    }
    let note = |((from, to), objectives)| Note::Became { objectives, from, to };
    outcome.notes.extend(shifts.into_iter().map(note));
    outcome
}

fn statuses(model: &Model, stage: &Stage<'_>) -> BTreeMap<Objective, Status> {
    let memory = Memory::new(model, stage.words);
    let changed = |row: crate::assess::Row<'_>| memory.changed(row);
    let assessed = assess(model, View::on(stage.now.today).judged_by(&changed));
    assessed.outcomes().map(|(objective, outcome)| (objective, outcome.status)).collect()
}
