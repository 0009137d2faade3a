//! As SVG.

use super::layout::lay;
use super::panel::{Panel, scene};
use crate::model::{Kind, Model};
use crate::render::{Canvas, Face, Rect, fit, wrap};
use crate::text::one_line;

const HEAD: Face = Face { size: 16.0, bold: true };
const SMALL: Face = Face { size: 11.0, bold: false };
const MARGIN: f64 = 20.0;
/// Above the pieces, for the title; below them, for the legend.
const ABOVE: f64 = 44.0;
const BELOW: f64 = 24.0;
const LEADING: f64 = 15.0;
const LEGEND: &str =
    "red: an attacker stands in the boundary; dashed line: a component stands in both boundaries; blue dot: an asset";

/// A picture that needs nothing but a browser.
pub fn svg(model: &Model) -> String {
    let (panels, links) = scene(model);
    let layout = lay(&panels, &links);
    let width = (layout.width + 2.0 * MARGIN).max(640.0);
    let legend = wrap(LEGEND, SMALL, width - 2.0 * MARGIN, 4);
    let height = layout.height + ABOVE + BELOW + LEADING * legend.len() as f64 + MARGIN / 2.0;
    let name = one_line(&model.head.name);
    let mut canvas = Canvas::new((width, height), &format!("{name}: structure"), &describe(model));
    canvas.text("ink", (MARGIN, 28.0), HEAD, &fit(&name, HEAD, width - 2.0 * MARGIN));
    let shift = (MARGIN, ABOVE);
    let moved = |(x, y): &(f64, f64)| (x + shift.0, y + shift.1);
    for (link, path) in links.iter().zip(&layout.paths) {
        let path: Vec<(f64, f64)> = path.iter().map(moved).collect();
        canvas.curve(if link.attack { "attack" } else { "door" }, &path, link.attack);
    }
    for (panel, corner) in panels.iter().zip(&layout.corners) {
        draw(&mut canvas, panel, moved(corner));
    }
    for (row, words) in legend.iter().enumerate() {
        canvas.text("dim", (MARGIN, layout.height + ABOVE + BELOW + LEADING * row as f64), SMALL, words);
    }
    canvas.finish()
}

fn draw(canvas: &mut Canvas, panel: &Panel, corner: (f64, f64)) {
    canvas.group(&panel.tip);
    let whole = Rect { x: corner.0, y: corner.1, width: panel.width, height: panel.height };
    canvas.rect(panel.class, whole);
    panel.cards.iter().for_each(|(class, rect)| canvas.rect(class, rect.shifted(corner)));
    panel.dots.iter().for_each(|(x, y)| canvas.dot("asset", (x + corner.0, y + corner.1), 3.5));
    for words in &panel.lines {
        canvas.text(words.class, (words.x + corner.0, words.y + corner.1), words.face, &words.text);
    }
    canvas.end();
}

/// What is in the picture, in a sentence.
fn describe(model: &Model) -> String {
    let live = |kind: Kind| model.of_kind(kind).filter(|entity| entity.live()).count();
    format!(
        "boundaries: {}; components: {}; assets: {}; attackers and the boundaries they stand in: {}",
        live(Kind::Boundary),
        live(Kind::Component),
        live(Kind::Asset),
        live(Kind::Attacker)
    )
}
