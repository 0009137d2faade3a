//! What is at stake: what the text names, and what lies in the parts it names.

use std::cmp::Reverse;

use super::cast::{Cast, Part, Stake};
use super::hear::Heard;
use super::write::id;
use crate::model::{Kind, Property};
use crate::suggest::{AssetKind, Knowledge, Mention, Subject};

/// Assets, at most: a model is read on one screen.
const MOST: usize = 9;
/// The service itself, which has no data and still can be missed.
const SERVICE: &str = "service-availability";
/// What counts as little stays out unless there is nothing else.
const LEAST: usize = 5;

/// The assets in the order in which their parts and words come.
pub fn stakes<'k>(all: &'k Knowledge, heard: &'k Heard, cast: &Cast<'k>) -> Vec<Stake<'k>> {
    let mut found: Vec<(usize, Stake<'k>)> = Vec::new();
    for kind in all.assets.iter().filter(|kind| !heard.denied.contains_key(&Subject::Asset(kind.key))) {
        let mentions: Vec<&Mention> = heard.of(Subject::Asset(kind.key)).collect();
        let score = score(kind, mentions.len(), cast);
        if score > 0 {
            found.push((
                score,
                Stake {
                    id: id(Kind::Asset, 0),
                    kind,
                    properties: &kind.properties,
                    mention: mentions.first().copied(),
                    parts: lies_in(kind, &mentions, cast),
                },
            ));
        }
    }
    let said = found.iter().filter(|(_, one)| !one.kind.general && one.mention.is_some());
    let classes: Vec<&str> = said.map(|(_, one)| one.kind.class).collect();
    let given =
        |stake: &Stake<'_>| stake.kind.general && stake.mention.is_none() && classes.contains(&stake.kind.class);
    found.retain(|(_, stake)| !given(stake) && !stake.parts.is_empty());
    // What a schema or a manifest says is there, words can only make likely.
    let read = |stake: &Stake<'_>| heard.of(Subject::Asset(stake.kind.key)).any(|mention| mention.structure);
    found.sort_by_key(|(score, stake)| (!read(stake), Reverse(*score)));
    let enough = found.iter().filter(|(score, stake)| *score >= LEAST || read(stake)).count().clamp(4, MOST);
    found.truncate(enough);
    let mut stakes: Vec<Stake<'k>> = found.into_iter().map(|(_, stake)| stake).collect();
    stakes.sort_by_key(|stake| (stake.kind.key == SERVICE, stake.parts.first().copied()));
    stakes
}

/// How much speaks for an asset: words count more than parts, a part counts most for what is typical of it.
fn score(kind: &AssetKind, words: usize, cast: &Cast<'_>) -> usize {
    let typical = |part: &Part<'_>| {
        let at = part.kind.assets.iter().position(|key| *key == kind.key)?;
        Some(3_usize.saturating_sub(at).max(1) + usize::from(part.mentions.len() > 1))
    };
    let parts: usize = cast.parts.iter().filter_map(typical).sum();
    let named = if words > 0 { 4 + words.min(3) } else { 0 };
    let flooded = kind.key == SERVICE && cast.foes.iter().any(|foe| foe.kind.ways.contains(&"flooding"));
    let all = parts + named + if flooded { 8 } else { 0 };
    let worst = kind.properties.0.values().flatten().map(|level| level.points).max().unwrap_or(0);
    let impact = usize::from(worst + kind.impact.0.values().map(|level| level.points).sum::<u8>());
    match all {
        0 => 0,
        _ if kind.general && words == 0 => all.div_ceil(2),
        _ => all + impact / 2,
    }
}

/// The parts that bring it; else the ones named nearest to it; for the service itself, those that answer the world.
fn lies_in(kind: &AssetKind, mentions: &[&Mention], cast: &Cast<'_>) -> Vec<usize> {
    let at = |holds: &dyn Fn(&Part<'_>) -> bool| -> Vec<usize> {
        (0..cast.parts.len()).filter(|at| holds(&cast.parts[*at])).collect()
    };
    let mut brought = at(&|part| part.kind.assets.contains(&kind.key));
    brought.extend(mentions.iter().filter(|mention| mention.structure).filter_map(|mention| beside(mention, cast)));
    brought.sort_unstable();
    brought.dedup();
    if !brought.is_empty() {
        return brought;
    }
    if kind.properties.0.keys().all(|property| *property == Property::A) {
        let zones = ["application", "ai", "cluster", "edge", "device", "data", "client", "build", "internal"];
        let serving = zones.iter().map(|zone| at(&|part| part.zone() == *zone)).find(|parts| !parts.is_empty());
        return serving.unwrap_or_default().into_iter().take(3).collect();
    }
    let Some(mention) = mentions.first() else { return Vec::new() };
    let near = |part: &Part<'_>| {
        let places = part.mentions.iter().filter(|one| one.path == mention.path);
        places.map(|one| one.line.abs_diff(mention.line)).min().unwrap_or(usize::MAX)
    };
    let holds = |part: &&Part<'_>| !["edge", "build", "vendor"].contains(&part.zone());
    let candidates = cast.parts.iter().enumerate();
    let nearest = candidates.min_by_key(|(at, part)| (near(part), !holds(part), *at));
    nearest.into_iter().map(|(at, _)| at).collect()
}

/// The part that the same file tells of, nearest to the place; something that is only built or rented keeps nothing.
fn beside(mention: &Mention, cast: &Cast<'_>) -> Option<usize> {
    let near = |part: &Part<'_>| {
        let same = part.mentions.iter().filter(|one| one.structure && one.path == mention.path);
        same.map(|one| one.line.abs_diff(mention.line)).min()
    };
    let keeps = |part: &Part<'_>| part.kind.key != "dependency-manager" && part.zone() != "vendor";
    let parts = cast.parts.iter().enumerate().filter(|(_, part)| keeps(part));
    parts.filter_map(|(at, part)| Some((near(part)?, at))).min().map(|(_, at)| at)
}
