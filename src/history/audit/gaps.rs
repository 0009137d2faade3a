//! What a clone may lack, or see otherwise than everybody else, and the one command that puts it right.

use crate::history::Repo;
use crate::history::cloned::{Cloned, Filter, typed};
use crate::identity::Gap;

impl Repo {
    /// Gaps that show before anything is walked.
    pub fn gaps(&self) -> Vec<Gap> {
        let cloned = Cloned::of(self);
        let mut gaps = Vec::new();
        if let (true, Some(words)) = (cloned.shallow, cloned.fetch()) {
            let why = "the clone is shallow: history beyond its boundary is not there".to_owned();
            gaps.push(Gap { why, command: typed(&words) });
        } else if cloned.narrow {
            let remote = &cloned.remote;
            let why = format!("the clone fetches only some branches of {remote}: other published refs are not there");
            let command = format!("{} && git fetch {remote} --tags", typed(&cloned.widen()));
            gaps.push(Gap { why, command });
        }
        gaps.extend(self.grafted());
        gaps
    }

    /// What makes other programs see another history here than this one, which is the published one.
    pub fn oddities(&self) -> Vec<Gap> {
        let replaced = self.git.references_glob("refs/replace/*").map_or(0, Iterator::count);
        let count = if replaced == 1 { "1 replaced object".to_owned() } else { format!("{replaced} replaced objects") };
        let why = format!("{count} (refs/replace): not followed, since other clones do not have them");
        let replaced = (replaced > 0).then(|| Gap { why, command: "git replace --list".to_owned() });
        replaced.into_iter().collect()
    }

    pub(in crate::history) fn has_grafts(&self) -> bool {
        let grafts = crate::store::disk::load(&self.git.commondir().join("info/grafts")).unwrap_or_default();
        grafts.split(|&byte| byte == b'\n').any(|line| !line.is_empty() && line[0] != b'#')
    }

    /// Grafts cannot be looked past, since libgit2 follows them; replaced objects can.
    fn grafted(&self) -> Option<Gap> {
        let why = "info/grafts gives commits other parents than they were published with".to_owned();
        self.has_grafts().then(|| Gap { why, command: "git replace --convert-graft-file".to_owned() })
    }
}

/// Versions that were left out when the repository was cloned, or lost since.
pub(super) fn missing(repo: &Repo, count: usize) -> Gap {
    let cloned = Cloned::of(repo);
    let why = format!("{count} versions of model files are not in this clone");
    let command = match cloned.filter {
        Filter::Nothing => "git fsck --full".to_owned(),
        _ => format!("git fetch --refetch --no-filter {}", cloned.remote),
    };
    Gap { why, command }
}

/// Git could not read its own history: corrupt objects, or a clone without folders.
pub(super) fn unread(repo: &Repo, command: &str, message: &str) -> Gap {
    let cloned = Cloned::of(repo);
    match cloned.filter {
        Filter::Trees => Gap {
            why: "the clone was made without folders: what old commits hold is not there".to_owned(),
            command: typed(&cloned.refetch()),
        },
        _ => {
            let message = message.lines().collect::<Vec<_>>().join("; ");
            Gap { why: format!("`{command}` failed: {message}"), command: "git fsck --full".to_owned() }
        }
    }
}
