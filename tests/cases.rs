//! Runs every Markdown case: pages of `tests/cases`, READMEs of `examples`, and pages of `docs` that ask for it.
//! `REDAN_CASE=text` runs the pages whose path holds the text; `REDAN_BLESS=1` writes down what came.

use crate::markdown;
use crate::play::{Outcome, corrected, run};
use crate::tier::say;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use walkdir::WalkDir;

/// A page that is a case, by its path in the project.
struct Page {
    path: String,
    /// The page is the README of this example, which is committed before the first step.
    example: Option<String>,
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_case() {
    let wanted = std::env::var("REDAN_CASE").unwrap_or_default();
    let bless = std::env::var("REDAN_BLESS").is_ok_and(|value| value == "1");
    let all = pages();
    let chosen: Vec<&Page> = all.iter().filter(|page| page.path.contains(&wanted)).collect();
    assert!(!chosen.is_empty(), "REDAN_CASE={wanted} names none of {} cases", all.len());
    let outcomes = in_parallel(&chosen, |page| run_page(page, bless));
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.failures.is_empty()).collect();
    let commands: usize = outcomes.iter().map(|outcome| outcome.commands).sum();
    let counts = format!(
        "cases: {} passed, {} failed, {} left out by REDAN_CASE; {commands} commands",
        outcomes.len() - failed.len(),
        failed.len(),
        all.len() - chosen.len()
    );
    say(&counts);
    let told: Vec<&str> = failed.iter().flat_map(|outcome| &outcome.failures).map(String::as_str).collect();
    assert!(
        told.is_empty(),
        "{counts}\n\n{}\n`cargo bless` writes down what came; read its `git diff`",
        told.join("\n")
    );
}

/// Does the work on as many threads as there are cores; results come in the order of the pages.
fn in_parallel<'a>(pages: &[&'a Page], work: impl Fn(&'a Page) -> Outcome + Sync) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = work(page);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((page.path.as_str(), outcome));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(path, _)| *path);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Every page that is a case.
fn pages() -> Vec<Page> {
    let mut found = Vec::new();
    for path in markdown_files("tests/cases") {
        found.push(Page { path, example: None });
    }
    for path in markdown_files("examples") {
        let folder = path.strip_suffix("/README.md").filter(|folder| folder.contains('/')).map(str::to_owned);
        if folder.is_some() && text(&path).lines().any(|line| line.starts_with("```console")) {
            found.push(Page { path, example: folder });
        }
    }
    for path in markdown_files("docs") {
        if text(&path).lines().any(|line| line.trim() == "<!-- case -->") {
            found.push(Page { path, example: None });
        }
    }
    found
}

fn markdown_files(folder: &str) -> Vec<String> {
    let walk = WalkDir::new(project().join(folder)).sort_by_file_name().into_iter();
    let files = walk.filter_map(Result::ok).filter(|entry| entry.path().extension().is_some_and(|e| e == "md"));
    let inner =
        files.filter_map(|entry| entry.path().strip_prefix(project()).ok().map(|path| path.display().to_string()));
    inner.collect()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn run_page(page: &Page, bless: bool) -> Outcome {
    let source = text(&page.path);
    let mut outcome = match markdown::parse(&source) {
        Ok(case) => run(&case, page.example.as_deref()),
        Err(complaint) => Outcome { failures: vec![complaint], ..Outcome::default() },
    };
    let wrong_outputs = outcome.corrections.len();
    if bless && wrong_outputs > 0 {
        let corrected = corrected(&source, &outcome.corrections);
        std::fs::write(project().join(&page.path), corrected).unwrap_or_else(|error| panic!("{}: {error}", page.path));
        say(&format!("blessed {wrong_outputs} command(s) of {}", page.path));
        outcome.failures.truncate(outcome.failures.len() - wrong_outputs);
    }
    for failure in &mut outcome.failures {
        *failure = format!("-- {}, {failure}", page.path);
    }
    outcome
}
