//! One threat model: everything its folder says.

use std::collections::BTreeMap;
use std::fmt;

use super::{
    Asset, Assumption, Attacker, Body, Boundary, Compliance, Component, Control, Decision, Entity, Head, Id, Kind,
    Objective, Session, Tickets,
};

/// A model's ID: a slug, set once and never changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ModelId(String);

impl ModelId {
    /// 1 to 64 of `a-z`, `0-9`, `-`, starting with a letter and not ending with `-`.
    pub fn parse(text: &str) -> Option<ModelId> {
        let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let shape = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-');
        (shape && text.len() <= 64 && text.bytes().all(legal)).then(|| ModelId(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ModelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A model as far as its files could be read. Equality ignores the order of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    pub id: ModelId,
    pub head: Head,
    pub entities: BTreeMap<Id, Entity>,
    pub compliance: Compliance,
    pub tickets: Tickets,
    /// By file name without `.toml`.
    pub decisions: BTreeMap<String, Decision>,
    /// By file name without `.toml`.
    pub sessions: BTreeMap<String, Session>,
}

macro_rules! typed {
    ($($(#[$meta:meta])* $many:ident, $kind:ident;)+) => {$(
        $(#[$meta])*
        pub fn $many(&self) -> impl Iterator<Item = (&Entity, &$kind)> {
            self.of_kind(Kind::$kind).filter_map(|entity| match &entity.body {
                Body::$kind(body) => Some((entity, body)),
                _ => None,
            })
        }
    )+};
}

impl Model {
    typed! {
        /// Boundaries, live and removed.
        boundaries, Boundary;
        /// Components, live and removed.
        components, Component;
        /// Assets, live and removed.
        assets, Asset;
        /// Attackers, live and removed.
        attackers, Attacker;
        /// Assumptions, live and removed.
        assumptions, Assumption;
        /// Controls, live and removed.
        controls, Control;
    }

    /// Entities of one kind, live and removed, by number; unnumbered ones last.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Entity> {
        self.entities.range(Id::new(kind, 0)..).map(|(_, entity)| entity).take_while(move |e| e.id.kind == kind)
    }

    pub fn is_live(&self, id: Id) -> bool {
        self.entities.get(&id).is_some_and(Entity::live)
    }

    /// Whether both sides of the pair are there and live.
    pub fn is_open(&self, objective: Objective) -> bool {
        self.is_live(objective.asset) && self.is_live(objective.attacker)
    }

    /// Whether a side of the pair was removed.
    pub fn is_tombstone(&self, objective: Objective) -> bool {
        let removed = |id: Id| self.entities.get(&id).is_some_and(|entity| !entity.live());
        removed(objective.asset) || removed(objective.attacker)
    }

    /// Live assets × live attackers.
    pub fn objectives(&self) -> impl Iterator<Item = Objective> + '_ {
        let attackers: Vec<Id> = self.of_kind(Kind::Attacker).filter(|e| e.live()).map(|e| e.id).collect();
        self.of_kind(Kind::Asset).filter(|e| e.live()).flat_map(move |asset| {
            let asset = asset.id;
            attackers.clone().into_iter().map(move |attacker| Objective { asset, attacker })
        })
    }

    /// A live control all of whose objectives are tombstones. One that covers nothing is not orphaned, and neither is
    /// one that names what is not there: nobody removed that.
    pub fn is_orphaned(&self, entity: &Entity) -> bool {
        match &entity.body {
            Body::Control(control) if entity.live() => {
                !control.covers.is_empty() && control.covers.iter().all(|(_, objective)| self.is_tombstone(objective))
            }
            _ => false,
        }
    }

    pub fn retired(&self) -> bool {
        self.head.removed.is_some()
    }
}
