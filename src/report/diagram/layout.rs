//! Where the pieces go: in layers from left to right, by a port of dagre, which most flowcharts on the web are laid out with.
//! It keeps to the order in which it is told, so the same model gives the same picture.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

use super::panel::{Link, Panel};
use super::route::{Boxes, route};

/// Places in pixels.
pub(super) struct Layout {
    /// The upper left corner of each piece, in their order.
    pub corners: Vec<(f64, f64)>,
    /// The points of each link, in their order.
    pub paths: Vec<Vec<(f64, f64)>>,
    pub width: f64,
    pub height: f64,
}

/// Between pieces of one layer, and between layers.
const BESIDE: f64 = 22.0;
const BETWEEN: f64 = 64.0;

pub(super) fn lay(panels: &[Panel], links: &[Link]) -> Layout {
    let mut graph =
        Graph::<NodeLabel, EdgeLabel>::with_options(GraphOptions { directed: true, multigraph: false, compound: true });
    for panel in panels {
        let label = NodeLabel { width: panel.width, height: panel.height, ..NodeLabel::default() };
        graph.set_node(panel.key.as_str(), Some(label));
    }
    for link in links {
        graph.set_edge(link.from.as_str(), link.to.as_str(), Some(EdgeLabel::default()), None);
    }
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        nodesep: BESIDE,
        edgesep: 10.0,
        ranksep: BETWEEN,
        ..LayoutOptions::default()
    };
    dagre::layout(&mut graph, Some(options));
    let corner = |panel: &Panel| {
        let label = graph.node(&panel.key);
        let middle = label.and_then(|label| label.x.zip(label.y)).unwrap_or_default();
        (middle.0 - panel.width / 2.0, middle.1 - panel.height / 2.0)
    };
    let corners: Vec<(f64, f64)> = panels.iter().map(corner).collect();
    let bends = |link: &Link| {
        let label = graph.edge(&link.from, &link.to, None);
        label.map(|label| label.points.iter().map(|point| (point.x, point.y)).collect()).unwrap_or_default()
    };
    let bends: Vec<Vec<(f64, f64)>> = links.iter().map(bends).collect();
    let paths = route(&Boxes { panels, corners: &corners }, links, &bends);
    let ends = |along: fn(&(f64, f64)) -> f64, size: fn(&Panel) -> f64| {
        let ends = corners.iter().zip(panels).map(move |(corner, panel)| along(corner) + size(panel));
        ends.fold(0.0, f64::max)
    };
    let (width, height) = (ends(|corner| corner.0, |panel| panel.width), ends(|corner| corner.1, |panel| panel.height));
    Layout { corners, paths, width, height }
}
