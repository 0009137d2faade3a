//! What each entity that was read is in the model that is there.

use std::collections::{BTreeMap, BTreeSet};

use super::{KINDS, Twin, evidence, structured};
use crate::model::{Body, Component, Entity, Id, Kind, Model};
use crate::ops::lifecycle::same::{Likeness, likeness};
use crate::text::normal;

/// What each proposed entity is in the model, as far as it is there: first what is called the same, then what only its place gives
/// away, for a person may have found a better name.
pub(super) fn twins(model: &Model, proposed: &Model) -> BTreeMap<Id, Twin> {
    let mut known = BTreeMap::new();
    let mut met = BTreeSet::new();
    for by in [called, read, once, removed, placed] {
        for one in KINDS.into_iter().flat_map(|kind| proposed.of_kind(kind)) {
            if known.contains_key(&one.id) {
                continue;
            }
            if let Some(entity) = by(model, one).filter(|entity| !met.contains(&entity.id)) {
                let twin = if entity.live() { Twin::Live(entity.id) } else { Twin::Removed(entity.id) };
                known.insert(one.id, twin);
                met.insert(entity.id);
            }
        }
    }
    known
}

/// Called the same.
fn called<'m>(model: &'m Model, one: &Entity) -> Option<&'m Entity> {
    let title = normal(one.title());
    model.of_kind(one.id.kind).find(|entity| entity.live() && normal(entity.title()) == title)
}

/// The same to the judge of identity. Names in files are names: those that differ are two.
fn read<'m>(model: &'m Model, one: &Entity) -> Option<&'m Entity> {
    let named = matches!(one.id.kind, Kind::Boundary | Kind::Component);
    match likeness(model, one) {
        Likeness::Live(entity) if !named => Some(entity),
        _ => None,
    }
}

/// Called so once, before somebody stood up for another name.
fn once<'m>(model: &'m Model, one: &Entity) -> Option<&'m Entity> {
    let title = normal(one.title());
    let was = |entity: &&Entity| entity.life.renamed.iter().any(|row| normal(&row.from).starts_with(&title));
    model.of_kind(one.id.kind).filter(|entity| entity.live()).find(was)
}

/// Removed under this name.
fn removed<'m>(model: &'m Model, one: &Entity) -> Option<&'m Entity> {
    let title = normal(one.title());
    let gone = model.of_kind(one.id.kind).find(|entity| !entity.live() && normal(entity.title()) == title);
    gone.or_else(|| match likeness(model, one) {
        Likeness::Removed(entity) if one.id.kind != Kind::Component => Some(entity),
        _ => None,
    })
}

/// Written by a machine, and of the same place, words or description.
fn placed<'m>(model: &'m Model, one: &Entity) -> Option<&'m Entity> {
    let same = |entity: &&Entity| match (&entity.body, &one.body) {
        (Body::Component(own), Body::Component(other)) => {
            let said = evidence(&entity.life.rationale);
            let prose = said.filter(|(place, _)| !structured(place));
            let lies = !own.path.is_empty() && own.path == other.path;
            let says = prose.is_some() && said == evidence(&one.life.rationale);
            lies || says || kind_of(own, other) || kind_of(other, own)
        }
        (Body::Asset(own), Body::Asset(other)) => !own.description.is_empty() && own.description == other.description,
        (Body::Attacker(own), Body::Attacker(other)) => {
            own.position == other.position && entity.life.rationale == one.life.rationale
        }
        _ => false,
    };
    model.of_kind(one.id.kind).filter(|entity| entity.live() && !entity.life.source.is_empty()).find(same)
}

/// Whether a name that a text gave is the kind of what a file names: `Relational database (PostgreSQL)` is the `db` of a compose file.
fn kind_of(text: &Component, file: &Component) -> bool {
    text.description.is_empty() && !file.description.is_empty() && text.name.starts_with(&file.description)
}
