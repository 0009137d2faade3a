//! Published branches that did not only grow.

use crate::history::Repo;
use crate::identity::{Gap, Published};

impl Repo {
    /// Remote branches that moved to a commit which does not descend from where they were. Only the newest such
    /// move of each is told, as far as this clone saw it.
    pub fn forced(&self, published: &[Published]) -> Vec<Gap> {
        published.iter().filter_map(|one| self.moved(one)).collect()
    }

    fn moved(&self, published: &Published) -> Option<Gap> {
        let log = self.log_of(published).filter(|_| published.fetched.is_some())?;
        let moved = log.iter().find(|entry| {
            let (old, new) = (entry.id_old(), entry.id_new());
            let known = !old.is_zero() && old != new && self.git.find_commit(old).is_ok();
            known && !self.git.graph_descendant_of(new, old).unwrap_or(true)
        })?;
        let (old, new) = (moved.id_old().to_string(), moved.id_new().to_string());
        let name = &published.name;
        let why = format!(
            "{name} was forced from {old:.10} to {new:.10}: IDs that only {old:.10} had are not published any more"
        );
        let command = format!("redan check --history full --published {old:.10} --published {name}");
        Some(Gap { why, command })
    }
}
