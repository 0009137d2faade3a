//! No file of the project names a place on somebody's machine.

use super::source::{File, Finding, hold, lines, project};
use std::process::Command;

const HOMES: [&str; 3] = ["root", "home", "work"];

pub fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Finding> {
    let numbered = file.text.lines().enumerate();
    let wrong = numbered.filter(|(_, line)| HOMES.iter().any(|home| names(line, home)));
    wrong.map(|(index, _)| Finding::new(file, index + 1, "an absolute path of one machine; make it relative")).collect()
}

/// A path counts when it stands by itself, not as the end of a longer one such as `docs/home/ada`.
fn names(line: &str, home: &str) -> bool {
    let wanted = format!("/{home}/");
    line.match_indices(&wanted).any(|(start, found)| {
        let before = line[..start].chars().next_back();
        let after = line[start + found.len()..].chars().next();
        let alone = !before.is_some_and(|c| c.is_alphanumeric() || "_.~-".contains(c));
        alone && after.is_some_and(|c| c.is_alphanumeric())
    })
}

/// Text files Git knows or would take; `tests/cases` shows output and may show any path.
fn tracked() -> Vec<File> {
    let names = listed_by_git().unwrap_or_else(walked);
    let paths = names.iter().filter(|path| !path.starts_with("tests/cases/"));
    let texts = paths.filter_map(|path| {
        let text = std::fs::read_to_string(project().join(path)).ok()?;
        Some(File::new(path, &text))
    });
    texts.collect()
}

fn listed_by_git() -> Option<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(project()).args(["-c", "safe.directory=*", "ls-files", "-z"]);
    let output = git.args(["--cached", "--others", "--exclude-standard"]).output().ok()?;
    let names = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| names.split_terminator('\0').map(str::to_owned).collect())
}

/// The same for a source archive, which has no Git.
fn walked() -> Vec<String> {
    let built = ["target", ".git"];
    let walk = walkdir::WalkDir::new(project()).into_iter();
    let kept = walk.filter_entry(|entry| entry.depth() != 1 || !built.iter().any(|name| entry.file_name() == *name));
    let files = kept.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let inner = files.filter_map(|entry| {
        entry.path().strip_prefix(project()).ok().map(|path| path.to_string_lossy().replace('\\', "/"))
    });
    inner.collect()
}

#[test]
fn this_project_names_no_machine() {
    let files = tracked();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "the list of files is not this project's");
    hold(check(&files));
}

#[test]
fn a_machine_is_found() {
    let line = |home: &str| format!("fine\nsee /{home}/ada/x and more\n");
    for home in HOMES {
        let said = lines(check(&[File::new("docs/a.md", &line(home))]));
        assert_eq!(said, ["docs/a.md:2: an absolute path of one machine; make it relative"]);
    }
}

#[test]
fn other_paths_are_left_alone() {
    let text =
        HOMES.map(|home| format!("a/{home}/b ./{home}/c ~/{home}/d https://x.org/{home}/e /{home}/ alone")).join("\n");
    assert_eq!(lines(check(&[File::new("docs/a.md", &text)])), Vec::<String>::new());
}
