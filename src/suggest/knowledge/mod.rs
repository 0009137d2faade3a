//! What is known about systems in general: kinds of components, assets and attackers, the ways of attacks and what closes them. The tables
//! are data beside this file, in our own words; docs/knowledge.md says where they come from.

mod deny;
mod kinds;
mod levels;
mod lookup;
mod outer;
mod reason;
mod spot;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::store::foreign;
use crate::text::singular;

pub use kinds::{AssetKind, AttackerKind, ComponentKind, Lack, Mechanism, Premise, Role, Theme, Way, Zone};
pub use lookup::Found;
pub use spot::{Hit, Mention, Said, Subject};

/// The knowledge base. Rows stand in the order of their files, which is the order of preference.
#[derive(Debug)]
pub struct Knowledge {
    pub components: Vec<ComponentKind>,
    pub assets: Vec<AssetKind>,
    pub attackers: Vec<AttackerKind>,
    pub ways: Vec<Way>,
    pub zones: Vec<Zone>,
    pub controls: Vec<Mechanism>,
    pub assumptions: Vec<Premise>,
    pub lacks: Vec<Lack>,
    pub themes: Vec<Theme>,
    terms: spot::Terms,
    /// By word without its plural: the themes that it shows, as positions.
    themed: HashMap<String, Vec<usize>>,
}

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::load().expect("invariant: a test reads the tables that are built in"));

/// The knowledge base that is built in, read at the first use.
pub fn knowledge() -> &'static Knowledge {
    &KNOWLEDGE
}

/// Reads one table; every row takes its key.
macro_rules! rows {
    ($kind:ty, $file:literal) => {
        keyed(include_str!($file), |row: &mut $kind, key| row.key = key)
            .map_err(|error| format!("{}: {error}", $file))?
    };
}

fn keyed<T: Deserialize<'static>>(text: &'static str, take: fn(&mut T, &'static str)) -> Result<Vec<T>, String> {
    let rows = foreign::rows::<T>(text)?;
    let keyed = |(key, mut row)| {
        take(&mut row, key);
        row
    };
    Ok(rows.into_iter().map(keyed).collect())
}

impl Knowledge {
    fn load() -> Result<Knowledge, String> {
        let mut all = Knowledge {
            components: rows!(ComponentKind, "components.toml"),
            assets: rows!(AssetKind, "assets.toml"),
            attackers: rows!(AttackerKind, "attackers.toml"),
            ways: rows!(Way, "ways.toml"),
            zones: rows!(Zone, "zones.toml"),
            controls: rows!(Mechanism, "controls.toml"),
            assumptions: rows!(Premise, "assumptions.toml"),
            lacks: rows!(Lack, "lacks.toml"),
            themes: rows!(Theme, "themes.toml"),
            terms: HashMap::new(),
            themed: HashMap::new(),
        };
        for (at, theme) in all.themes.iter().enumerate() {
            let single = theme.words.iter().map(|word| singular(word).into_owned());
            single.for_each(|word| all.themed.entry(word).or_default().push(at));
        }
        all.terms = spot::terms(&all);
        Ok(all)
    }

    pub fn component(&self, key: &str) -> Option<&ComponentKind> {
        self.components.iter().find(|kind| kind.key == key)
    }

    pub fn asset(&self, key: &str) -> Option<&AssetKind> {
        self.assets.iter().find(|kind| kind.key == key)
    }

    pub fn attacker(&self, key: &str) -> Option<&AttackerKind> {
        self.attackers.iter().find(|kind| kind.key == key)
    }

    pub fn way(&self, key: &str) -> Option<&Way> {
        self.ways.iter().find(|way| way.key == key)
    }

    pub fn zone(&self, key: &str) -> Option<&Zone> {
        self.zones.iter().find(|zone| zone.key == key)
    }
}
