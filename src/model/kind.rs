//! The six kinds of entity a model lists, and how each is spelled.

use std::fmt;

/// A kind of entity. The order is the order of the file and of every listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Boundary,
    Component,
    Asset,
    Attacker,
    Assumption,
    Control,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Boundary, Kind::Component, Kind::Asset, Kind::Attacker, Kind::Assumption, Kind::Control];

    /// The letters an ID of this kind starts with: `TB`, `CMP`, `A`, `T`, `AS`, `C`.
    pub const fn prefix(self) -> &'static str {
        match self {
            Kind::Boundary => "TB",
            Kind::Component => "CMP",
            Kind::Asset => "A",
            Kind::Attacker => "T",
            Kind::Assumption => "AS",
            Kind::Control => "C",
        }
    }

    /// The table of the file that holds entities of this kind.
    pub const fn table(self) -> &'static str {
        match self {
            Kind::Boundary => "boundaries",
            Kind::Component => "components",
            Kind::Asset => "assets",
            Kind::Attacker => "attackers",
            Kind::Assumption => "assumptions",
            Kind::Control => "controls",
        }
    }

    /// The word on the command line and in messages.
    pub const fn noun(self) -> &'static str {
        match self {
            Kind::Boundary => "boundary",
            Kind::Component => "component",
            Kind::Asset => "asset",
            Kind::Attacker => "attacker",
            Kind::Assumption => "assumption",
            Kind::Control => "control",
        }
    }

    pub fn of_prefix(prefix: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.prefix() == prefix)
    }

    pub fn of_table(table: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.table() == table)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.noun())
    }
}
