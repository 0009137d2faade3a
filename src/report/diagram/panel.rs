//! What is drawn as one piece: an attacker, or a boundary with the components in it. A piece is as large as its text.

use super::components;
use crate::model::{Boundary, Entity, Id, Model};
use crate::render::{Face, Rect, wrap};
use crate::text::one_line;

/// A piece of the picture; everything in it is relative to its upper left corner.
pub(super) struct Panel {
    /// Unique among the pieces: the ID of what it is, or a word where it is nothing of the model.
    pub key: String,
    pub class: &'static str,
    pub width: f64,
    pub height: f64,
    pub cards: Vec<(&'static str, Rect)>,
    pub dots: Vec<(f64, f64)>,
    pub lines: Vec<Words>,
    /// In full what the lines may have cut.
    pub tip: String,
}

/// A line of text on its base line.
pub(super) struct Words {
    pub class: &'static str,
    pub x: f64,
    pub y: f64,
    pub face: Face,
    pub text: String,
}

/// From one piece to another.
pub(super) struct Link {
    pub from: String,
    pub to: String,
    pub attack: bool,
}

const TITLE: Face = Face { size: 13.0, bold: true };
const NAME: Face = Face { size: 12.0, bold: true };
const BODY: Face = Face { size: 12.0, bold: false };
const SMALL: Face = Face { size: 11.0, bold: false };
/// Four layers fit a window of 1,280 pixels.
const WIDTH: f64 = 258.0;
/// Between a piece and what is in it.
const PAD: f64 = 12.0;
/// Between a card and what is in it.
const INSET: f64 = 10.0;
/// Beside an asset stands a dot.
const BULLET: f64 = 14.0;
/// Longer texts are cut; hovering shows them.
const LINES: usize = 4;

/// The pieces of a model and what connects them, in the order of their IDs.
pub(super) fn scene(model: &Model) -> (Vec<Panel>, Vec<Link>) {
    let attackers = model.attackers().filter(|(entity, _)| entity.live());
    let (mut panels, mut links) = (Vec::new(), Vec::new());
    for (entity, attacker) in attackers {
        let stands: Vec<Id> =
            attacker.boundaries.iter().map(|wall| wall.0).filter(|&wall| model.is_live(wall)).collect();
        panels.push(foe(entity, stands.is_empty()));
        let link = |wall: &Id| Link { from: entity.id.to_string(), to: wall.to_string(), attack: true };
        links.extend(stands.iter().map(link));
    }
    for (entity, boundary) in model.boundaries().filter(|(entity, _)| entity.live()) {
        panels.push(wall(model, entity, boundary));
    }
    panels.extend(unplaced(model));
    for (_, stands) in components(model) {
        let Some((host, others)) = stands.split_first() else { continue };
        for other in others {
            let link = Link { from: host.to_string(), to: other.to_string(), attack: false };
            let same = |known: &Link| {
                (&known.from, &known.to) == (&link.from, &link.to) || (&known.from, &known.to) == (&link.to, &link.from)
            };
            if !links.iter().any(same) {
                links.push(link);
            }
        }
    }
    (panels, links)
}

fn foe(entity: &Entity, nowhere: bool) -> Panel {
    let mut pen = Pen::new(entity.id.to_string(), "foe", titled(entity));
    pen.paragraph("ink", NAME, PAD, &entity.id.to_string());
    pen.paragraph("ink", BODY, PAD, &name(entity));
    if nowhere {
        pen.paragraph("dim", SMALL, PAD, "stands in no boundary yet");
    }
    pen.finish()
}

fn wall(model: &Model, entity: &Entity, boundary: &Boundary) -> Panel {
    let mut pen = Pen::new(entity.id.to_string(), "wall", titled(entity));
    pen.paragraph("ink", TITLE, PAD, &titled(entity));
    pen.paragraph("dim", SMALL, PAD, &passage(boundary));
    for (component, stands) in components(model).filter(|(_, stands)| stands.contains(&entity.id)) {
        match stands.first() {
            Some(host) if *host != entity.id => {
                pen.card("card ghost", &format!("{} (in {host})", titled(component)), &[])
            }
            _ => pen.card("card", &titled(component), &held(model, component.id)),
        }
    }
    pen.finish()
}

/// `lets through: network, local; sealed`.
fn passage(boundary: &Boundary) -> String {
    let passage = match &boundary.passes {
        None => "lets everything through".to_owned(),
        Some(passes) if passes.is_empty() => "lets nothing through".to_owned(),
        Some(passes) => {
            let vectors: Vec<&str> = passes.iter().map(|vector| vector.word()).collect();
            format!("lets through: {}", vectors.join(", "))
        }
    };
    if boundary.sealed { format!("{passage}; sealed") } else { passage }
}

/// Components in no boundary, and assets in no component.
fn unplaced(model: &Model) -> Vec<Panel> {
    let mut panels = Vec::new();
    let loose: Vec<&Entity> = components(model).filter(|(_, stands)| stands.is_empty()).map(|(one, _)| one).collect();
    if !loose.is_empty() {
        let mut pen = Pen::new("unbounded".to_owned(), "wall", "components in no boundary".to_owned());
        pen.paragraph("dim", TITLE, PAD, "In no boundary yet");
        loose.iter().for_each(|component| pen.card("card", &titled(component), &held(model, component.id)));
        panels.push(pen.finish());
    }
    let homeless =
        |entity: &&Entity| !model.components().any(|(part, _)| part.live() && holds(model, part.id, entity.id));
    let live = model.assets().map(|(entity, _)| entity).filter(|entity| entity.live());
    let homeless: Vec<String> = live.filter(homeless).map(titled).collect();
    if !homeless.is_empty() {
        let mut pen = Pen::new("homeless".to_owned(), "wall", "assets in no component".to_owned());
        pen.paragraph("dim", TITLE, PAD, "In no component yet");
        homeless.iter().for_each(|asset| pen.asset(PAD, asset));
        panels.push(pen.finish());
    }
    panels
}

fn held(model: &Model, component: Id) -> Vec<String> {
    let live = model.assets().map(|(entity, _)| entity).filter(|entity| entity.live());
    live.filter(|asset| holds(model, component, asset.id)).map(titled).collect()
}

fn holds(model: &Model, component: Id, asset: Id) -> bool {
    model.assets().any(|(entity, body)| entity.id == asset && body.components.iter().any(|held| held.0 == component))
}

fn name(entity: &Entity) -> String {
    one_line(&entity.title().split_whitespace().collect::<Vec<_>>().join(" "))
}

fn titled(entity: &Entity) -> String {
    format!("{} {}", entity.id, name(entity))
}

/// Writes a piece from top to bottom.
struct Pen {
    panel: Panel,
    y: f64,
}

impl Pen {
    fn new(key: String, class: &'static str, tip: String) -> Pen {
        let panel = Panel {
            key,
            class,
            width: WIDTH,
            height: 0.0,
            cards: Vec::new(),
            dots: Vec::new(),
            lines: Vec::new(),
            tip,
        };
        Pen { panel, y: PAD - 2.0 }
    }

