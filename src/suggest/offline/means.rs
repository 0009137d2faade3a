//! Which mechanisms: few that close much, then alternatives where it matters most, then what helps beside.

use std::cmp::Reverse;

use super::cast::Cast;
use super::need::Need;
use crate::assess::Tier;
use crate::suggest::{Knowledge, Mechanism, Role, Way};

/// Controls, at most: a model is read on one screen.
const MOST: usize = 25;
/// As long as they are not more, what is medium is closed as well.
const ENOUGH: usize = 18;
/// Alternatives, at most.
const SPARE: usize = 4;
/// Helps, at most.
const HELP: usize = 5;

/// Every mechanism that is proposed, in the order in which it was chosen.
pub struct Means<'k> {
    pub mains: Vec<&'k Mechanism>,
    pub helps: Vec<&'k Mechanism>,
}

/// Chooses for these needs. What is critical or high is closed; the rest as far as the same mechanisms go.
pub fn means<'k>(all: &'k Knowledge, cast: &Cast<'k>, needs: &[Need<'k>]) -> Means<'k> {
    let urgent: Vec<&Need<'_>> = needs.iter().filter(|need| need.tier >= Tier::High).collect();
    let urgent = if urgent.is_empty() { needs.iter().collect() } else { urgent };
    let here: Vec<&Mechanism> = all.controls.iter().filter(|one| cast.has(&one.with)).collect();
    let mut mains = closing(&here, cast, &urgent);
    let every: Vec<&Need<'_>> = needs.iter().filter(|need| need.tier >= Tier::Medium).collect();
    let wider = closing(&here, cast, &every);
    if mains.len() < wider.len() && wider.len() <= ENOUGH {
        mains = wider;
    }
    let room = MOST.saturating_sub(mains.len());
    mains.extend(spares(&here, cast, &urgent, &mains).into_iter().take(room.min(SPARE)));
    let room = MOST.saturating_sub(mains.len());
    let helps = helping(&here, cast, &urgent, room.min(HELP));
    Means { mains, helps }
}

/// Whether a mechanism does something about a way to this asset; a main one closes it.
pub fn serves(cast: &Cast<'_>, mechanism: &Mechanism, need: &Need<'_>, way: &Way) -> bool {
    let stake = &cast.stakes[need.stake];
    let threatened = way.threatens.iter().filter(|property| stake.properties.0.contains_key(property));
    let fits = mechanism.guards.is_empty() || mechanism.guards.contains(&stake.kind.class);
    let whole = mechanism.protects.is_empty() || threatened.into_iter().all(|one| mechanism.protects.contains(one));
    fits && whole && mechanism.stops.contains(&way.key) && on_the_way(cast, mechanism, need)
}

/// Whether what a mechanism lives in holds the asset, or is where the attacker comes in. What lives on a device protects what lies there.
fn on_the_way(cast: &Cast<'_>, mechanism: &Mechanism, need: &Need<'_>) -> bool {
    let lives = |at: &usize| mechanism.with.contains(&cast.parts[*at].kind.key);
    let entrance = |at: &usize| lives(at) && !["device", "client"].contains(&cast.parts[*at].zone());
    let (stake, foe) = (&cast.stakes[need.stake], &cast.foes[need.foe]);
    let anywhere = foe.kind.with.is_empty() && (0..cast.parts.len()).any(|at| entrance(&at));
    mechanism.with.is_empty() || stake.parts.iter().any(lives) || foe.parts.iter().any(entrance) || anywhere
}

/// A way of an urgent need that is still open.
type Open<'n, 'k> = (&'n Need<'k>, &'k Way);

/// Greedy: always the one that closes most of what is open. One that is made for a part or for a class goes before one for anything.
fn closing<'k>(here: &[&'k Mechanism], cast: &Cast<'k>, needs: &[&Need<'k>]) -> Vec<&'k Mechanism> {
    let mut open: Vec<Open<'_, 'k>> = needs.iter().flat_map(|need| need.ways.iter().map(|way| (*need, *way))).collect();
    let mains: Vec<&Mechanism> = here.iter().copied().filter(|one| one.role == Role::Main).collect();
    let mut chosen: Vec<&Mechanism> = Vec::new();
    while !open.is_empty() {
        let Some(best) = best(&mains, cast, &open) else { break };
        open.retain(|(need, way)| !serves(cast, best, need, way));
        chosen.push(best);
    }
    let all: Vec<Open<'_, 'k>> = needs.iter().flat_map(|need| need.ways.iter().map(|way| (*need, *way))).collect();
    // What later ones made superfluous goes again.
    for at in (0..chosen.len()).rev() {
        let rest = || chosen.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, one)| *one);
        if all.iter().all(|(need, way)| rest().any(|one| serves(cast, one, need, way))) {
            chosen.remove(at);
        }
    }
    chosen
}

fn best<'k>(from: &[&'k Mechanism], cast: &Cast<'k>, open: &[Open<'_, 'k>]) -> Option<&'k Mechanism> {
    let score = |one: &Mechanism| {
        let served = open.iter().filter(|(need, way)| serves(cast, one, need, way));
        served.map(|(need, way)| need.weight() * suits(one, way)).sum::<usize>() * aim(one)
    };
    let scored =
        from.iter().enumerate().map(|(at, one)| (score(one), Reverse(at), *one)).filter(|(score, ..)| *score > 0);
    scored.max_by_key(|(score, at, _)| (*score, *at)).map(|(_, _, one)| one)
}

/// What a mechanism is named for first suits it best.
pub fn suits(one: &Mechanism, way: &Way) -> usize {
    if one.stops.first() == Some(&way.key) { 3 } else { 1 }
}

/// How closely it is made for what is here.
fn aim(one: &Mechanism) -> usize {
    match (one.with.is_empty(), one.guards.is_empty()) {
        (true, true) => 4,
        (true, false) => 5,
        (false, _) => 6,
    }
}

/// Another way to close what weighs most: for each way in turn, the next mechanism that is not chosen yet.
fn spares<'k>(
    here: &[&'k Mechanism],
    cast: &Cast<'k>,
    needs: &[&Need<'k>],
    chosen: &[&'k Mechanism],
) -> Vec<&'k Mechanism> {
    let mut open: Vec<Open<'_, 'k>> = Vec::new();
    for need in needs.iter().filter(|need| need.ways.len() == 1) {
        open.extend(need.ways.iter().map(|way| (*need, *way)));
    }
    let rest = |one: &&&Mechanism| one.role == Role::Main && chosen.iter().all(|other| other.key != one.key);
    let mains: Vec<&Mechanism> = here.iter().filter(rest).copied().collect();
    let mut spares: Vec<&Mechanism> = Vec::new();
    while spares.len() < SPARE {
        let Some(best) = best(&mains, cast, &open) else { break };
        open.retain(|(need, way)| !serves(cast, best, need, way));
        spares.push(best);
    }
    spares
}

/// Defence in depth where it does most, one for each way before a second.
fn helping<'k>(here: &[&'k Mechanism], cast: &Cast<'k>, needs: &[&Need<'k>], room: usize) -> Vec<&'k Mechanism> {
    let mut open: Vec<Open<'_, 'k>> = needs.iter().flat_map(|need| need.ways.iter().map(|way| (*need, *way))).collect();
    let depth: Vec<&Mechanism> = here.iter().copied().filter(|one| one.role == Role::Depth).collect();
    let mut helps: Vec<&Mechanism> = Vec::new();
    while helps.len() < room {
        let Some(best) = best(&depth, cast, &open) else { break };
        open.retain(|(_, way)| !best.stops.contains(&way.key));
        helps.push(best);
    }
    helps
}
