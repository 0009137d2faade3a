//! Holding a model against frameworks, and taking requirements out.

use super::draft::Draft;
use super::{Note, Plan, Refusal, Stage, Why, command};
use crate::assess::query::{Hit, Scope};
use crate::assess::{View, assess};
use crate::comply::{Broken, Clause, Condition, Library, Lost, Name, Pack, Reference, Stamp, matches};
use crate::model::{Exclusion, Excuse, Model, Selection, When};
use crate::rules::Memory;

/// Selects a framework, or another level of it.
pub fn select(stage: &Stage<'_>, library: &Library, said: &str, level: Option<&str>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let pack = pack(library, said)?;
    let level = match level {
        None => None,
        Some(level) => Some(pack.level(level).ok_or_else(|| no_level(pack, level))?.to_owned()),
    };
    let key = pack.name.to_string();
    let known = draft.model.compliance.frameworks.get(&key).map(|selection| selection.level.clone());
    let level = level.or(known.clone()).unwrap_or_default();
    if known.as_ref() != Some(&level) {
        draft.model.compliance.frameworks.insert(key.clone(), Selection { level: level.clone() });
        let level = Some(level).filter(|level| !level.is_empty());
        draft.note(Note::Selected { framework: key, level });
    }
    Ok(draft.finish())
}

/// No longer holds the model against a framework. Mappings and exclusions stay for the day it is selected again.
pub fn deselect(stage: &Stage<'_>, said: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    let selected: Vec<String> = draft.model.compliance.frameworks.keys().cloned().collect();
    let meant = selected.iter().find(|key| *key == said || key.split('@').next() == Some(said));
    let Some(key) = meant else {
        let message = format!("{} does not select `{said}`", stage.model.id);
        return Err(Refusal::new(Why::Unknown, message).hint(format!("it selects: {}", selected.join(", "))));
    };
    draft.model.compliance.frameworks.remove(key);
    draft.note(Note::Deselected { framework: key.clone() });
    Ok(draft.finish())
}

/// Why requirements are taken out, and who answers for it. What is not said is as in the exclusion that is renewed, but for the approval:
/// whoever approved that one did not approve this.
pub struct Excusing<'a> {
    pub reason: Option<Excuse>,
    pub why: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub approved_by: Option<&'a str>,
    /// What it rests on, checked on every run.
    pub when: Option<&'a str>,
    pub review_by: When,
}

/// Takes requirements out until a review. One exclusion of the same words is renewed, not doubled.
pub fn exclude(stage: &Stage<'_>, library: &Library, said: &str, excusing: &Excusing<'_>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let (req, about) = pattern(library, said)?;
    let row = renewed(&draft.model, (&req, excusing))?;
    if excusing.review_by.day() < stage.now.at.day() {
        return Err(Refusal::new(Why::Value, format!("review_by {} is over already", excusing.review_by.day())));
    }
    if !row.when.is_empty() {
        Condition::read(&row.when).map_err(|wrong| {
            let refusal = Refusal::new(Why::Value, format!("--when: {}", wrong.message));
            wrong.hint.into_iter().fold(refusal, Refusal::hint)
        })?;
        contradicted(stage, &row.when).map_or(Ok(()), Err)?;
    }
    let on = Some(When::Day(stage.now.at.day()));
    let row = Exclusion { on, text: excused_words(library, &req), ..row };
    let rows = &mut draft.model.compliance.exclusions;
    // Two branches may have written the same pattern each; the new row is instead of both.
    let at = rows.iter().position(|other| other.req == req).unwrap_or(rows.len());
    rows.retain(|other| other.req != req);
    rows.insert(at, row);
    draft.note(Note::Excused { req, requirements: about });
    Ok(draft.finish())
}

