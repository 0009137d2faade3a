//! A question answered from the data of a model; nothing is written.

use std::collections::BTreeSet;

use super::assess::{Question, assessed};
use super::refine::keeps;
use super::{Candidate, Desk, Trouble};
use crate::assess::query::{Hit, Query, Row, Scope, select};
use crate::assess::{Rating, View, asset_levels, attacker_levels, impact, likelihood};
use crate::change::diff;
use crate::model::{Attestation, Body, DecisionKind, Entity, Id, Kind, Levels, Model, Objective, Value, When};
use crate::report::ask::Ask;
use crate::report::found::{Item, counted, item};
use crate::report::{act, assess, decisions};
use crate::suggest::words::{Asking, Stop, ask};

/// What came of a question.
pub enum Answer {
    Told(Box<Ask>),
    /// The question is not one that can be answered like that.
    Stop(Stop),
}

/// Answers what a sentence asks of the model of the question.
pub fn answer(desk: &Desk, question: &Question<'_>, words: &str) -> Result<Answer, Trouble> {
    let read = desk.look(&question.candidate)?;
    let model = desk.model(&read.workspace, question.model)?;
    let asking = match ask(model, words) {
        Ok(asking) => asking,
        Err(stop) => return Ok(Answer::Stop(stop)),
    };
    let blank = Ask {
        model: model.id.to_string(),
        words: words.trim().to_owned(),
        as_of: question.day.date().to_string(),
        answer: String::new(),
        found: Vec::new(),
        more: Vec::new(),
        query: None,
    };
    if let Asking::Changed(since) = &asking {
        return Ok(Answer::Told(Box::new(changed(desk, model, since.as_deref(), blank)?)));
    }
    let told = assessed(desk, question, |assessment, view, _| {
        let scope = Scope::new(assessment, view);
        Telling { scope: &scope, view }.tell(&asking, blank)
    })?;
    Ok(Answer::Told(Box::new(told)))
}

/// What differs between an earlier state of the model and this one.
fn changed(desk: &Desk, now: &Model, since: Option<&str>, blank: Ask) -> Result<Ask, Trouble> {
    let id = now.id.to_string();
    let candidate = match since {
        None => Candidate::Revision("HEAD".to_owned()),
        Some(since) => desk.at(Some(&id), since)?,
    };
    let read = desk.glance(&candidate)?;
    let since = since.map_or_else(|| "the last commit".to_owned(), str::to_owned);
    let Some(before) = read.workspace.models.get(&now.id) else {
        return Ok(Ask { answer: format!("The model was not there at {since}."), ..blank });
    };
    let mut changes = diff(before, now);
    changes.retain(|change| !keeps(change));
    let changes = act::changed(before, &changes);
    let line = |changed: &act::Changed| {
        let fields: Vec<&str> = changed.fields.iter().map(|field| field.name.as_str()).collect();
        let thing = changed.entity.split_once('/').map_or(changed.entity.as_str(), |(_, thing)| thing);
        match changed.kind {
            "changed" => format!("changed {thing} ({}): {}", changed.title.trim(), fields.join(", ")),
            kind => format!("{kind} {thing} ({})", changed.title.trim()),
        }
    };
    let more: Vec<String> = changes.iter().map(line).collect();
    let answer = match more.len() {
        0 => format!("Nothing changed since {since}."),
        1 => format!("One change since {since}:"),
        count => format!("{count} changes since {since}:"),
    };
    Ok(Ask { answer, more, ..blank })
}

/// Somebody who knows the model on a day.
struct Telling<'t, 's, 'm> {
    scope: &'t Scope<'s, 'm>,
    view: View<'t>,
}

