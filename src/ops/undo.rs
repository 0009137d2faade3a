//! Taking back what was just written: the files become what they were, as long as nobody touched them since.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::check::{findings, fingerprint};
use super::{Candidate, Desk, Trouble};
use crate::finding::{Finding, Severity};
use crate::store::{Content, Source, Workspace, Write, disk, read};

/// What came of it.
pub enum Undone {
    /// These files are as they were.
    Done(Vec<String>),
    /// Somebody wrote this file since.
    Touched(String),
    /// The earlier state breaks rules by now: it was published, say.
    Breaks(Vec<Finding>),
}

/// Takes writes back.
pub fn undo(desk: &Desk, writes: &[Write], today: Date) -> Result<Undone, Trouble> {
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let now = desk.look(&Candidate::WorkingTree)?;
    for write in writes {
        let there = disk::source(&desk.root, &write.path)?.map(|source| source.content);
        if there != Some(Content::Bytes(write.after.clone().into())) {
            return Ok(Undone::Touched(write.path.clone()));
        }
    }
    let back: Vec<Write> = writes.iter().filter_map(turned).collect();
    let past = desk.past(&now)?;
    let sources = now.workspace.sources.values().map(|source| earlier(source, &back)).collect();
    let errors = |workspace: &Workspace| {
        let mut found = findings(workspace, &past, today, &now.settings);
        found.retain(|finding| finding.severity == Severity::Error);
        found
    };
    let known: BTreeSet<String> = errors(&now.workspace).iter().map(fingerprint).collect();
    let mut breaks = errors(&read(sources, &now.settings));
    breaks.retain(|finding| !known.contains(&fingerprint(finding)));
    if !breaks.is_empty() {
        return Ok(Undone::Breaks(breaks));
    }
    disk::commit(&desk.root, &desk.state(), &back)?;
    Ok(Undone::Done(back.into_iter().map(|write| write.path).collect()))
}

/// A file that was not there before stays: nothing is ever deleted.
fn turned(write: &Write) -> Option<Write> {
    let after = write.before.clone()?;
    Some(Write { path: write.path.clone(), before: Some(write.after.clone()), after })
}

fn earlier(source: &Source, back: &[Write]) -> Source {
    match back.iter().find(|write| write.path == source.path) {
        Some(write) => Source { content: Content::Bytes(write.after.clone().into()), ..source.clone() },
        None => source.clone(),
    }
}
