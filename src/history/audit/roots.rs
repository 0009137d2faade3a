//! Roots of models that the published settings named once. One that is taken out of them takes no published model along.

use std::collections::{BTreeMap, BTreeSet};

use git2::Oid;

use super::Question;
use crate::history::Repo;
use crate::history::files::entry;
use crate::history::walk::files;
use crate::store::{Content, Settings, Source, inside, settings};

/// Commits of a line that are looked at one by one. On a longer line, those between two that say the same are passed over.
const LOOKED_AT: usize = 256;

/// The settings at some commits: the version of the file, if there is one, and commits that have it.
type Versions = BTreeMap<Option<Oid>, Vec<Oid>>;

/// Roots beside those of the question that settings named at these commits of the published lines, and where a folder was.
pub(super) fn former(repo: &Repo, question: &Question<'_>, lines: &[Vec<Oid>]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (version, commits) in versions(repo, question.settings, lines) {
        let named = named(repo, question.settings, version);
        let other = named.into_iter().filter(|root| !inside(question.roots, &format!("{root}/model.toml")));
        found.extend(other.filter(|root| commits.iter().any(|commit| stood(repo, *commit, root))));
    }
    found
}

fn versions(repo: &Repo, path: &str, lines: &[Vec<Oid>]) -> Versions {
    let mut found = Versions::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let mut look = |nth: usize| {
            let version = version(repo, line[nth], path);
            found.entry(version).or_default().push(line[nth]);
            version
        };
        let last = line.len() - 1;
        let places: Vec<usize> = (0..last).step_by(line.len().div_ceil(LOOKED_AT)).chain([last]).collect();
        let looked: Vec<(usize, Option<Oid>)> = places.into_iter().map(|nth| (nth, look(nth))).collect();
        let mut open: Vec<_> = looked.windows(2).map(|pair| (pair[0], pair[1])).collect();
        while let Some((from, to)) = open.pop() {
            if from.1 != to.1 && to.0 - from.0 > 1 {
                let middle = from.0.midpoint(to.0);
                let middle = (middle, look(middle));
                open.extend([(from, middle), (middle, to)]);
            }
        }
    }
    found
}

fn version(repo: &Repo, commit: Oid, path: &str) -> Option<Oid> {
    let tree = repo.git.find_commit(commit).and_then(|commit| repo.folder_of(commit.tree_id())).ok()?;
    entry(&tree, path).ok()?.map(|entry| entry.id())
}

/// Where a version of the settings looks for models; without the file the defaults hold, and one that is wrong says nothing.
fn named(repo: &Repo, path: &str, version: Option<Oid>) -> Vec<String> {
    let read = match version.map(|id| repo.file_of(id)) {
        None => Ok(Settings::default()),
        Some(Ok(blob)) => {
            let content = Content::Bytes(blob.content().into());
            settings(Some(&Source { path: path.to_owned(), content }))
        }
        Some(Err(_)) => return Vec::new(),
    };
    let above = path.rsplit_once('/').map(|(above, _)| format!("{above}/")).unwrap_or_default();
    let roots = read.map(|settings| settings.models.into_iter().chain(settings.former).collect::<Vec<_>>());
    roots.unwrap_or_default().into_iter().map(|root| format!("{above}{}", root.trim_end_matches('/'))).collect()
}

/// Whether model files were there under a root.
fn stood(repo: &Repo, commit: Oid, root: &str) -> bool {
    let start = root.split('/').take_while(|part| !part.contains('*')).collect::<Vec<_>>().join("/");
    let held = || files(repo, &[root.to_owned()], commit).is_ok_and(|files| !files.is_empty());
    version(repo, commit, &start).is_some() && held()
}
