//! The account of every ID: `history-audit/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::vantage::{self, History};
use crate::identity::{Account, Breach, Break, Known, Ledger, Sighting, Told};
use crate::model::{Id, Model, ModelId, Models};
use crate::render::{Line, Page, Tone};

/// `history-audit/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Audit {
    pub history: History,
    pub models: Vec<Model1>,
    /// Steps of published history that broke a meaning and that no later step put right.
    pub breaks: Vec<Step>,
}

/// One model.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Model")]
pub struct Model1 {
    pub id: String,
    /// `live`, `retired`, `missing` (owed, and not here) or `elsewhere` (published on a line that is not this one).
    pub state: &'static str,
    pub ids: Vec<Entry>,
}

/// One ID.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Entry {
    pub id: String,
    /// `live`, `removed`, `missing` (owed, and not here), `elsewhere` (spoken for on a line that is not this one),
    /// `given up` (spoken for, on no line any more) or `unpublished`.
    pub state: &'static str,
    /// What it is called here, or was last.
    pub title: String,
    /// Everything it meant in a published commit, and where that was seen first.
    pub meanings: Vec<Meant>,
}

/// One meaning.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Meant {
    pub title: String,
    pub first: At,
}

/// Where in history.
#[derive(Debug, Serialize, JsonSchema)]
pub struct At {
    pub commit: String,
    pub path: String,
    /// From 1; 0 = the whole file.
    pub line: u32,
}

/// A step that broke a meaning.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Step {
    /// The rule that says so.
    pub rule: &'static str,
    /// `model/ID`, or the model.
    pub entity: String,
    pub from: String,
    pub to: String,
    pub why: String,
    pub at: At,
    pub before: At,
}

/// The account, beside the models of today.
pub fn ledger(ledger: &Ledger, models: &Models) -> Audit {
    let known = ledger.models.iter().map(|(id, account)| model(id, account, models.get(id)));
    let fresh = models.values().filter(|model| !ledger.models.contains_key(&model.id));
    let none = Account::default();
    let fresh: Vec<Model1> = fresh.map(|one| model(&one.id, &none, Some(one))).collect();
    Audit {
        history: vantage::history(Some(ledger), 0),
        models: known.chain(fresh).collect(),
        breaks: ledger.breaks.iter().map(step).collect(),
    }
}

fn model(id: &ModelId, account: &Account, now: Option<&Model>) -> Model1 {
    let state = match now {
        Some(model) if model.retired() => "retired",
        Some(_) => "live",
        None if account.owed.is_some() => "missing",
        None => "elsewhere",
    };
    let mut ids: BTreeMap<Id, Entry> =
        account.entities.iter().map(|(id, known)| (*id, entry(*id, known, now))).collect();
    for entity in now.into_iter().flat_map(|model| model.entities.values()) {
        let new = || Entry {
            id: entity.id.to_string(),
            state: "unpublished",
            title: entity.title().to_owned(),
            meanings: Vec::new(),
        };
        ids.entry(entity.id).or_insert_with(new);
    }
    Model1 { id: id.to_string(), state, ids: ids.into_values().collect() }
}

fn entry(id: Id, known: &Known, now: Option<&Model>) -> Entry {
    let here = now.and_then(|model| model.entities.get(&id));
    let last = known.owed.as_ref().and_then(|owed| owed.told.as_ref());
    let state = match (here, &known.owed) {
        (Some(entity), _) if entity.live() => "live",
        (Some(_), _) => "removed",
        (None, Some(_)) => "missing",
        (None, None) => "elsewhere",
    };
    let meanings = known.meanings.iter();
    let meanings = meanings.map(|meaning| Meant { title: title(&meaning.told), first: at(&meaning.at) });
    let meanings: Vec<Meant> = meanings.collect();
    let words = here.map(|entity| entity.title().to_owned()).or_else(|| last.map(|told| title(told)));
    let words = words.or_else(|| meanings.last().map(|meant| meant.title.clone()));
    Entry { id: id.to_string(), state, title: words.unwrap_or_default(), meanings }
}

fn title(told: &Told) -> String {
    told.entity().map_or_else(String::new, |entity| entity.title().split_whitespace().collect::<Vec<_>>().join(" "))
}

fn at(seen: &Sighting) -> At {
    At { commit: seen.commit.to_string(), path: seen.path.to_string(), line: seen.line }
}

fn step(broken: &Break) -> Step {
    let entity = broken.id.map_or_else(|| broken.model.to_string(), |id| format!("{}/{id}", broken.model));
    Step {
        rule: rule(broken.breach),
        entity,
        from: title(&broken.from),
        to: title(&broken.to),
        why: broken.why.clone(),
        at: at(&broken.at),
        before: at(&broken.before),
    }
}

fn rule(breach: Breach) -> &'static str {
    match breach {
        Breach::Rewritten => "id_rewritten",
        Breach::Reused => "id_reused",
        Breach::Collided => "id_collided",
        Breach::ModelReused => "model_reused",
        Breach::Tombstone => "tombstone_edited",
        Breach::Rating => "rating_in_place",
        Breach::Rows => "revision_rewritten",
    }
}

/// The account for people: a table a model, then what went wrong.
pub fn page(audit: &Audit, ledger: &Ledger) -> Page {
    let mut page = Page::default();
    for model in &audit.models {
        page.heading(Line::of(Tone::Id, &model.id).and(Tone::Dim, format!("  {}", model.state)));
        page.table(&["id", "state", "what it means", "published first"], model.ids.iter().flat_map(rows).collect());
    }
    let broken = |step: &Step| {
        Line::of(Tone::Bad, step.rule).and(
            Tone::Plain,
            format!(
                " {}: `{}` became `{}` in {:.10}:{}",
                step.entity, step.from, step.to, step.at.commit, step.at.path
            ),
        )
    };
    page.list(audit.breaks.iter().map(broken).collect());
    vantage::told(&mut page, ledger);
    page
}

/// A row for the ID, and one for each earlier meaning.
fn rows(entry: &Entry) -> Vec<Vec<Line>> {
    let tone = match entry.state {
        "live" | "unpublished" => Tone::Plain,
        "missing" => Tone::Bad,
        _ => Tone::Dim,
    };
    let first = |meant: Option<&Meant>| {
        Line::of(
            Tone::Dim,
            meant.map_or_else(String::new, |meant| format!("{:.10}:{}", meant.first.commit, meant.first.line)),
        )
    };
    let own = entry.meanings.iter().position(|meant| meant.title == entry.title);
    let mut rows = vec![vec![
        Line::of(Tone::Id, &entry.id),
        Line::of(tone, entry.state),
        Line::plain(&entry.title),
        first(own.and_then(|own| entry.meanings.get(own)).or(entry.meanings.first())),
    ]];
    let earlier = entry.meanings.iter().filter(|meant| meant.title != entry.title);
    rows.extend(earlier.map(|meant| {
        let was = Line::of(Tone::Dim, format!("also: {}", meant.title));
        vec![Line::plain(""), Line::plain(""), was, first(Some(meant))]
    }));
    rows
}
