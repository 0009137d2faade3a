//! What `check` found, as formats for other programs take it.

use crate::ops::check::{Checked, Judged};
use crate::ops::mend::mend;
use crate::render::{Mark, Region};
use crate::store::{Content, Spot, Workspace};

/// A mark a finding, in their order; those of the base too.
pub fn marks(checked: &Checked) -> Vec<Mark<'_>> {
    checked.findings.iter().map(|judged| mark(&checked.workspace, judged)).collect()
}

fn mark<'c>(workspace: &'c Workspace, judged: &'c Judged) -> Mark<'c> {
    let edits = mend(workspace, &judged.finding).into_iter().filter_map(|patch| {
        let spot = workspace.sources.get(&patch.path)?.spot(&patch.span);
        Some((region(workspace, &spot), patch.text))
    });
    Mark {
        finding: &judged.finding,
        place: judged.spot.as_ref().map(|spot| region(workspace, spot)),
        related: judged.related.iter().map(|(spot, label)| (region(workspace, spot), label.as_str())).collect(),
        edits: edits.collect(),
        fingerprint: &judged.fingerprint,
        stock: judged.stock,
    }
}

fn region(workspace: &Workspace, spot: &Spot) -> Region {
    let bytes = match workspace.sources.get(&spot.path).map(|source| &source.content) {
        Some(Content::Bytes(bytes)) => &bytes[..],
        _ => &[],
    };
    let column = |at: usize| {
        let line = bytes[..at.min(bytes.len())].rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
        u32::try_from(line.len() + 1).unwrap_or(u32::MAX)
    };
    Region {
        path: spot.path.clone(),
        line: spot.line,
        column: spot.column,
        end_line: spot.end_line,
        end_column: spot.end_column,
        bytes: (column(spot.span.start), column(spot.span.end)),
    }
}
