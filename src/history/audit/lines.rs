//! Published lines: the first-parent chain of each published ref, as far as no earlier ref has it. What
//! stands in a tree on a line is owed.

use std::collections::{HashMap, HashSet};

use git2::Oid;

use crate::history::walk::{Graph, Labels};
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
    pub fn find(graph: &Graph, published: &[Published]) -> Lines {
        let mut lines = Lines::default();
        for published in published {
            if let Ok(tip) = Oid::from_str(&published.commit) {
                lines.add(graph, published, tip);
            }
        }
        lines
    }

    fn add(&mut self, graph: &Graph, published: &Published, tip: Oid) {
        if self.at.contains_key(&tip) || !graph.listed(tip) {
            return;
        }
        let nth = self.lines.len();
        let mut own = Vec::new();
        let mut base = None;
        let mut next = Some(tip);
        while let Some(id) = next {
            base = self.at.get(&id).copied();
            if base.is_some() {
                break;
            }
            own.push(id);
            next = graph.parents(id).next().filter(|parent| graph.listed(*parent));
        }
        own.reverse();
        if published.tag {
            own = vec![tip];
        }
        for (pos, id) in own.iter().enumerate() {
            self.at.insert(*id, (nth, pos as u32));
            graph.label(*id, label(nth, pos as u32), &mut self.labels);
        }
        let name = published.name.clone();
        self.lines.push(Line { name, tip, base, length: own.len() as u32, tagged: published.tag });
        self.commits.push(own);
    }

    /// Lengthens a line by commits that come after its tip.
    pub fn grow(&mut self, graph: &Graph, nth: usize, tip: Oid, own: Vec<Oid>) -> Option<()> {
        let line = self.lines.get_mut(nth)?;
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
        next = repo.git.find_commit(id).map_err(failed)?.parent_ids().next();
    }
    Ok(line.length - ahead)
}
