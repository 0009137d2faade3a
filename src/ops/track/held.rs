//! Models that could not be read whole. What is missing from the values was removed by nobody, so no ticket follows it.

use super::Scope;
use crate::finding::{Finding, Severity, Target, codes};
use crate::identity::Past;
use crate::model::Model;
use crate::ops::reading::Read;
use crate::ops::{Trouble, check};

/// The file that makes a folder a model.
const MODEL: &str = "/model.toml";

/// Why nothing is planned for a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The model, or the file of one that has no name yet.
    pub what: String,
    /// The first mistake, and where.
    pub why: String,
    /// Mistakes in all.
    pub count: usize,
}

/// The models in question with mistakes that hide something of what their files say; without a choice of models also
/// files that belong to none.
pub(super) fn held(read: &Read, models: &[&Model], scope: &Scope<'_>) -> Result<Vec<Held>, Trouble> {
    let mut settings = read.settings.clone();
    settings.rules.clear();
    let found = check::findings(&read.workspace, &Past::default(), scope.today, &settings);
    let mut held: Vec<Held> = Vec::new();
    // What could not be read comes first: what points to nothing is often no more than its consequence.
    let (unread, dangling): (Vec<&Finding>, Vec<&Finding>) =
        found.iter().filter(|finding| hides(read, finding)).partition(|finding| of_reading(read, finding));
    for finding in unread.into_iter().chain(dangling) {
        let Some(what) = home(read, finding) else { continue };
        if !models.iter().any(|model| model.id.as_str() == what) && !scope.models.is_empty() {
            continue;
        }
        match held.iter_mut().find(|held| held.what == what) {
            Some(held) => held.count += 1,
            None => held.push(Held { what, why: why(read, finding), count: 1 }),
        }
    }
    Ok(held)
}

/// Whether something of the files is not in the values, or points to nothing.
fn hides(read: &Read, finding: &Finding) -> bool {
    let dangling = [&codes::REFERENCE_UNKNOWN, &codes::MODEL_ID_CLASH];
    finding.severity == Severity::Error
        && (dangling.iter().any(|code| code.name == finding.code.name) || of_reading(read, finding))
}

/// Of the files that say what controls are; tickets.toml is a cache, and a session is talk.
fn of_reading(read: &Read, finding: &Finding) -> bool {
    let beside = |path: &str| path.ends_with("/tickets.toml") || path.contains("/sessions/");
    let path = read.workspace.locate(&finding.place).map(|spot| spot.path);
    read.workspace.findings.contains(finding) && !path.is_some_and(|path| beside(&path))
}

/// The model a finding is about, else the file under the roots of models.
fn home(read: &Read, finding: &Finding) -> Option<String> {
    match &finding.place.target {
        Target::Model { model, .. } => Some(model.to_string()),
        Target::Bytes { path, .. } => {
            let inside =
                |folder: &&String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
            let home = read.workspace.folders.iter().find(|(_, folder)| inside(folder));
            let unread = [&codes::FILE_UNREADABLE, &codes::FILE_BOUNDS, &codes::TOML_SYNTAX, &codes::FORMAT_UNKNOWN];
            let whole = || unread.iter().any(|code| code.name == finding.code.name) && path.ends_with(MODEL);
            home.map(|(model, _)| model.to_string()).or_else(|| whole().then(|| path.clone()))
        }
    }
}

fn why(read: &Read, finding: &Finding) -> String {
    let spot = read.workspace.locate(&finding.place).map(|spot| format!(" ({}:{})", spot.path, spot.line));
    format!("{}{}", finding.message, spot.unwrap_or_default())
}
