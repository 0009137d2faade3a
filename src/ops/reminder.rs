//! One issue about what is past its day, kept by the audit that runs by the clock: opened, edited, closed.

use crate::remote::{Github, Issue, RemoteError};

/// The label that finds it without reading every issue; the host makes it where it is not there.
const LABEL: &str = "threat-model";

/// How to know our issue.
#[derive(Debug, Clone, Copy)]
pub struct Mine<'a> {
    /// What its body starts with.
    pub marker: &'a str,
    /// People whose issues are taken for ours too, where we write with a personal token.
    pub people: &'a [String],
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub body: String,
}

/// Brings the issue up to date and says where it is read; nothing where there is none to be read. With nothing to say,
/// it is closed. One that a person closed stays closed until it would say something else.
pub fn remind(github: &Github, mine: Mine<'_>, words: Option<&Words>) -> Result<Option<String>, RemoteError> {
    let ours = ours(github, mine)?;
    let open = ours.iter().filter(|issue| issue.open);
    let Some(words) = words else {
        let last = format!("{}\nNothing is past its day.\n", mine.marker);
        open.map(|issue| github.close_issue(issue.number, Some(&last))).collect::<Result<Vec<_>, _>>()?;
        return Ok(None);
    };
    match ours.first() {
        None => {
            github.open_issue(&words.title, &words.body, LABEL)?;
            // Another run may have opened one at the same time.
            settle(github, &self::ours(github, mine)?)
        }
        Some(there) if same(there, words) => settle(github, &ours),
        Some(there) => {
            github.edit_issue(there.number, &words.title, &words.body)?;
            settle(github, &ours)
        }
    }
}

fn ours(github: &Github, mine: Mine<'_>) -> Result<Vec<Issue>, RemoteError> {
    let known = |issue: &Issue| issue.author.bot || mine.people.contains(&issue.author.login);
    Ok(github.issues(LABEL)?.into_iter().filter(|issue| issue.body.starts_with(mine.marker) && known(issue)).collect())
}

/// The oldest stays, others that are open are closed.
fn settle(github: &Github, ours: &[Issue]) -> Result<Option<String>, RemoteError> {
    let others = ours.iter().skip(1).filter(|issue| issue.open);
    others.map(|issue| github.close_issue(issue.number, None)).collect::<Result<Vec<_>, _>>()?;
    Ok(ours.first().map(|issue| issue.url.clone()))
}

/// A host may change the ends of lines and of the whole text.
fn same(there: &Issue, words: &Words) -> bool {
    there.title == words.title && there.body.replace("\r\n", "\n").trim_end() == words.body.trim_end()
}
