//! What would close gaps: `remedies/1`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::{Line, Page, Tone};

/// `remedies/1`: steps towards a framework, each kind by what it is worth. Nothing is written.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Remedies {
    pub model: String,
    pub as_of: String,
    pub framework: String,
    pub level: Option<String>,
    /// Accepted controls that are not there yet.
    pub build: Vec<Build>,
    /// Controls for which a requirement is proposed, or whose words nearly say it.
    pub map: Vec<Near>,
    /// Headings about something that the model has nothing of.
    pub exclude: Vec<Out>,
    /// New controls, in the order in which they close the most of what is left.
    pub add: Vec<New>,
    /// New controls after those, in the same order; --apply leaves them for another day.
    pub later: Vec<New>,
    /// Open requirements for which nothing is known.
    pub left: Vec<Left>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Build {
    pub control: String,
    pub description: String,
    pub requirements: Vec<String>,
    /// At-risk objectives that it would close alone, by tier: critical, high, medium, low, not rated.
    pub closes: [u32; 5],
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Near {
    pub control: String,
    pub requirement: String,
    pub title: String,
    /// lexical, bridge or neighbour.
    pub method: &'static str,
    /// In thousandths of the control's words.
    pub score: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Out {
    /// As an exclusion writes it: `asvs@5.0.0:V17.*`.
    pub req: String,
    pub title: String,
    pub requirements: Vec<String>,
    /// What the exclusion rests on: `no component where name has webrtc`.
    pub when: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct New {
    /// The mechanism of the knowledge base.
    pub mechanism: String,
    pub description: String,
    pub requirements: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Left {
    pub requirement: String,
    pub title: String,
}

/// The steps for people.
pub fn page(remedies: &Remedies) -> Page {
    let mut page = Page::default();
    let level = remedies.level.as_ref().map(|level| format!(" level {level}")).unwrap_or_default();
    let head = format!(" towards {}{level} on {}", remedies.framework, remedies.as_of);
    page.heading(Line::of(Tone::Id, &remedies.model).and(Tone::Plain, head));
    section(
        &mut page,
        "build what is mapped and not there",
        &["control", "requirements", "closes", ""],
        remedies.build.iter().map(build),
    );
    section(
        &mut page,
        "look at what is proposed, or nearly says it",
        &["control", "requirement", "score", ""],
        remedies.map.iter().map(near),
    );
    if !remedies.exclude.is_empty() {
        page.heading(Line::of(Tone::Strong, "exclude what is about something that is not there"));
        page.list(remedies.exclude.iter().map(out).collect());
    }
    section(&mut page, "add a control", &["", "requirements", ""], remedies.add.iter().map(new));
    if !remedies.later.is_empty() {
        let requirements: usize = remedies.later.iter().map(|new| new.requirements.len()).sum();
        let text = format!(
            "  and {} more for {requirements} requirements, once these are decided about",
            remedies.later.len()
        );
        page.text(Line::of(Tone::Dim, text));
    }
    let left: Vec<Line> = remedies.left.iter().take(SHOWN).map(left).collect();
    if !left.is_empty() {
        page.heading(Line::of(Tone::Strong, format!("{} more, for which nothing is known", remedies.left.len())));
        page.list(left);
    }
    page
}

/// What is left is the list of gaps; programs read all of it.
const SHOWN: usize = 10;

fn section(page: &mut Page, title: &str, head: &[&'static str], rows: impl Iterator<Item = Vec<Line>>) {
    let rows: Vec<Vec<Line>> = rows.collect();
    if !rows.is_empty() {
        page.heading(Line::of(Tone::Strong, title));
        page.table(head, rows);
    }
}

fn build(step: &Build) -> Vec<Line> {
    let tiers = ["critical", "high", "medium", "low", "not rated"];
    let closes: Vec<String> = step
        .closes
        .iter()
        .zip(tiers)
        .filter(|(count, _)| **count > 0)
        .map(|(count, tier)| format!("{count} {tier}"))
        .collect();
    vec![
        Line::of(Tone::Id, &step.control),
        Line::plain(step.requirements.join(" ")),
        Line::plain(closes.join(", ")),
        Line::of(Tone::Dim, short(&step.description)),
    ]
}

fn near(step: &Near) -> Vec<Line> {
    let score = Line::plain(step.score.to_string());
    vec![
        Line::of(Tone::Id, &step.control),
        Line::of(Tone::Id, &step.requirement),
        score,
        Line::of(Tone::Dim, &step.title),
    ]
}

fn out(step: &Out) -> Line {
    let said = format!(" {} ({}): ", step.title, step.requirements.len());
    let command = format!(
        "redan comply exclude '{}' --reason not-applicable --when \"{}\" --why … --owner … --review-by …",
        step.req, step.when
    );
    Line::of(Tone::Id, &step.req).and(Tone::Plain, said).and(Tone::Command, command)
}

fn new(step: &New) -> Vec<Line> {
    vec![Line::of(Tone::Added, "+"), Line::plain(step.requirements.join(" ")), Line::plain(&step.description)]
}

fn left(left: &Left) -> Line {
    Line::of(Tone::Id, &left.requirement).and(Tone::Plain, format!(" {}", left.title))
}

fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
