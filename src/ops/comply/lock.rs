//! Writing down what the imported packs say, so that a change of them is seen.

use crate::comply::Name;
use crate::finding::codes;
use crate::ops::{Candidate, Desk, Trouble};
use crate::store::{self, Write, disk};

/// What came of it.
pub struct Locked {
    /// The lock files that had to be written.
    pub writes: Vec<Write>,
    /// Packs that were locked and are not there: they are forgotten.
    pub forgotten: Vec<Name>,
}

/// Writes the lock files that do not say what the packs say. A pack that cannot be used is not locked: the trouble says so.
pub fn lock(desk: &Desk, dry_run: bool) -> Result<Locked, Trouble> {
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let read = desk.glance(&Candidate::WorkingTree)?;
    let flaws = read.workspace.findings.iter().filter(|finding| finding.code == &codes::PACK_INVALID).count();
    if flaws > 0 {
        return Err(Trouble::Unsound { model: "the packs".to_owned(), findings: flaws });
    }
    let mut writes = Vec::new();
    for root in &read.settings.models {
        let path = store::lock_path(root);
        let before = disk::source(&desk.root, &path)?.map(|source| source.text().into_bytes());
        let text = store::lock_text(&read.workspace.library, root);
        let packs = text.lines().any(|line| line.starts_with('"'));
        if (packs || before.is_some()) && before.as_deref() != Some(text.as_bytes()) {
            writes.push(Write { path, before, after: text.into_bytes() });
        }
    }
    if !dry_run {
        disk::commit(&desk.root, &desk.state(), &writes)?;
    }
    Ok(Locked { writes, forgotten: read.workspace.library.all_lost().map(|lost| lost.name.clone()).collect() })
}
