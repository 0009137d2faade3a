//! Mechanisms as controls: which objectives each covers, and in which mitigation group.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::cast::Cast;
use super::means::{means, serves, suits};
use super::need::Need;
use crate::model::{ComponentRef, Control, Covers, Group};
use crate::suggest::{Knowledge, Mechanism};

/// Controls for these needs, each with its reason. Group 1 closes every way that leads to an objective; group 2 is another way to do it,
/// where there is one; what only helps is defence in depth.
pub fn controls<'k>(all: &'k Knowledge, cast: &Cast<'k>, needs: &[Need<'k>]) -> Vec<(Control, String)> {
    let means = means(all, cast, needs);
    let mut covers: BTreeMap<&str, Covers> = BTreeMap::new();
    for need in needs {
        let mut left: Vec<&Mechanism> = means.mains.clone();
        for group in 1..=2 {
            let Some(closed) = closed(cast, &left, need) else { break };
            left.retain(|one| closed.iter().all(|used| used.key != one.key));
            for one in closed {
                covers.entry(one.key).or_default().put(need.objective, Group::Number(group));
            }
        }
        for one in &means.helps {
            if need.ways.iter().any(|way| serves(cast, one, need, way)) {
                covers.entry(one.key).or_default().put(need.objective, Group::Depth);
            }
        }
    }
    let proposed = all.controls.iter().filter_map(|one| Some((one, covers.remove(one.key)?)));
    proposed.map(|(one, covers)| (control(cast, one, covers), reason(all, one, needs))).collect()
}

/// Mechanisms that close every way to the objective, each of some use; none when a way stays open.
fn closed<'k>(cast: &Cast<'_>, from: &[&'k Mechanism], need: &Need<'_>) -> Option<Vec<&'k Mechanism>> {
    let mut used: Vec<&Mechanism> = Vec::new();
    for way in &need.ways {
        if used.iter().any(|one| serves(cast, one, need, way)) {
            continue;
        }
        let closing = from.iter().filter(|one| serves(cast, one, need, way));
        let also = |one: &Mechanism| need.ways.iter().filter(|way| serves(cast, one, need, way)).count();
        let best = closing.enumerate().max_by_key(|(at, one)| (suits(one, way), also(one), Reverse(*at)));
        used.push(best.map(|(_, one)| *one)?);
    }
    Some(used)
}

fn control(cast: &Cast<'_>, mechanism: &Mechanism, covers: Covers) -> Control {
    let lives = cast.parts.iter().filter(|part| mechanism.with.contains(&part.kind.key));
    Control {
        description: mechanism.text.to_owned(),
        protects: mechanism.protects.iter().copied().collect(),
        components: lives.map(|part| ComponentRef(part.id)).collect(),
        covers,
        ..Control::default()
    }
}

/// `Against one who asks for objects that the checks forget; CWE-639`, as far as somebody here does so.
fn reason(all: &Knowledge, mechanism: &Mechanism, needs: &[Need<'_>]) -> String {
    let here = |key: &str| needs.iter().any(|need| need.ways.iter().any(|way| way.key == key));
    let ways = mechanism.stops.iter().filter(|key| here(key)).filter_map(|key| all.way(key));
    let ways: Vec<&str> = ways.map(|way| way.text).collect();
    let weaknesses: String = mechanism.cwe.iter().map(|number| format!("; CWE-{number}")).collect();
    format!("Against one who {}{weaknesses}", ways.join(", or "))
}
