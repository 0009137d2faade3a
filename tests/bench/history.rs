//! The full audit of large repositories, as the whole program, next to the `git log` that lists the same changes: each
//! in turn, several times over, and the middle of it. `cargo bench --bench history [commits]` makes the repositories
//! once (target/bench-repos); `REDAN_BENCH_REPO=path:roots` takes one that is there. `REDAN_BENCH_PROGRAM=path` measures
//! another build, such as the one that is published (`cargo build --profile dist`).
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured"
)]

use std::path::{Path, PathBuf};

#[path = "history/repository.rs"]
mod repository;
#[path = "history/run.rs"]
mod run;
#[path = "history/shapes.rs"]
mod shapes;

use run::{Run, load, median, output, run, watch};

const ROUNDS: usize = 5;
const WARM: usize = 15;
/// Runs of their own, for memory: whoever is watched is slower.
const WATCHED: usize = 3;
/// What is new in a warm run.
const NEW: usize = 50;

const CHECK: [&str; 5] = ["check", "--history", "full", "--rev", "HEAD"];
const HOOK: [&str; 2] = ["check", "--staged"];

/// What a table is held against: times of `git log`, then milliseconds and megabytes.
struct Wanted {
    cold: Option<f64>,
    cold_ms: Option<f64>,
    cold_mb: Option<f64>,
    /// A repository that was made here.
    ours: bool,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let Ok(given) = std::env::var("REDAN_BENCH_REPO") {
        let (repo, roots) = given.split_once(':').expect("path:roots");
        let wanted = Wanted { ours: false, ..large(2.0) };
        return table("a repository that is there", Path::new(repo), roots, &wanted);
    }
    let commits: usize = words.first().map_or(200_000, |word| word.parse().expect("a number of commits"));
    let place = |name: String| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench-repos").join(name);
    let repo = place(commits.to_string());
    repository::make(&repo, commits);
    let graph = repo.join(".git/objects/info");
    let _ = std::fs::remove_dir_all(graph.join("commit-graphs"));
    let _ = std::fs::remove_file(graph.join("commit-graph"));
    table(&format!("{commits} commits, no commit-graph"), &repo, "threat-models", &large(1.6));
    git(&repo, &["commit-graph", "write", "--reachable", "--changed-paths"]);
    table(&format!("{commits} commits, commit-graph with changed paths"), &repo, "threat-models", &large(2.0));
    let (long, small) = (place(format!("line-{}", commits * 5)), place("small".to_owned()));
    shapes::make(&long, commits * 5);
    let title = format!("{} commits in one line, then a merge of 17 parents", commits * 5);
    table(&title, &long, "threat-models", &Wanted { cold: None, cold_ms: None, cold_mb: None, ours: true });
    repository::small(&small);
    let little = Wanted { cold: None, cold_ms: Some(50.0), cold_mb: Some(30.0), ours: true };
    table("a model of 50 objects, 500 commits", &small, "threat-models", &little);
}

fn large(cold: f64) -> Wanted {
    Wanted { cold: Some(cold), cold_ms: None, cold_mb: Some(150.0), ours: true }
}

fn table(title: &str, repo: &Path, roots: &str, wanted: &Wanted) {
    println!("\n{title}; load {}", load());
    println!("  {:46} {:>9} {:>9} {:>9} {:>9} {:>7}", "", "median", "fastest", "git log", "busy", "peak");
    let logs = cold(repo, roots, wanted);
    let (starts, warm) = alternately(WARM, || git(repo, &["--version"]), || redan(repo, &CHECK));
    let warm = with_memory(warm, || watched(repo, &CHECK));
    row("git --version", &starts, &logs);
    held("redan check --history full, nothing new", &warm, &logs, (50.0, 60.0));
    if wanted.ours {
        changed(repo, &logs);
    }
}

/// Nothing is kept from an earlier run. Gives the times of `git log`.
fn cold(repo: &Path, roots: &str, wanted: &Wanted) -> Vec<Run> {
    let forget = || drop(std::fs::remove_dir_all(repo.join(".git/redan")));
    let (logs, colds) = alternately(
        ROUNDS,
        || listed(repo, roots),
        || {
            forget();
            redan(repo, &CHECK)
        },
    );
    let colds = with_memory(colds, || {
        forget();
        watched(repo, &CHECK)
    });
    row("git log alone", &logs, &logs);
    let of_log = row("redan check --history full, cold", &colds, &logs);
    verdict("times git log", of_log, wanted.cold);
    verdict("ms", middle(&colds, |run| run.seconds) * 1e3, wanted.cold_ms);
    verdict("MB", middle(&colds, |run| run.peak), wanted.cold_mb);
    spent(repo, &logs, &colds);
    println!("  it said: {}", colds[0].said);
    logs
}

