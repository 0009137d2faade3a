//! How links run: out of one side of a piece and into the facing side of another, level through the layers between.

use std::collections::BTreeMap;

use super::panel::{Link, Panel};

type Point = (f64, f64);

/// Pieces with their upper left corners.
pub(super) struct Boxes<'a> {
    pub panels: &'a [Panel],
    pub corners: &'a [Point],
}

impl Boxes<'_> {
    fn at(&self, key: &str) -> Option<usize> {
        self.panels.iter().position(|panel| panel.key == key)
    }

    fn middle(&self, at: usize) -> f64 {
        self.corners[at].0 + self.panels[at].width / 2.0
    }
}

/// One end of a link at a side of a piece.
struct End {
    link: usize,
    /// It is where the link starts.
    start: bool,
    /// The height of what comes next on the link, which decides who is above whom.
    towards: f64,
}

/// The points of every link. `bends` are where the layout lets each pass through the layers.
pub(super) fn route(boxes: &Boxes<'_>, links: &[Link], bends: &[Vec<Point>]) -> Vec<Vec<Point>> {
    let mut sides: BTreeMap<(usize, bool), Vec<End>> = BTreeMap::new();
    let mut between: Vec<Vec<Point>> = Vec::new();
    for (at, (link, bends)) in links.iter().zip(bends).enumerate() {
        let (Some(from), Some(to)) = (boxes.at(&link.from), boxes.at(&link.to)) else {
            between.push(Vec::new());
            continue;
        };
        let through = through(boxes, (from, to), bends);
        let ahead = boxes.middle(from) <= boxes.middle(to);
        let centre = |at: usize| boxes.corners[at].1 + boxes.panels[at].height / 2.0;
        let next = through.first().map_or(centre(to), |point| point.1);
        let last = through.last().map_or(centre(from), |point| point.1);
        sides.entry((from, ahead)).or_default().push(End { link: at, start: true, towards: next });
        sides.entry((to, !ahead)).or_default().push(End { link: at, start: false, towards: last });
        between.push(through);
    }
    let mut paths = between;
    for ((piece, right), mut ends) in sides {
        ends.sort_by(|a, b| a.towards.total_cmp(&b.towards).then(a.link.cmp(&b.link)));
        let (panel, corner) = (&boxes.panels[piece], boxes.corners[piece]);
        let step = panel.height / (ends.len() as f64 + 1.0);
        let x = if right { corner.0 + panel.width } else { corner.0 };
        for (row, end) in ends.iter().enumerate() {
            let port = (x, corner.1 + step * (row as f64 + 1.0));
            let at = if end.start { 0 } else { paths[end.link].len() };
            paths[end.link].insert(at, port);
        }
    }
    paths
}

/// Into and out of each layer that lies between the two.
fn through(boxes: &Boxes<'_>, (from, to): (usize, usize), bends: &[Point]) -> Vec<Point> {
    let ends = [boxes.middle(from), boxes.middle(to)];
    let layer = |x: f64| {
        let alike = (0..boxes.panels.len()).filter(|at| (boxes.middle(*at) - x).abs() < 1.0);
        alike.map(|at| boxes.panels[at].width / 2.0).max_by(f64::total_cmp)
    };
    let inner = bends.iter().filter(|bend| ends.iter().all(|end| (end - bend.0).abs() > 1.0));
    let ahead = ends[0] <= ends[1];
    let passed = inner.filter_map(|&(x, y)| {
        let half = layer(x)?;
        Some(if ahead { [(x - half, y), (x + half, y)] } else { [(x + half, y), (x - half, y)] })
    });
    passed.flatten().collect()
}
