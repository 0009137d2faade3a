//! What became of the requirements of one version in the next, as a pack says it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clause, Pack};

/// One requirement of the version before, and one of this version that took something of it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub from: String,
    /// Nothing where it is asked for no longer.
    pub to: Option<String>,
    pub how: How,
    /// The publisher's reason, in a few words.
    pub why: String,
}

/// How a requirement came into the next version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It asks for the same under another number.
    Same,
    /// It asks for more, for less, or for something near.
    Changed,
    /// It became several.
    Split,
    /// It became a part of another one.
    Merged,
    /// Another one asks for it anyway.
    Covered,
    /// It is asked for no longer.
    Dropped,
}

impl How {
    pub const ALL: [How; 6] = [How::Same, How::Changed, How::Split, How::Merged, How::Covered, How::Dropped];

    pub const fn word(self) -> &'static str {
        match self {
            How::Same => "same",
            How::Changed => "changed",
            How::Split => "split",
            How::Merged => "merged",
            How::Covered => "covered",
            How::Dropped => "dropped",
        }
    }

    pub fn parse(text: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.word() == text)
    }
}

/// All that became of one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate<'s> {
    /// What was decided about it holds for this one.
    Same(&'s str),
    /// Somebody has to look at each of these.
    Changed(Vec<(&'s str, How)>),
    /// Nothing asks for it, for this reason.
    Dropped(&'s str),
    /// The pack does not say.
    Unsaid,
}

/// What became of each requirement that the steps are about.
pub fn fates(steps: &[Step]) -> BTreeMap<&str, Fate<'_>> {
    let mut by: BTreeMap<&str, Vec<&Step>> = BTreeMap::new();
    steps.iter().for_each(|step| by.entry(&step.from).or_default().push(step));
    by.into_iter().map(|(from, steps)| (from, fate(&steps))).collect()
}

fn fate<'s>(steps: &[&'s Step]) -> Fate<'s> {
    let targets: Vec<(&str, How)> =
        steps.iter().filter_map(|step| step.to.as_deref().map(|to| (to, step.how))).collect();
    match targets.as_slice() {
        [] => Fate::Dropped(steps.first().map_or("", |step| &step.why)),
        [(only, How::Same)] => Fate::Same(only),
        _ => Fate::Changed(targets),
    }
}

/// How the two versions stand to each other, in numbers of live requirements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<'p> {
    pub same: usize,
    pub changed: usize,
    pub dropped: usize,
    pub unsaid: usize,
    /// Pairs of an old and a new number.
    pub pairs: usize,
    /// What took over nothing.
    pub new: Vec<&'p Clause>,
}

/// Counts what becomes of the requirements of `from`.
pub fn tally<'p>(from: &Pack, to: &'p Pack, steps: &[Step]) -> Tally<'p> {
    let fates = fates(steps);
    let taken: BTreeSet<&str> = steps.iter().filter_map(|step| step.to.as_deref()).collect();
    let new = to.active().filter(|clause| !taken.contains(clause.id.as_str())).collect();
    let pairs = steps.iter().filter(|step| step.to.is_some()).count();
    let mut tally = Tally { same: 0, changed: 0, dropped: 0, unsaid: 0, pairs, new };
    for clause in from.active() {
        match fates.get(clause.id.as_str()) {
            Some(Fate::Same(_)) => tally.same += 1,
            Some(Fate::Changed(_)) => tally.changed += 1,
            Some(Fate::Dropped(_)) => tally.dropped += 1,
            Some(Fate::Unsaid) | None => tally.unsaid += 1,
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(from: &str, to: Option<&str>, how: How) -> Step {
        Step { from: from.into(), to: to.map(str::to_owned), how, why: "no use".into() }
    }

    #[test]
    fn only_one_same_step_carries() {
        let steps = [
            step("1", Some("9"), How::Same),
            step("2", Some("8"), How::Same),
            step("2", Some("7"), How::Split),
            step("3", Some("7"), How::Merged),
            step("4", None, How::Dropped),
        ];
        let fates = fates(&steps);
        assert_eq!(fates["1"], Fate::Same("9"));
        assert_eq!(fates["2"], Fate::Changed(vec![("8", How::Same), ("7", How::Split)]));
        assert_eq!(fates["3"], Fate::Changed(vec![("7", How::Merged)]));
        assert_eq!(fates["4"], Fate::Dropped("no use"));
        let pack = |ids: &[&str]| {
            let clause = |id: &&str| Clause { id: (*id).to_owned(), ..Clause::default() };
            Pack::default().with(ids.iter().map(clause).collect())
        };
        let (from, to) = (pack(&["1", "2", "3", "4", "5"]), pack(&["6", "7", "8", "9"]));
        let tally = tally(&from, &to, &steps);
        assert_eq!((tally.same, tally.changed, tally.dropped, tally.unsaid, tally.pairs), (1, 2, 1, 1, 4));
        assert_eq!(tally.new.iter().map(|clause| clause.id.as_str()).collect::<Vec<_>>(), ["6"]);
    }
}
