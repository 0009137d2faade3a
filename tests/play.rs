//! Plays a case: does its steps in a scratch folder, compares what came, and corrects the page when asked.

use crate::expect::{blessed, diff, matches, written};
use crate::markdown::{self, Act, Case, Console, Step};
use crate::scratch::{Scratch, Stamp};
use std::path::Path;
use walkdir::WalkDir;

/// How one case went.
#[derive(Debug, Default)]
pub struct Outcome {
    pub commands: usize,
    pub failures: Vec<String>,
    /// Right outputs for the commands whose output was wrong, which are the last of the failures.
    pub corrections: Vec<(Console, Vec<String>)>,
}

/// Runs a case in a fresh scratch folder. A step that cannot be done ends it; a wrong output does not.
pub fn run(case: &Case, example: Option<&str>) -> Outcome {
    let scratch = if case.without_git { Scratch::without_git() } else { Scratch::new() };
    let mut outcome = Outcome { commands: case.commands(), ..Outcome::default() };
    if outcome.commands == 0 {
        outcome.failures.push("line 1: a case without a console block proves nothing".to_owned());
    }
    let prepared = example.map_or(Ok(()), |folder| {
        copy(&scratch, folder)?;
        scratch.commit_as("Add the example", &Stamp::default()).map(drop)
    });
    if let Err(complaint) = prepared {
        outcome.failures.push(complaint);
        return outcome;
    }
    for step in &case.steps {
        if let Err(complaint) = perform(&scratch, step, &mut outcome) {
            outcome.failures.insert(0, format!("line {}: {complaint}", step.line));
            break;
        }
    }
    outcome
}

fn perform(scratch: &Scratch, step: &Step, outcome: &mut Outcome) -> Result<(), String> {
    match &step.act {
        Act::Copy { from } => copy(scratch, from),
        Act::Write { path, append, text } => {
            let before = if *append { scratch.read(path) } else { String::new() };
            scratch.write(path, &(before + text));
            Ok(())
        }
        Act::Commit { message, branch, stamp } => {
            if let Some(name) = branch {
                switch(scratch, name)?;
            }
            scratch.commit_as(message, stamp).map(drop)
        }
        Act::Run(console) => {
            type_in(scratch, step.line, console, outcome);
            Ok(())
        }
    }
}

/// Goes to a branch, which starts here when there is none of that name.
fn switch(scratch: &Scratch, branch: &str) -> Result<(), String> {
    let known = scratch.ok(&["rev-parse", "--quiet", "--verify", &format!("refs/heads/{branch}")]).is_ok();
    let create: &[&str] = if known { &[] } else { &["-c"] };
    scratch.ok(&[&["switch", "--quiet"], create, &[branch]].concat()).map(drop)
}

fn type_in(scratch: &Scratch, line: usize, console: &Console, outcome: &mut Outcome) {
    let output = scratch.sh(&console.typed);
    let plain = |text: &str| without_version(&scratch.hide(text));
    let came = written(&plain(&output.stdout), &plain(&output.stderr), output.code);
    if matches(&console.expected, &came) {
        return;
    }
    outcome.failures.push(format!("line {line}: $ {}\n{}", console.typed, diff(&console.expected, &came)));
    outcome.corrections.push((console.clone(), blessed(&console.expected, &came)));
}

/// The version of the program reads `[VERSION]`, so that a release changes no case. A longer number that holds it stays.
fn without_version(text: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(version) {
        let number = |c: char| c.is_ascii_digit() || c == '.';
        let inside = before.ends_with(number) || after.starts_with(|c: char| c.is_ascii_digit());
        plain.push_str(before);
        plain.push_str(if inside { version } else { "[VERSION]" });
        rest = after;
    }
    plain + rest
}

/// Copies the files of a project folder into the scratch folder, but for the README on top, which would otherwise be part of its own result.
fn copy(scratch: &Scratch, folder: &str) -> Result<(), String> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if !from.is_dir() {
        return Err(format!("there is no folder {folder}"));
    }
    for entry in WalkDir::new(&from).sort_by_file_name() {
        let entry = entry.map_err(|error| error.to_string())?;
        let inner = entry.path().strip_prefix(&from).map_err(|error| error.to_string())?;
        let to = scratch.path().join(inner);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&to).map_err(|error| format!("{}: {error}", inner.display()))?;
        } else if inner != Path::new("README.md") {
            std::fs::copy(entry.path(), &to).map_err(|error| format!("{}: {error}", inner.display()))?;
        }
    }
    Ok(())
}

