//! `rating-rules/1`: factors become sums, sums become bands, two bands become a tier. The tables and
//! the reasons stand in docs/methodology.md, which the tests compare with this file.

use std::fmt;

use super::overlay::{asset_levels, attacker_levels, counts};
use crate::model::{Asset, Attacker, Factor, Level, Levels, Property, When};

/// How large an impact is, or how likely an attack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    Low,
    Medium,
    High,
}

/// The risk of one objective while nothing is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    Low,
    Medium,
    High,
    Critical,
}

/// A complete rating: 0 to 9 points and the band they fall into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rated {
    pub sum: u8,
    pub band: Band,
}

/// What the factors of an asset or an attacker amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rating {
    Rated(Rated),
    /// Begun; these factors are missing, in the order of the tables.
    Partial(Vec<Factor>),
    /// No factor has a level.
    Unrated,
}

/// How bad it is when an asset's properties fail, at the end of `until`; `None` = now.
pub fn impact(asset: &Asset, until: Option<When>) -> Rating {
    let needed = Factor::OF_ASSET.into_iter().filter(|&factor| counts(asset, factor));
    rated(&asset_levels(asset, until), needed, |levels| {
        let sum = worst_subscore(levels) + sum(levels, &Factor::IMPACT);
        Rated { sum, band: band(sum, 6, 3).max(impact_floor(levels)) }
    })
}

/// How likely an attacker is to try and to succeed, at the end of `until`; `None` = now.
pub fn likelihood(attacker: &Attacker, until: Option<When>) -> Rating {
    rated(&attacker_levels(attacker, until), Factor::LIKELIHOOD.into_iter(), |levels| {
        let sum = sum(levels, &Factor::LIKELIHOOD);
        Rated { sum, band: band(sum, 7, 4).min(likelihood_cap(levels)) }
    })
}

/// The tier of a pair; `None` = not rated, which is never a silent medium.
pub fn tier(impact: &Rating, likelihood: &Rating) -> Option<Tier> {
    let (Rating::Rated(impact), Rating::Rated(likelihood)) = (impact, likelihood) else { return None };
    Some(match (impact.band, likelihood.band) {
        (Band::High, Band::High) => Tier::Critical,
        (Band::High, Band::Medium) | (Band::Medium, Band::High) => Tier::High,
        (Band::High, Band::Low) | (Band::Medium, Band::Medium) | (Band::Low, Band::High) => Tier::Medium,
        (Band::Medium | Band::Low, Band::Low) | (Band::Low, Band::Medium) => Tier::Low,
    })
}

fn rated(levels: &Levels, needed: impl Iterator<Item = Factor>, rate: impl Fn(&Levels) -> Rated) -> Rating {
    let missing: Vec<Factor> = needed.filter(|factor| !levels.contains_key(factor)).collect();
    match missing.is_empty() {
        _ if levels.is_empty() => Rating::Unrated,
        true => Rating::Rated(rate(levels)),
        false => Rating::Partial(missing),
    }
}

fn sum(levels: &Levels, factors: &[Factor]) -> u8 {
    factors.iter().filter_map(|factor| levels.get(factor)).map(|level| level.points).sum()
}

fn worst_subscore(levels: &Levels) -> u8 {
    let subscore = |property: &Property| levels.get(&property.factor()).map_or(0, |level| level.points);
    Property::ALL.iter().map(subscore).max().unwrap_or(0)
}

fn band(sum: u8, high: u8, medium: u8) -> Band {
    match sum {
        _ if sum >= high => Band::High,
        _ if sum >= medium => Band::Medium,
        _ => Band::Low,
    }
}

/// What cannot be undone, and what the law punishes, is never a low impact.
fn impact_floor(levels: &Levels) -> Band {
    let worst = worst_subscore(levels);
    let severe = is(levels, Factor::Recoverability, "permanent") && worst >= points(Factor::C, "high");
    let punished = is(levels, Factor::Regulatory, "legal") && worst >= points(Factor::C, "low");
    if severe || punished { Band::Medium } else { Band::Low }
}

/// What hardly anybody tries and is hard to do is never highly likely.
fn likelihood_cap(levels: &Levels) -> Band {
    let remote = is(levels, Factor::Prevalence, "rare") && is(levels, Factor::Complexity, "high");
    if remote { Band::Medium } else { Band::High }
}

fn is(levels: &Levels, factor: Factor, name: &str) -> bool {
    levels.get(&factor).is_some_and(|level| level.name == name)
}

fn points(factor: Factor, name: &str) -> u8 {
    factor.level(name).map_or(0, |level: Level| level.points)
}

impl Band {
    pub const ALL: [Band; 3] = [Band::Low, Band::Medium, Band::High];

    /// The letter of the tables: `H`, `M`, `L`.
    pub const fn letter(self) -> char {
        match self {
            Band::Low => 'L',
            Band::Medium => 'M',
            Band::High => 'H',
        }
    }
}

impl Tier {
    /// From the worst to the least.
    pub const ALL: [Tier; 4] = [Tier::Critical, Tier::High, Tier::Medium, Tier::Low];

    pub const fn word(self) -> &'static str {
        match self {
            Tier::Low => "low",
            Tier::Medium => "medium",
            Tier::High => "high",
            Tier::Critical => "critical",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Band::Low => "low",
            Band::Medium => "medium",
            Band::High => "high",
        })
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
