//! Which language model a change would have asked: who merges it decides where texts and a key go.

use super::reading::Read;
use super::{Candidate, Desk, Trouble};
use crate::finding::{Finding, Place, Severity, Target, codes};
use crate::history::Commit;
use crate::store::{Engine, Settings};

/// What the table is called.
const WORD: &str = "engine";

/// Tells where the candidate names another language model, address or key than everything it is compared with. How loudly, the base says: the
/// change could silence what tells of it.
pub(super) fn tell(
    desk: &Desk,
    candidate: &Candidate,
    bases: &[Commit],
    (read, found): (&mut Read, &mut Vec<Finding>),
) -> Result<(), Trouble> {
    let then = bases.iter().map(|base| desk.settings(&Candidate::Revision(base.id.clone())));
    // Settings that are wrong there stopped everything there.
    let then: Vec<Settings> = then.filter_map(Result::ok).collect();
    let now = asked(&read.settings.engine);
    let Some(first) = then.first().filter(|_| then.iter().all(|then| asked(&then.engine) != now)) else {
        return Ok(());
    };
    let message = format!(
        "with this change the language model asked is {}; before, {}",
        told(&read.settings.engine),
        told(&first.engine)
    );
    let severity = first.rules.get(codes::ENGINE_CHANGED.name).copied();
    let source = desk.settings_file(candidate)?;
    let text = source.as_ref().map(|source| source.text()).unwrap_or_default();
    let span = text.find(WORD).map_or(0..0, |at| at..at + WORD.len());
    let place = Place { target: Target::Bytes { path: desk.settings_path(), span }, steps: Vec::new() };
    let mut finding = Finding::new(&codes::ENGINE_CHANGED, place, message);
    if now.is_some() {
        finding =
            finding.help("once it is merged, texts go there; in runs for the pull request they do not".to_owned());
    }
    finding.severity = severity.unwrap_or(finding.severity);
    if finding.severity > Severity::Off {
        found.push(finding);
        read.workspace.sources.extend(source.map(|source| (source.path.clone(), source)));
    }
    Ok(())
}

/// What decides who gets what.
fn asked(engine: &Engine) -> Option<(String, Option<&str>, Option<&str>)> {
    Some((engine.which.as_ref()?.name(), engine.url.as_deref(), engine.key.as_deref()))
}

fn told(engine: &Engine) -> String {
    let Some((name, url, key)) = asked(engine) else { return "nobody".to_owned() };
    let url = url.map(|url| format!(" at {url}")).unwrap_or_default();
    let key = key.map(|key| format!(" with the key in {key}")).unwrap_or_default();
    format!("{name}{url}{key}")
}
