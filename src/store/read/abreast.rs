//! Many folders at once: each is read by itself, whoever reads it, so the answer is that of one after the other.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::folder::{self, Claims, Outcome};
use super::group::Folder;
use crate::finding::Finding;
use crate::store::Content;

/// Bytes of files that are worth another thread.
const SHARE: usize = 256 << 10;
/// Readers at most, however many cores there are.
const READERS: usize = 8;

/// What a folder gave while nobody else claimed anything.
struct Alone {
    outcome: Outcome,
    claims: Claims,
    findings: Vec<Finding>,
}

/// Reads folders; what they give in their order, with their findings and claims.
pub(super) fn read(folders: &[&Folder<'_>], findings: &mut Vec<Finding>) -> Vec<Outcome> {
    let mut claims = Claims::new();
    let settle = |(files, mut alone): (&&Folder<'_>, Alone)| {
        if alone.claims.keys().any(|id| claims.contains_key(id)) {
            // Another folder had the ID first: it reads otherwise, and says so.
            alone.findings.clear();
            alone.outcome = folder::read(files, &mut claims, &mut alone.findings);
        }
        claims.append(&mut alone.claims);
        findings.append(&mut alone.findings);
        alone.outcome
    };
    folders.iter().zip(all(folders)).map(settle).collect()
}

fn all(folders: &[&Folder<'_>]) -> Vec<Alone> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(READERS);
    let worth = folders.iter().map(|files| size(files)).sum::<usize>() / SHARE;
    let readers = cores.min(worth).min(folders.len());
    if readers < 2 {
        return folders.iter().map(|files| alone(files)).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut read: Vec<(usize, Alone)> = Vec::new();
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(files) = folders.get(nth) else { return read };
            read.push((nth, alone(files)));
        }
    };
    let mut read = thread::scope(|scope| {
        let others: Vec<_> = (1..readers).map(|_| scope.spawn(work)).collect();
        let mut read = work();
        for other in others {
            read.append(&mut other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        read
    });
    read.sort_by_key(|(nth, _)| *nth);
    read.into_iter().map(|(_, alone)| alone).collect()
}

fn alone(files: &Folder<'_>) -> Alone {
    let (mut claims, mut findings) = (Claims::new(), Vec::new());
    let outcome = folder::read(files, &mut claims, &mut findings);
    Alone { outcome, claims, findings }
}

fn size(files: &Folder<'_>) -> usize {
    let size = |source: &&crate::store::Source| match &source.content {
        Content::Bytes(bytes) => bytes.len(),
        _ => 0,
    };
    [Some(files.model), files.controls, files.compliance, files.tickets].iter().flatten().map(size).sum()
}
