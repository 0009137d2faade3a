//! `rating-rules/1` against a second formulation of it, and against its page.

mod exhaustive;
mod overlay;
mod page;

use redan::model::{Asset, Attacker, Factor, Impact, Level, Likelihood, Properties, Property};

pub(crate) fn level(factor: Factor, name: &str) -> Level {
    factor.level(name).unwrap_or_else(|| panic!("{} has no level {name}", factor.name()))
}

/// An asset from `C=high I=low` style subscores and its three impact levels.
pub(crate) fn asset(subscores: &[(Property, &str)], impact: [&str; 3]) -> Asset {
    let subscore = |(property, name): &(Property, &str)| (*property, Some(level(property.factor(), name)));
    let impact = Factor::IMPACT.into_iter().zip(impact).map(|(factor, name)| (factor, level(factor, name)));
    Asset {
        properties: Properties(subscores.iter().map(subscore).collect()),
        impact: Impact(impact.collect()),
        ..Asset::default()
    }
}

pub(crate) fn attacker(likelihood: [&str; 5]) -> Attacker {
    let levels = Factor::LIKELIHOOD.into_iter().zip(likelihood).map(|(factor, name)| (factor, level(factor, name)));
    Attacker { likelihood: Likelihood(levels.collect()), ..Attacker::default() }
}

/// Every way to pick one level of each factor.
pub(crate) fn picks<const N: usize>(factors: [Factor; N]) -> Vec<[&'static str; N]> {
    factors.iter().enumerate().fold(vec![[""; N]], |picks, (at, factor)| {
        let with = |pick: [&'static str; N], name| {
            let mut pick = pick;
            pick[at] = name;
            pick
        };
        picks.iter().flat_map(|&pick| factor.levels().iter().map(move |level| with(pick, level.name))).collect()
    })
}

/// Every way to list and rate the four properties.
pub(crate) fn subscores() -> Vec<Vec<(Property, &'static str)>> {
    Property::ALL.iter().fold(vec![Vec::new()], |lists, &property| {
        let with = |list: &Vec<(Property, &'static str)>, name: Option<&'static str>| {
            let mut list = list.clone();
            list.extend(name.map(|name| (property, name)));
            list
        };
        lists.iter().flat_map(|list| [None, Some("low"), Some("high")].map(|name| with(list, name))).collect()
    })
}
