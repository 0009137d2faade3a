//! Nothing becomes unreachable for want of a line: what no file keeps apart hangs together.

use std::collections::BTreeSet;

use super::place::Bound;

/// Puts parts into boundaries that nothing leads to. Of the parts that the first boundary leads to, the one of the least `rank` becomes the door.
pub fn join(bounds: &[Bound<'_>], parts: &mut [BTreeSet<usize>], rank: impl Fn(usize) -> usize) {
    loop {
        let reached = reached(parts);
        let lost = (0..bounds.len()).find(|at| !reached.contains(at) && !bounds[*at].apart());
        let doors = (0..parts.len()).filter(|at| !parts[*at].is_disjoint(&reached));
        let (Some(lost), Some(door)) = (lost, doors.min_by_key(|at| rank(*at))) else { return };
        parts[door].insert(lost);
    }
}

/// The boundaries that the first one leads to.
fn reached(parts: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([0]);
    loop {
        let doors = parts.iter().filter(|part| !part.is_disjoint(&reached));
        let more: BTreeSet<usize> = doors.flatten().copied().collect();
        match more.is_subset(&reached) {
            true => return reached,
            false => reached.extend(more),
        }
    }
}
