//! Four lists become one, one after the other. Sums of reciprocal ranks gain nothing beside that, but on the one set whose CWE numbers were
//! given with the answers in view (`cargo bench --bench mapping`, the line "ranks").

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

/// What the words put first stays first.
const HELD: usize = 3;

/// What the control names, then the first three of the words, then what a bridge leads to, then what lies near, then the rest of the words.
pub(super) fn fuse(lists: &Lists<'_>, most: usize) -> Vec<Found> {
    let words = || lists.lexical.iter().map(|(at, _)| *at);
    let bridged = lists.bridged.iter().map(|(at, _)| *at);
    let near = lists.near.iter().map(|(at, _)| *at);
    let order = lists.named.iter().copied().chain(words().take(HELD)).chain(bridged).chain(near).chain(words());
    let mut joined: Vec<usize> = Vec::new();
    for at in order {
        if joined.len() == most {
            break;
        }
        if !joined.contains(&at) {
            joined.push(at);
        }
    }
    joined.into_iter().map(|at| found(lists, at)).collect()
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
