//! Which files are a model's: a folder with a `model.toml`, and what belongs beside it.

use std::collections::BTreeMap;

use super::near::near;
use crate::finding::{Finding, Place, codes};
use crate::store::root::below;
use crate::store::{Content, Settings, Source};

/// The files of one model.
#[derive(Debug, PartialEq)]
pub(super) struct Folder<'s> {
    /// Relative to the repository.
    pub path: &'s str,
    pub model: &'s Source,
    pub controls: Option<&'s Source>,
    pub compliance: Option<&'s Source>,
    pub tickets: Option<&'s Source>,
    /// By file name without `.toml`.
    pub decisions: Vec<(&'s str, &'s Source)>,
    /// By file name without `.toml`.
    pub sessions: Vec<(&'s str, &'s Source)>,
}

impl<'s> Folder<'s> {
    fn of(path: &'s str, model: &'s Source) -> Folder<'s> {
        let (decisions, sessions) = (Vec::new(), Vec::new());
        Folder { path, model, controls: None, compliance: None, tickets: None, decisions, sessions }
    }
}

/// Folders of models in the order of their paths. A file of a model that has no `model.toml` beside it, one
/// whose name is almost that of such a file, and a link where a folder may be are findings; every other file is
/// none of our business.
pub(super) fn group<'s>(
    sources: &'s BTreeMap<String, Source>,
    settings: &Settings,
    findings: &mut Vec<Finding>,
) -> Vec<Folder<'s>> {
    let ours = |path: &&str| beneath(settings, path).is_some();
    let mut folders: BTreeMap<&str, Folder<'s>> = BTreeMap::new();
    for (path, source) in sources {
        if let Some((folder, "model.toml")) = path.rsplit_once('/')
            && ours(&path.as_str())
            && !inner(folder, sources)
        {
            folders.insert(folder, Folder::of(folder, source));
        }
    }
    for source in sources.values().filter(|source| ours(&source.path.as_str())) {
        place(source, &mut folders, findings);
    }
    let linked = |source: &&Source| source.content == Content::Symlink && leads(settings, &source.path);
    findings.extend(sources.values().filter(linked).map(link));
    folders.into_values().collect()
}

fn place<'s>(source: &'s Source, folders: &mut BTreeMap<&str, Folder<'s>>, findings: &mut Vec<Finding>) {
    let Some((above, name)) = source.path.rsplit_once('/') else { return };
    let stem = name.strip_suffix(".toml");
    let inside = above.rsplit_once('/').filter(|(model, _)| folders.contains_key(model));
    if let (Some((model, list)), Some(stem)) = (inside, stem)
        && let Some(folder) = folders.get_mut(model)
    {
        match list {
            "decisions" => return folder.decisions.push((stem, source)),
            "sessions" => return folder.sessions.push((stem, source)),
            _ => {}
        }
    }
    match (name, folders.get_mut(above)) {
        ("controls.toml", Some(folder)) => folder.controls = Some(source),
        ("compliance.toml", Some(folder)) => folder.compliance = Some(source),
        ("tickets.toml", Some(folder)) => folder.tickets = Some(source),
        ("controls.toml" | "compliance.toml", None) => findings.push(orphan(source, above)),
        (name, _) if source.content == Content::Symlink && !name.contains('.') => findings.push(link(source)),
        _ => findings.extend(meant(source, folders).map(|meant| unknown(source, &meant))),
    }
}

