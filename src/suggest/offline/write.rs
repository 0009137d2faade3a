//! The cast as a model: numbered in its order, everything with its source and the reason why it is there.

use std::collections::BTreeSet;

use super::SOURCE;
use super::cast::{Cast, Foe, Part, Stake};
use super::foes::INTERNET;
use super::place::places;
use crate::model::{
    Archetype, Asset, Assumption, Attacker, Body, Boundary, BoundaryRef, Component, ComponentRef, Entity, Head, Id,
    Kind, Model, Provenance,
};
use crate::suggest::language::hide;
use crate::suggest::{Brief, Knowledge, Mention, Text};

/// What a model's description holds of the text, at most.
const LONGEST: usize = 600;

/// The model without a name and without controls.
pub fn model(all: &Knowledge, brief: &Brief, cast: &Cast<'_>) -> Model {
    let places = places(all, cast);
    let mut model = Model { head: head(brief, SOURCE), ..Model::default() };
    for (at, bound) in places.bounds.iter().enumerate() {
        let passes = Some(bound.passes.iter().copied().collect());
        let body = Boundary { name: bound.name.to_owned(), passes, ..Boundary::default() };
        put(&mut model, id(Kind::Boundary, at), Body::Boundary(body), bound.mention.map(said).unwrap_or_default());
    }
    for (at, part) in cast.parts.iter().enumerate() {
        put(
            &mut model,
            id(Kind::Component, at),
            Body::Component(component(part, &places.parts[at])),
            said(part.mentions[0]),
        );
    }
    for (at, stake) in cast.stakes.iter().enumerate() {
        let rationale = format!("{}. {}", because(cast, stake), stake.kind.reason());
        put(&mut model, id(Kind::Asset, at), Body::Asset(asset(stake)), rationale);
    }
    for (at, foe) in cast.foes.iter().enumerate() {
        let rationale = format!("{}. {}", drawn(cast, foe), foe.kind.reason());
        put(&mut model, id(Kind::Attacker, at), Body::Attacker(attacker(cast, foe, &places.foes[at])), rationale);
    }
    for (at, premise) in cast.premises.iter().enumerate() {
        let resting = cast.parts.iter().filter(|part| premise.with.contains(&part.kind.key));
        let rationale = format!("Concerns {}", listed(resting.map(name)));
        let kind = Some(premise.kind);
        let body = Assumption { description: premise.text.to_owned(), kind, ..Assumption::default() };
        put(&mut model, id(Kind::Assumption, at), Body::Assumption(body), rationale);
    }
    model
}

/// Puts an entity of ours.
pub fn put(model: &mut Model, id: Id, body: Body, rationale: String) {
    let mut entity = Entity::new(id);
    entity.body = body;
    SOURCE.clone_into(&mut entity.life.source);
    entity.life.rationale = rationale;
    model.entities.insert(id, entity);
}

/// The ID of the entity at a position of the cast.
pub fn id(kind: Kind, at: usize) -> Id {
    Id::new(kind, u32::try_from(at + 1).unwrap_or(u32::MAX))
}

fn component(part: &Part<'_>, stands: &BTreeSet<usize>) -> Component {
    let repo = part.mentions.iter().map(|mention| &mention.repo).find(|repo| !repo.is_empty());
    Component {
        name: name(part),
        // A file's own name for it says little of what it is.
        description: if part.named() { part.kind.name.to_owned() } else { String::new() },
        repo: repo.cloned().unwrap_or_default(),
        path: part.folder().to_owned(),
        boundaries: stands.iter().map(|at| BoundaryRef(id(Kind::Boundary, *at))).collect(),
    }
}

fn asset(stake: &Stake<'_>) -> Asset {
    Asset {
        name: stake.kind.name.to_owned(),
        description: stake.kind.description.to_owned(),
        properties: stake.kind.properties.clone(),
        impact: stake.kind.impact.clone(),
        components: stake.parts.iter().map(|at| ComponentRef(id(Kind::Component, *at))).collect(),
        ..Asset::default()
    }
}

