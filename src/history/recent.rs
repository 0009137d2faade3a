//! Files that were read a moment ago: a candidate and its base have most of theirs in common.

use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError};

use git2::Oid;

use super::Repo;

/// Blobs by their ids, as many as there is room for.
#[derive(Debug, Default)]
pub(super) struct Recent {
    blobs: HashMap<Oid, Arc<[u8]>>,
    bytes: usize,
}

impl Repo {
    /// What every handle of this repository read lately.
    pub(super) fn recent(&self) -> MutexGuard<'_, Recent> {
        // Nobody leaves it half done.
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// More bytes than the models of a large workspace have.
const ROOM: usize = 16 << 20;

impl Recent {
    pub fn find(&self, id: Oid) -> Option<Arc<[u8]>> {
        self.blobs.get(&id).cloned()
    }

    /// Where there is no room, what was kept before makes it.
    pub fn keep(&mut self, id: Oid, bytes: &Arc<[u8]>) {
        if self.bytes + bytes.len() > ROOM {
            *self = Recent::default();
        }
        self.bytes += bytes.len();
        self.blobs.insert(id, Arc::clone(bytes));
    }
}
