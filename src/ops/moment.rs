//! `MODEL@…`: which commit a version, a digest, a day or a revision names.

use jiff::civil::Date;

use super::log::{Asked, log};
use super::{Candidate, Desk, Trouble};
use crate::history::{GitError, Label, Log, Version};

/// What stands behind the `@`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment<'a> {
    /// `v3`, `v7+1`
    Version(Label),
    /// `sha256:4f0c…`, the beginning of a structural digest
    Digest(&'a str),
    /// `2026-10-01`: as it was when that day ended, in UTC
    Day(Date),
    /// Anything Git knows.
    Revision(&'a str),
}

/// Fewer digits could name anything.
const FEWEST: usize = 7;

impl<'a> Moment<'a> {
    pub fn read(text: &'a str) -> Moment<'a> {
        let day = || text.parse().ok().filter(|_| text.len() == 10).map(Moment::Day);
        let digest = || text.strip_prefix("sha256:").map(Moment::Digest);
        let version = Label::parse(text).map(Moment::Version);
        version.or_else(digest).or_else(day).unwrap_or(Moment::Revision(text))
    }
}

impl Desk {
    /// The state that `MODEL@text` names.
    pub fn at(&self, model: Option<&str>, text: &str) -> Result<Candidate, Trouble> {
        let commit = match Moment::read(text) {
            Moment::Version(label) => self.labelled(model, label)?,
            Moment::Digest(start) => self.with_digest(model, start)?.ok_or_else(|| unknown("digest", text, &[]))?,
            Moment::Day(day) => self.by_day(day)?,
            Moment::Revision(name) => self.revision(model, name)?,
        };
        Ok(Candidate::Revision(commit))
    }

    fn labelled(&self, model: Option<&str>, label: Label) -> Result<String, Trouble> {
        let here = log(self, Asked { model, reference: None })?.log;
        if let Some(version) = here.version(label) {
            return Ok(version.first.commit.clone());
        }
        // A branch that left the published line earlier still knows the numbers of that line.
        let trunk = here.trunk.as_ref().map(|trunk| trunk.id.as_str());
        let there = trunk.map(|trunk| log(self, Asked { model, reference: Some(trunk) })).transpose()?;
        let version = there.as_ref().and_then(|there| there.log.version(label));
        version.map(|version| version.first.commit.clone()).ok_or_else(|| {
            let known: Vec<String> = here.versions.iter().map(|(label, _)| label.to_string()).collect();
            unknown("version", &label.to_string(), &known)
        })
    }

    /// The first commit of the last version with this digest: on the line of HEAD, on the published one,
    /// then on any other branch.
    fn with_digest(&self, model: Option<&str>, start: &str) -> Result<Option<String>, Trouble> {
        let start = start.to_ascii_lowercase();
        if start.len() < FEWEST || !start.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let commit = |log: &Log| log.digest(&start).map(|version: &Version| version.first.commit.clone());
        let here = log(self, Asked { model, reference: None })?.log;
        if let Some(found) = commit(&here) {
            return Ok(Some(found));
        }
        let trunk = here.trunk.map(|trunk| trunk.id);
        for tip in trunk.into_iter().chain(self.repo()?.tips()?) {
            // A branch where the model never was does not have it either.
            let Ok(there) = log(self, Asked { model, reference: Some(&tip) }) else { continue };
            if let Some(found) = commit(&there.log) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn by_day(&self, day: Date) -> Result<String, Trouble> {
        let repo = self.repo()?;
        let tip = repo.commit("HEAD")?;
        let found = repo.by_the_end_of(day, &tip)?;
        Ok(found.ok_or_else(|| unknown("commit at or before", &day.to_string(), &[]))?.id)
    }

    /// A revision; where Git knows none, digits may be the digest that a row of a file remembers.
    fn revision(&self, model: Option<&str>, name: &str) -> Result<String, Trouble> {
        match self.repo()?.commit(name) {
            Err(GitError::Revision { name }) => match self.with_digest(model, &name)? {
                Some(commit) => Ok(commit),
                None => Err(GitError::Revision { name }.into()),
            },
            // The name goes on, so that answers repeat what was asked.
            found => Ok(found.map(|commit| commit.name)?),
        }
    }
}

fn unknown(what: &'static str, asked: &str, known: &[String]) -> Trouble {
    Trouble::Unknown { what, asked: asked.to_owned(), known: known.to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_by_its_shape() {
        assert_eq!(Moment::read("v3"), Moment::Version(Label { number: 3, beyond: 0 }));
        assert_eq!(Moment::read("v3+2"), Moment::Version(Label { number: 3, beyond: 2 }));
        assert_eq!(Moment::read("sha256:4f0c9a1"), Moment::Digest("4f0c9a1"));
        assert_eq!(Moment::read("2026-10-01"), Moment::Day("2026-10-01".parse().unwrap()));
        for text in ["v1.2", "main", "HEAD~3", "2026-10", "4f0c9a1b2d3e", "refs/tags/v1"] {
            assert_eq!(Moment::read(text), Moment::Revision(text));
        }
    }
}