fn attacker(cast: &Cast<'_>, foe: &Foe<'_>, stands: &BTreeSet<usize>) -> Attacker {
    let within = cast.closed && foe.kind.position == INTERNET && foe.kind.archetype == Archetype::Tenant;
    Attacker {
        capability: foe.kind.capability.to_owned(),
        position: if within { "corporate network" } else { foe.kind.position }.to_owned(),
        archetype: Some(foe.kind.archetype),
        likelihood: foe.kind.likelihood.clone(),
        boundaries: stands.iter().map(|at| BoundaryRef(id(Kind::Boundary, *at))).collect(),
        ..Attacker::default()
    }
}

/// What the source itself calls it, else its kind, with the product where the text names one.
pub fn name(part: &Part<'_>) -> String {
    if let Some(own) = &part.mentions[0].name {
        return own.clone();
    }
    let kind = part.kind.name;
    let proper =
        |words: &&str| words.chars().any(char::is_uppercase) && !kind.to_lowercase().contains(&words.to_lowercase());
    let said = part.mentions.iter().filter(|mention| !mention.structure);
    match said.map(|mention| mention.words.as_str()).find(proper) {
        Some(product) => format!("{kind} ({product})"),
        None => kind.to_owned(),
    }
}

/// `docs/payments.md:4 says “card numbers”`.
fn said(mention: &Mention) -> String {
    format!("{}:{} says “{}”", mention.path, mention.line, mention.words)
}

fn because(cast: &Cast<'_>, stake: &Stake<'_>) -> String {
    match stake.mention {
        Some(mention) => said(mention),
        None => format!("Lies in {}", listed(stake.parts.iter().map(|at| name(&cast.parts[*at])))),
    }
}

fn drawn(cast: &Cast<'_>, foe: &Foe<'_>) -> String {
    match foe.mention {
        Some(mention) => said(mention),
        None if foe.parts.is_empty() => "Meets whatever can be reached".to_owned(),
        None => format!("Drawn by {}", listed(foe.parts.iter().map(|at| name(&cast.parts[*at])))),
    }
}

/// The first three, and how many more.
fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.as_slice() {
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
        [] => String::new(),
    }
}

/// A model of which only the texts are known.
pub fn described(brief: &Brief) -> Model {
    Model { head: head(brief, SOURCE), ..Model::default() }
}

/// What the texts say of the model itself. `engine`: who made it.
pub fn head(brief: &Brief, engine: &str) -> Head {
    let sources: BTreeSet<&str> = brief.texts.iter().map(|text| text.path.as_str()).collect();
    let mentioned = brief.mentions.iter().map(|mention| mention.path.as_str());
    let sources: Vec<&str> = sources.into_iter().chain(mentioned).collect::<BTreeSet<_>>().into_iter().collect();
    let source = match sources.as_slice() {
        [first, .., last] if sources.len() > 3 => format!("{first} … {last} ({} files)", sources.len()),
        few => few.join(", "),
    };
    Head {
        description: brief.texts.first().map(opening).unwrap_or_default(),
        provenance: Some(Provenance { kind: brief.origin, source, engine: engine.to_owned() }),
        ..Head::default()
    }
}

/// The first paragraph, up to the last sentence that fits.
fn opening(text: &Text) -> String {
    let (content, _) = hide(&text.content);
    let lines = content.lines().map(str::trim);
    let lines = lines.skip_while(|line| line.is_empty() || line.starts_with('#'));
    let first: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let whole = first.join("\n");
    if whole.chars().count() <= LONGEST {
        return whole;
    }
    let cut: String = whole.chars().take(LONGEST).collect();
    match cut.rfind(". ").or_else(|| cut.rfind(".\n")) {
        Some(end) => cut[..=end].to_owned(),
        None => format!("{}…", cut.trim_end()),
    }
}
