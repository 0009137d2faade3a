//! As SVG: tiers are the colours, statuses the marks, and what is settled is faint.

use super::{cell, legend, live, row};
use crate::assess::{Assessment, Outcome, Tier};
use crate::model::{Entity, Kind, Objective};
use crate::render::{Canvas, Face, Rect, fit, width, wrap};
use crate::text::one_line;

/// Pixels from one cell to the next, and of the cell itself.
const PITCH: f64 = 40.0;
const CELL: f64 = 37.0;
const MARGIN: f64 = 20.0;
/// Above the cells: the title and the IDs of the attackers.
const ABOVE: f64 = 76.0;
const LEADING: f64 = 16.0;
/// The names of assets take no more.
const NAMES: f64 = 320.0;
const HEAD: Face = Face { size: 16.0, bold: true };
const BODY: Face = Face { size: 13.0, bold: false };
const MARK: Face = Face { size: 13.0, bold: true };
const SMALL: Face = Face { size: 11.0, bold: false };

/// A picture that needs nothing but a browser.
pub fn svg(assessment: &Assessment<'_>, day: &str) -> String {
    let model = assessment.model();
    let (assets, attackers) = (live(model, Kind::Asset), live(model, Kind::Attacker));
    let names = assets.iter().map(|asset| width(&titled(asset), BODY)).fold(0.0, f64::max).min(NAMES);
    let left = MARGIN + names + 16.0;
    let across = (left + PITCH * attackers.len() as f64 + MARGIN).max(560.0);
    let below = ABOVE + PITCH * assets.len() as f64 + 22.0;
    let whole: Vec<String> = legend().split(", ").map(|part| part.replace(' ', "\u{a0}")).collect();
    let words = wrap(&format!("{}; faint: settled", whole.join(", ")), SMALL, across - 2.0 * MARGIN, 6);
    let name = one_line(&model.head.name);
    let describes = format!(
        "assets: {}; attackers: {}; for each pair the tier as a colour and a letter, and the status as a mark",
        assets.len(),
        attackers.len()
    );
    let size = (across, below + LEADING * words.len() as f64);
    let mut canvas = Canvas::new(size, &format!("{name}: objectives on {day}"), &describes);
    canvas.text("ink", (MARGIN, 28.0), HEAD, &fit(&format!("{name} on {day}"), HEAD, across - 2.0 * MARGIN));
    for (column, attacker) in attackers.iter().enumerate() {
        canvas.group(&titled(attacker));
        let x = left + PITCH * column as f64 + CELL / 2.0;
        canvas.centred("ink", (x, ABOVE - 10.0), BODY, &attacker.id.to_string());
        canvas.end();
    }
    for (line, asset) in assets.iter().enumerate() {
        let y = ABOVE + PITCH * line as f64;
        canvas.group(&titled(asset));
        canvas.text("ink", (MARGIN, y + CELL / 2.0 + 4.5), BODY, &fit(&titled(asset), BODY, names));
        canvas.end();
        for (column, outcome) in row(assessment, asset.id).enumerate() {
            let Some(outcome) = outcome else { continue };
            let objective = Objective { asset: asset.id, attacker: attackers[column].id };
            square(&mut canvas, (left + PITCH * column as f64, y), objective, outcome);
        }
    }
    for (at, words) in words.iter().enumerate() {
        canvas.text("dim", (MARGIN, below + LEADING * at as f64), SMALL, words);
    }
    canvas.finish()
}

fn titled(entity: &Entity) -> String {
    format!("{} {}", entity.id, one_line(&entity.title().split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn square(canvas: &mut Canvas, (x, y): (f64, f64), objective: Objective, outcome: &Outcome) {
    let (tier, status) = (outcome.tier.map_or("not rated", Tier::word), outcome.status);
    canvas.group(&format!("{objective}: {tier}, {}", status.word()));
    let colour = outcome.tier.map_or("unrated", Tier::word);
    let class = if status.open() { colour.to_owned() } else { format!("{colour} faint") };
    canvas.rect(&class, Rect { x, y, width: CELL, height: CELL });
    let middle = (x + CELL / 2.0, y + CELL / 2.0 + 4.5);
    let (ink, face) = if status.open() { ("ink", MARK) } else { ("dim", BODY) };
    canvas.centred(ink, middle, face, &cell(outcome));
    canvas.end();
}
