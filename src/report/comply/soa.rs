//! A statement of applicability: every requirement, whether it applies, why, and what is done about it.

use super::gaps::{Gaps, Requirement};
use crate::assess::in_days;
use crate::render::{Line, Page, Tone, csv};

const COLUMNS: [&str; 13] = [
    "requirement",
    "title",
    "level",
    "applicable",
    "reason",
    "justification",
    "status",
    "controls",
    "decided by",
    "approved by",
    "decided on",
    "review by",
    "attribution",
];

/// Comma-separated values with one line of names, however many frameworks they are about: each number names its own.
pub fn table(statements: &[Gaps]) -> String {
    let mut text = csv(&COLUMNS.map(str::to_owned));
    for gaps in statements {
        for one in &gaps.requirements {
            let row: Vec<String> = cells(gaps, one).into_iter().chain([gaps.attribution.clone()]).collect();
            text.push_str(&csv(&row));
        }
    }
    text
}

/// The same as one page: of each framework its heading, where the model stands to it, the requirements and the licence.
pub fn page(statements: &[Gaps]) -> Page {
    let mut page = Page::default();
    statements.iter().for_each(|gaps| statement(&mut page, gaps));
    page
}

fn statement(page: &mut Page, gaps: &Gaps) {
    let level = gaps.level.as_ref().map(|level| format!(", level {level}")).unwrap_or_default();
    page.heading(Line::plain(format!(
        "Statement of applicability: {} against {} ({}{level})",
        gaps.model, gaps.title, gaps.framework
    )));
    page.text(Line::plain(format!("As of {}: ", gaps.as_of)));
    page.text(super::gaps::verdict(&gaps.coverage));
    let head = ["requirement", "title", "applicable", "justification", "status", "controls", "decided", "review by"];
    let row = |one: &Requirement| {
        let [id, title, _, applicable, reason, why, status, controls, by, approved, on, review] = cells(gaps, one);
        let why = if reason.is_empty() { why } else { format!("{reason}: {why}") };
        let approved = if approved.is_empty() { String::new() } else { format!(", approved by {approved}") };
        let decided = if on.is_empty() { by } else { format!("{by} on {on}{approved}") };
        let left = one.exclusion.as_ref().filter(|exclusion| exclusion.ends_soon).and_then(|one| one.days_left);
        let review = left.map_or(review.clone(), |left| format!("{review} (ends {})", in_days(left)));
        let mut row = vec![Line::of(Tone::Id, id)];
        row.extend([title, applicable, why, status, controls, decided, review].map(Line::plain));
        row
    };
    page.table(&head, gaps.requirements.iter().map(row).collect());
    page.text(Line::of(Tone::Dim, &gaps.attribution));
}

fn cells(gaps: &Gaps, one: &Requirement) -> [String; 12] {
    let excluded = one.exclusion.as_ref().filter(|_| one.status == "excluded");
    let text = |of: fn(&super::gaps::Exclusion) -> String| excluded.map(of).unwrap_or_default();
    let controls: Vec<String> = one.controls.iter().map(control).collect();
    let by: Vec<&str> = one.controls.iter().map(|control| control.by.as_str()).filter(|by| !by.is_empty()).collect();
    let last = one.controls.iter().filter_map(|control| control.on.clone()).max().unwrap_or_default();
    let decided = |own: fn(&super::gaps::Exclusion) -> String, other: String| excluded.map(own).unwrap_or(other);
    [
        format!("{}:{}", gaps.framework, one.id),
        one.title.clone(),
        one.level.clone().unwrap_or_default(),
        if excluded.is_some() { "no" } else { "yes" }.to_owned(),
        text(|exclusion| exclusion.reason.unwrap_or_default().to_owned()),
        text(|exclusion| exclusion.why.clone()),
        one.status.to_owned(),
        controls.join("; "),
        decided(|exclusion| exclusion.owner.clone(), unique(&by)),
        text(|exclusion| exclusion.approved_by.clone()),
        decided(|exclusion| exclusion.on.clone().unwrap_or_default(), last),
        text(|exclusion| exclusion.review_by.clone().unwrap_or_default()),
    ]
}

fn control(control: &super::gaps::Control) -> String {
    let facts = [(control.cover == "part", "in part"), (!control.holds, "not there"), (control.stale, "stale")];
    let facts: Vec<&str> = facts.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    if facts.is_empty() { control.id.clone() } else { format!("{} ({})", control.id, facts.join(", ")) }
}

fn unique(names: &[&str]) -> String {
    let names: std::collections::BTreeSet<&str> = names.iter().copied().collect();
    names.into_iter().collect::<Vec<_>>().join("; ")
}
