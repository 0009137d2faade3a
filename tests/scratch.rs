//! A throw-away repository in which nothing of the host shows: fixed people, fixed dates, no configuration, no colours.
//! Its commit ids are therefore the same on every machine.

use jiff::{SignedDuration, Timestamp};
use std::cell::Cell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const START: &str = "2026-01-01T00:00:00Z";
const ADA: (&str, &str) = ("Ada", "ada@example.org");

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

/// Who made a commit and when; what is left out is Ada, and the scratch clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stamp {
    pub author: Option<(String, String)>,
    pub date: Option<Timestamp>,
}

/// The folder layout is `repo` (where commands run) beside `home` and `tmp`, so that a second clone at `../other` is thrown away too.
pub struct Scratch {
    top: TempDir,
    root: PathBuf,
    clock: Cell<Timestamp>,
}

impl Scratch {
    /// An empty Git repository on branch `main`.
    pub fn new() -> Self {
        let scratch = Self::without_git();
        scratch.must(&["init", "--quiet", "-b", "main"]);
        scratch
    }

    /// An empty folder.
    pub fn without_git() -> Self {
        let top = tempfile::Builder::new().prefix("redan-").tempdir().expect("a temporary folder");
        let root = top.path().canonicalize().expect("the folder is there").join("repo");
        for name in ["repo", "home", "tmp"] {
            std::fs::create_dir(top.path().join(name)).expect("a new folder");
        }
        let clock = Cell::new(START.parse().expect("START is a time"));
        Self { top, root, clock }
    }

    /// Where commands run.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        std::fs::create_dir_all(place.parent().expect("a file has a folder")).expect("folders can be made");
        std::fs::write(&place, text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// The text of a file; empty when there is none.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap_or_default()
    }

    /// Commits everything there is and gives the commit id.
    pub fn commit(&self, message: &str) -> String {
        self.commit_as(message, &Stamp::default()).unwrap_or_else(|complaint| panic!("{complaint}"))
    }

    /// The same with another author or date. Each commit is a minute younger than the one before; an empty one is refused.
    pub fn commit_as(&self, message: &str, stamp: &Stamp) -> Result<String, String> {
        if let Some(date) = stamp.date {
            self.clock.set(date);
        }
        self.ok(&["add", "--all"])?;
        let mut git = self.command("git");
        git.args(["-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", message]);
        if let Some((name, mail)) = &stamp.author {
            git.env("GIT_AUTHOR_NAME", name).env("GIT_AUTHOR_EMAIL", mail);
        }
        let output = finish(&mut git);
        if output.code != 0 {
            return Err(format!("git commit failed\n{}{}", output.stdout, output.stderr));
        }
        self.clock.set(self.clock.get() + SignedDuration::from_mins(1));
        Ok(self.ok(&["rev-parse", "HEAD"])?.trim_end().to_owned())
    }

    /// Runs the built program.
    pub fn redan(&self, arguments: &[&str]) -> Output {
        finish(self.command(env!("CARGO_BIN_EXE_redan")).args(arguments))
    }

    /// The same with variables of its own.
    pub fn redan_with(&self, variables: &[(&str, String)], arguments: &[&str]) -> Output {
        finish(self.command(env!("CARGO_BIN_EXE_redan")).envs(variables.iter().cloned()).args(arguments))
    }

