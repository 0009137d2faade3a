//! An instruction in plain words: understood, planned like any edit, and kept as a turn of a session.

use std::collections::BTreeMap;

use super::lifecycle::{
    self, Deed, GroupChoice, Outcome, Refusal, Sets, Stage, Vouching, attest, changeset, cover, edit, parse_factors,
    parse_field, parse_sets, rate, remove, restore, status,
};
use super::perform::{Answer, Order, perform};
use super::reading::Read;
use super::{Desk, Trouble};
use crate::change::{self, Change, Subject, diff};
use crate::identity::{hashed, structural};
use crate::model::{Boundary, Id, Intent, Kind, Model, Redaction, Session, Status, Turn, Value, When};
use crate::store::Recording;
use crate::suggest::words::Act;
use crate::text::slug;

type Plan = Result<Outcome, Refusal>;

/// Plans what a sentence asked for, by the rules that every edit obeys. A newcomer that may be there already is another one where
/// `distinct` insists.
pub fn plan(stage: &Stage<'_>, read: &Read, act: &Act, distinct: bool) -> Plan {
    match act {
        Act::Add { kind, sets } => {
            let sets = parse_sets(stage.model, *kind, &pairs(sets))?;
            lifecycle::add(stage, *kind, &sets, distinct)
        }
        Act::Edit { id, sets } => edit(stage, *id, &parse_sets(stage.model, id.kind, &pairs(sets))?, None),
        Act::Remove { id, reason, replaced_by } => remove(stage, *id, reason, replaced_by.as_deref()),
        Act::Restore { id } => restore(stage, *id),
        Act::Rate { id, sets, reason } => rate(stage, *id, &parse_factors(id.kind, &pairs(sets))?, reason),
        Act::Rename { name } => {
            let others = read.workspace.models.values().filter(|model| model.id != stage.model.id);
            lifecycle::rename(stage, name, &others.collect::<Vec<_>>())
        }
        Act::Cover { control, objectives, group } => {
            let patterns: Vec<String> = objectives.iter().map(ToString::to_string).collect();
            cover(stage, *control, &patterns, GroupChoice::parse(group).unwrap_or(GroupChoice::Next))
        }
        Act::Status { control, implemented } => {
            status(stage, *control, if *implemented { Status::Implemented } else { Status::NotImplemented })
        }
        Act::Attest { id, statement, expires, evidence } => {
            let expires = expires.as_deref().and_then(|day| day.parse::<When>().ok());
            attest(stage, *id, &Vouching { statement, expires, evidence: evidence.as_deref() })
        }
        Act::Between { name, outer, inner } => between(stage, name, *outer, *inner),
    }
}

fn pairs(sets: &[(String, String)]) -> Vec<String> {
    sets.iter().map(|(name, value)| format!("{name}={value}")).collect()
}

/// The new boundary lies around `inner`. Where both stood in one boundary, `inner` leaves it, and `outer` is the way
/// in, so that whoever got there gets there still; where they shared none, nothing leads in that did not before.
fn between(stage: &Stage<'_>, name: &str, outer: Id, inner: Id) -> Plan {
    let stands = |id: Id| boundaries(stage.model, id);
    let shared: Vec<Id> = stands(inner).into_iter().filter(|id| stands(outer).contains(id)).collect();
    let apart: Vec<Id> = stands(inner).into_iter().filter(|id| !shared.contains(id)).collect();
    let sets = Sets::from([("name".to_owned(), Some(Value::text(name)))]);
    let make = move |stage: &Stage<'_>| lifecycle::add(stage, Kind::Boundary, &sets, false);
    let around = |id: Id, kept: Vec<Id>| {
        move |stage: &Stage<'_>| {
            let new =
                stage.model.boundaries().filter(|(entity, body): &(_, &Boundary)| entity.live() && body.name == name);
            let all: Vec<String> =
                kept.iter().copied().chain(new.map(|(entity, _)| entity.id).max()).map(|id| id.to_string()).collect();
            let value = parse_field(stage.model, Kind::Component, "boundaries", &all.join(","))?;
            edit(stage, id, &Sets::from([("boundaries".to_owned(), value)]), None)
        }
    };
    let mut deeds = vec![deed(make), deed(around(inner, apart))];
    if !shared.is_empty() {
        deeds.push(deed(around(outer, stands(outer))));
    }
    changeset(stage, deeds, None)
}

fn deed<'a>(plan: impl FnOnce(&Stage<'_>) -> Plan + 'a) -> Deed<'a> {
    Deed { place: "the new boundary".to_owned(), plan: Box::new(plan) }
}

fn boundaries(model: &Model, id: Id) -> Vec<Id> {
    let value = model.entities.get(&id).and_then(|entity| entity.value("boundaries"));
    let texts = value.as_ref().and_then(Value::as_list).unwrap_or_default().iter().filter_map(Value::as_text);
    texts.filter_map(Id::parse).filter(|id| model.is_live(*id)).collect()
}

