//! What a ticket says of its control.

use std::collections::BTreeSet;

use crate::assess::{Assessment, Outcome, Tier};
use crate::model::{Body, Control, Entity, EvidenceKind, Id, MappingState, Model, Objective, When};
use crate::render::{Line, Page, Tone};
use crate::store::Part;
use crate::track::Fate;

/// Objectives that are listed before the rest is only counted.
const OBJECTIVES: usize = 40;
/// Requirements and pieces of evidence that are listed.
const LISTED: usize = 40;
/// Characters of a text: a host refuses what is too long, and nobody reads it.
const LONGEST: usize = 2_000;
/// Characters of a name, and of a title.
const NAME: usize = 120;
const TITLE: usize = 240;

/// The title, from a pattern with `{control}`, `{description}`, `{model}` and `{name}` in it.
pub fn title(pattern: &str, model: &Model, entity: &Entity) -> String {
    let room = TITLE.saturating_sub(pattern.len() + model.id.as_str().len() + NAME).max(NAME);
    let mut rest = pattern;
    let mut title = String::new();
    // One pass: a description may hold `{model}` itself.
    while let Some((before, after)) = rest.split_once('{') {
        title.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        match name {
            "control" => title.push_str(&entity.id.to_string()),
            "description" => title.push_str(&short(entity.title(), room)),
            "model" => title.push_str(model.id.as_str()),
            "name" => title.push_str(&short(&model.head.name, NAME)),
            other => title.push_str(&format!("{{{other}}}")),
        }
        rest = behind;
    }
    title.push_str(rest);
    short(&title, TITLE)
}

/// On one line, and no longer than that.
fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() > most {
        true => line.chars().take(most - 1).collect::<String>() + "…",
        false => line,
    }
}

/// The text of a ticket, without anything that changes from commit to commit.
pub fn page(assessment: &Assessment<'_>, entity: &Entity, leave_out: &BTreeSet<Part>) -> Page {
    let model = assessment.model();
    let mut page = Page::default();
    let Body::Control(control) = &entity.body else { return page };
    let intro = Line::of(Tone::Dim, "Control ").and(Tone::Id, entity.id.to_string());
    let intro = intro.and(Tone::Dim, format!(" of {}. ", short(&model.head.name, NAME)));
    page.text(
        intro.and(Tone::Dim, "These lines are kept up to date by redan; what you write above or below them stays."),
    );
    page.text(Line::plain(short(&control.description, LONGEST)));
    let has = |part| !leave_out.contains(&part);
    if has(Part::Objectives) {
        objectives(&mut page, assessment, control);
    }
    if has(Part::Requirements) {
        requirements(&mut page, control);
    }
    if has(Part::Acceptance) {
        page.heading(Line::plain("Done when"));
        page.list(acceptance(model, entity.id, control));
    }
    page
}

fn objectives(page: &mut Page, assessment: &Assessment<'_>, control: &Control) {
    let mut all: Vec<(Objective, &Outcome, String)> = control
        .covers
        .iter()
        .filter_map(|(group, one)| Some((one, assessment.outcome(one)?, group.to_string())))
        .collect();
    all.sort_by_key(|(one, outcome, _)| (std::cmp::Reverse(outcome.tier), *one));
    if all.is_empty() {
        return;
    }
    page.heading(Line::plain("Objectives"));
    let rows = all.iter().take(OBJECTIVES).map(|(one, outcome, group)| {
        vec![
            Line::of(Tone::Id, one.to_string()),
            Line::plain(outcome.tier.map_or("not rated", Tier::word)),
            Line::plain(outcome.status.word().replace('_', " ")),
            Line::plain(group.as_str()),
            Line::plain(statement(assessment.model(), *one)),
        ]
    });
    page.table(&["objective", "tier", "status", "group", "what it asks"], rows.collect());
    if let Some(more) = all.len().checked_sub(OBJECTIVES).filter(|more| *more > 0) {
        page.text(Line::of(Tone::Dim, format!("and {more} more of no higher tier")));
    }
}

fn statement(model: &Model, objective: Objective) -> String {
    let body = |id: Id| model.entities.get(&id).map(|entity| &entity.body);
    match (body(objective.asset), body(objective.attacker)) {
        (Some(Body::Asset(asset)), Some(Body::Attacker(attacker))) => {
            short(&super::objectives::statement(asset, attacker), 2 * NAME)
        }
        _ => String::new(),
    }
}

