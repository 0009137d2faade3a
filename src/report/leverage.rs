//! What would help most: `leverage/1` and `design-leverage/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::{Assessment, Weight};
use crate::model::{Id, Model};
use crate::render::{Line, Page, Tone};

/// `leverage/1`: controls that do not hold yet, by what each would close; and an order to build them in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Leverage {
    pub model: String,
    pub as_of: String,
    pub controls: Vec<Lever>,
    pub plan: Vec<Step>,
}

/// A control that does not hold yet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Lever {
    pub control: String,
    pub description: String,
    /// At-risk objectives it would close alone.
    pub closes: Weigh,
    /// At-risk objectives it is needed for with others.
    pub helps: Weigh,
}

/// One step of the order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Step {
    pub control: String,
    /// What this step closes, after the steps before it.
    pub closes: Vec<String>,
    /// At-risk objectives that are left.
    pub left: usize,
}

/// Objectives by tier.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Weigh {
    pub critical: u32,
    pub high: u32,
    pub medium: u32,
    pub low: u32,
    pub not_rated: u32,
}

/// `design-leverage/1`: what could be designed away.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Design {
    pub model: String,
    pub as_of: String,
    pub entities: Vec<Away>,
}

/// An asset or an attacker.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Away {
    pub id: String,
    pub title: String,
    /// At-risk objectives that would go with it.
    pub at_risk: Weigh,
    /// Unassessed objectives that would go with it.
    pub unassessed: Weigh,
}

impl From<Weight> for Weigh {
    fn from(weight: Weight) -> Weigh {
        let Weight { critical, high, medium, low, unrated } = weight;
        Weigh { critical, high, medium, low, not_rated: unrated }
    }
}

pub fn leverage(assessment: &Assessment<'_>, day: &str) -> Leverage {
    let model = assessment.model();
    let lever = |one: crate::assess::Leverage| Lever {
        control: one.control.to_string(),
        description: title(model, one.control),
        closes: one.closes.into(),
        helps: one.helps.into(),
    };
    let step = |step: crate::assess::Step| Step {
        control: step.control.to_string(),
        closes: step.closes.iter().map(ToString::to_string).collect(),
        left: step.left,
    };
    Leverage {
        model: model.id.to_string(),
        as_of: day.to_owned(),
        controls: assessment.leverage().into_iter().map(lever).collect(),
        plan: assessment.plan().into_iter().map(step).collect(),
    }
}

pub fn design(assessment: &Assessment<'_>, day: &str) -> Design {
    let model = assessment.model();
    let away = |one: crate::assess::DesignLeverage| Away {
        id: one.id.to_string(),
        title: title(model, one.id),
        at_risk: one.at_risk.into(),
        unassessed: one.unassessed.into(),
    };
    let entities = assessment.design_leverage().into_iter().map(away).collect();
    Design { model: model.id.to_string(), as_of: day.to_owned(), entities }
}

fn title(model: &Model, id: Id) -> String {
    let title = model.entities.get(&id).map_or("", |entity| entity.title());
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ranking and the order, for people.
pub fn page(leverage: &Leverage) -> Page {
    let mut page = Page::default();
    page.heading(heading(&leverage.model, &leverage.as_of, "controls that do not hold yet"));
    let row = |lever: &Lever| {
        let id = Line::of(Tone::Id, &lever.control);
        vec![id, weigh(lever.closes), weigh(lever.helps), Line::of(Tone::Plain, short(&lever.description))]
    };
    page.table(&["control", "closes alone", "helps with others", ""], leverage.controls.iter().map(row).collect());
    if leverage.controls.is_empty() {
        page.text(Line::of(Tone::Good, "  no control that is missing would close anything"));
    }
    if !leverage.plan.is_empty() {
        page.heading(Line::of(Tone::Strong, "in this order"));
    }
    let row = |(at, step): (usize, &Step)| {
        let closes = if step.closes.is_empty() { "prepares the next".to_owned() } else { step.closes.join(" ") };
        let number = Line::of(Tone::Dim, (at + 1).to_string());
        let left = Line::of(Tone::Dim, format!("{} left", step.left));
        vec![number, Line::of(Tone::Id, &step.control), left, Line::of(Tone::Plain, closes)]
    };
    page.table(&["", "control", "at risk", "closes"], leverage.plan.iter().enumerate().map(row).collect());
    page
}

/// What could be designed away, for people.
pub fn design_page(design: &Design) -> Page {
    let mut page = Page::default();
    page.heading(heading(&design.model, &design.as_of, "what would go if this went"));
    let row = |one: &Away| {
        let title = Line::of(Tone::Plain, short(&one.title));
        vec![Line::of(Tone::Id, &one.id), weigh(one.at_risk), weigh(one.unassessed), title]
    };
    page.table(&["", "at risk", "unassessed", ""], design.entities.iter().map(row).collect());
    page
}

fn heading(model: &str, day: &str, what: &str) -> Line {
    Line::of(Tone::Id, model).and(Tone::Plain, format!(" on {day}: {what}"))
}

/// `1 critical, 2 low`.
fn weigh(weigh: Weigh) -> Line {
    let Weigh { critical, high, medium, low, not_rated } = weigh;
    let all = [(critical, "critical"), (high, "high"), (medium, "medium"), (low, "low"), (not_rated, "not rated")];
    let parts = all.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let text = parts.collect::<Vec<_>>().join(", ");
    if text.is_empty() { Line::of(Tone::Dim, "·") } else { Line::of(Tone::Plain, text) }
}

fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
