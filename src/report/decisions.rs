//! The ledger of decisions: `decisions/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::{Ledger, Standing, View};
use crate::history::Landed;
use crate::model::{Decision, DecisionKind, Model, When};
use crate::render::{Line, Page, Tone};

/// `decisions/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Decisions {
    pub model: String,
    pub as_of: String,
    pub decisions: Vec<Row>,
}

/// One decision; one that stands differently for some of its objectives has a row for each standing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// The file name without `.toml`.
    pub name: String,
    pub kind: &'static str,
    /// active, expired, revoked, stale, future or incomplete; absent where nothing can expire.
    pub status: Option<&'static str>,
    pub objectives: Vec<String>,
    pub entities: Vec<String>,
    pub owner: String,
    pub by: String,
    pub at: Option<String>,
    pub review_by: Option<String>,
    pub reason: String,
}

pub fn decisions(model: &Model, view: View<'_>) -> Decisions {
    let ledger = Ledger::new(model, view);
    let rows = model.decisions.iter().flat_map(|(name, decision)| rows(&ledger, name, decision));
    Decisions { model: model.id.to_string(), as_of: view.today.to_string(), decisions: rows.collect() }
}

fn rows(ledger: &Ledger<'_>, name: &str, decision: &Decision) -> Vec<Row> {
    let takes_out = matches!(decision.kind, Some(DecisionKind::RiskAccepted | DecisionKind::NotApplicable));
    if !takes_out {
        return vec![row(name, decision, None, decision.objectives.iter().map(|one| one.to_string()).collect())];
    }
    let mut by_standing: BTreeMap<Standing, Vec<String>> = BTreeMap::new();
    for objective in decision.objectives.iter() {
        let standing = ledger.standing(name, decision, objective);
        by_standing.entry(standing).or_default().push(objective.to_string());
    }
    by_standing.into_iter().map(|(standing, about)| row(name, decision, Some(standing.word()), about)).collect()
}

fn row(name: &str, decision: &Decision, status: Option<&'static str>, objectives: Vec<String>) -> Row {
    let day = |when: Option<When>| when.map(|when| when.day().to_string());
    let accepted = decision.accepted.iter().map(|row| row.entity.clone());
    Row {
        name: name.to_owned(),
        kind: decision.kind.map_or("", |kind| kind.word()),
        status,
        objectives,
        entities: decision.entities.iter().map(ToString::to_string).chain(accepted).collect(),
        owner: decision.owner.clone(),
        by: decision.by.clone(),
        at: day(decision.at),
        review_by: day(decision.review_by),
        reason: decision.reason.clone(),
    }
}

pub fn page(decisions: &Decisions) -> Page {
    let mut page = Page::default();
    let count = decisions.decisions.len();
    let title = format!(" on {}: {count} decisions", decisions.as_of);
    page.heading(Line::of(Tone::Id, &decisions.model).and(Tone::Plain, title));
    let line = |row: &Row| {
        let about = row.objectives.iter().chain(&row.entities).cloned().collect::<Vec<_>>().join(" ");
        vec![
            Line::of(Tone::Plain, row.at.clone().unwrap_or_default()),
            Line::of(Tone::Plain, row.kind),
            Line::of(tone(row.status), row.status.unwrap_or_default()),
            Line::of(Tone::Plain, row.review_by.clone().unwrap_or_default()),
            Line::of(Tone::Plain, if row.owner.is_empty() { &row.by } else { &row.owner }),
            Line::of(Tone::Id, about),
        ]
    };
    let rows = decisions.decisions.iter().map(line).collect();
    page.table(&["on", "kind", "status", "review by", "who answers", "about"], rows);
    page
}

fn tone(status: Option<&str>) -> Tone {
    match status {
        Some("active") => Tone::Good,
        Some("revoked" | "future") | None => Tone::Dim,
        Some(_) => Tone::Bad,
    }
}

/// The columns of the table, and of what is known about how each decision came.
const COLUMNS: &str =
    "name,kind,status,at,review_by,owner,by,objectives,entities,reason,commit,author,signature,pull_request,approvers";

/// The same as comma-separated values with a line of names (RFC 4180, lines ended by LF), and how each decision came,
/// by its name; one that is not committed yet has nothing there.
pub fn csv(decisions: &Decisions, came: &BTreeMap<String, Landed>) -> String {
    let mut text = format!("{COLUMNS}\n");
    for row in &decisions.decisions {
        let came = came.get(&row.name).cloned().unwrap_or_default();
        let cells = [
            row.name.clone(),
            row.kind.to_owned(),
            row.status.unwrap_or_default().to_owned(),
            row.at.clone().unwrap_or_default(),
            row.review_by.clone().unwrap_or_default(),
            row.owner.clone(),
            row.by.clone(),
            row.objectives.join(" "),
            row.entities.join(" "),
            row.reason.trim().to_owned(),
            came.commit,
            came.author,
            came.signature.to_owned(),
            came.pull_request.unwrap_or_default(),
            came.approvers.join("; "),
        ];
        text.push_str(&crate::render::csv(&cells));
    }
    text
}
