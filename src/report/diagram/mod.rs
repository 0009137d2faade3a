//! The structure of a model as a picture: boundaries, components, what they hold, who stands where.

mod layout;
mod mermaid;
mod panel;
mod route;
mod svg;

use crate::model::{Boundary, Entity, Id, Model};

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

/// What a boundary lets through, where it is not everything: `network, local, sealed`.
fn gate(boundary: &Boundary) -> String {
    let passes = match &boundary.passes {
        None => Vec::new(),
        Some(passes) if passes.is_empty() => vec!["passes nothing"],
        Some(passes) => passes.iter().map(|vector| vector.word()).collect(),
    };
    let seal = boundary.sealed.then_some("sealed");
    let words: Vec<&str> = passes.into_iter().chain(seal).collect();
    words.join(", ")
}
