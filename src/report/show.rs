//! One model, or one entity with what hangs on it: `show/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::assess::{Assessed, Grouped, assessed};
use super::json::value;
use super::objectives::{Goal, hangs_on, objectives, rating};
use crate::assess::{Assessment, Ledger, View};
use crate::identity::structural;
use crate::model::{Entity, Id, Kind, Model, Objective};
use crate::render::{Line, Page, Tone};

/// `show/1`: the model as resolved. For one entity the lists hold it and what hangs on it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Show {
    pub id: String,
    pub name: String,
    pub description: String,
    /// The version, where history says which: `v7`, `v8 (uncommitted)`.
    pub version: Option<String>,
    /// Structural digest, 12 hex digits.
    pub digest: String,
    pub retired: bool,
    pub boundaries: Vec<Shown>,
    pub components: Vec<Shown>,
    pub assets: Vec<Shown>,
    pub attackers: Vec<Shown>,
    pub assumptions: Vec<Shown>,
    pub controls: Vec<Shown>,
    pub objectives: Vec<Goal>,
}

/// An entity: its ID and state, and its fields as the file names them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Shown {
    pub id: String,
    /// `live`, `removed`, or `orphaned` for a control all of whose objectives are tombstones.
    pub state: &'static str,
    /// Impact or likelihood in words, for assets and attackers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
    /// Where an assumption stands: active, expired, void, pending, violated or retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<&'static str>,
    #[serde(flatten)]
    pub fields: BTreeMap<String, Json>,
}

/// The whole model.
pub fn whole(model: &Model) -> Show {
    show(model, |_| true, |_| true)
}

/// One entity or objective with what hangs on it; nothing when there is none of this ID.
pub fn one(model: &Model, id: &str) -> Option<Show> {
    if let Some(objective) = Objective::parse(id).filter(|_| id.starts_with("CO-")) {
        let known = |id: Id| model.entities.contains_key(&id);
        let ids = [objective.asset, objective.attacker];
        let goal = objective.to_string();
        return ids
            .into_iter()
            .all(known)
            .then(|| show(model, |entity| ids.contains(&entity.id), |other| other.id == goal));
    }
    let id = model.entities.get(&Id::parse(id)?)?.id;
    Some(show(model, |entity| entity.id == id || refers(entity, id), |goal| hangs_on(goal, id)))
}

fn show(model: &Model, keep: impl Fn(&Entity) -> bool, goals: impl Fn(&Goal) -> bool) -> Show {
    let of =
        |kind: Kind| model.of_kind(kind).filter(|entity| keep(entity)).map(|entity| shown(model, entity)).collect();
    Show {
        id: model.id.to_string(),
        name: model.head.name.clone(),
        description: model.head.description.clone(),
        version: None,
        digest: structural(model).short(),
        retired: model.retired(),
        boundaries: of(Kind::Boundary),
        components: of(Kind::Component),
        assets: of(Kind::Asset),
        attackers: of(Kind::Attacker),
        assumptions: of(Kind::Assumption),
        controls: of(Kind::Control),
        objectives: objectives(model).into_iter().filter(|goal| goals(goal)).collect(),
    }
}

fn shown(model: &Model, entity: &Entity) -> Shown {
    let state = match entity.live() {
        false => "removed",
        true if model.is_orphaned(entity) => "orphaned",
        true => "live",
    };
    let fields = entity.table().iter().map(|(name, field)| (name.clone(), value(field))).collect();
    Shown { id: entity.id.to_string(), state, rating: rating(entity), standing: None, fields }
}

impl Show {
    /// The same with where everything stands.
    #[must_use]
    pub fn standing(mut self, assessment: &Assessment<'_>, view: View<'_>) -> Show {
        let ledger = Ledger::new(assessment.model(), view);
        for shown in &mut self.assumptions {
            let entity = Id::parse(&shown.id).and_then(|id| assessment.model().entities.get(&id));
            shown.standing = entity.map(|entity| ledger.state(entity).word());
        }
        let alone = self.objectives.len() == 1;
        for goal in &mut self.objectives {
            let objective = Objective::parse(&goal.id);
            let Some((objective, outcome)) = objective.and_then(|one| Some((one, assessment.outcome(one)?))) else {
                continue;
            };
            goal.status = Some(outcome.status.word());
            if alone {
                let Assessed { reason, groups, reachability, .. } = assessed(assessment, objective, outcome);
                (goal.reason, goal.groups, goal.reachability) = (reason, Some(groups), Some(reachability));
            }
        }
        self
    }
}

/// Whether an entity names the ID in one of its fields.
fn refers(entity: &Entity, id: Id) -> bool {
    let text = id.to_string();
    let names = |field: &str| entity.value(field).is_some_and(|value| holds(&value, &text));
    ["boundaries", "components", "upheld_by", "objectives", "excludes", "covers"].into_iter().any(names)
}

fn holds(value: &crate::model::Value, text: &str) -> bool {
    use crate::model::Value;
    match value {
        Value::Text(other) => other == text,
        Value::List(items) => items.iter().any(|item| holds(item, text)),
        Value::Table(table) => table.iter().any(|(key, item)| key == text || holds(item, text)),
        _ => false,
    }
}

/// The model, or the one entity that was asked for, for people.
pub fn page(show: &Show, id: Option<&str>) -> Page {
    let mut page = Page::default();
    match id {
        Some(id) => entity(&mut page, show, id),
        None => model(&mut page, show),
    }
    page
}

