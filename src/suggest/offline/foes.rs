//! Who comes: those the text names, those the parts attract, and those who are everywhere; different ones rather than many of a kind.

use std::collections::BTreeSet;

use super::cast::{Cast, Foe, Part};
use super::hear::Heard;
use super::write::id;
use crate::model::{Archetype, Kind, Properties};
use crate::suggest::{AttackerKind, Knowledge, Subject, Way};

/// Attackers, at most: a model is read on one screen.
const MOST: usize = 7;
/// Attackers that a text names come beyond that.
const NAMED: usize = 8;

/// The attackers, in the order of the table.
pub fn foes<'k>(all: &'k Knowledge, heard: &'k Heard, cast: &Cast<'k>) -> Vec<Foe<'k>> {
    let denied = |kind: &AttackerKind| heard.denied.contains_key(&Subject::Attacker(kind.key));
    let comes = |kind: &&AttackerKind| !(denied(kind) || cast.closed && stays_out(kind));
    let candidates = all.attackers.iter().filter(comes);
    let mut open: Vec<Foe<'k>> = candidates.filter_map(|kind| foe(kind, heard, &cast.parts)).collect();
    let mut chosen: Vec<Foe<'k>> = Vec::new();
    while let Some(at) = best(&cast.parts, &open, &chosen) {
        let room = if open[at].mention.is_some() { NAMED } else { MOST };
        let foe = open.remove(at);
        if chosen.len() < room {
            chosen.push(foe);
        }
    }
    let place = |foe: &Foe<'_>| all.attackers.iter().position(|kind| kind.key == foe.kind.key);
    chosen.sort_by_key(place);
    chosen
}

/// Where attackers stand who call what everybody can call.
pub const INTERNET: &str = "internet";

/// Strangers on the internet, who never get to what is not reached from there. Whoever writes to people still does.
fn stays_out(kind: &AttackerKind) -> bool {
    let stranger = matches!(kind.archetype, Archetype::External | Archetype::Automated);
    stranger && kind.position == INTERNET && kind.zones == ["edge"] && !kind.ways.contains(&"phishing")
}

/// The attacker, when anything brings it.
fn foe<'k>(kind: &'k AttackerKind, heard: &'k Heard, parts: &[Part<'k>]) -> Option<Foe<'k>> {
    let mention = heard.of(Subject::Attacker(kind.key)).next();
    // Whoever comes out of other people's services comes with each of them.
    let supplied = |part: &Part<'_>| kind.zones == ["vendor"] && part.outside() && !kind.with.is_empty();
    let comes = |at: &usize| kind.with.contains(&parts[*at].kind.key) || supplied(&parts[*at]);
    let brought = (0..parts.len()).filter(comes).collect::<Vec<_>>();
    let here = mention.is_some() || !brought.is_empty() || kind.with.is_empty();
    here.then_some(Foe { id: id(Kind::Attacker, 0), kind, mention, parts: brought })
}

/// The candidate that most speaks for and that does most of what nobody chosen does.
fn best(parts: &[Part<'_>], open: &[Foe<'_>], chosen: &[Foe<'_>]) -> Option<usize> {
    let covered: BTreeSet<&str> = chosen.iter().flat_map(|foe| foe.kind.ways.iter().copied()).collect();
    let score = |foe: &Foe<'_>| {
        let named = if foe.mention.is_some() { 12 } else { 0 };
        let everywhere = if foe.kind.with.is_empty() { 20 } else { 0 };
        let likely: usize = foe.kind.likelihood.0.values().map(|level| usize::from(level.points)).sum();
        let news = foe.kind.ways.iter().filter(|way| !covered.contains(*way)).count();
        let alike = chosen.iter().filter(|one| one.kind.archetype == foe.kind.archetype).count();
        let stale = if news == 0 { 8 } else { 0 };
        let typical = foe.parts.iter().filter(|at| foe.kind.with.contains(&parts[**at].kind.key)).count();
        (named + everywhere + 5 * typical.min(4) + likely / 2 + 2 * news + 30).saturating_sub(3 * alike + stale)
    };
    let best = open.iter().enumerate().max_by_key(|(at, foe)| (score(foe), std::cmp::Reverse(*at)));
    best.map(|(at, _)| at)
}

/// Whether an attacker can harm an asset at all.
pub fn harms(all: &Knowledge, foe: &AttackerKind, properties: &Properties) -> bool {
    ways(all, foe, properties).next().is_some()
}

/// The ways of an attacker that threaten one of these properties.
pub fn ways<'k>(all: &'k Knowledge, foe: &AttackerKind, properties: &Properties) -> impl Iterator<Item = &'k Way> {
    let ways = foe.ways.iter().filter_map(|key| all.way(key));
    ways.filter(|way| way.threatens.iter().any(|property| properties.0.contains_key(property)))
}