/// With something new, and in a hook; moves a branch and writes the index, so only of repositories of our own.
fn changed(repo: &Path, logs: &[Run]) {
    let tip = output(repo, &["rev-parse", "main"]);
    let (before, count) = earlier(repo);
    let grow = || {
        git(repo, &["update-ref", "refs/heads/main", &before]);
        redan(repo, &CHECK);
        git(repo, &["update-ref", "refs/heads/main", &tip]);
    };
    let grown = (0..WARM).map(|_| (grow(), redan(repo, &CHECK)).1).collect();
    let grown = with_memory(grown, || (grow(), watched(repo, &CHECK)).1);
    held(&format!("redan check --history full, {count} new commits"), &grown, logs, (50.0, 60.0));
    git(repo, &["read-tree", "main"]);
    redan(repo, &HOOK);
    let hooks = with_memory((0..WARM).map(|_| redan(repo, &HOOK)).collect(), || watched(repo, &HOOK));
    held("redan check --staged", &hooks, logs, (60.0, 60.0));
}

fn redan(repo: &Path, words: &[&str]) -> Run {
    run(&program(), repo, words)
}

fn watched(repo: &Path, words: &[&str]) -> Run {
    watch(&program(), repo, words)
}

fn program() -> PathBuf {
    std::env::var_os("REDAN_BENCH_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_redan").into()).into()
}

/// The runs that were timed, with the memory and the own processor time of runs that were watched.
fn with_memory(timed: Vec<Run>, watched: impl FnMut() -> Run) -> Vec<Run> {
    let looks: Vec<Run> = std::iter::repeat_with(watched).take(WATCHED).collect();
    let (peak, own) = (middle(&looks, |run| run.peak), middle(&looks, |run| run.own));
    timed.into_iter().map(|run| Run { peak, own, ..run }).collect()
}

fn git(repo: &Path, words: &[&str]) -> Run {
    run(Path::new("git"), repo, words)
}

/// The plainest way to list what an audit looks at.
fn listed(repo: &Path, roots: &str) -> Run {
    let log = ["log", "--full-history", "-m", "--raw", "--no-renames", "--format=%H", "HEAD", "--"];
    git(repo, &log.into_iter().chain(roots.split(',')).collect::<Vec<&str>>())
}

/// A first parent of main, with at most so many commits that main has and it does not.
fn earlier(repo: &Path) -> (String, usize) {
    let count = |back: usize| output(repo, &["rev-list", "--count", &format!("main~{back}..main")]).parse::<usize>();
    let found = (1..=NEW).rev().find_map(|back| Some((back, count(back).ok().filter(|&count| count <= NEW)?)));
    let (back, count) = found.expect("a history");
    (output(repo, &["rev-parse", &format!("main~{back}")]), count)
}

/// Both in turn: what else the machine does meanwhile is the same for both.
fn alternately(rounds: usize, mut one: impl FnMut() -> Run, mut other: impl FnMut() -> Run) -> (Vec<Run>, Vec<Run>) {
    (0..rounds).map(|_| (one(), other())).unzip()
}

fn middle(runs: &[Run], of: impl Fn(&Run) -> f64) -> f64 {
    median(runs.iter().map(of))
}

fn mean(runs: &[Run], of: impl Fn(&Run) -> f64) -> f64 {
    runs.iter().map(of).sum::<f64>() / runs.len() as f64
}

/// Prints a line; gives how often the time of `git log` it took, run by run, in the middle.
fn row(name: &str, runs: &[Run], logs: &[Run]) -> f64 {
    let log = middle(logs, |run| run.seconds);
    let pairs = runs.iter().zip(logs).map(|(run, log)| run.seconds / log.seconds);
    let times = if runs.len() == logs.len() { median(pairs) } else { middle(runs, |run| run.seconds) / log };
    let fastest = runs.iter().map(|run| run.seconds).fold(f64::INFINITY, f64::min);
    let peak = middle(runs, |run| run.peak);
    println!(
        "  {name:46} {:6.1} ms {:6.1} ms {times:8.2}x {:6.0} ms {}",
        middle(runs, |run| run.seconds) * 1e3,
        fastest * 1e3,
        mean(runs, |run| run.busy) * 1e3,
        if peak > 0.0 { format!("{peak:4.0} MB") } else { String::new() },
    );
    times
}

fn held(name: &str, runs: &[Run], logs: &[Run], (ms, mb): (f64, f64)) {
    row(name, runs, logs);
    verdict("ms", middle(runs, |run| run.seconds) * 1e3, Some(ms));
    verdict("MB", middle(runs, |run| run.peak), Some(mb));
}

fn verdict(what: &str, measured: f64, limit: Option<f64>) {
    if let Some(limit) = limit {
        let word = if measured <= limit { "ok" } else { "OVER" };
        println!("  {:46} {measured:.2} of {limit} {what}: {word}", "");
    }
}

/// Where the processor time of a cold run goes.
fn spent(repo: &Path, logs: &[Run], colds: &[Run]) {
    let lists: Vec<Run> = (0..ROUNDS).map(|_| git(repo, &["rev-list", "--parents", "HEAD"])).collect();
    let (all, own) = (mean(colds, |run| run.busy), mean(colds, |run| run.own));
    let (log, list) = (mean(logs, |run| run.busy), mean(&lists, |run| run.busy));
    let rest = (all - own - log - list).max(0.0);
    let [own, log, list, rest] = [own, log, list, rest].map(|seconds| seconds * 1e3);
    println!(
        "  a cold run is busy for: git log {log:.0} ms, git rev-list {list:.0} ms, git cat-file {rest:.0} ms, redan {own:.0} ms"
    );
}