    fn paragraph(&mut self, class: &'static str, face: Face, x: f64, text: &str) {
        let right = if x > PAD { PAD + INSET } else { PAD };
        let room = self.panel.width - x - right;
        for text in wrap(text, face, room, LINES) {
            self.y += face.size * 1.35;
            self.panel.lines.push(Words { class, x, y: self.y - face.size * 0.25, face, text });
        }
    }

    fn asset(&mut self, x: f64, text: &str) {
        self.panel.dots.push((x + 4.0, self.y + BODY.size * 0.75));
        self.paragraph("ink", BODY, x + BULLET, text);
    }

    /// A component with the assets in it.
    fn card(&mut self, class: &'static str, title: &str, assets: &[String]) {
        self.y += 8.0;
        let top = self.y;
        self.y += 4.0;
        let ghost = class != "card";
        let (ink, face) = if ghost { ("dim", SMALL) } else { ("ink", NAME) };
        self.paragraph(ink, face, PAD + INSET, title);
        assets.iter().for_each(|asset| self.asset(PAD + INSET, asset));
        self.y += 6.0;
        let rect = Rect { x: PAD, y: top, width: self.panel.width - 2.0 * PAD, height: self.y - top };
        self.panel.cards.push((class, rect));
    }

    fn finish(mut self) -> Panel {
        self.panel.height = self.y + PAD;
        self.panel
    }
}
