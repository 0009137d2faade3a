//! The full audit of a large repository, whole process, next to the `git log` that lists the same changes in the same run.
//! `cargo bench --bench history [commits]` makes the repository once (target/bench-repos); `REDAN_BENCH_REPO=path:roots` takes one that is there.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured"
)]

use redan::history::{Named, Question, Reader, Repo};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

#[path = "history/repository.rs"]
mod repository;

const ROUNDS: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [mode, repo, roots] = &words[..]
        && mode == "audit"
    {
        return audit(Path::new(repo), roots);
    }
    match std::env::var("REDAN_BENCH_REPO") {
        Ok(given) => {
            let (repo, roots) = given.split_once(':').expect("path:roots");
            table(Path::new(repo), roots);
        }
        Err(_) => {
            let commits: usize = words.first().map_or(200_000, |word| word.parse().expect("a number of commits"));
            let repo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("target/bench-repos/{commits}"));
            repository::make(&repo, commits);
            let _ = std::fs::remove_dir_all(repo.join(".git/objects/info/commit-graphs"));
            let _ = std::fs::remove_file(repo.join(".git/objects/info/commit-graph"));
            println!("{commits} commits, no commit-graph");
            table(&repo, "threat-models");
            run(&repo, &["commit-graph", "write", "--reachable", "--changed-paths"]);
            println!("{commits} commits, commit-graph with changed paths");
            table(&repo, "threat-models");
        }
    }
}

/// What one child process is.
fn audit(repo: &Path, roots: &str) {
    let roots: Vec<String> = roots.split(',').map(str::to_owned).collect();
    let repo = Repo::discover(repo).unwrap();
    let published = repo.published(Named::default()).unwrap();
    let parents = repo.parents().unwrap();
    let question =
        Question { roots: &roots, published: &published, parents: &parents, reader: Reader::found(), cache: true };
    let ledger = repo.audit(&question).unwrap();
    let ids: usize = ledger.models.values().map(|account| account.entities.len()).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("?").trim().to_owned();
    println!(
        "{} commits, {ids} IDs, {} breaks, {} gaps, peak {peak}",
        ledger.commits,
        ledger.breaks.len(),
        ledger.gaps.len()
    );
}

fn table(repo: &Path, roots: &str) {
    let state = repo.join(".git/redan");
    let mut log = vec!["log", "--full-history", "-m", "--raw", "--no-renames", "--format=%H", "--"];
    log.extend(roots.split(','));
    let git = best(|| run(repo, &log));
    row("git log alone", git, git, "");
    let mut said = String::new();
    let cold = best(|| {
        let _ = std::fs::remove_dir_all(&state);
        said = child(repo, roots);
    });
    row("audit, cold", cold, git, &said);
    let warm = best(|| said = child(repo, roots));
    row("audit, warm", warm, git, &said);
    if repo.join("bench-repository").exists() {
        let tip = output(repo, &["rev-parse", "main"]);
        run(repo, &["update-ref", "refs/heads/main", "main~50"]);
        let _ = std::fs::remove_dir_all(&state);
        child(repo, roots);
        run(repo, &["update-ref", "refs/heads/main", tip.trim()]);
        let start = Instant::now();
        said = child(repo, roots);
        row("audit, 50 first parents later", start.elapsed().as_secs_f64(), git, &said);
    }
}

fn row(name: &str, seconds: f64, git: f64, said: &str) {
    println!("  {name:32} {:8.1} ms  {:5.2} x  {}", seconds * 1e3, seconds / git, said.trim());
}

fn best(mut work: impl FnMut()) -> f64 {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(once).fold(f64::INFINITY, f64::min)
}

fn child(repo: &Path, roots: &str) -> String {
    let own = std::env::current_exe().unwrap();
    let done = Command::new(own).arg("audit").arg(repo).arg(roots).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn run(repo: &Path, arguments: &[&str]) {
    let done = Command::new("git").arg("-C").arg(repo).args(arguments).stdout(Stdio::null()).status();
    assert!(done.unwrap().success(), "git {arguments:?}");
}

fn output(repo: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").arg("-C").arg(repo).args(arguments).output().unwrap();
    String::from_utf8_lossy(&done.stdout).into_owned()
}
