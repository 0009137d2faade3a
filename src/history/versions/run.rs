//! Versions: maximal runs of one structural digest along a line.

use super::{Sight, Signed, Step, Summary};
use crate::identity::{Digest, structural};

/// One version of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1, counted along the line.
    pub number: usize,
    pub digest: Digest,
    /// The commit that made it.
    pub first: Signed,
    /// The last commit that left it as it is.
    pub last: Signed,
    /// Commits that touched the model while it was this version.
    pub commits: usize,
    /// What it changed against the version before.
    pub summary: Summary,
}

/// A commit whose state of the model cannot be read. It belongs to no version and ends none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub signed: Signed,
    pub path: String,
    pub why: String,
}

/// The versions of one model, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    pub versions: Vec<Version>,
    pub unread: Vec<Unread>,
    /// The run goes on while the digest stays; it ends where the model is gone.
    open: bool,
}

impl Runs {
    /// Takes the next state. All steps are of one model.
    pub fn see(&mut self, step: &Step<'_>) {
        let model = match step.now {
            Sight::Gone => {
                self.open = false;
                return;
            }
            Sight::Unreadable { path, why } => {
                let (signed, path, why) = (step.signed.clone(), path.clone(), why.clone());
                return self.unread.push(Unread { signed, path, why });
            }
            Sight::Read(model) => model,
        };
        let digest = structural(model);
        let open = self.open;
        self.open = true;
        if let Some(last) = self.versions.last_mut().filter(|last| open && last.digest == digest) {
            last.commits += 1;
            last.last = step.signed.clone();
            return;
        }
        self.versions.push(Version {
            number: self.versions.len() + 1,
            digest,
            first: step.signed.clone(),
            last: step.signed.clone(),
            commits: 1,
            summary: Summary::of(step.before, model),
        });
    }

    /// The version that is there at the end of the line; nothing when the model is gone.
    pub fn current(&self) -> Option<&Version> {
        self.versions.last().filter(|_| self.open)
    }
}
