//! Generated entities as the rows of the knowledge base they came from.

use std::collections::BTreeSet;

use redan::model::{Entity, Kind, Model};
use redan::suggest::{Brief, Engine as _, Offline, Text, knowledge};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Assets,
    Attackers,
    Controls,
}

impl Table {
    pub const ALL: [Table; 3] = [Table::Assets, Table::Attackers, Table::Controls];

    pub const fn name(self) -> &'static str {
        match self {
            Table::Assets => "assets",
            Table::Attackers => "sources",
            Table::Controls => "mitigations",
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Table::Assets => Kind::Asset,
            Table::Attackers => Kind::Attacker,
            Table::Controls => Kind::Control,
        }
    }

    /// Every row: its key, what a model calls it, and all its words.
    pub fn rows(self) -> Vec<(&'static str, &'static str, String)> {
        let all = knowledge();
        match self {
            Table::Assets => {
                let words = |kind: &redan::suggest::AssetKind| {
                    format!("{} {} {}", kind.name, kind.description, kind.terms.join(" "))
                };
                all.assets.iter().map(|kind| (kind.key, kind.name, words(kind))).collect()
            }
            Table::Attackers => {
                let words = |kind: &redan::suggest::AttackerKind| {
                    format!("{} {} {}", kind.capability, kind.position, kind.terms.join(" "))
                };
                all.attackers.iter().map(|kind| (kind.key, kind.capability, words(kind))).collect()
            }
            Table::Controls => all.controls.iter().map(|one| (one.key, one.text, one.text.to_owned())).collect(),
        }
    }
}

pub fn generated(text: &str) -> Model {
    let text = Text { path: "description".to_owned(), content: text.to_owned() };
    Offline.generate(&Brief { texts: vec![text], ..Brief::default() }).unwrap().model
}

/// The keys of the rows that are in the model.
pub fn proposed(model: &Model, table: Table) -> BTreeSet<&'static str> {
    let titles: BTreeSet<&str> = model.of_kind(table.kind()).map(Entity::title).collect();
    table.rows().into_iter().filter(|(_, name, _)| titles.contains(name)).map(|(key, ..)| key).collect()
}
