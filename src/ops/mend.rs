//! What the safe fix of a finding replaces in the text of the files, for readers who apply it themselves.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::finding::{Finding, Patch, Safety};
use crate::store::{self, Workspace, Write};

/// The replacements; none when the fix is not safe, offers a choice, wants words from a person, or does not
/// fit the text.
pub fn mend(workspace: &Workspace, finding: &Finding) -> Vec<Patch> {
    let whole = finding.fix.as_ref().filter(|fix| fix.safety == Safety::Safe && fix.needs.is_none());
    let Some([choice]) = whole.map(|fix| fix.options.as_slice()) else { return Vec::new() };
    if !choice.patches.is_empty() {
        return choice.patches.clone();
    }
    let writes = store::plan(workspace, "", &choice.changes).unwrap_or_default();
    writes.iter().flat_map(patches).collect()
}

/// The lines that a write changes.
fn patches(write: &Write) -> Vec<Patch> {
    let before = write.before.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let after = String::from_utf8_lossy(&write.after);
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let starts: Vec<usize> = std::iter::once(0)
        .chain(old.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        }))
        .collect();
    let hunks = capture_diff_slices(Algorithm::Myers, &old, &new);
    let changed = hunks.into_iter().filter(|hunk| !matches!(hunk, DiffOp::Equal { .. }));
    changed
        .map(|hunk| Patch {
            path: write.path.clone(),
            span: starts[hunk.old_range().start]..starts[hunk.old_range().end],
            text: new[hunk.new_range()].concat(),
        })
        .collect()
}
