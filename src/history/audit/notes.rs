//! What makes this clone see another history than others do.

use crate::history::Repo;
use crate::identity::{Gap, Published};
use crate::store::disk;

impl Repo {
    /// Replaced objects, grafts and forced branches. The audit itself looks past the first two.
    pub fn notes(&self, published: &[Published]) -> Vec<Gap> {
        let mut notes = Vec::new();
        let replaced = self.git.references_glob("refs/replace/*").map_or(0, Iterator::count);
        if replaced > 0 {
            let why = format!(
                "Git shows {replaced} other objects here than the true ones (git replace); redan reads the true ones"
            );
            notes.push(Gap { why, command: "see them: git replace --list --format=long".to_owned() });
        }
        let grafts = self.git.commondir().join("info/grafts");
        if disk::exists(&grafts) {
            let why = "Git is told of other parents than the true ones (.git/info/grafts); the true ones are followed all the same"
                .to_owned();
            notes.push(Gap { why, command: "end it: rm \"$(git rev-parse --git-path info/grafts)\"".to_owned() });
        }
        notes.extend(published.iter().filter_map(|one| self.forced(one)));
        notes
    }

    /// A remote branch that moved to a commit which does not descend from where it was. Only the newest such move
    /// is told, as far as this clone saw it.
    fn forced(&self, published: &Published) -> Option<Gap> {
        let log = self.git.reflog(&format!("refs/remotes/{}", published.name)).ok()?;
        let moved = log.iter().find(|entry| {
            let (old, new) = (entry.id_old(), entry.id_new());
            !old.is_zero()
                && old != new
                && self.git.find_commit(old).is_ok()
                && !self.git.graph_descendant_of(new, old).unwrap_or(true)
        })?;
        let (old, new) = (moved.id_old().to_string(), moved.id_new().to_string());
        let why = format!(
            "{} was forced from {old:.10} to {new:.10}: IDs that only {old:.10} had are not published any more",
            published.name
        );
        Some(Gap {
            why,
            command: format!(
                "see what they were: redan check --history full --published {} --published {old:.10}",
                published.name
            ),
        })
    }
}