fn requirements(page: &mut Page, control: &Control) {
    let counts = control.requirements.iter().filter(|row| row.state != Some(MappingState::Rejected));
    let lines: Vec<Line> = counts
        .map(|row| {
            let part = row.cover.map_or(String::new(), |cover| format!(" ({})", cover.word()));
            let proposed = if row.state == Some(MappingState::Proposed) { ", proposed" } else { "" };
            Line::of(Tone::Id, short(&row.req, NAME)).and(Tone::Plain, format!("{part}{proposed}"))
        })
        .take(LISTED)
        .collect();
    if !lines.is_empty() {
        page.heading(Line::plain("Requirements"));
        page.list(lines);
    }
}

/// What has to be true before the control counts.
fn acceptance(model: &Model, id: Id, control: &Control) -> Vec<Line> {
    let mut lines = Vec::new();
    let components: Vec<String> = control
        .components
        .iter()
        .filter_map(|component| {
            let entity = model.entities.get(&component.0).filter(|entity| entity.live())?;
            Some(format!("{} {}", entity.id, short(entity.title(), NAME)))
        })
        .collect();
    if !components.is_empty() {
        lines.push(Line::plain(format!("it is there in {}", components.join(", "))));
    }
    let protects: Vec<&str> = control.protects.iter().map(|property| property.meaning()).collect();
    if !protects.is_empty() {
        lines.push(Line::plain(format!("it protects {}", protects.join(" and "))));
    }
    for row in control.evidence.iter().take(LISTED) {
        let what = row.kind.map_or("evidence", EvidenceKind::word).replace('_', " ");
        let about = [&row.path, &row.key, &row.pattern, &row.value];
        let about: Vec<String> =
            about.into_iter().filter(|text| !text.is_empty()).map(|text| short(text, NAME)).collect();
        lines.push(Line::plain(format!("{what}: ")).and(Tone::Id, about.join(" ")).and(Tone::Plain, repo(&row.repo)));
    }
    let command = format!("redan status {}/{id} implemented", model.id);
    lines.push(Line::of(Tone::Command, command).and(Tone::Plain, " is committed: this ticket then closes by itself"));
    lines
}

fn repo(repo: &str) -> String {
    if repo.is_empty() { String::new() } else { format!(" in {}", short(repo, NAME)) }
}

/// Where the control is written, as of a commit.
pub fn place(page: &mut Page, (path, line): (&str, u32), commit: &str, address: Option<String>) {
    let text = format!("{path}, line {line}");
    let commit = format!(" as of {}", commit.get(..10).unwrap_or(commit));
    page.text(Line::of(Tone::Dim, "Written in ").link(text, address).and(Tone::Dim, commit));
}

/// Why a ticket is closed though nobody did what it asks for.
pub fn why(model: &Model, entity: &Entity, fate: Fate) -> Page {
    let mut page = Page::default();
    let id = entity.id.to_string();
    let line = Line::plain("Closed: ").and(Tone::Id, &id);
    let line = match fate {
        Fate::Retired => Line::plain("Closed: the model ")
            .and(Tone::Plain, short(&model.head.name, NAME))
            .and(Tone::Plain, " is retired"),
        Fate::Orphaned => line.and(Tone::Plain, format!(" protects nothing any more: {} removed", gone(model, entity))),
        _ => line.and(Tone::Plain, " was removed"),
    };
    let removed = if fate == Fate::Retired { &model.head.removed } else { &entity.life.removed };
    let line = match removed.as_ref().filter(|_| fate != Fate::Orphaned) {
        Some(removed) => line
            .and(Tone::Plain, said(" on ", removed.at.map(|at: When| at.day().to_string())))
            .and(Tone::Plain, said(" by ", Some(short(&removed.by, NAME))))
            .and(Tone::Plain, said(": ", Some(short(&removed.reason, LONGEST))))
            .and(Tone::Plain, said(". In its place: ", Some(removed.replaced_by.clone()))),
        None => line,
    };
    page.text(line.and(Tone::Plain, "."));
    page.text(Line::of(Tone::Dim, "Nothing is lost: when it is live again, this ticket opens again."));
    page
}

fn said(lead: &str, what: Option<String>) -> String {
    what.filter(|what| !what.is_empty()).map_or(String::new(), |what| format!("{lead}{what}"))
}

/// `A1 and T2 are`: what took the objectives of an orphan along.
fn gone(model: &Model, entity: &Entity) -> String {
    let Body::Control(control) = &entity.body else { return String::new() };
    let sides = control.covers.iter().flat_map(|(_, one)| [one.asset, one.attacker]);
    let dead: BTreeSet<Id> = sides.filter(|id| !model.is_live(*id)).collect();
    let dead: Vec<String> = dead.iter().take(10).map(ToString::to_string).collect();
    match dead.as_slice() {
        [one] => format!("{one} is"),
        many => format!("{} are", many.join(", ")),
    }
}
