//! Base factors, and the append-only revisions laid over them.

use std::collections::BTreeMap;

use super::choice::choice;
use super::part::{read_levels, show_levels};
use super::record::record;
use super::{Atom, Factor, Level, Levels, Part, Redaction, Shape, Value, When};

choice! {
    /// A security property of an asset.
    pub enum Property {
        C = "C",
        I = "I",
        A = "A",
        U = "U",
    }
}

impl Property {
    /// The factor that holds this property's subscore.
    pub const fn factor(self) -> Factor {
        match self {
            Property::C => Factor::C,
            Property::I => Factor::I,
            Property::A => Factor::A,
            Property::U => Factor::U,
        }
    }

    /// The word people say: confidentiality, integrity, availability, usage.
    pub const fn meaning(self) -> &'static str {
        match self {
            Property::C => "confidentiality",
            Property::I => "integrity",
            Property::A => "availability",
            Property::U => "usage",
        }
    }
}

/// The properties that matter for an asset, with their base subscores where somebody rated them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties(pub BTreeMap<Property, Option<Level>>);

impl Part for Properties {
    const SHAPE: Shape = Shape::Properties;

    /// A list of letters while none is rated; else a table (an unrated one among rated ones has no
    /// level to write, and reads `""`).
    fn show(&self) -> Option<Value> {
        let letters = self.0.keys().map(|property| Value::text(property.word()));
        let level = |level: &Option<Level>| Value::text(level.map_or("", |level| level.name));
        match self.0.values().any(Option::is_some) {
            _ if self.0.is_empty() => None,
            false => Some(Value::List(letters.collect())),
            true => Some(Value::Table(self.0.iter().map(|(p, l)| (p.word().to_owned(), level(l))).collect())),
        }
    }

    fn read(value: Option<&Value>) -> Option<Properties> {
        let unrated = |item: &Value| Some((item.as_text().and_then(Property::parse)?, None));
        let rated = |(letter, level): (&String, &Value)| {
            let property = Property::parse(letter)?;
            match level.as_text()? {
                "" => Some((property, None)),
                name => Some((property, Some(property.factor().level(name)?))),
            }
        };
        match value {
            None => Some(Properties::default()),
            Some(Value::List(items)) => items.iter().map(unrated).collect::<Option<_>>().map(Properties),
            Some(Value::Table(table)) => table.iter().map(rated).collect::<Option<_>>().map(Properties),
            Some(_) => None,
        }
    }
}

macro_rules! levels {
    ($(#[$meta:meta])* $name:ident, $factors:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name(pub Levels);

        impl Part for $name {
            const SHAPE: Shape = Shape::Levels(&$factors);

            fn show(&self) -> Option<Value> {
                show_levels(&self.0)
            }

            fn read(value: Option<&Value>) -> Option<$name> {
                read_levels(&$factors, value).map($name)
            }
        }
    };
}

levels!(/// An asset's base impact factors beside its subscores.
    Impact, Factor::IMPACT);
levels!(/// An attacker's base likelihood factors.
    Likelihood, Factor::LIKELIHOOD);
levels!(/// What a revision of an asset sets.
    AssetLevels, Factor::OF_ASSET);

record! {
    /// A later change of an asset's factors. Rows are only ever appended.
    pub struct AssetRevision {
        /// When it was decided.
        at: Option<When>, Note;
        /// Who decided it.
        by: String, Note;
        /// The factors that changed, with their new levels.
        set: AssetLevels, Note;
        /// Why; without it there is no audit trail.
        reason: String, Note, Shape::Prose;
        /// Structural digest of the model it was decided on, 12 hex digits.
        model: String, Note, Shape::Digest;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}

record! {
    /// A later change of an attacker's factors. Rows are only ever appended.
    pub struct AttackerRevision {
        /// When it was decided.
        at: Option<When>, Note;
        /// Who decided it.
        by: String, Note;
        /// The factors that changed, with their new levels.
        set: Likelihood, Note;
        /// Why; without it there is no audit trail.
        reason: String, Note, Shape::Prose;
        /// Structural digest of the model it was decided on, 12 hex digits.
        model: String, Note, Shape::Digest;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}
