//! Assets × attackers at a glance: tier and status of every objective, on a terminal, as Markdown, as SVG.

mod svg;

use std::fmt::Write as _;

use super::assess::tone;
use crate::assess::{Assessment, Outcome, Status, Tier};
use crate::model::{Entity, Id, Kind, Model, Objective};
use crate::render::{Line, Page, Tone, markdown_cell};

pub use svg::svg;

/// How a status shows in a cell.
const fn mark(status: Status) -> char {
    match status {
        Status::Mitigated => '+',
        Status::AtRisk => '!',
        Status::Unassessed => '?',
        Status::Accepted => '~',
        Status::NotApplicable => '-',
        Status::Unreachable => '·',
    }
}

/// `C!`: a critical objective at risk; `_` stands for a tier that is not rated.
fn cell(outcome: &Outcome) -> String {
    let tier = match outcome.tier {
        Some(Tier::Critical) => 'C',
        Some(Tier::High) => 'H',
        Some(Tier::Medium) => 'M',
        Some(Tier::Low) => 'L',
        None => '_',
    };
    format!("{tier}{}", mark(outcome.status))
}

const TIERS: &str = "C critical, H high, M medium, L low, _ not rated";

fn legend() -> String {
    let marks: Vec<String> =
        Status::ALL.into_iter().map(|status| format!("{} {}", mark(status), status.word())).collect();
    format!("{TIERS}; {}", marks.join(", "))
}

fn live(model: &Model, kind: Kind) -> Vec<&Entity> {
    model.of_kind(kind).filter(|entity| entity.live()).collect()
}

fn row<'a>(assessment: &'a Assessment<'_>, asset: Id) -> impl Iterator<Item = Option<&'a Outcome>> {
    let attackers = live(assessment.model(), Kind::Attacker).into_iter();
    attackers.map(move |attacker| assessment.outcome(Objective { asset, attacker: attacker.id }))
}

/// For a terminal.
pub fn page(assessment: &Assessment<'_>, day: &str) -> Page {
    let model = assessment.model();
    let attackers = live(model, Kind::Attacker);
    let mut page = Page::default();
    page.heading(Line::of(Tone::Id, model.id.to_string()).and(Tone::Plain, format!(" on {day}")));
    let head = attackers.iter().map(|one| Line::of(Tone::Id, one.id.to_string()));
    let mut rows: Vec<Vec<Line>> =
        vec![std::iter::once(Line::default()).chain(head).chain([Line::default()]).collect()];
    for asset in live(model, Kind::Asset) {
        let cells = row(assessment, asset.id).map(|outcome| match outcome {
            Some(outcome) => Line::of(tone(outcome.status), cell(outcome)),
            None => Line::default(),
        });
        let id = Line::of(Tone::Id, asset.id.to_string());
        rows.push(std::iter::once(id).chain(cells).chain([Line::of(Tone::Dim, asset.title())]).collect());
    }
    page.table(&vec![""; attackers.len() + 2], rows);
    page.text(Line::of(Tone::Dim, legend()));
    page
}

/// For a pull request or a document.
pub fn markdown(assessment: &Assessment<'_>, day: &str) -> String {
    let model = assessment.model();
    let attackers = live(model, Kind::Attacker);
    let names: Vec<String> = attackers.iter().map(|one| one.id.to_string()).collect();
    let mut text = format!("| {day} | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for asset in live(model, Kind::Asset) {
        let cells: Vec<String> =
            row(assessment, asset.id).map(|outcome| outcome.map(cell).unwrap_or_default()).collect();
        let title = markdown_cell(asset.title());
        let _ = writeln!(text, "| {} {title} | {} |", asset.id, cells.join(" | "));
    }
    text + "\n" + &legend() + "\n"
}
