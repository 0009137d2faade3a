//! The full audit of large repositories, whole process, next to the `git log` that lists the same changes in the same run.
//! `cargo bench --bench history [commits]` makes the repositories once (target/bench-repos); `REDAN_BENCH_REPO=path:roots` takes one that is there.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints what it measured"
)]

use redan::history::{Named, Question, Reader, Repo};
use std::path::{Path, PathBuf};

#[path = "history/repository.rs"]
mod repository;
#[path = "history/run.rs"]
mod run;
#[path = "history/shapes.rs"]
mod shapes;

use run::{best, git, measured, output, own_peak};

const ROUNDS: usize = 3;
const WARM: usize = 10;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [mode, repo, roots] = &words[..]
        && mode == "audit"
    {
        return audit(Path::new(repo), roots);
    }
    if let Ok(given) = std::env::var("REDAN_BENCH_REPO") {
        let (repo, roots) = given.split_once(':').expect("path:roots");
        return table(Path::new(repo), roots);
    }
    let commits: usize = words.first().map_or(200_000, |word| word.parse().expect("a number of commits"));
    let place = |name: String| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench-repos").join(name);
    let repo = place(commits.to_string());
    repository::make(&repo, commits);
    let _ = std::fs::remove_dir_all(repo.join(".git/objects/info/commit-graphs"));
    let _ = std::fs::remove_file(repo.join(".git/objects/info/commit-graph"));
    println!("{commits} commits, no commit-graph");
    table(&repo, "threat-models");
    git(&repo, &["commit-graph", "write", "--reachable", "--changed-paths"]);
    println!("{commits} commits, commit-graph with changed paths");
    table(&repo, "threat-models");
    let (long, small) = (place(format!("line-{}", commits * 5)), place("small".to_owned()));
    shapes::make(&long, commits * 5);
    println!("{} commits in one line, and a merge of 17 parents", commits * 5);
    table(&long, "threat-models");
    repository::small(&small);
    println!("a model of 50 objects, 500 commits");
    table(&small, "threat-models");
}

/// What one child process is: the audit without anything around it.
fn audit(repo: &Path, roots: &str) {
    let roots: Vec<String> = roots.split(',').map(str::to_owned).collect();
    let repo = Repo::discover(repo).unwrap();
    let published = repo.published(Named::default()).unwrap();
    let parents = repo.parents().unwrap();
    let question =
        Question { roots: &roots, published: &published, parents: &parents, reader: Reader::Program, cache: true };
    let ledger = repo.audit(&question).unwrap();
    let ids: usize = ledger.models.values().map(|account| account.entities.len()).sum();
    println!(
        "{} commits, {ids} IDs, {} breaks, {} gaps, own peak {:.0} MB",
        ledger.commits,
        ledger.breaks.len(),
        ledger.gaps.len(),
        own_peak().unwrap_or_default()
    );
}

/// The programs that are measured: the audit alone, and every rule on top of it.
fn programs(repo: &Path, roots: &str) -> Vec<(&'static str, PathBuf, Vec<String>)> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let own = std::env::current_exe().unwrap();
    let redan = PathBuf::from(env!("CARGO_BIN_EXE_redan"));
    let full = words(&["check", "--history", "full", "--rev", "main"]);
    let mut programs = vec![("audit", own, words(&["audit", &repo.display().to_string(), roots]))];
    let knows = std::process::Command::new(&redan).args(["check", "--help"]).output().unwrap();
    if String::from_utf8_lossy(&knows.stdout).contains("full") {
        programs.push(("redan check --history full", redan, full));
    } else {
        println!("  skipped: this redan has no check --history full");
    }
    programs
}

fn table(repo: &Path, roots: &str) {
    let state = repo.join(".git/redan");
    let mut log = vec!["log", "--full-history", "-m", "--raw", "--no-renames", "--format=%H", "--"];
    log.extend(roots.split(','));
    let alone = best(ROUNDS, || git(repo, &log));
    row("git log alone", alone, alone, "");
    for (name, program, words) in programs(repo, roots) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let forget = || drop(std::fs::remove_dir_all(&state));
        let mut said = String::new();
        let mut once = || said = told(&program, repo, &words);
        let cold = best(ROUNDS, || {
            forget();
            once();
        });
        row(&format!("{name}, cold"), cold, alone, &said);
        let mut once = || said = told(&program, repo, &words);
        let warm = best(WARM, &mut once);
        row(&format!("{name}, warm"), warm, alone, &said);
        let tip = output(repo, &["rev-parse", "main"]);
        let later = (0..ROUNDS).map(|_| {
            git(repo, &["update-ref", "refs/heads/main", "main~50"]);
            told(&program, repo, &words);
            git(repo, &["update-ref", "refs/heads/main", &tip]);
            best(1, || said = told(&program, repo, &words))
        });
        row(&format!("{name}, 50 first parents later"), later.fold(f64::INFINITY, f64::min), alone, &said);
    }
    let redan = PathBuf::from(env!("CARGO_BIN_EXE_redan"));
    git(repo, &["read-tree", "main"]);
    let mut said = String::new();
    let hook = best(WARM, || said = told(&redan, repo, &["check", "--staged"]));
    row("redan check --staged, warm", hook, alone, &said);
}

/// The last line a program prints, and its peak.
fn told(program: &Path, repo: &Path, words: &[&str]) -> String {
    let (said, peak) = measured(program, repo, words);
    let peak = peak.map(|peak| format!(", peak {peak:.0} MB")).unwrap_or_default();
    format!("{}{peak}", said.lines().last().unwrap_or_default())
}

fn row(name: &str, seconds: f64, git: f64, said: &str) {
    println!("  {name:48} {:8.1} ms  {:5.2} x  {said}", seconds * 1e3, seconds / git);
}
