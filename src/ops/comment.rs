//! The sticky comment on a pull request, and suggestions for what can be repaired on lines of its diff.

mod suggest;

use jiff::civil::Date;

use super::audit::Depth;
use super::check::{self, Against, Checked, Judged};
use super::diff::{self, Pair, diff};
use super::sticky::{self, Mine, Posted};
use super::{Candidate, Desk, Trouble};
use crate::difference::Compared;
use crate::finding::Severity;
use crate::remote::{Github, Pull, RemoteError, State, Status};
use crate::report::check::Found;
use crate::report::comment::{Story, body, marker};

pub use suggest::Suggested;

/// What is asked.
pub struct Question {
    /// A model by ID or name; all of them otherwise, in one comment.
    pub model: Option<String>,
    pub today: Date,
}

/// The change of a pull request, judged and compared.
pub struct Review {
    pub checked: Checked,
    /// How many findings fail.
    pub failing: usize,
    pub compared: Compared,
    /// `all`, or the model.
    pub key: String,
    /// Full ids of what is proposed and what it is compared with.
    pub head: String,
    pub base: String,
}

/// Judges the working tree against `base`. `head` is the commit it stands for.
pub fn review(desk: &Desk, question: &Question, base: &str, head: &str) -> Result<Review, Trouble> {
    let models: Vec<String> = question.model.iter().cloned().collect();
    let asked = check::Question {
        models: models.clone(),
        candidate: Candidate::WorkingTree,
        against: Against::Revision(base.to_owned()),
        depth: Depth::Auto,
        today: question.today,
    };
    let checked = check::check(desk, &asked)?;
    let states = diff::Question {
        pair: Pair::new(Candidate::Revision(base.to_owned()), Candidate::WorkingTree).reached(short(head)),
        models: &models,
        as_of: question.today,
    };
    let compared = diff(desk, &states)?;
    let base = desk.repo()?.commit(base)?.id;
    let failing = checked.failing(Severity::Error);
    Ok(Review { checked, failing, compared, key: key(desk, question)?, head: head.to_owned(), base })
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

fn key(desk: &Desk, question: &Question) -> Result<String, Trouble> {
    let Some(asked) = &question.model else { return Ok(scope(desk)) };
    let workspace = desk.look_or_nothing()?;
    Ok(super::reading::named(&workspace, asked)?.id.to_string())
}

/// What a comment about all models is known by: workspaces of one repository have one each.
pub fn scope(desk: &Desk) -> String {
    match desk.prefix.trim_end_matches('/') {
        "" => "all".to_owned(),
        folder => {
            // Plain characters only, so that nothing in it ends the mark.
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/".contains(&byte);
            let part = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
            format!("all:{}", folder.bytes().map(part).collect::<String>())
        }
    }
}

/// Where the branch left its base, as far as that is known here.
pub fn base_of(desk: &Desk, base: &str) -> Result<String, Trouble> {
    let repo = desk.repo()?;
    let (head, known) = (repo.commit("HEAD")?, repo.commit(base)?);
    Ok(repo.bases(&head.id, &known.id)?.into_iter().next().unwrap_or(known.id))
}

impl Review {
    /// The body of the comment, given the one that is there; `None` where nobody has to be told anything.
    /// `files` is where files of the head are read, ending with `/`.
    pub fn body(&self, files: Option<&str>, there: Option<&str>) -> Option<String> {
        let findings: Vec<Found> = self.checked.findings.iter().map(Judged::found).collect();
        let story = Story {
            key: &self.key,
            findings: &findings,
            failing: self.failing,
            compared: &self.compared,
            head: &self.head,
            base: &self.base,
            coverage: if self.checked.complete() { "complete" } else { "of the base only" },
            files,
        };
        body(&story, there)
    }
}

impl Judged {
    /// The finding as reports take it.
    pub fn found(&self) -> Found {
        let found = crate::report::check::found(&self.finding, self.spot.as_ref(), &self.related);
        Found { stock: self.stock, fingerprint: self.fingerprint.clone(), ..found }
    }
}

/// How to speak on a pull request.
pub struct Voice<'a> {
    pub github: &'a Github,
    pub pull: &'a Pull,
    /// People whose comments count as ours.
    pub people: &'a [String],
    /// Where the host shows files: `https://github.com/o/r`.
    pub web: Option<&'a str>,
    /// Suggest safe fixes on lines of the diff.
    pub suggest: bool,
}

/// What was said.
pub struct Spoken {
    pub posted: Posted,
    /// The comment stands, whatever became of the suggestions.
    pub suggested: Result<Suggested, RemoteError>,
}

/// Brings comment and suggestions up to date.
pub fn speak(desk: &Desk, voice: &Voice<'_>, review: &Review) -> Result<Spoken, RemoteError> {
    let marker = marker(&review.key);
    let mine = Mine { marker: &marker, people: voice.people };
    let files = voice.web.map(|web| format!("{web}/blob/{}/", review.head));
    let posted = sticky::post(voice.github, voice.pull.number, &mine, |there| review.body(files.as_deref(), there))?;
    let suggested = match voice.suggest {
        true => suggest::suggest(desk, voice, review),
        false => Ok(Suggested::default()),
    };
    Ok(Spoken { posted, suggested })
}

/// What a workflow's own token commits starts no workflow: the status of the new head and the comment are brought up to date by whoever
/// committed it. The working tree is what was committed; `context` is the name of the status.
pub fn catch_up(
    desk: &Desk,
    voice: &Voice<'_>,
    question: &Question,
    (head, context): (&str, &str),
) -> Result<(), Trouble> {
    let base = base_of(desk, &voice.pull.base.sha)?;
    let review = review(desk, question, &base, head)?;
    voice.github.status(head, &status(&review, context))?;
    speak(desk, voice, &review)?;
    Ok(())
}

/// What a required check reads about the head.
pub fn status(review: &Review, context: &str) -> Status {
    let (state, description) = match review.failing {
        0 => (State::Success, "the threat model holds".to_owned()),
        1 => (State::Failure, "1 finding fails the threat model".to_owned()),
        many => (State::Failure, format!("{many} findings fail the threat model")),
    };
    Status { state, context: context.to_owned(), description }
}
