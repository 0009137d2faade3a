//! Bringing the history that a clone was made without, when that was asked for: at most one fetch for commits
//! and refs, and one for the versions of model files (clones without folders need one more). What is missing afterwards stays a gap of the answer.

use std::io::Write;
use std::process::{Command, Stdio};

use git2::Oid;

use super::cloned::{Cloned, Filter, typed};
use super::program::fetching;
use super::walk::{Asked, Reader, walk};
use super::{GitError, Named, Repo};
use crate::store::Tracer;

impl Repo {
    /// Completes a shallow, narrow or partial clone for a full audit of these roots, and returns the commands
    /// that ran, as a person types them; none where nothing was missing. A shallow clone becomes a blobless
    /// one, so that no more files come than the audit reads; a narrow one will fetch all branches from now on.
    /// Open the repository anew afterwards, and ask anew what is published. A fetch that fails is `Incomplete`,
    /// with the command.
    pub fn complete(&self, roots: &[String], named: Named<'_>) -> Result<Vec<String>, GitError> {
        let mut ran = Vec::new();
        let cloned = Cloned::of(self);
        if let Some(mut words) = cloned.fetch() {
            if cloned.shallow && cloned.filter == Filter::Nothing {
                words.insert(1, "--filter=blob:none".to_owned());
            }
            if cloned.narrow {
                self.bring(&cloned.widen(), None, &mut ran)?;
            }
            self.bring(&words, None, &mut ran)?;
        }
        let repo = self.again()?;
        let cloned = Cloned::of(&repo);
        if cloned.filter == Filter::Nothing {
            return Ok(ran);
        }
        let missing = match repo.lacking(roots, named) {
            Err(GitError::Other { .. } | GitError::Failed { .. }) if cloned.filter == Filter::Trees => {
                self.bring(&cloned.refetch(), None, &mut ran)?;
                self.again()?.lacking(roots, named)?
            }
            found => found?,
        };
        if !missing.is_empty() {
            let words =
                ["fetch", &cloned.remote, "--no-tags", "--no-write-fetch-head", "--filter=blob:none", "--stdin"];
            let ids = missing.iter().map(|id| format!("{id}\n")).collect();
            self.bring(&words.map(str::to_owned), Some(ids), &mut ran)?;
        }
        Ok(ran)
    }

    /// Versions of model files that an audit would read and that are not here. The `git` program may end at the
    /// first of them, so libgit2 looks.
    fn lacking(&self, roots: &[String], named: Named<'_>) -> Result<Vec<Oid>, GitError> {
        let failed = |error: git2::Error| GitError::other("reading a commit id", &error);
        let published = self.published(named)?.into_iter().map(|tip| tip.commit);
        let parents = self.parents()?.into_iter().map(|parent| parent.id);
        let tips = published.chain(parents).map(|id| Oid::from_str(&id).map_err(failed));
        let tips = tips.collect::<Result<Vec<_>, _>>()?;
        let asked = Asked { tips: &tips, known: &[], roots };
        Ok(walk(self, Reader::Library, asked, &mut Tracer::default())?.versions.missing)
    }

    /// One command; what its standard input says is for `--stdin`.
    fn bring(&self, words: &[String], input: Option<String>, ran: &mut Vec<String>) -> Result<(), GitError> {
        let incomplete = |why: String| GitError::Incomplete {
            why: format!("the history could not be fetched: {why}"),
            command: typed(words),
        };
        let mut command = fetching(self);
        let output = fed(command.args(words), input).map_err(|error| incomplete(error.to_string()))?;
        if !output.status.success() {
            return Err(incomplete(self.masked(&output.stderr)));
        }
        ran.push(typed(words));
        Ok(())
    }
}

fn fed(command: &mut Command, input: Option<String>) -> std::io::Result<std::process::Output> {
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let Some(input) = input else { return command.output() };
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        // A program that ended early says why itself.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    })
}
