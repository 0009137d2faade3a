//! Factors in a sentence.

use super::{AssetKind, AttackerKind};
use crate::model::{Factor, Impact, Levels, Likelihood, Properties, Property};

impl AssetKind {
    /// Why it has the factors it has.
    pub fn reason(&self) -> String {
        impact(&self.properties, &self.impact)
    }
}

impl AttackerKind {
    /// Why it has the factors it has.
    pub fn reason(&self) -> String {
        likelihood(&self.likelihood)
    }
}

fn word(levels: &Levels, factor: Factor) -> &'static str {
    levels.get(&factor).map_or("", |level| level.name)
}

/// `Disclosure and change hurt most; the damage spreads, cannot be undone and has to be reported`.
fn impact(properties: &Properties, impact: &Impact) -> String {
    let worst = properties.0.values().flatten().map(|level| level.points).max();
    let most = properties.0.iter().filter(|(_, level)| level.map(|level| level.points) == worst);
    let most: Vec<&str> = most.map(|(property, _)| harm(*property)).collect();
    let verb = if most.len() == 1 { "hurts" } else { "hurt" };
    let spreads = match word(&impact.0, Factor::BlastRadius) {
        "cascading" => "the damage takes other systems along",
        "multiplicative" => "the damage spreads to many",
        _ => "the damage stays in one place",
    };
    let undone = match word(&impact.0, Factor::Recoverability) {
        "permanent" => "cannot be undone",
        "manageable" => "takes work to undo",
        _ => "is undone at once",
    };
    let told = match word(&impact.0, Factor::Regulatory) {
        "legal" => " and has legal consequences",
        "notification" => " and has to be reported",
        _ => "",
    };
    let joint = if told.is_empty() { " and " } else { ", " };
    capital(&format!("{} {verb} most; {spreads}{joint}{undone}{told}", listed(&most)))
}

/// `Comes over the network, needs no rights and ready-made means; such attackers are met every day`.
fn likelihood(likelihood: &Likelihood) -> String {
    let levels = &likelihood.0;
    let way = match word(levels, Factor::Vector) {
        "network" => "Comes over the network",
        "adjacent" => "Has to be near the network or the radio",
        "local" => "Acts from within the system",
        _ => "Has to lay hands on it",
    };
    let rights = match word(levels, Factor::Privileges) {
        "none" => "without any rights",
        "low" => "with ordinary rights",
        _ => "with high rights",
    };
    let means = match word(levels, Factor::Complexity) {
        "low" => "with means that are at hand",
        _ => "and much has to go right",
    };
    let victim = match word(levels, Factor::Interaction) {
        "required" => ", with the help of somebody deceived or careless",
        _ => "",
    };
    let met = match word(levels, Factor::Prevalence) {
        "commodity" => "are met every day",
        "targeted" => "come where it pays",
        _ => "are rare",
    };
    format!("{way} {rights} {means}{victim}; such attackers {met}")
}

const fn harm(property: Property) -> &'static str {
    match property {
        Property::C => "disclosure",
        Property::I => "change",
        Property::A => "loss",
        Property::U => "misuse",
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