    /// Starts the built program and does not wait for it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.start_with(&[], arguments)
    }

    /// The same with variables of its own.
    pub fn start_with(&self, variables: &[(&str, String)], arguments: &[&str]) -> Child {
        let mut command = self.command(env!("CARGO_BIN_EXE_redan"));
        command.envs(variables.iter().cloned()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap_or_else(|error| panic!("redan: {error}"))
    }

    pub fn git(&self, arguments: &[&str]) -> Output {
        finish(self.command("git").args(arguments))
    }

    /// Runs a line of shell, with the built program first on the path.
    pub fn sh(&self, line: &str) -> Output {
        finish(self.command("sh").args(["-c", line]))
    }

    /// Standard output of a `git` call that has to work.
    pub fn ok(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.git(arguments);
        match output.code {
            0 => Ok(output.stdout),
            code => Err(format!("git {} ended with {code}\n{}", arguments.join(" "), output.stderr)),
        }
    }

    /// Output without the name of the temporary folder: the repository reads `[ROOT]`, what is beside it `[ROOT]/..`.
    pub fn hide(&self, text: &str) -> String {
        let top = self.root.parent().expect("the repository is inside the scratch folder");
        let root = self.root.display().to_string();
        let plain = text.replace(&root, "[ROOT]").replace(&top.display().to_string(), "[ROOT]/..");
        plain.replace(&self.top.path().display().to_string(), "[ROOT]/..")
    }

    fn must(&self, arguments: &[&str]) {
        self.ok(arguments).unwrap_or_else(|complaint| panic!("{complaint}"));
    }

    /// A command that inherits nothing but the search path.
    fn command(&self, program: &str) -> Command {
        let top = self.root.parent().expect("the repository is inside the scratch folder");
        let now = self.clock.get().to_string();
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null()).env_clear().env("PATH", search_path());
        command.env("HOME", top.join("home")).env("TMPDIR", top.join("tmp")).env("GIT_CEILING_DIRECTORIES", top);
        for (role, (name, mail)) in [("AUTHOR", ADA), ("COMMITTER", ADA)] {
            command.env(format!("GIT_{role}_NAME"), name).env(format!("GIT_{role}_EMAIL"), mail);
            command.env(format!("GIT_{role}_DATE"), &now);
        }
        command.envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_TERMINAL_PROMPT", "0")]);
        // A clean-up that Git starts behind a fetch takes folders away from under the next one.
        command.envs([("GIT_CONFIG_COUNT", "2"), ("GIT_CONFIG_KEY_0", "gc.auto"), ("GIT_CONFIG_VALUE_0", "0")]);
        command.envs([("GIT_CONFIG_KEY_1", "maintenance.auto"), ("GIT_CONFIG_VALUE_1", "false")]);
        command.envs([("TZ", "UTC"), ("LC_ALL", "C"), ("NO_COLOR", "1"), ("COLUMNS", "100"), ("PAGER", "cat")]);
        command
    }
}

/// The folder of the built program, then the host's own search path.
fn search_path() -> OsString {
    let built = Path::new(env!("CARGO_BIN_EXE_redan")).parent().expect("the program is in a folder");
    let host = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(built.to_owned()).chain(std::env::split_paths(&host));
    std::env::join_paths(folders).expect("folders of a search path can be joined again")
}

fn finish(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{:?}: {error}", command.get_program()));
    Output {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code().unwrap_or(-1),
    }
}

#[test]
fn commit_ids_are_the_same_everywhere() {
    let scratch = Scratch::new();
    scratch.write("a/b.txt", "one\n");
    assert_eq!(scratch.commit("First"), "e2438537f641f6458d88c6430b04a410fbf00a8f");
    scratch.write("a/b.txt", "two\n");
    let stamp = Stamp {
        author: Some(("Bo".to_owned(), "bo@example.org".to_owned())),
        date: Some("2026-03-01T10:00:00Z".parse().unwrap()),
    };
    scratch.commit_as("Second", &stamp).unwrap();
    scratch.write("c.txt", "three\n");
    scratch.commit("Third");
    let log = scratch.git(&["log", "--reverse", "--format=%an %ae %aI %cn %cI %s"]);
    let wanted = "Ada ada@example.org 2026-01-01T00:00:00Z Ada 2026-01-01T00:00:00Z First\n\
        Bo bo@example.org 2026-03-01T10:00:00Z Ada 2026-03-01T10:00:00Z Second\n\
        Ada ada@example.org 2026-03-01T10:01:00Z Ada 2026-03-01T10:01:00Z Third\n";
    assert_eq!(log.stdout, wanted);
    assert_eq!(scratch.read("a/b.txt"), "two\n");
}

#[test]
fn an_empty_commit_is_refused() {
    let complaint = Scratch::new().commit_as("Nothing", &Stamp::default()).unwrap_err();
    assert!(complaint.contains("nothing to commit"), "{complaint}");
}

#[test]
fn the_host_does_not_show() {
    let scratch = Scratch::without_git();
    let names = scratch.sh("env | cut -d= -f1 | grep -E '^(CI|GITHUB_|CARGO|USER|LANG|XDG_)'");
    assert_eq!(names.stdout, "");
    assert_eq!(scratch.git(&["status"]).code, 128, "no repository is found above the scratch folder");
    assert_eq!(scratch.hide(&scratch.sh("pwd; echo $HOME; exit 3").stdout), "[ROOT]\n[ROOT]/../home\n");
    assert_eq!(scratch.sh("exit 3").code, 3);
    assert!(scratch.path().is_dir());
}

#[test]
fn the_built_program_comes_first() {
    let scratch = Scratch::new();
    let found = scratch.sh("command -v redan");
    assert_eq!(found.stdout.trim_end(), env!("CARGO_BIN_EXE_redan"));
    assert_eq!(scratch.redan(&["--version"]).code, scratch.sh("redan --version").code);
}