impl Telling<'_, '_, '_> {
    fn tell(&self, asking: &Asking, blank: Ask) -> Ask {
        match asking {
            Asking::Select { query, row, count, only } => self.select(query, (*row, *count, *only), blank),
            Asking::Whether { query, row, about } => self.whether(query, *row, about, blank),
            Asking::Pair(objective) => self.pair(*objective, blank),
            Asking::Entity(id) => self.entity(*id, blank),
            Asking::Decisions { kind, about } => self.decisions(*kind, *about, blank),
            Asking::Removed => self.removed(blank),
            Asking::Changed(_) => blank,
        }
    }

    fn select(&self, query: &str, (row, count, only): (Row, bool, Option<Kind>), blank: Ask) -> Ask {
        // A query that speaks of this year means that of the day it is asked for.
        let query = &query.replace("$year", blank.as_of.split('-').next().unwrap_or_default());
        let hits = match Query::read(query, Some(row)) {
            Ok(read) => select(self.scope, &read),
            Err(wrong) => return Ask { answer: format!("{}: {query}", wrong.message), ..blank },
        };
        let hits = only.map_or(hits.clone(), |kind| sides(&hits, kind));
        let plural = only.map_or(row.plural(), Kind::table);
        let found: Vec<Item> = hits.iter().map(|hit| item(self.scope, *hit)).collect();
        let counted = match row {
            Row::Objective if only.is_none() => counted(found.len(), plural).replace("objective", "control objective"),
            _ => counted(found.len(), plural),
        };
        let answer = match (found.is_empty(), count) {
            (true, _) => format!("{}.", capital(&counted)),
            (false, _) => format!("{}:", capital(&counted)),
        };
        let filter = match query.as_str() {
            "" => format!("redan list {} --of {}", blank.model, row.plural()),
            _ => format!("redan list {} --of {} --where '{}'", blank.model, row.plural(), query.replace('\'', "\"")),
        };
        let more = if only == Some(Kind::Attacker) { self.ways(query, row) } else { Vec::new() };
        Ask { answer, found, more, query: Some(filter), ..blank }
    }

    /// Yes with what it is true of, or no with what was asked about.
    fn whether(&self, query: &str, row: Row, about: &[Id], blank: Ask) -> Ask {
        let told = self.select(query, (row, false, None), blank);
        match told.found.is_empty() {
            false => Ask { answer: "Yes:".to_owned(), ..told },
            true => {
                let found = about.iter().map(|id| item(self.scope, Hit::Entity(*id))).collect();
                Ask { answer: "No:".to_owned(), found, ..told }
            }
        }
    }

    /// How each attacker gets there, once.
    fn ways(&self, query: &str, row: Row) -> Vec<String> {
        let Ok(read) = Query::read(query, Some(row)) else { return Vec::new() };
        let mut seen = BTreeSet::new();
        let pairs = select(self.scope, &read).into_iter().filter_map(|hit| match hit {
            Hit::Objective(objective) => Some(objective),
            Hit::Entity(_) => None,
        });
        pairs.filter(|one| seen.insert(one.attacker)).map(|one| self.scope.assessment.narrate(one)).collect()
    }

    fn pair(&self, objective: Objective, blank: Ask) -> Ask {
        let assessment = self.scope.assessment;
        let Some(outcome) = assessment.outcome(objective) else {
            return Ask { answer: format!("{objective} is no live objective."), ..blank };
        };
        let tier = assess::tier_word(outcome.tier);
        let status = outcome.status.word().replace('_', " ");
        let answer = format!("{objective} is {status}; its tier is {tier}.");
        let mut more: Vec<String> =
            outcome.reason.map(|reason| format!("{}: {}", reason.word(), reason.act())).into_iter().collect();
        for state in assessment.groups(objective) {
            let members: Vec<String> = state.members.iter().map(|member| self.member(member.control)).collect();
            let complete = if state.complete { "complete" } else { "not complete" };
            let group = format!("{}, {complete}: {}", state.badge, members.join("; "));
            more.push(group);
        }
        more.push(assessment.narrate(objective));
        let found = [objective.asset, objective.attacker].map(|id| item(self.scope, Hit::Entity(id)));
        Ask { answer, found: found.to_vec(), more, ..blank }
    }

    fn member(&self, id: Id) -> String {
        let told = item(self.scope, Hit::Entity(id));
        format!("{id} ({}): {}", told.title.chars().take(60).collect::<String>().trim_end(), told.about.join(", "))
    }

    fn entity(&self, id: Id, blank: Ask) -> Ask {
        let Some(entity) = self.scope.model().entities.get(&id) else { return blank };
        let told = item(self.scope, Hit::Entity(id));
        let about = if told.about.is_empty() { String::new() } else { format!(": {}", told.about.join(", ")) };
        let answer = format!("{id} ({}){about}.", told.title);
        Ask { answer, found: vec![told], more: facts(entity), ..blank }
    }

    fn removed(&self, blank: Ask) -> Ask {
        let gone = self.scope.model().entities.values().filter(|entity| !entity.live());
        let found: Vec<Item> = gone.map(|entity| item(self.scope, Hit::Entity(entity.id))).collect();
        let answer = match found.len() {
            0 => "Nothing was removed.".to_owned(),
            1 => "1 entity was removed:".to_owned(),
            count => format!("{count} entities were removed:"),
        };
        Ask { answer, found, ..blank }
    }

    fn decisions(&self, kind: Option<DecisionKind>, about: Option<Id>, blank: Ask) -> Ask {
        let all = decisions::decisions(self.scope.model(), self.view);
        let meant = |row: &&decisions::Row| {
            let names = |id: Id| {
                let text = id.to_string();
                row.entities.contains(&text)
                    || row
                        .objectives
                        .iter()
                        .any(|one| Objective::parse(one).is_some_and(|one| one.asset == id || one.attacker == id))
            };
            kind.is_none_or(|kind| kind.word() == row.kind) && about.is_none_or(names)
        };
        let line = |row: &decisions::Row| {
            let status = row.status.map(|status| format!(" ({status})")).unwrap_or_default();
            let what = [row.objectives.join(", "), row.entities.join(", ")].concat();
            format!(
                "{}{status}: {what}; {}, {}: {}",
                row.kind,
                row.owner,
                row.at.as_deref().unwrap_or_default(),
                row.reason.trim()
            )
        };
        let more: Vec<String> = all.decisions.iter().filter(meant).map(line).collect();
        let answer = match more.len() {
            0 => "No decisions.".to_owned(),
            1 => "1 decision:".to_owned(),
            count => format!("{count} decisions:"),
        };
        Ask { answer, more, ..blank }
    }
}