/// The page with right outputs in place of the wrong ones, and fences long enough to hold them.
pub fn corrected(page: &str, corrections: &[(Console, Vec<String>)]) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for (console, right) in corrections {
        let needed = right.iter().filter_map(|line| markdown::fence(line)).max().map_or(0, |ticks| ticks + 1);
        for fence in [console.fences.0, console.fences.1] {
            let ticks = markdown::fence(&lines[fence]).unwrap_or_default();
            lines[fence].insert_str(0, &"`".repeat(needed.saturating_sub(ticks)));
        }
    }
    for (console, right) in corrections.iter().rev() {
        lines.splice(console.place.clone(), right.iter().cloned());
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(page: &str) -> Outcome {
        run(&markdown::parse(page).unwrap(), None)
    }

    #[test]
    fn a_wrong_expectation_is_reported() {
        let outcome = play("# x\n```console\n$ echo right; echo same\nwrong\nsame\n$ true\n```\n");
        assert_eq!((outcome.commands, outcome.failures.len()), (2, 1));
        let failure = &outcome.failures[0];
        assert!(failure.starts_with("line 3: $ echo right; echo same\n"), "{failure}");
        assert!(failure.contains("-wrong\n+right\n same\n"), "{failure}");
    }

    #[test]
    fn a_wrong_exit_is_reported() {
        assert!(play("```console\n$ exit 3\n```\n").failures[0].contains("+? 3"));
        assert!(play("```console\n$ true\n? 1\n```\n").failures[0].contains("-? 1"));
        assert_eq!(play("```console\n$ exit 3\n? 3\n```\n").failures.len(), 0);
    }

    #[test]
    fn a_step_that_cannot_be_done_ends_the_case() {
        for (page, complaint) in [
            ("```commit\nNothing\n```\n```console\n$ false\n```\n", "line 1: git commit failed"),
            ("<!-- copy no/such -->\n```console\n$ false\n```\n", "line 1: there is no folder no/such"),
            ("prose\n", "line 1: a case without a console block"),
        ] {
            let failures = play(page).failures;
            assert_eq!(failures.len(), 1);
            assert!(failures[0].starts_with(complaint), "{failures:?}");
        }
    }

    #[test]
    fn a_blessed_page_passes_and_keeps_its_prose() {
        let page = "# T\n```console\n$ echo new; echo $RANDOM_NAME; echo a-1\nold\n\na-[..]\n\n$ printf '```\\n$ x\\n'\n$ exit 2\n```\nEnd.\n";
        let outcome = play(page);
        assert_eq!(outcome.failures.len(), 3);
        let right = corrected(page, &outcome.corrections);
        let wanted = "# T\n````console\n$ echo new; echo $RANDOM_NAME; echo a-1\nnew\n\na-[..]\n\n$ printf '```\\n$ x\\n'\n```\n\\$ x\n$ exit 2\n? 2\n````\nEnd.\n";
        assert_eq!(right, wanted);
        assert_eq!(play(&right).failures, Vec::<String>::new());
    }

    #[test]
    fn a_version_is_hidden_where_it_stands_alone() {
        let version = env!("CARGO_PKG_VERSION");
        let text = format!("redan {version}, \"{version}\" and 1{version} {version}1 {version}");
        let plain = without_version(&text);
        assert_eq!(plain, format!("redan [VERSION], \"[VERSION]\" and 1{version} {version}1 [VERSION]"));
    }

    #[test]
    fn an_example_is_there_before_the_first_step() {
        let page = "```console\n$ git log --format=%s; ls\nAdd the example\nconfig.toml\n```\n";
        let case = markdown::parse(page).unwrap();
        assert_eq!(run(&case, Some(".cargo")).failures, Vec::<String>::new());
        assert_eq!(run(&case, Some("tests/nowhere")).failures, ["there is no folder tests/nowhere"]);
    }
}