fn model(page: &mut Page, show: &Show) {
    let retired = if show.retired { " (retired)" } else { "" };
    let version = show.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    let state = format!("  {}{version} @ {}{retired}", show.id, show.digest);
    page.heading(Line::of(Tone::Strong, &show.name).and(Tone::Dim, state));
    if !show.description.trim().is_empty() {
        page.text(Line::plain(show.description.trim()));
    }
    for (name, list) in lists(show) {
        let rows = list.iter().map(row).collect::<Vec<_>>();
        if !rows.is_empty() {
            page.heading(Line::of(Tone::Strong, name));
            page.table(&["", "", "", ""], rows);
        }
    }
    let live = show.objectives.iter().filter(|goal| goal.state == "live");
    let mut tiers: BTreeMap<usize, usize> = BTreeMap::new();
    live.for_each(|goal| *tiers.entry(rank(goal.tier)).or_default() += 1);
    let counts: Vec<String> = tiers.iter().map(|(rank, count)| format!("{count} {}", TIERS[*rank])).collect();
    page.heading(Line::of(Tone::Strong, "control objectives").and(Tone::Plain, format!(": {}", counts.join(", "))));
}

const TIERS: [&str; 5] = ["critical", "high", "medium", "low", "not rated"];

fn rank(tier: Option<&str>) -> usize {
    TIERS.iter().position(|name| Some(*name) == tier).unwrap_or(TIERS.len() - 1)
}

fn lists(show: &Show) -> [(&'static str, &[Shown]); 6] {
    [
        ("trust boundaries", &show.boundaries),
        ("components", &show.components),
        ("assets", &show.assets),
        ("attackers", &show.attackers),
        ("assumptions", &show.assumptions),
        ("controls", &show.controls),
    ]
}

fn row(shown: &Shown) -> Vec<Line> {
    let tone = if shown.state == "live" { Tone::Plain } else { Tone::Dim };
    let state = match (shown.state, shown.standing) {
        ("live", None | Some("active")) => Line::default(),
        ("live", Some(standing)) => Line::of(Tone::Warning, standing),
        (state, _) => Line::of(Tone::Warning, state),
    };
    vec![
        Line::of(Tone::Id, &shown.id),
        Line::of(tone, title(shown)),
        Line::plain(shown.rating.clone().unwrap_or_default()),
        state,
    ]
}

fn title(shown: &Shown) -> String {
    let text = ["name", "capability", "description"].iter().find_map(|field| shown.fields.get(*field)?.as_str());
    text.unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

fn entity(page: &mut Page, show: &Show, id: &str) {
    let all = lists(show).into_iter().flat_map(|(_, list)| list);
    let id = id.rsplit('/').next().unwrap_or(id);
    if let Some(shown) = all.clone().find(|shown| shown.id == id) {
        let state = if shown.state == "live" { String::new() } else { format!("  ({})", shown.state) };
        page.heading(Line::of(Tone::Id, id).and(Tone::Strong, format!("  {}", title(shown))).and(Tone::Warning, state));
        let rating = shown.rating.iter().map(|rating| vec![Line::of(Tone::Dim, "rating"), Line::plain(rating)]);
        let standing = shown.standing.iter().map(|state| vec![Line::of(Tone::Dim, "state"), Line::plain(*state)]);
        let fields = shown.fields.iter().map(|(name, field)| vec![Line::of(Tone::Dim, name), Line::plain(flat(field))]);
        page.table(&["", ""], rating.chain(standing).chain(fields).collect());
    }
    let related: Vec<Vec<Line>> = all.filter(|shown| shown.id != id).map(row).collect();
    if !related.is_empty() {
        page.heading(Line::of(Tone::Strong, "named by or part of it"));
        page.table(&["", "", "", ""], related);
    }
    if !show.objectives.is_empty() {
        page.heading(Line::of(Tone::Strong, "control objectives"));
        page.table(&["objective", "tier", "status", "controls"], show.objectives.iter().map(goal).collect());
    }
    if let [only] = show.objectives.as_slice() {
        page.list(why(only));
    }
}

/// Which groups of an objective are complete, what it waits for, and who gets there.
fn why(goal: &Goal) -> Vec<Line> {
    let group = |one: &Grouped| {
        let complete = if one.complete { "complete" } else { "incomplete" };
        let name = if one.group == "depth" { "defence in depth".to_owned() } else { format!("group {}", one.group) };
        let state = if one.group == "depth" { String::new() } else { format!(" ({complete})") };
        Line::plain(format!("{name}{state}: {}", one.controls.join(", ")))
    };
    let reason = goal.reason.map(|reason| Line::plain(format!("open: {}", reason.replace('_', " "))));
    let reach = goal.reachability.iter().map(|reach| Line::plain(&reach.narration));
    goal.groups.iter().flatten().map(group).chain(reason).chain(reach).collect()
}

fn goal(goal: &Goal) -> Vec<Line> {
    let badge = |covered: &super::objectives::Covered| match covered.group.as_str() {
        "depth" => format!("{} (defence in depth)", covered.control),
        group => format!("{} (group {group})", covered.control),
    };
    let controls: Vec<String> = goal.controls.iter().map(badge).collect();
    vec![
        Line::of(Tone::Id, &goal.id),
        Line::plain(goal.tier.unwrap_or("not rated")),
        Line::plain(goal.status.unwrap_or(goal.state)),
        Line::plain(if controls.is_empty() { "none".to_owned() } else { controls.join(", ") }),
    ]
}

/// A field on one line.
fn flat(field: &Json) -> String {
    match field {
        Json::String(text) => text.trim().replace('\n', " "),
        Json::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join(", "),
        Json::Object(table) => {
            table.iter().map(|(key, item)| format!("{key} = {}", flat(item))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
