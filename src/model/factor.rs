//! The twelve rating factors, their levels and points (`rating-rules/1`, docs/methodology.md).

/// One factor. The first four are the subscores of an asset's properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    C,
    I,
    A,
    U,
    BlastRadius,
    Recoverability,
    Regulatory,
    Vector,
    Privileges,
    Complexity,
    Interaction,
    Prevalence,
}

/// A value a factor can take, with what it adds to the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level {
    pub name: &'static str,
    pub points: u8,
}

const fn level(name: &'static str, points: u8) -> Level {
    Level { name, points }
}

const SUBSCORE: &[Level] = &[level("low", 1), level("high", 3)];
const BLAST_RADIUS: &[Level] = &[level("isolated", 0), level("multiplicative", 1), level("cascading", 2)];
const RECOVERABILITY: &[Level] = &[level("trivial", 0), level("manageable", 1), level("permanent", 2)];
const REGULATORY: &[Level] = &[level("none", 0), level("notification", 1), level("legal", 2)];
const VECTOR: &[Level] = &[level("network", 3), level("adjacent", 2), level("local", 1), level("physical", 0)];
const PRIVILEGES: &[Level] = &[level("none", 2), level("low", 1), level("high", 0)];
const COMPLEXITY: &[Level] = &[level("low", 1), level("high", 0)];
const INTERACTION: &[Level] = &[level("none", 1), level("required", 0)];
const PREVALENCE: &[Level] = &[level("commodity", 2), level("targeted", 1), level("rare", 0)];

impl Factor {
    /// What an asset's `impact` table holds, beside the subscores in `properties`.
    pub const IMPACT: [Factor; 3] = [Factor::BlastRadius, Factor::Recoverability, Factor::Regulatory];
    /// What an attacker's `likelihood` table holds.
    pub const LIKELIHOOD: [Factor; 5] =
        [Factor::Vector, Factor::Privileges, Factor::Complexity, Factor::Interaction, Factor::Prevalence];
    /// Everything a revision of an asset may set.
    pub const OF_ASSET: [Factor; 7] =
        [Factor::C, Factor::I, Factor::A, Factor::U, Factor::BlastRadius, Factor::Recoverability, Factor::Regulatory];

    pub const fn name(self) -> &'static str {
        match self {
            Factor::C => "C",
            Factor::I => "I",
            Factor::A => "A",
            Factor::U => "U",
            Factor::BlastRadius => "blast_radius",
            Factor::Recoverability => "recoverability",
            Factor::Regulatory => "regulatory",
            Factor::Vector => "vector",
            Factor::Privileges => "privileges",
            Factor::Complexity => "complexity",
            Factor::Interaction => "interaction",
            Factor::Prevalence => "prevalence",
        }
    }

    /// What the factor asks, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Factor::C => "how much it hurts when others can read it (confidentiality)",
            Factor::I => "how much it hurts when others can change it (integrity)",
            Factor::A => "how much it hurts when it is not there (availability)",
            Factor::U => "how much it hurts when others can use it (usage)",
            Factor::BlastRadius => "how much else falls with it",
            Factor::Recoverability => "how hard it is to undo the damage",
            Factor::Regulatory => "what the law asks for afterwards",
            Factor::Vector => "how close the attack has to come",
            Factor::Privileges => "which rights the attack needs to begin with",
            Factor::Complexity => "how much has to go right for the attack",
            Factor::Interaction => "whether somebody else has to take part",
            Factor::Prevalence => "how common such attackers are",
        }
    }

    /// The legal levels. A subscore of `none` is not a level: it is a property that is not listed.
    pub const fn levels(self) -> &'static [Level] {
        match self {
            Factor::C | Factor::I | Factor::A | Factor::U => SUBSCORE,
            Factor::BlastRadius => BLAST_RADIUS,
            Factor::Recoverability => RECOVERABILITY,
            Factor::Regulatory => REGULATORY,
            Factor::Vector => VECTOR,
            Factor::Privileges => PRIVILEGES,
            Factor::Complexity => COMPLEXITY,
            Factor::Interaction => INTERACTION,
            Factor::Prevalence => PREVALENCE,
        }
    }

    pub fn level(self, name: &str) -> Option<Level> {
        self.levels().iter().copied().find(|level| level.name == name)
    }

    pub fn of(names: &'static [Factor], name: &str) -> Option<Factor> {
        names.iter().copied().find(|factor| factor.name() == name)
    }
}
