//! A model that is there, as a cast: its own entities, each with the kind it is most like.

use super::cast::{Cast, Foe, Part, Stake};
use crate::model::{Asset, Attacker, ComponentRef, Entity, Model};
use crate::suggest::{AssetKind, AttackerKind, ComponentKind, Found, Knowledge, Subject};

/// What an asset is taken for that is like nothing known.
const RECORDS: &str = "business-records";
/// Words that are shared make a likeness from here on, in thousandths.
const ALIKE: usize = 150;

/// The live entities. An attacker that is like nothing known stays out and is told.
pub fn cast<'k>(all: &'k Knowledge, model: &'k Model) -> Cast<'k> {
    let mut cast = Cast {
        parts: Vec::new(),
        stakes: Vec::new(),
        foes: Vec::new(),
        premises: Vec::new(),
        closed: false,
        notes: Vec::new(),
    };
    for (entity, component) in model.components().filter(|(entity, _)| entity.live()) {
        let kind = part(all, &format!("{} {}", component.name, component.description));
        cast.parts.extend(kind.map(|kind| Part { id: entity.id, kind, mentions: Vec::new() }));
    }
    for (entity, asset) in model.assets().filter(|(entity, _)| entity.live()) {
        cast.stakes.extend(stake(all, entity, asset, &cast.parts));
    }
    for (entity, attacker) in model.attackers().filter(|(entity, _)| entity.live()) {
        match foe(all, attacker) {
            Some(kind) => {
                let brought =
                    (0..cast.parts.len()).filter(|at| kind.with.contains(&cast.parts[*at].kind.key)).collect();
                cast.foes.push(Foe { id: entity.id, kind, mention: None, parts: brought });
            }
            None => cast.notes.push(format!("left out: {}, which is like no attacker that is known", entity.id)),
        }
    }
    cast
}

/// The kind of component that the words name.
fn part<'k>(all: &'k Knowledge, words: &str) -> Option<&'k ComponentKind> {
    let named = all.components.iter().find(|kind| words.trim().eq_ignore_ascii_case(kind.name));
    let spotted = || {
        all.spot(words).into_iter().find_map(|hit| match hit.subject {
            Subject::Component(key) => all.component(key),
            _ => None,
        })
    };
    named.or_else(spotted).or_else(|| sure(all.find_components(words)))
}

fn stake<'k>(all: &'k Knowledge, entity: &Entity, asset: &'k Asset, parts: &[Part<'k>]) -> Option<Stake<'k>> {
    let words = format!("{} {}", asset.name, asset.description);
    let named: Option<&AssetKind> = all.assets.iter().find(|kind| kind.name.eq_ignore_ascii_case(&asset.name));
    let kind = named.or_else(|| closest(all.find_assets(&words))).or_else(|| all.asset(RECORDS))?;
    let lies = (0..parts.len()).filter(|at| asset.components.contains(&ComponentRef(parts[*at].id))).collect();
    Some(Stake { id: entity.id, kind, properties: &asset.properties, mention: None, parts: lies })
}

fn foe<'k>(all: &'k Knowledge, attacker: &Attacker) -> Option<&'k AttackerKind> {
    let same = |kind: &&AttackerKind| kind.capability.eq_ignore_ascii_case(attacker.capability.trim());
    let words = format!("{} {}", attacker.capability, attacker.position);
    all.attackers.iter().find(same).or_else(|| closest(all.find_attackers(&words)))
}

fn sure<T>(found: Vec<Found<'_, T>>) -> Option<&T> {
    found.into_iter().find(|found| found.sure).map(|found| found.kind)
}

/// The first that is named, else the first that shares enough words.
fn closest<T>(found: Vec<Found<'_, T>>) -> Option<&T> {
    found.into_iter().find(|found| found.sure || found.score >= ALIKE).map(|found| found.kind)
}
