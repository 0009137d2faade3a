//! Assets × attackers at a glance: tier and status of every objective, on a terminal, as Markdown, as SVG.

use std::fmt::Write as _;

use super::assess::tone;
use crate::assess::{Assessment, Outcome, Status, Tier};
use crate::model::{Entity, Id, Kind, Model, Objective};
use crate::render::{Line, Page, Tone};

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
        let title = asset.title().replace('|', "\\|");
        let _ = writeln!(text, "| {} {title} | {} |", asset.id, cells.join(" | "));
    }
    text + "\n" + &legend() + "\n"
}

/// Sizes in pixels.
const CELL: usize = 36;
const TOP: usize = 64;
const LEFT: usize = 300;
/// Letters of a title that fit beside the cells.
const LETTERS: usize = 34;

/// For a page: tiers are the colours, statuses the marks.
pub fn svg(assessment: &Assessment<'_>, day: &str) -> String {
    let model = assessment.model();
    let (assets, attackers) = (live(model, Kind::Asset), live(model, Kind::Attacker));
    let width = (LEFT + CELL * attackers.len() + 20).max(LEFT + 660);
    let height = TOP + CELL * assets.len() + 40;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    );
    words(&mut svg, (8, 24), "start", &format!("{} on {day}", model.head.name));
    for (column, attacker) in attackers.iter().enumerate() {
        words(&mut svg, (LEFT + column * CELL + CELL / 2, TOP - 8), "middle", &attacker.id.to_string());
    }
    for (line, asset) in assets.iter().enumerate() {
        let y = TOP + line * CELL;
        words(&mut svg, (8, y + CELL / 2 + 4), "start", &label(asset));
        for (column, outcome) in row(assessment, asset.id).enumerate() {
            let objective = Objective { asset: asset.id, attacker: attackers[column].id };
            outcome.iter().for_each(|outcome| square(&mut svg, (LEFT + column * CELL, y), objective, outcome));
        }
    }
    words(&mut svg, (8, height - 14), "start", &legend());
    svg + "</svg>\n"
}

fn label(asset: &Entity) -> String {
    let title = asset.title();
    match title.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{} {}…", asset.id, title[..end].trim_end()),
        None => format!("{} {title}", asset.id),
    }
}

fn square(svg: &mut String, (x, y): (usize, usize), objective: Objective, outcome: &Outcome) {
    let size = CELL - 2;
    let faint = if outcome.status.open() { "1" } else { "0.35" };
    let _ = writeln!(
        svg,
        "<g><title>{objective}: {}, {}</title><rect x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" rx=\"4\" fill=\"{}\" fill-opacity=\"{faint}\"/>",
        outcome.tier.map_or("not rated", Tier::word),
        outcome.status.word(),
        colour(outcome.tier),
    );
    words(svg, (x + CELL / 2 - 1, y + CELL / 2 + 4), "middle", &cell(outcome));
    svg.push_str("</g>\n");
}

/// Light enough for dark letters.
const fn colour(tier: Option<Tier>) -> &'static str {
    match tier {
        Some(Tier::Critical) => "#ff8a80",
        Some(Tier::High) => "#ffb74d",
        Some(Tier::Medium) => "#fff176",
        Some(Tier::Low) => "#aed581",
        None => "#cfd8dc",
    }
}

fn words(svg: &mut String, (x, y): (usize, usize), anchor: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"#212121\">{text}</text>");
}