/// The exclusion with what is said of it, and the rest as it was.
fn renewed(model: &Model, (req, excusing): (&str, &Excusing<'_>)) -> Result<Exclusion, Refusal> {
    let before = model.compliance.exclusions.iter().find(|row| row.req == req);
    let said = |new: Option<&str>, old: fn(&Exclusion) -> &String| {
        new.map(str::to_owned).or_else(|| before.map(old).cloned()).unwrap_or_default().trim().to_owned()
    };
    let row = Exclusion {
        req: req.to_owned(),
        reason: excusing.reason.or(before.and_then(|row| row.reason)),
        why: said(excusing.why, |row| &row.why),
        when: said(excusing.when, |row| &row.when),
        owner: said(excusing.owner, |row| &row.owner),
        approved_by: excusing.approved_by.unwrap_or_default().trim().to_owned(),
        review_by: Some(excusing.review_by),
        ..Exclusion::default()
    };
    let gaps = [("--reason", row.reason.is_none()), ("--why", row.why.is_empty()), ("--owner", row.owner.is_empty())];
    match gaps.iter().find(|(_, empty)| *empty) {
        None => Ok(row),
        Some((flag, _)) => {
            let message = format!("{flag} says nothing: somebody will have to understand this later");
            Err(Refusal::new(Why::Missing, message))
        }
    }
}

/// Why nothing can rest on a condition: the model contradicts it already.
fn contradicted(stage: &Stage<'_>, when: &str) -> Option<Refusal> {
    let memory = Memory::new(stage.model, stage.words);
    let changed = |row: crate::assess::Row<'_>| memory.changed(row);
    let view = View::on(stage.now.today).judged_by(&changed);
    let broken = Condition::read(when).ok()?.broken(&Scope::new(&assess(stage.model, view), view))?;
    let message = match broken {
        Broken::By(hits) => {
            let few: Vec<String> = hits.iter().take(3).map(Hit::to_string).collect();
            let more = if hits.len() > 3 { format!(" and {} more", hits.len() - 3) } else { String::new() };
            format!("--when: the model contradicts `{when}` today: {}{more}", few.join(", "))
        }
        Broken::Nothing | Broken::Unread(_) => format!("--when: the model contradicts `{when}` today: there is none"),
    };
    let hint =
        "an exclusion that rests on it would end at once: meet the requirement, or say what is true of the model";
    Some(Refusal::new(Why::Value, message).hint(hint))
}

/// What an exclusion remembers of the words of what it takes out.
pub(super) fn excused_words(library: &Library, req: &str) -> String {
    let stamp = Reference::parse(req).and_then(|one| Stamp::over(library.pack(&one.framework)?, &one.id));
    stamp.map(|stamp| stamp.to_string()).unwrap_or_default()
}

/// Takes an exclusion back; what it was about is asked for again.
pub fn include(stage: &Stage<'_>, library: &Library, said: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    let req = pattern(library, said).map_or_else(|_| said.to_owned(), |(req, _)| req);
    let rows = &mut draft.model.compliance.exclusions;
    if rows.iter().all(|row| row.req != req) {
        let known: Vec<String> = rows.iter().map(|row| row.req.clone()).collect();
        let message = format!("no exclusion is about `{req}`");
        return Err(Refusal::new(Why::Unknown, message).hint(format!("there are: {}", known.join(", "))));
    }
    rows.retain(|row| row.req != req);
    let ids = pattern(library, &req).map(|(_, ids)| ids).unwrap_or_default();
    let framework = Reference::parse(&req).map(|reference| reference.framework);
    let holds = |row: &&Exclusion| {
        let other = Reference::parse(&row.req).filter(|other| Some(&other.framework) == framework.as_ref());
        other.is_some_and(|other| ids.iter().any(|id| matches(&other.id, id)))
    };
    let still: Vec<String> = rows.iter().filter(holds).map(|row| row.req.clone()).collect();
    draft.note(Note::Included { req, still });
    Ok(draft.finish())
}

/// A pattern in the spelling of files, with the requirements it matches.
fn pattern(library: &Library, said: &str) -> Result<(String, Vec<String>), Refusal> {
    let Some(stem) = said.strip_suffix('*') else {
        let reference = requirement(library, said)?;
        return Ok((reference.to_string(), vec![reference.id]));
    };
    let (framework, start) = stem.split_once(':').unwrap_or((stem, ""));
    let pack = pack(library, framework)?;
    let about: Vec<String> = pack
        .active()
        .filter(|clause| matches(&format!("{start}*"), &clause.id))
        .map(|clause| clause.id.clone())
        .collect();
    if about.is_empty() {
        let message = format!("no requirement of {} begins with `{start}`", pack.name);
        return Err(Refusal::new(Why::Pattern, message).hint(command::bare(&[
            "comply",
            "show",
            &pack.name.to_string(),
        ])));
    }
    Ok((format!("{}:{start}*", pack.name), about))
}

/// The requirement that a text means.
pub(super) fn requirement(library: &Library, said: &str) -> Result<Reference, Refusal> {
    use crate::comply::Unknown;
    let reference = library.resolve(said).map_err(|unknown| {
        let framework = said.split_once(':').map_or(said, |(framework, _)| framework);
        if let (Unknown::Framework(_), Some(lost)) = (&unknown, library.lost(framework)) {
            return gone(lost);
        }
        let refusal = Refusal::new(Why::Unknown, format!("`{said}` is no requirement that a pack here has"));
        match unknown {
            Unknown::Framework(Some(near)) => refusal.hint(format!("did you mean {near}?")),
            Unknown::Requirement(Some(near)) => refusal.hint(format!("did you mean {near}?")),
            _ => refusal
                .hint("write framework, version and number: asvs@5.0.0:V6.2.1")
                .hint(command::bare(&["comply", "frameworks"])),
        }
    })?;
    match library.clause(&reference) {
        Ok((_, clause)) if clause.counts() => Ok(reference),
        Ok((pack, clause)) => Err(not_asked(pack, clause)),
        Err(_) => Err(Refusal::new(Why::Unknown, format!("`{said}` is no requirement that a pack here has"))),
    }
}

fn not_asked(pack: &Pack, clause: &Clause) -> Refusal {
    match clause.kind {
        crate::comply::Kind::Group => {
            let message = format!("{} of {} is a heading, no requirement", clause.id, pack.name);
            Refusal::new(Why::Value, message).hint(format!("all below it: '{}:{}.*'", pack.name, clause.id))
        }
        crate::comply::Kind::Requirement => {
            Refusal::new(Why::Value, format!("{} of {} is {}", clause.id, pack.name, clause.state.word()))
        }
    }
}

fn pack<'l>(library: &'l Library, said: &str) -> Result<&'l Pack, Refusal> {
    let found = library.meant(said).map_err(|near| {
        if let Some(lost) = library.lost(said) {
            return gone(lost);
        }
        let refusal = Refusal::new(Why::Unknown, format!("there is no framework `{said}` here"));
        match near {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal
                .hint(format!("there are: {}", library.names().map(Name::to_string).collect::<Vec<_>>().join(", "))),
        }
    })?;
    library.pack(found).ok_or_else(|| Refusal::new(Why::Unknown, format!("there is no framework `{said}` here")))
}

fn gone(lost: &Lost) -> Refusal {
    Refusal::new(Why::Unknown, lost.to_string()).hint(lost.witness()).hint(lost.again())
}

fn no_level(pack: &Pack, level: &str) -> Refusal {
    let names = pack.levels.names();
    let refusal = Refusal::new(Why::Value, format!("{} has no level `{level}`", pack.name));
    match names.is_empty() {
        true => refusal.hint(format!("{} knows no levels: leave --level out", pack.name)),
        false => refusal.hint(format!("it has: {}", names.join(", "))),
    }
}
