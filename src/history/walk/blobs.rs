//! Blobs by the dozen: one `git cat-file --batch` that is asked and read at the same time.

use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use git2::Oid;

use super::Versions;
use super::program::{ended, started};
use crate::history::GitError;
use crate::history::program::reading;
use crate::store::Tracer;

/// Reads every blob that comes through the channel, each of which comes once.
pub(super) fn read(git_dir: &Path, wanted: Receiver<Oid>, tracer: &mut Tracer) -> Result<Versions, GitError> {
    let mut command = reading(git_dir);
    command.args(["cat-file", "--batch", "--buffer"]).stdin(Stdio::piped());
    let mut child = started(&mut command)?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (Some(input), Some(output)) = (input, output) else { return Ok(Versions::default()) };
    let versions = std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut input = BufWriter::new(input);
            // A program that ended early says why itself.
            let _ = wanted.iter().try_for_each(|id| writeln!(input, "{id}"));
        });
        answers(&mut BufReader::with_capacity(1 << 16, output), tracer)
    });
    ended(child, "git cat-file --batch")?;
    versions.map_err(|error| GitError::Other { doing: "reading git cat-file".to_owned(), message: error.to_string() })
}

fn answers(output: &mut impl BufRead, tracer: &mut Tracer) -> std::io::Result<Versions> {
    let mut versions = Versions::default();
    let (mut line, mut bytes) = (String::new(), Vec::new());
    loop {
        line.clear();
        if output.read_line(&mut line)? == 0 {
            return Ok(versions);
        }
        let mut words = line.split_whitespace();
        let Some(id) = words.next().and_then(|id| Oid::from_str(id).ok()) else { continue };
        match words.nth(1).and_then(|size| size.parse::<u64>().ok()) {
            None => versions.missing.push(id),
            Some(size) => {
                bytes.clear();
                output.by_ref().take(size + 1).read_to_end(&mut bytes)?;
                bytes.pop();
                versions.traces.insert(id, Arc::new(tracer.trace(&bytes)));
            }
        }
    }
}
