//! The structure of a model as a picture: boundaries, components, what they hold, who stands where.

mod layout;
mod mermaid;
mod panel;
mod route;
mod svg;

use crate::model::{Entity, Id, Model};

pub use mermaid::mermaid;
pub use svg::svg;

/// Live components with the live boundaries they stand in.
fn components(model: &Model) -> impl Iterator<Item = (&Entity, Vec<Id>)> {
    let live = model.components().filter(|(entity, _)| entity.live());
    live.map(|(entity, component)| {
        let stands = component.boundaries.iter().map(|wall| wall.0).filter(|&wall| model.is_live(wall));
        (entity, stands.collect())
    })
}
