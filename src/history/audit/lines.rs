//! Published lines: the first-parent chain of each published ref, as far as no earlier ref has it, by way of the commits
//! where the ref is known to have stood. What stands in a tree on a line is owed.

use std::collections::{BTreeSet, HashMap, HashSet};

use git2::Oid;

use super::pulls::Pulls;
use super::stood::Stood;
use crate::history::walk::{Graph, Labels, Way};
use crate::history::{GitError, Repo};
use crate::identity::Published;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The ref that gave it.
    pub name: String,
    pub tip: Oid,
    /// The line it leaves and the last commit they share; `None` = it starts with a root.
    pub base: Option<(usize, u32)>,
    /// How many commits it has.
    pub length: u32,
    /// A tag off every line: the tagged tree alone is owed, as one step from the base.
    pub tagged: bool,
    /// Merges that it goes on from by another parent than the first, since that was published, or by the first against their
    /// own words; newest first.
    pub turns: Vec<(Oid, Oid)>,
    /// Where the ref stood before, as far as that was known when the line was drawn.
    pub heard: BTreeSet<Oid>,
}

impl Line {
    /// The parent by which the line goes on.
    pub fn before(&self, commit: Oid, first: Option<Oid>) -> Option<Oid> {
        self.turns.iter().find(|(merge, _)| *merge == commit).map(|(_, parent)| *parent).or(first)
    }
}

/// Lines with their commits, oldest first.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub lines: Vec<Line>,
    pub commits: Vec<Vec<Oid>>,
    /// Where each commit of a line stands.
    pub at: HashMap<Oid, (usize, u32)>,
    pub labels: Labels,
}

impl Lines {
    pub fn find(graph: &Graph, published: &[Published], (stood, pulls): (&Stood, &Pulls)) -> Lines {
        let mut lines = Lines::default();
        for published in published {
            if let Ok(tip) = Oid::from_str(&published.commit) {
                lines.add(graph, (published, tip), (stood.of(&published.name), &pulls.of(published)));
            }
        }
        lines
    }

    fn add(
        &mut self,
        graph: &Graph,
        (published, tip): (&Published, Oid),
        (stood, pulled): (&[Oid], &HashMap<Oid, Oid>),
    ) {
        if self.at.contains_key(&tip) || !graph.listed(tip) {
            return;
        }
        let nth = self.lines.len();
        let Way { commits: mut own, turns, end } = graph.way(tip, (stood, pulled), |id| self.at.contains_key(&id));
        let base = end.and_then(|end| self.at.get(&end).copied());
        own.reverse();
        if published.tag {
            own = vec![tip];
        }
        for (pos, id) in own.iter().enumerate() {
            self.at.insert(*id, (nth, pos as u32));
            graph.label(*id, label(nth, pos as u32), &mut self.labels);
        }
        let (name, heard) = (published.name.clone(), stood.iter().copied().collect());
        let length = own.len() as u32;
        self.lines.push(Line { name, tip, base, length, tagged: published.tag, turns, heard });
        self.commits.push(own);
    }

    /// Lengthens a line by commits that come after its tip.
    pub fn grow(&mut self, graph: &Graph, nth: usize, tip: Oid, way: Way) -> Option<()> {
        let Way { commits: mut own, turns, .. } = way;
        own.reverse();
        let line = self.lines.get_mut(nth)?;
        line.turns.splice(..0, turns);
        for (more, id) in own.iter().enumerate() {
            let pos = line.length + more as u32;
            if self.at.insert(*id, (nth, pos)).is_some() {
                return None;
            }
            graph.label(*id, label(nth, pos), &mut self.labels);
        }
        line.tip = tip;
        line.length += own.len() as u32;
        self.commits.push(own);
        Some(())
    }

    /// The line and the step along it that first published a commit.
    pub fn published(&self, graph: &Graph, id: Oid) -> Option<(usize, u32)> {
        graph.labelled(id, &self.labels).map(|label| ((label >> POSITION) as usize, label & MOST))
    }
}

/// Bits of a label that hold the place on the line: sixteen million commits, 255 lines.
const POSITION: u32 = 24;
const MOST: u32 = (1 << POSITION) - 1;

fn label(line: usize, pos: u32) -> u32 {
    ((line as u32).min(254) << POSITION) | pos.min(MOST)
}

/// How many commits of a line the candidate descends from; of a line without any, 0.
pub(super) fn reached(repo: &Repo, line: &Line, parents: &[Oid]) -> Result<u32, GitError> {
    let failed = |error: git2::Error| GitError::other("comparing the candidate with a published ref", &error);
    if parents.contains(&line.tip) {
        return Ok(line.length);
    }
    let mut walk = repo.git.revwalk().map_err(failed)?;
    walk.push(line.tip).map_err(failed)?;
    parents.iter().try_for_each(|parent| walk.hide(*parent)).map_err(failed)?;
    let lacking = walk.collect::<Result<HashSet<Oid>, _>>().map_err(failed)?;
    let mut ahead = 0;
    let mut next = Some(line.tip);
    while let Some(id) = next.filter(|id| ahead < line.length && lacking.contains(id)) {
        ahead += 1;
        next = line.before(id, repo.git.find_commit(id).map_err(failed)?.parent_ids().next());
    }
    Ok(line.length - ahead)
}
