//! Running commands in the scratch repository and printing each with its output.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use crate::cli::door::{Door, Environment, arguments};
use crate::cli::failure::{Failure, Kind};
use crate::cli::run;
use crate::cli::stream::Stream;
use crate::history::{Author, git};
use crate::ops::Trouble;
use crate::render::{Line, Page, Tone};
use crate::store::{Write as Edit, disk};

/// The scratch repository with its own clock, so that the demo prints the same on every day.
pub struct Stage<'d> {
    door: &'d mut Door,
    root: PathBuf,
    clock: Timestamp,
    surprises: usize,
}

const BEGINNING: &str = "2026-11-20T09:00:00Z";
const WHO: &str = "ada@example.org";

impl<'d> Stage<'d> {
    pub fn new(door: &'d mut Door, root: PathBuf) -> Stage<'d> {
        let clock = BEGINNING.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        Stage { door, root, clock, surprises: 0 }
    }

    /// How many steps ended with another exit code than the story says.
    pub fn surprises(&self) -> usize {
        self.surprises
    }

    /// A paragraph of the story.
    pub fn say(&mut self, text: &str) -> Result<(), Failure> {
        let mut page = Page::default();
        page.text(Line::plain(""));
        page.text(Line::of(Tone::Strong, format!("# {text}")));
        self.door.page(&page)
    }

    /// Runs a redan command that should end with `code`.
    pub fn redan(&mut self, code: u8, line: &[&str]) -> Result<(), Failure> {
        self.echo("redan", line)?;
        let stream = Stream::default();
        let environment = Environment {
            directory: self.root.clone(),
            author: Some(WHO.to_owned()),
            author_date: Some(self.clock.to_string()),
            index: None,
            merging: Vec::new(),
            objects: Vec::new(),
            runner: Default::default(),
            clock: self.clock,
            github: Default::default(),
            jira: Default::default(),
            keys: Default::default(),
        };
        let (out, err) = (Box::new(stream.clone()), Box::new(stream.clone()));
        let (ended, door) = run(arguments(line), Door::captured(environment, out, err));
        door.finish(ended);
        let text = stream.text();
        self.door.print(&text)?;
        if ended != 0 {
            self.door.print(&format!("(exit {ended})\n"))?;
        }
        self.expect(ended == code);
        Ok(())
    }

    /// Runs a Git command that should succeed; what it prints is left out.
    pub fn git(&mut self, line: &[&str]) -> Result<(), Failure> {
        self.clock = self.clock.saturating_add(SignedDuration::from_hours(1)).unwrap_or(self.clock);
        self.echo("git", line)?;
        let author = Author { name: "Ada".to_owned(), email: WHO.to_owned(), at: self.clock };
        let ran = git(&self.root, &author, line).map_err(|error| Failure::from(Trouble::Git(error)))?;
        if !ran.success {
            self.door.print(&ran.text)?;
        }
        self.expect(ran.success);
        Ok(())
    }

    /// Writes a file as a person with an editor would.
    pub fn write(&mut self, path: &str, text: &str, what: &str) -> Result<(), Failure> {
        let mut page = Page::default();
        page.text(Line::of(Tone::Dim, format!("($EDITOR {path}: {what})")));
        self.door.page(&page)?;
        let before = disk::source(&self.root, path).map_err(broken)?.map(|source| source.text().into_bytes());
        let edit = Edit { path: path.to_owned(), before, after: text.as_bytes().to_vec() };
        disk::commit(&self.root, &self.root.join(".git"), &[edit]).map_err(broken)
    }

    /// The text of a file as it is now.
    pub fn read(&self, path: &str) -> Result<String, Failure> {
        Ok(disk::source(&self.root, path).map_err(broken)?.map(|source| source.text()).unwrap_or_default())
    }

    fn echo(&mut self, program: &str, line: &[&str]) -> Result<(), Failure> {
        let words: Vec<String> = line.iter().map(|word| quoted(word)).collect();
        let mut page = Page::default();
        page.text(Line::of(Tone::Dim, "$ ").and(Tone::Strong, format!("{program} {}", words.join(" "))));
        self.door.page(&page)
    }

    fn expect(&mut self, held: bool) {
        self.surprises += usize::from(!held);
    }
}

fn broken(error: disk::DiskError) -> Failure {
    Failure { kind: Kind::Environment, ..Failure::from(Trouble::Disk(error)) }
}

fn quoted(word: &str) -> String {
    if word.chars().any(|c| c.is_whitespace() || "*|;".contains(c)) { format!("\"{word}\"") } else { word.to_owned() }
}
