//! Files as the checkers see them, and what a checker says about one.

use std::fmt;
use std::path::Path;

/// One source file; `path` is relative to the project with `/` between names, such as `src/store/mod.rs`.
#[derive(Clone, Debug)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The module path below the crate root: `src/store/disk/read.rs` is `store, disk, read`; the two crate roots are empty.
    pub fn module(&self) -> Vec<&str> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inner = inner.strip_suffix(".rs").unwrap_or(inner);
        let mut names: Vec<&str> = inner.split('/').collect();
        if names.last() == Some(&"mod") || matches!(names[..], ["lib" | "main"]) {
            names.pop();
        }
        names
    }

    /// The top-level module the file belongs to; none for `lib.rs` and `main.rs`.
    pub fn room(&self) -> Option<&str> {
        self.module().first().copied()
    }
}

/// A broken rule, with the place and what to do about it.
#[derive(Debug, PartialEq)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub message: String,
}

impl Finding {
    pub fn new(file: &File, line: usize, message: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// The project folder.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file under `src`, sorted by path.
pub fn library() -> Vec<File> {
    let walk = walkdir::WalkDir::new(project().join("src")).sort_by_file_name();
    let entries = walk.into_iter().map(|entry| entry.expect("src can be walked"));
    let paths = entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "rs"));
    paths.map(|path| read(&path)).collect()
}

fn read(path: &Path) -> File {
    let inner = path.strip_prefix(project()).expect("the file is inside the project");
    let names: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let text = std::fs::read_to_string(path).expect("source files are UTF-8");
    File { path: names.join("/"), text }
}

/// Fails the calling test with one line a finding.
#[track_caller]
pub fn hold(findings: Vec<Finding>) {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(findings.is_empty(), "{} broken house rule(s)\n{}", findings.len(), lines.join("\n"));
}

/// What a checker said, as lines, for the checkers' own tests.
pub fn lines(findings: Vec<Finding>) -> Vec<String> {
    findings.iter().map(Finding::to_string).collect()
}

#[test]
fn a_file_knows_its_module() {
    assert_eq!(File::new("src/store/disk/mod.rs", "").module(), ["store", "disk"]);
    assert_eq!(File::new("src/store/disk.rs", "").module(), ["store", "disk"]);
    assert_eq!(File::new("src/text.rs", "").room(), Some("text"));
    assert_eq!(File::new("src/lib.rs", "").room(), None);
    assert_eq!(File::new("src/rules/main.rs", "").module(), ["rules", "main"]);
}

#[test]
#[should_panic(expected = "src/a.rs:3: too long")]
fn a_finding_fails_the_test_and_shows_its_place() {
    hold(vec![Finding::new(&File::new("src/a.rs", ""), 3, "too long")]);
}