/// What is kept of a turn.
pub struct Said<'a> {
    pub words: &'a str,
    pub intent: Intent,
    /// What was answered; made of the notes where it is empty.
    pub reply: &'a str,
    /// The session that the turn belongs to; a new one where there is none of that name.
    pub session: Option<&'a str>,
    /// Who answered: `offline`, `openai/<model>`.
    pub engine: &'a str,
}

/// Keeps a turn that changes nothing: a question with its answer.
pub fn converse(desk: &Desk, order: &Order<'_>, said: &Said<'_>) -> Result<Answer, Trouble> {
    perform(desk, order, |stage, read| {
        let outcome = Outcome { changes: Vec::new(), model: stage.model.clone(), notes: Vec::new() };
        Ok(record(stage, outcome, said, read.settings.recording))
    })
}

/// The session that a turn was kept in.
pub fn session_of(outcome: &Outcome) -> Option<&str> {
    outcome.changes.iter().find_map(|change| match &change.subject {
        Subject::Session(name) => Some(name.as_str()),
        _ => None,
    })
}

/// Keeps a turn in the model's sessions, as the settings say, beside what it changed.
pub fn record(stage: &Stage<'_>, outcome: Outcome, said: &Said<'_>, how: Recording) -> Outcome {
    if how == Recording::Off {
        return outcome;
    }
    let Outcome { mut model, notes, .. } = outcome;
    let name = said.session.map_or_else(|| fresh(&stage.model.sessions, stage.now.at, said.words), str::to_owned);
    let spoken: Vec<String> = notes.iter().map(ToString::to_string).collect();
    let mut turn = Turn {
        at: Some(stage.now.at),
        intent: Some(said.intent),
        words: said.words.trim().to_owned(),
        reply: if said.reply.is_empty() { sentences(&spoken) } else { said.reply.to_owned() },
        before: structural(stage.model).short(),
        after: structural(&model).short(),
        changes: changes(stage.model, &model),
        redacted: None,
    };
    if how == Recording::Redacted {
        hide(&mut turn, stage);
    }
    let session = model.sessions.entry(name).or_insert_with(|| Session {
        at: Some(stage.now.at),
        by: stage.now.by.clone(),
        engine: said.engine.to_owned(),
        turns: Vec::new(),
    });
    session.turns.push(turn);
    let changes = diff(stage.model, &model);
    Outcome { changes, model, notes }
}

/// `added T13`, `changed A6`: each thing once, in the order of the files.
fn changes(before: &Model, after: &Model) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for changed in crate::report::act::changed(before, &diff(before, after)) {
        let thing = changed.entity.split_once('/').map_or(changed.entity.as_str(), |(_, thing)| thing);
        let line = format!("{} {thing}", changed.kind);
        if !lines.contains(&line) && !thing.starts_with("sessions/") {
            lines.push(line);
        }
    }
    lines
}

fn sentences(notes: &[String]) -> String {
    let capital = |note: &String| {
        let mut rest = note.chars();
        rest.next().map(|first| first.to_uppercase().chain(rest).collect::<String>()).unwrap_or_default()
    };
    notes.iter().map(|note| format!("{}.", capital(note).trim_end_matches('.'))).collect::<Vec<_>>().join(" ")
}

/// Hashes stand for the words: whoever has them can show what was said.
fn hide(turn: &mut Turn, stage: &Stage<'_>) {
    for words in [&mut turn.words, &mut turn.reply] {
        if !words.is_empty() {
            *words = hashed(words);
        }
    }
    turn.redacted = Some(Redaction {
        at: Some(stage.now.at),
        by: stage.now.by.clone(),
        reason: "redan.toml keeps no words of sessions".to_owned(),
    });
}

/// The day and the first words: `2026-11-22-add-an-insider-threat-attacker`.
fn fresh(taken: &BTreeMap<String, Session>, at: When, words: &str) -> String {
    let slug = slug(words);
    let few: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).take(5).collect();
    let name =
        [at.day().to_string()].into_iter().chain(few.into_iter().map(str::to_owned)).collect::<Vec<_>>().join("-");
    let again = (2..).map(|number| format!("{name}-{number}"));
    let mut names = std::iter::once(name.clone()).chain(again);
    names.find(|name| !taken.contains_key(name)).unwrap_or(name)
}

/// Whether a change is the keeping of a turn, and not what the turn did: a new session, or one that goes on.
pub fn keeps(change: &Change) -> bool {
    let session = matches!(change.subject, Subject::Session(_));
    session
        && match &change.act {
            change::Act::Put(_) => true,
            change::Act::Set { field: "turns", from, to } => {
                let turns =
                    |value: &Option<Value>| value.as_ref().and_then(Value::as_list).unwrap_or_default().to_vec();
                turns(to).starts_with(&turns(from))
            }
            _ => false,
        }
}
