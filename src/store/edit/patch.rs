//! Repairs of the text itself.

use std::collections::BTreeMap;

use super::Refused;
use crate::finding::Patch;
use crate::store::{Content, Workspace, Write};

/// Files with their patches made; nothing when one of the patches cannot be.
pub fn patched(workspace: &Workspace, patches: &[Patch]) -> Result<Vec<Write>, Refused> {
    let mut files: BTreeMap<&str, Vec<&Patch>> = BTreeMap::new();
    for patch in patches {
        files.entry(&patch.path).or_default().push(patch);
    }
    let writes = files.into_iter().map(|(path, patches)| one(workspace, path, patches));
    let writes: Vec<Write> = writes.collect::<Result<_, _>>()?;
    Ok(writes.into_iter().filter(|write| write.before.as_ref() != Some(&write.after)).collect())
}

fn one(workspace: &Workspace, path: &str, mut patches: Vec<&Patch>) -> Result<Write, Refused> {
    let bytes = match workspace.sources.get(path).map(|source| &source.content) {
        Some(Content::Bytes(bytes)) => bytes,
        _ => return Err(Refused::Unreadable { path: path.to_owned(), why: "it is no file that was read".to_owned() }),
    };
    patches.sort_by_key(|patch| (patch.span.start, patch.span.end));
    patches.dedup();
    let after = joined(bytes, &patches).filter(|after| std::str::from_utf8(after).is_ok());
    let after = after.ok_or_else(|| Refused::Patch { path: path.to_owned() })?;
    Ok(Write { path: path.to_owned(), before: Some(bytes.to_vec()), after })
}

fn joined(bytes: &[u8], patches: &[&Patch]) -> Option<Vec<u8>> {
    let mut after = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for patch in patches {
        after.extend(bytes.get(done..patch.span.start)?);
        after.extend(patch.text.as_bytes());
        done = patch.span.end;
    }
    after.extend(bytes.get(done..)?);
    Some(after)
}