/// The assets or the attackers of objectives, each once.
fn sides(hits: &[Hit], kind: Kind) -> Vec<Hit> {
    let ids: BTreeSet<Id> = hits
        .iter()
        .filter_map(|hit| match hit {
            Hit::Objective(objective) if kind == Kind::Asset => Some(objective.asset),
            Hit::Objective(objective) => Some(objective.attacker),
            Hit::Entity(_) => None,
        })
        .collect();
    ids.into_iter().map(Hit::Entity).collect()
}

/// What an entity says, a line a field, and its factors as they are today.
fn facts(entity: &Entity) -> Vec<String> {
    let (levels, rating): (Levels, Option<Rating>) = match &entity.body {
        Body::Asset(asset) => (asset_levels(asset, None), Some(impact(asset, None))),
        Body::Attacker(attacker) => (attacker_levels(attacker, None), Some(likelihood(attacker, None))),
        _ => (Levels::new(), None),
    };
    let told = [
        "description",
        "position",
        "archetype",
        "components",
        "boundaries",
        "repo",
        "path",
        "passes",
        "status",
        "kind",
        "rationale",
    ];
    let line = |name: &&str| entity.value(name).map(|value: Value| format!("{name}: {}", value.to_string().trim()));
    let mut facts: Vec<String> = told
        .iter()
        .filter(|name| entity.title() != entity.value(name).map(|value| value.to_string()).unwrap_or_default())
        .filter_map(line)
        .collect();
    if let Body::Assumption(assumption) = &entity.body {
        facts.extend(assumption.attestations.iter().map(vouched));
    }
    if let Some(removed) = &entity.life.removed {
        let at = removed.at.map(|at| at.day().to_string()).unwrap_or_default();
        facts.push(format!("removed on {at} by {}: {}", removed.by, removed.reason.trim()));
    }
    if let Some(Rating::Rated(rated)) = rating {
        let factors: Vec<String> =
            levels.iter().map(|(factor, level)| format!("{} {}", factor.name(), level.name)).collect();
        facts.push(format!("{} of 9 points: {}", rated.sum, factors.join(", ")));
    }
    facts
}

/// Who vouched, when and how long it counts.
fn vouched(row: &Attestation) -> String {
    let day = |when: Option<When>| when.map(|when| when.day().to_string()).unwrap_or_default();
    let until = if row.expires.is_some() { format!(", until {}", day(row.expires)) } else { String::new() };
    format!("attested on {} by {}{until}: {}", day(row.at), row.by, row.statement.trim())
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
