//! Four lists become one by reciprocal ranks; neighbours never displace the three that the words put first.

use std::collections::BTreeMap;

use super::lexical::Scored;
use crate::model::MappingMethod;

/// What each way found, the best first.
pub(super) struct Lists<'l> {
    pub named: &'l [usize],
    pub lexical: &'l [Scored],
    pub bridged: &'l [(usize, Vec<String>)],
    pub near: &'l [(usize, usize)],
}

/// A requirement of the fused list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub at: usize,
    pub method: MappingMethod,
    pub score: u32,
}

/// The usual constant of reciprocal rank fusion.
const CALM: u64 = 60;
/// Ranks below this one add nothing worth adding.
const DEEPEST: usize = 100;
/// What the words put first stays first.
const HELD: usize = 3;

pub(super) fn fuse(lists: &Lists<'_>, most: usize) -> Vec<Found> {
    let mut scores: BTreeMap<usize, u64> = BTreeMap::new();
    let mut add = |at: usize, rank: usize| {
        if rank < DEEPEST {
            *scores.entry(at).or_default() += 1_000_000 / (CALM + rank as u64);
        }
    };
    lists.lexical.iter().enumerate().for_each(|(rank, (at, _))| add(*at, rank));
    lists.bridged.iter().enumerate().for_each(|(rank, (at, _))| add(*at, rank));
    lists.near.iter().enumerate().for_each(|(rank, (at, _))| add(*at, rank));
    let mut order: Vec<(usize, u64)> = scores.into_iter().collect();
    order.sort_by_key(|&(at, score)| (std::cmp::Reverse(score), at));
    let mut fused: Vec<usize> = lists.named.to_vec();
    let held = lists.lexical.iter().take(HELD).map(|(at, _)| *at);
    for at in held.chain(order.into_iter().map(|(at, _)| at)) {
        if fused.len() >= most.max(lists.named.len()) {
            break;
        }
        if !fused.contains(&at) {
            fused.push(at);
        }
    }
    fused.truncate(most);
    fused.into_iter().map(|at| found(lists, at)).collect()
}

/// The way that put a requirement highest, and how much of the control's words it has.
fn found(lists: &Lists<'_>, at: usize) -> Found {
    let lexical = lists.lexical.iter().position(|(other, _)| *other == at);
    let score = lexical.map_or(0, |rank| lists.lexical[rank].1);
    if lists.named.contains(&at) {
        return Found { at, method: MappingMethod::Lexical, score: 1000 };
    }
    let bridged = lists.bridged.iter().position(|(other, _)| *other == at).map(|rank| (rank, MappingMethod::Bridge));
    let near = lists.near.iter().position(|(other, _)| *other == at).map(|rank| (rank, MappingMethod::Neighbour));
    let ways = lexical.map(|rank| (rank, MappingMethod::Lexical)).into_iter().chain(bridged).chain(near);
    let method = ways.min_by_key(|(rank, _)| *rank).map_or(MappingMethod::Lexical, |(_, method)| method);
    Found { at, method, score }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_come_after_the_first_three_words() {
        let lexical: Vec<Scored> = vec![(0, 900), (1, 800), (2, 700), (3, 600), (4, 500)];
        let near = [(9, 5), (8, 4)];
        let lists = Lists { named: &[], lexical: &lexical, bridged: &[], near: &near };
        let order: Vec<usize> = fuse(&lists, 6).iter().map(|found| found.at).collect();
        assert_eq!(order[..3], [0, 1, 2]);
        let named = Lists { named: &[7], ..lists };
        assert_eq!(fuse(&named, 2).iter().map(|found| found.at).collect::<Vec<_>>(), [7, 0]);
    }
}
