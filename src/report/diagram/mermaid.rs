//! As a Mermaid flowchart.

use std::fmt::Write as _;

use super::components;
use crate::model::{Boundary, Entity, Model};

/// A flowchart that GitHub and most editors draw.
pub fn mermaid(model: &Model) -> String {
    let mut text = String::from("flowchart LR\n");
    let boundaries: Vec<(&Entity, &Boundary)> = model.boundaries().filter(|(entity, _)| entity.live()).collect();
    for (entity, boundary) in &boundaries {
        let _ = writeln!(text, "  subgraph {}[\"{}\"]", entity.id, title(entity, &gate(boundary)));
        let inside = components(model).filter(|(_, stands)| stands.first() == Some(&entity.id));
        inside.for_each(|(component, _)| node(&mut text, "    ", component, ["[", "]"]));
        text.push_str("  end\n");
    }
    let outside = components(model).filter(|(_, stands)| stands.is_empty());
    outside.for_each(|(component, _)| node(&mut text, "  ", component, ["[", "]"]));
    for (component, stands) in components(model) {
        stands.iter().skip(1).for_each(|wall| {
            let _ = writeln!(text, "  {} -. door .- {wall}", component.id);
        });
    }
    for (entity, asset) in model.assets().filter(|(entity, _)| entity.live()) {
        node(&mut text, "  ", entity, ["[(", ")]"]);
        for held in asset.components.iter().filter(|held| model.is_live(held.0)) {
            let _ = writeln!(text, "  {} --- {}", held.0, entity.id);
        }
    }
    for (entity, attacker) in model.attackers().filter(|(entity, _)| entity.live()) {
        node(&mut text, "  ", entity, ["{{", "}}"]);
        for wall in attacker.boundaries.iter().filter(|wall| model.is_live(wall.0)) {
            let _ = writeln!(text, "  {} ==> {}", entity.id, wall.0);
        }
    }
    text
}

fn node(text: &mut String, indent: &str, entity: &Entity, [open, close]: [&str; 2]) {
    let _ = writeln!(text, "{indent}{}{open}\"{}\"{close}", entity.id, title(entity, ""));
}

/// The ID and the name, without what Mermaid would read as its own.
fn title(entity: &Entity, more: &str) -> String {
    const LONGEST: usize = 40;
    let name = entity.title().split_whitespace().collect::<Vec<_>>().join(" ");
    let name = match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    };
    let text = format!("{} {name}{more}", entity.id);
    text.replace('&', "#amp;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;")
}

/// What a boundary lets through, where it is not everything: ` (network, sealed)`.
fn gate(boundary: &Boundary) -> String {
    let passes = match &boundary.passes {
        None => Vec::new(),
        Some(passes) if passes.is_empty() => vec!["passes nothing"],
        Some(passes) => passes.iter().map(|vector| vector.word()).collect(),
    };
    let seal = boundary.sealed.then_some("sealed");
    let words: Vec<&str> = passes.into_iter().chain(seal).collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}
