//! Which two states a command line means.

use std::path::PathBuf;

use crate::difference::State;
use crate::history::GitError;
use crate::model::ModelId;
use crate::ops::moment::Moment;
use crate::ops::{Candidate, Desk, Trouble};

/// What was said.
#[derive(Debug, Clone, Default)]
pub struct Asked<'a> {
    /// `REV`, `MODEL@VERSION`, `A..B`, `A...B`; with `from` or `to`, a model.
    pub words: &'a [String],
    /// A version, a digest, a day or a revision.
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    /// The index instead of the working tree; a path names another one than the repository's.
    pub staged: Option<Option<PathBuf>>,
    /// The models that were asked for besides.
    pub models: &'a [String],
}

/// Two states, and what people called them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub from: Candidate,
    pub to: Candidate,
    from_name: Option<String>,
    to_name: Option<String>,
    /// The one model that the words are about, where they name one.
    pub model: Option<String>,
}

impl Pair {
    /// Two states under Git's own names.
    pub fn new(from: Candidate, to: Candidate) -> Pair {
        Pair { from, to, from_name: None, to_name: None, model: None }
    }

    /// The same, where the state that was reached has a name of its own.
    #[must_use]
    pub fn reached(self, name: &str) -> Pair {
        Pair { to_name: Some(name.to_owned()), ..self }
    }

    pub(super) fn names(&self, desk: &Desk) -> Result<(State, State), Trouble> {
        let from = desk.state_of(&self.from, self.from_name.as_deref())?;
        Ok((from, desk.state_of(&self.to, self.to_name.as_deref())?))
    }
}

/// The two states: from HEAD to the working tree where nothing else is said.
pub fn pair(desk: &Desk, asked: &Asked<'_>) -> Result<Pair, Trouble> {
    let here = || match &asked.staged {
        Some(index) => Word::plain(Candidate::Index(index.clone())),
        None => Word::plain(Candidate::WorkingTree),
    };
    let only = asked.models.first().map(String::as_str);
    if asked.from.is_some() || asked.to.is_some() {
        let model = asked.words.first().map(String::as_str).or(only);
        let from = word(desk, &format!("{}@{}", model.unwrap_or_default(), asked.from.unwrap_or("HEAD")), None)?;
        let to = asked.to.map(|to| word(desk, &format!("{}@{to}", model.unwrap_or_default()), None));
        return joined(from, to.transpose()?.unwrap_or_else(here));
    }
    match asked.words {
        [] => joined(word(desk, "HEAD", only)?, here()),
        [range] if range.contains("..") => ranged(desk, range, only),
        [from] => joined(word(desk, from, only)?, here()),
        [from, to, ..] => joined(word(desk, from, only)?, word(desk, to, only)?),
    }
}

/// One state as it was said.
struct Word {
    candidate: Candidate,
    model: Option<String>,
    name: Option<String>,
}

impl Word {
    fn plain(candidate: Candidate) -> Word {
        Word { candidate, model: None, name: None }
    }
}

fn joined(from: Word, to: Word) -> Result<Pair, Trouble> {
    if let (Some(one), Some(other)) = (&from.model, &to.model)
        && one != other
    {
        let asked = format!("{one} and {other}");
        return Err(Trouble::Unknown { what: "way to compare two models", asked, known: Vec::new() });
    }
    let model = from.model.or(to.model);
    Ok(Pair { from: from.candidate, to: to.candidate, from_name: from.name, to_name: to.name, model })
}

/// `A..B`; `A...B` begins where the two parted, as a pull request does.
fn ranged(desk: &Desk, range: &str, model: Option<&str>) -> Result<Pair, Trouble> {
    let or_head = |text: &str| if text.is_empty() { "HEAD".to_owned() } else { text.to_owned() };
    if let Some((from, to)) = range.split_once("...") {
        let (from, to) = (word(desk, &or_head(from), model)?, word(desk, &or_head(to), model)?);
        let base = parted(desk, &from.candidate, &to.candidate)?;
        return joined(Word { candidate: Candidate::Revision(base), name: None, ..from }, to);
    }
    let (from, to) = range.split_once("..").unwrap_or((range, ""));
    joined(word(desk, &or_head(from), model)?, word(desk, &or_head(to), model)?)
}

fn parted(desk: &Desk, one: &Candidate, other: &Candidate) -> Result<String, Trouble> {
    let repo = desk.repo()?;
    let (Candidate::Revision(one), Candidate::Revision(other)) = (one, other) else { return Ok("HEAD".to_owned()) };
    let bases = repo.bases(&repo.commit(one)?.id, &repo.commit(other)?.id)?;
    let none = || Trouble::Unknown {
        what: "commit that both grew from",
        asked: format!("{one}...{other}"),
        known: Vec::new(),
    };
    bases.into_iter().next().ok_or_else(none)
}

/// A state: `MODEL@VERSION`, or a revision; `v3` and a day where Git knows no such revision.
fn word(desk: &Desk, text: &str, model: Option<&str>) -> Result<Word, Trouble> {
    if let Some((named, moment)) = text.split_once('@').filter(|(named, moment)| ours(named, moment)) {
        let model = Some(named).filter(|named| !named.is_empty()).or(model);
        let name = if model.is_some() { format!("{}@{moment}", model.unwrap_or_default()) } else { moment.to_owned() };
        let candidate = desk.at(model, moment)?;
        return Ok(Word { candidate, model: model.map(str::to_owned), name: Some(name) });
    }
    match desk.repo()?.commit(text) {
        Ok(commit) => Ok(Word::plain(Candidate::Revision(commit.name))),
        Err(error @ GitError::Revision { .. }) => match Moment::read(text) {
            Moment::Revision(_) => Err(error.into()),
            _ => {
                let candidate = desk.at(model, text)?;
                Ok(Word { candidate, model: model.map(str::to_owned), name: Some(text.to_owned()) })
            }
        },
        Err(error) => Err(error.into()),
    }
}

/// Whether it is a model and a moment, and none of Git's own `main@{1}`, `@~2`, `@{u}`.
fn ours(named: &str, moment: &str) -> bool {
    let model = named.is_empty() || ModelId::parse(named).is_some();
    model && !moment.is_empty() && !moment.starts_with(['{', '~', '^'])
}
