//! What `git log --raw -z --pretty=oneline` and `git diff-tree` print: headers, and pairs of a change
//! and its path, all ended by NUL.

use std::collections::HashSet;
use std::io::BufRead;
use std::sync::Arc;

use git2::Oid;

use super::scope::relevant;
use super::{Delta, Edge, Version};

/// A header as it stands there: the parent is named for merges only.
pub(super) struct Headed {
    pub child: Oid,
    pub from: Option<Oid>,
    pub deltas: Vec<Delta>,
}

/// Reads a whole stream, and shows every blob to `blob` as soon as it is named.
pub(super) fn read(
    input: &mut impl BufRead,
    roots: &[String],
    mut blob: impl FnMut(Oid),
) -> std::io::Result<Vec<Headed>> {
    let mut found: Vec<Headed> = Vec::new();
    let mut paths: HashSet<Arc<str>> = HashSet::new();
    let (mut token, mut path) = (Vec::new(), Vec::new());
    while next(input, &mut token)? {
        if token.first() != Some(&b':') {
            found.extend(header(&token));
            continue;
        }
        next(input, &mut path)?;
        let Ok(path) = str::from_utf8(&path) else { continue };
        let (true, Some((old, new))) = (relevant(roots, path), sides(&token)) else { continue };
        [old, new].into_iter().flatten().for_each(|version| {
            if let Version::File(id) = version {
                blob(id);
            }
        });
        let path = paths.get(path).cloned().unwrap_or_else(|| Arc::from(path));
        paths.insert(Arc::clone(&path));
        found.last_mut().into_iter().for_each(|edge| edge.deltas.push(Delta { path: Arc::clone(&path), old, new }));
    }
    Ok(found)
}

fn next(input: &mut impl BufRead, token: &mut Vec<u8>) -> std::io::Result<bool> {
    token.clear();
    let read = input.read_until(0, token)?;
    if token.last() == Some(&0) {
        token.pop();
    }
    Ok(read > 0)
}

fn oid(bytes: &[u8]) -> Option<Oid> {
    let hex = bytes.get(..40)?;
    Oid::from_str(str::from_utf8(hex).ok()?).ok()
}

/// `<commit> subject`, or `<commit> (from <parent>) subject`.
fn header(token: &[u8]) -> Option<Headed> {
    let from = token.get(40..).and_then(|rest| rest.strip_prefix(b" (from ")).and_then(oid);
    Some(Headed { child: oid(token)?, from, deltas: Vec::new() })
}

type Sides = (Option<Version>, Option<Version>);

/// `:100644 100644 <old> <new> M`
fn sides(token: &[u8]) -> Option<Sides> {
    let mut words = token.get(1..)?.split(|&b| b == b' ');
    let (old_mode, new_mode) = (words.next()?, words.next()?);
    let (old, new) = (oid(words.next()?)?, oid(words.next()?)?);
    Some((version(old_mode, old), version(new_mode, new)))
}

fn version(mode: &[u8], id: Oid) -> Option<Version> {
    match mode {
        b"000000" => None,
        b"120000" | b"160000" => Some(Version::Other),
        _ => Some(Version::File(id)),
    }
}

/// Puts parents to the headers. A subject that looks like a parent is not believed.
pub(super) fn edges(found: Vec<Headed>, parents: impl Fn(Oid) -> Vec<Oid>) -> Vec<Edge> {
    let edge = |headed: Headed| {
        let parents = parents(headed.child);
        let parent = match &parents[..] {
            [] => None,
            [only] => Some(*only),
            _ => headed.from,
        };
        let mut deltas = headed.deltas;
        deltas.sort_by(|a, b| a.path.cmp(&b.path));
        Edge { child: headed.child, parent, deltas }
    };
    found.into_iter().filter(|headed| !headed.deltas.is_empty()).map(edge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";

    #[test]
    fn a_stream_gives_edges() {
        let text = format!(
            "{A} (from {B}) Merge\0:100644 000000 {B} {} D\0tm/b/model.toml\0:000000 120000 {} {A} A\0tm/a/model.toml\0{B} (from {A})\0:100644 100644 {A} {B} M\0x\0",
            "0".repeat(40),
            "0".repeat(40)
        );
        let mut blobs = Vec::new();
        let roots = ["tm".to_owned()];
        let found = read(&mut text.as_bytes(), &roots, |id| blobs.push(id)).unwrap();
        let (a, b) = (Oid::from_str(A).unwrap(), Oid::from_str(B).unwrap());
        assert_eq!(blobs, [b]);
        let edges = edges(found, |child| if child == a { vec![a, b] } else { vec![a] });
        assert_eq!(edges.len(), 1);
        assert_eq!((edges[0].child, edges[0].parent), (a, Some(b)));
        let deltas: Vec<_> = edges[0].deltas.iter().map(|delta| (&*delta.path, delta.old, delta.new)).collect();
        assert_eq!(
            deltas,
            [("tm/a/model.toml", None, Some(Version::Other)), ("tm/b/model.toml", Some(Version::File(b)), None)]
        );
    }
}