/// The path that a file would be read under, had nobody slipped.
fn meant(source: &Source, folders: &BTreeMap<&str, Folder<'_>>) -> Option<String> {
    let (above, name) = source.path.rsplit_once('/')?;
    let stem = name.strip_suffix(".toml")?;
    let sure = |word: &str, words: &[&'static str]| near(word, words.iter().copied()).filter(|near| near.sure);
    if let Some((model, list)) = above.rsplit_once('/').filter(|(model, _)| folders.contains_key(model)) {
        return Some(format!("{model}/{}/{name}", sure(list, &["decisions", "sessions"])?.word));
    }
    let beside: &[&str] = if folders.contains_key(above) { &["controls", "compliance", "tickets"] } else { &["model"] };
    Some(format!("{above}/{}.toml", sure(stem, beside)?.word))
}

fn unknown(source: &Source, meant: &str) -> Finding {
    let message = format!("{} is no file of a model, so nothing in it counts", source.path);
    Finding::new(&codes::FILE_UNKNOWN, Place::bytes(&source.path, 0..0), message)
        .help(format!("did you mean {meant}? Rename it: git mv {} {meant}", source.path))
}

/// `decisions/model.toml` is a decision with a strange name.
fn inner(folder: &str, sources: &BTreeMap<String, Source>) -> bool {
    folder.rsplit_once('/').is_some_and(|(model, list)| {
        matches!(list, "decisions" | "sessions") && sources.contains_key(&format!("{model}/model.toml"))
    })
}

fn orphan(source: &Source, folder: &str) -> Finding {
    let message = format!("{} belongs to no model: there is no model.toml in {folder}", source.path);
    let finding = Finding::new(&codes::KEY_MISSING, Place::bytes(&source.path, 0..0), message);
    finding.help("bring model.toml back: git log -- shows when it went")
}

fn link(source: &Source) -> Finding {
    let message = format!("{} is a symbolic link, and links are never followed", source.path);
    Finding::new(&codes::FILE_UNREADABLE, Place::bytes(&source.path, 0..0), message).help("put the folder itself here")
}

/// Whether a path is a root of models, or a folder that a root names on its way.
fn leads(settings: &Settings, path: &str) -> bool {
    let named = |root: &String| root.split('/').zip(path.split('/')).all(|(segment, part)| segment == part);
    let above = |root: &&String| root.split('/').count() >= path.split('/').count();
    settings.models.iter().filter(above).any(named)
}

/// The part of a path below the root it lies in; nothing where models are not looked for.
fn beneath<'p>(settings: &Settings, path: &'p str) -> Option<&'p str> {
    let rest = settings.models.iter().find_map(|root| below(root.trim_end_matches('/'), path))?;
    let first = rest.split('/').next()?;
    let hidden = rest.split('/').any(|part| part.starts_with('.'));
    let reserved = first == "frameworks" && first != rest;
    (!hidden && !reserved).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(paths: &[&str], roots: &[&str]) -> (Vec<String>, Vec<String>) {
        let source =
            |path: &&str| (path.to_string(), Source { path: path.to_string(), content: Content::Bytes([].into()) });
        let sources: BTreeMap<String, Source> = paths.iter().map(source).collect();
        let models = roots.iter().map(|root| root.to_string()).collect();
        let mut findings = Vec::new();
        let folders = group(&sources, &Settings { models, ..Settings::default() }, &mut findings);
        let line = |folder: &Folder<'_>| {
            let names = folder.decisions.iter().chain(&folder.sessions).map(|(name, _)| *name);
            let files =
                folder.controls.iter().map(|_| "controls").chain(folder.compliance.iter().map(|_| "compliance"));
            format!("{}: {}", folder.path, files.chain(names).collect::<Vec<_>>().join(" "))
        };
        (folders.iter().map(line).collect(), findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn files_find_their_model() {
        let paths = [
            "threat-models/pay/model.toml",
            "threat-models/pay/controls.toml",
            "threat-models/pay/compliance.toml",
            "threat-models/pay/decisions/a.toml",
            "threat-models/pay/decisions/model.toml",
            "threat-models/pay/decisions/README.md",
            "threat-models/pay/sessions/s.toml",
            "threat-models/pay/notes/x.toml",
            "threat-models/team/shop/model.toml",
            "threat-models/frameworks/asvs/model.toml",
            "threat-models/.schema/model.toml",
            "threat-models/README.md",
            "elsewhere/x/model.toml",
            "model.toml",
        ];
        let (folders, findings) = grouped(&paths, &["threat-models"]);
        assert_eq!(folders, ["threat-models/pay: controls compliance a model s", "threat-models/team/shop: "]);
        assert_eq!(findings, [""; 0]);
    }

    #[test]
    fn roots_may_hold_stars_and_be_models() {
        let paths = ["services/a/tm/model.toml", "services/b/tm/x/model.toml", "services/c/other/model.toml"];
        let (folders, _) = grouped(&paths, &["services/*/tm"]);
        assert_eq!(folders, ["services/a/tm: ", "services/b/tm/x: "]);
    }

    #[test]
    fn a_root_is_no_link() {
        let roots = ["tm/models".to_owned(), "services/*/tm".to_owned()];
        let settings = Settings { models: roots.to_vec(), ..Settings::default() };
        let leads = |path| leads(&settings, path);
        assert!(leads("tm") && leads("tm/models") && leads("services"));
        assert!(!leads("tm/models/pay") && !leads("services/pay") && !leads("src"));
    }

    #[test]
    fn orphans_are_told() {
        let (_, findings) = grouped(&["threat-models/pay/controls.toml"], &["threat-models"]);
        assert_eq!(
            findings,
            ["threat-models/pay/controls.toml belongs to no model: there is no model.toml in threat-models/pay"]
        );
    }
}
