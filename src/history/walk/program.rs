//! The walk by the `git` program: one process lists the commits, one the changes, one the blobs, all at
//! the same time. `git log` leaves out merges that equal one parent unless it is told not to, and takes a
//! merge for equal when only a known parent differs; so a stretch after known commits goes by `diff-tree`.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};

use git2::Oid;

use super::raw::{self, Headed};
use super::scope::literal;
use super::{Asked, Graph, Walked, blobs};
use crate::history::GitError;
use crate::history::program::reading;
use crate::store::Tracer;

pub(super) fn there() -> bool {
    let mut command = reading(Path::new("."));
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

pub(super) fn walk(git_dir: &Path, asked: Asked<'_>, tracer: &mut Tracer) -> Result<Walked, GitError> {
    let known = if asked.known.is_empty() { None } else { Some(graph(git_dir, asked)?) };
    if known.as_ref().is_some_and(|graph| graph.len() == 0) {
        return Ok(Walked::default());
    }
    std::thread::scope(|scope| {
        let (wanted, ids) = channel();
        let versions = scope.spawn(move || blobs::read(git_dir, ids, tracer));
        let (graph, found) = match known {
            Some(graph) => {
                let commits: Vec<Oid> = graph.commits().collect();
                (graph, changes(git_dir, asked, Some(commits), wanted))
            }
            None => {
                let graph = scope.spawn(|| graph(git_dir, asked));
                let found = changes(git_dir, asked, None, wanted);
                (joined(graph)?, found)
            }
        };
        let versions = joined(versions)?;
        let edges = raw::edges(found?, |child| graph.parents(child).collect());
        Ok(Walked { graph, edges, versions })
    })
}

fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, Result<T, GitError>>) -> Result<T, GitError> {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Revisions for `--stdin`.
fn revisions(asked: Asked<'_>) -> String {
    let tips = asked.tips.iter().map(|tip| format!("{tip}\n"));
    let known = asked.known.iter().map(|known| format!("^{known}\n"));
    tips.chain(known).collect()
}

fn graph(git_dir: &Path, asked: Asked<'_>) -> Result<Graph, GitError> {
    let mut command = reading(git_dir);
    command.args(["rev-list", "--parents", "--stdin"]);
    let mut graph = Graph::default();
    stream(&mut command, revisions(asked), |output| {
        let mut line = String::new();
        loop {
            line.clear();
            if output.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let mut ids = line.split_whitespace().filter_map(|id| Oid::from_str(id).ok());
            if let Some(id) = ids.next() {
                graph.add(id, ids);
            }
        }
    })?;
    Ok(graph)
}

fn changes(
    git_dir: &Path,
    asked: Asked<'_>,
    commits: Option<Vec<Oid>>,
    wanted: Sender<Oid>,
) -> Result<Vec<Headed>, GitError> {
    let mut command = reading(git_dir);
    let input = match commits {
        None => {
            command.args(["log", "--full-history", "--stdin"]);
            revisions(asked)
        }
        Some(commits) => {
            command.args(["diff-tree", "--stdin", "-r", "--root"]);
            commits.iter().map(|id| format!("{id}\n")).collect()
        }
    };
    command.args(["-m", "--raw", "--no-renames", "--no-abbrev", "--pretty=oneline", "--no-color", "-z", "--"]);
    command.args(literal(asked.roots));
    let mut sent = HashSet::new();
    let mut found = Vec::new();
    stream(&mut command, input, |output| {
        found = raw::read(output, asked.roots, |id| {
            if sent.insert(id) {
                // Nobody listens when the reader of blobs failed; it says why itself.
                let _ = wanted.send(id);
            }
        })?;
        Ok(())
    })?;
    Ok(found)
}

/// Runs a command on some input and hands its output over while it runs.
fn stream(
    command: &mut Command,
    input: String,
    take: impl FnOnce(&mut BufReader<std::process::ChildStdout>) -> std::io::Result<()>,
) -> Result<(), GitError> {
    let name = format!(
        "git {}",
        command.get_args().skip(READING).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    );
    let mut child = started(command.stdin(Stdio::piped()))?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else { return Ok(()) };
    let taken = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ended early says why itself.
            let _ = BufWriter::new(stdin).write_all(input.as_bytes());
        });
        take(&mut BufReader::with_capacity(1 << 16, stdout))
    });
    ended(child, &name)?;
    taken.map_err(|error| GitError::Other { doing: name, message: error.to_string() })
}

/// Arguments that [`reading`] gives every command before its own.
const READING: usize = crate::history::program::READING;

pub(super) fn started(command: &mut Command) -> Result<Child, GitError> {
    let missing =
        |error: std::io::Error| GitError::Other { doing: "starting git".to_owned(), message: error.to_string() };
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(missing)
}

/// Waits, and turns a failure into Git's own words with the command that failed.
pub(super) fn ended(mut child: Child, name: &str) -> Result<(), GitError> {
    let mut words = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        let _ = stderr.read_to_string(&mut words);
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(GitError::Failed { command: name.to_owned(), message: words.trim().to_owned() }),
        Err(error) => Err(GitError::Other { doing: name.to_owned(), message: error.to_string() }),
    }
}
