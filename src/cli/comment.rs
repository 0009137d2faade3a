use clap::Args;

use super::ci::event;
use super::clock;
use super::door::Door;
use super::failure::{Failure, Kind};
use super::github::Remote;
use super::verb::Exit;
use crate::history::GitError;
use crate::ops::comment::{Question, Review, Spoken, Voice, base_of, review, speak};
use crate::ops::sticky::Posted;
use crate::ops::{Desk, Trouble};
use crate::remote::{Pull, RemoteError};
use crate::render::{Line, Page, Tone};

/// Keep one comment on a pull request up to date: verdict, what repairs it, what the change means
///
/// The comment is written once and edited from then on; a run that has nothing new to say writes nothing. Safe fixes on
/// lines of the diff are suggested there too. The exit code says whether it was said: the verdict is `redan check`'s.
#[derive(Debug, Args)]
pub struct Comment {
    /// The number of the pull request [default: the one that the workflow's event is about]
    #[arg(long, value_name = "N")]
    pr: Option<u64>,
    /// Compare with this revision [default: where the branch left the base of the pull request]
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// Speak of one model, in a comment of its own
    #[arg(short, long, value_name = "MODEL")]
    model: Option<String>,
    /// Print the body; ask GitHub nothing where --base says what to compare with, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Suggest no fixes on lines of the diff
    #[arg(long)]
    no_suggestions: bool,
    #[command(flatten)]
    remote: Remote,
}

impl Comment {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        if let (true, Some(base)) = (self.dry_run, &self.base) {
            let head = desk.repo()?.commit("HEAD").map_err(Trouble::Git)?.id;
            return self.show(door, &self.review(door, &desk, base, &head)?);
        }
        let github = self.remote.open(door)?;
        let pull = github.pull(self.number(door)?)?;
        let base = match &self.base {
            Some(base) => base.clone(),
            None => base_of(&desk, &pull.base.sha).map_err(|trouble| absent(trouble, &pull))?,
        };
        let review = self.review(door, &desk, &base, &pull.head.sha)?;
        if self.dry_run {
            return self.show(door, &review);
        }
        let web = self.remote.web(door)?;
        let (people, suggest) = (self.remote.author.as_slice(), !self.no_suggestions);
        let voice = Voice { github: &github, pull: &pull, people, web: Some(&web), suggest };
        let said = speak(&desk, &voice, &review);
        if let Ok(spoken) = &said {
            told(door, spoken)?;
        }
        match said.and_then(|spoken| spoken.suggested) {
            Err(RemoteError::Forbidden { what, message }) => door.remark(&silent(&what, &message)),
            other => drop(other?),
        }
        Ok(0)
    }

    fn number(&self, door: &Door) -> Result<u64, Failure> {
        let which = || Failure::usage("which pull request? say --pr N; no event of a workflow names one");
        match self.pr {
            Some(number) => Ok(number),
            None => event::number(&door.environment.runner.described()?).ok_or_else(which),
        }
    }

    fn review(&self, door: &Door, desk: &Desk, base: &str, head: &str) -> Result<Review, Failure> {
        let today = clock::day(door.environment.clock);
        let question = Question { model: self.model.clone(), today };
        Ok(review(desk, &question, base, head)?)
    }

    /// The body as the first run would write it.
    fn show(&self, door: &mut Door, review: &Review) -> Result<Exit, Failure> {
        let files = self.remote.web(door).ok().map(|web| format!("{web}/blob/{}/", review.head));
        match review.body(files.as_deref(), None) {
            Some(body) => door.print(&body)?,
            None => door.remark("nothing to say: no comment would be written"),
        }
        Ok(0)
    }
}

/// What a token that may only read leaves to say: one notice, whatever the verdict.
pub fn silent(what: &str, message: &str) -> String {
    format!(
        "notice: {what}: this token may not do it, as in a pull request from a fork ({message}); docs/github.md has a way"
    )
}

/// The base of the pull request may not be in this clone.
fn absent(trouble: Trouble, pull: &Pull) -> Failure {
    let missing = matches!(trouble, Trouble::Git(GitError::Revision { .. } | GitError::Shallow { .. }));
    let failure = Failure::from(trouble);
    if !missing {
        return failure;
    }
    let command = format!("git fetch --no-tags origin {}", pull.base.sha);
    Failure { kind: Kind::History, hints: vec![format!("bring it: {command}")], ..failure }
}

fn told(door: &mut Door, spoken: &Spoken) -> Result<(), Failure> {
    let (word, tone) = match &spoken.posted {
        Posted::Silent => ("nothing to say: no comment", Tone::Dim),
        Posted::Same { .. } => ("unchanged: ", Tone::Dim),
        Posted::Created { .. } => ("commented: ", Tone::Added),
        Posted::Edited { .. } => ("edited: ", Tone::Added),
    };
    let mut page = Page::default();
    page.text(Line::of(tone, word).and(Tone::Plain, spoken.posted.url().unwrap_or_default()));
    if let Some(suggested) = spoken.suggested.as_ref().ok().filter(|done| done.posted + done.resolved > 0) {
        let words = format!("{} suggested, {} resolved", suggested.posted, suggested.resolved);
        page.text(Line::plain(words));
    }
    door.page(&page)?;
    stranger(spoken).iter().for_each(|warning| door.remark(&format!("warning: {warning}")));
    Ok(())
}

/// What to say where our comment will not be known for ours the next time.
pub fn stranger(spoken: &Spoken) -> Option<String> {
    let Posted::Created { author, known: false, .. } = &spoken.posted else { return None };
    Some(format!(
        "{author} is a person, whose comments are not taken for ours: say --author {author}, or the next run comments again"
    ))
}
