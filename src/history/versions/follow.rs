//! Following models from commit to commit. Folders come and go; a model is where its `id` is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::raw::{Entry, Held};
use super::{Line, Sight, Signed, Step};
use crate::finding::{Finding, Severity};
use crate::history::GitError;
use crate::model::{Decision, Model, ModelId};
use crate::store::{self, Content, Source, inside};

/// The two files that make a state.
type Key = (Held, Option<Held>);
type Found = (ModelId, String, Key, Sight);

/// Where the objects of a history come from.
pub(super) trait Blobs {
    fn content(&self, held: Held) -> Result<Content, GitError>;
}

/// The files and the models as of the last commit that was taken.
pub(super) struct Follow<'a, B> {
    line: Line<'a>,
    blobs: B,
    files: BTreeMap<String, Held>,
    homes: BTreeMap<ModelId, Home>,
}

struct Home {
    folder: String,
    key: Key,
    sight: Sight,
    /// The last state that could be read.
    model: Option<Arc<Model>>,
}

/// What one commit touched.
#[derive(Default)]
struct Touched {
    folders: BTreeSet<String>,
    /// New decision files by folder: name without `.toml`, and content.
    decisions: BTreeMap<String, Vec<(String, Held)>>,
}

impl<'a, B: Blobs> Follow<'a, B> {
    pub fn new(line: Line<'a>, blobs: B) -> Self {
        Follow { line, blobs, files: BTreeMap::new(), homes: BTreeMap::new() }
    }

    /// Takes the next commit and shows every model it touched.
    pub fn take(&mut self, entry: Entry, mut visit: impl FnMut(&Step<'_>)) -> Result<(), GitError> {
        let touched = self.touch(entry.files);
        let mut found: Vec<Found> = Vec::new();
        for folder in &touched.folders {
            found.extend(self.look(folder)?);
        }
        for (id, folder, key, sight) in self.settled(found) {
            let home = self.homes.remove(&id);
            let new = touched.decisions.get(&folder).map(Vec::as_slice).unwrap_or_default();
            let before = home.as_ref().and_then(|home| home.model.clone());
            let decided = self.decided(&folder, home.as_ref(), key, new)?;
            let model = match &sight {
                Sight::Read(model) => Some(Arc::clone(model)),
                _ => before.clone(),
            };
            let step =
                Step { signed: &entry.signed, model: &id, before: before.as_deref(), now: &sight, decided: &decided };
            visit(&step);
            self.homes.insert(id, Home { folder, key, sight, model });
        }
        self.leave(&touched, &entry.signed, visit);
        Ok(())
    }

    fn touch(&mut self, files: Vec<(String, Option<Held>)>) -> Touched {
        let mut touched = Touched::default();
        for (path, held) in files {
            if !inside(&self.line.settings.models, &path) {
                continue;
            }
            let Some((above, name)) = path.rsplit_once('/') else { continue };
            let decided = above.strip_suffix("/decisions").zip(name.strip_suffix(".toml"));
            let known = self.files.contains_key(&path);
            match (name, decided) {
                (_, Some((folder, stem))) => {
                    touched.folders.insert(folder.to_owned());
                    if let (Some(held), false) = (held, known) {
                        touched.decisions.entry(folder.to_owned()).or_default().push((stem.to_owned(), held));
                    }
                }
                ("model.toml" | "controls.toml", None) => drop(touched.folders.insert(above.to_owned())),
                _ => continue,
            }
            match held {
                Some(held) => self.files.insert(path, held),
                None => self.files.remove(&path),
            };
        }
        touched
    }

    /// The model that a folder holds now, if it is one that was asked for.
    fn look(&self, folder: &str) -> Result<Option<Found>, GitError> {
        let file = |name: &str| self.files.get(&format!("{folder}/{name}")).copied();
        let Some(head) = file("model.toml") else { return Ok(None) };
        let key = (head, file("controls.toml"));
        let home = self.homes.iter().find(|(_, home)| home.folder == folder);
        if let Some((id, home)) = home.filter(|(_, home)| home.key == key) {
            return Ok(Some((id.clone(), folder.to_owned(), key, home.sight.clone())));
        }
        let content = self.blobs.content(head)?;
        if home.is_none() && !self.line.model.is_none_or(|id| names(&content, id)) {
            return Ok(None);
        }
        let mut sources = vec![Source { path: format!("{folder}/model.toml"), content }];
        if let Some(held) = key.1 {
            sources.push(Source { path: format!("{folder}/controls.toml"), content: self.blobs.content(held)? });
        }
        let read = store::read(sources, self.line.settings);
        let Some(model) = read.models.into_values().next() else { return Ok(None) };
        let id = model.id.clone();
        let lossy = read.lossy.contains(&id);
        // A file that cannot be read does not say whose it is: it is still the folder's.
        let id = home.map(|(id, _)| id.clone()).filter(|_| lossy).unwrap_or(id);
        if self.line.model.is_some_and(|asked| *asked != id) {
            return Ok(None);
        }
        let sight = if lossy { unreadable(folder, &read.findings) } else { Sight::Read(Arc::new(model)) };
        Ok(Some((id, folder.to_owned(), key, sight)))
    }

    /// One folder for each model: a copy of a folder that is still there is not the model.
    fn settled(&self, found: Vec<Found>) -> Vec<Found> {
        let mut taken: BTreeSet<ModelId> = BTreeSet::new();
        let held = |id: &ModelId| self.homes.get(id).filter(|home| self.holds(&home.folder)).map(|home| &home.folder);
        let stays: BTreeMap<ModelId, String> = found
            .iter()
            .filter(|(id, folder, ..)| held(id) == Some(folder))
            .map(|(id, folder, ..)| (id.clone(), folder.clone()))
            .collect();
        let mut settled = found;
        settled.retain(|(id, folder, ..)| {
            let elsewhere = match stays.get(id) {
                Some(home) => home != folder,
                None => held(id).is_some_and(|home| home != folder && !self.left(id, home)),
            };
            !elsewhere && taken.insert(id.clone())
        });
        settled
    }

    /// Whether the folder has a model file.
    fn holds(&self, folder: &str) -> bool {
        self.files.contains_key(&format!("{folder}/model.toml"))
    }

    /// Whether the model's folder now names another model.
    fn left(&self, id: &ModelId, folder: &str) -> bool {
        let head = self.files.get(&format!("{folder}/model.toml")).copied();
        head.is_some_and(|head| self.blobs.content(head).is_ok_and(|content| !names(&content, id)))
    }

    /// The new decisions; those that only moved with their folder are old.
    fn decided(
        &self,
        folder: &str,
        home: Option<&Home>,
        key: Key,
        new: &[(String, Held)],
    ) -> Result<Vec<(String, Decision)>, GitError> {
        let moved = home.is_some_and(|home| home.folder != folder);
        if new.is_empty() || moved {
            return Ok(Vec::new());
        }
        let head = Source { path: format!("{folder}/model.toml"), content: self.blobs.content(key.0)? };
        let mut sources = vec![head];
        for (stem, held) in new {
            let path = format!("{folder}/decisions/{stem}.toml");
            sources.push(Source { path, content: self.blobs.content(*held)? });
        }
        let read = store::read(sources, self.line.settings);
        Ok(read.models.into_values().flat_map(|model| model.decisions).collect())
    }

    /// Shows models whose folder is gone, or belongs to another one now.
    fn leave(&mut self, touched: &Touched, signed: &Signed, mut visit: impl FnMut(&Step<'_>)) {
        let gone = |(id, home): (&ModelId, &Home)| {
            let touched = touched.folders.contains(&home.folder);
            let lost = touched && (!self.holds(&home.folder) || self.left_for_good(id, home));
            lost.then(|| id.clone())
        };
        let gone: Vec<ModelId> = self.homes.iter().filter_map(gone).collect();
        for id in gone {
            let home = self.homes.remove(&id);
            let before = home.and_then(|home| home.model);
            visit(&Step { signed, model: &id, before: before.as_deref(), now: &Sight::Gone, decided: &[] });
        }
    }

    fn left_for_good(&self, id: &ModelId, home: &Home) -> bool {
        matches!(home.sight, Sight::Read(_)) && self.left(id, &home.folder)
    }
}

/// Whether the bytes hold the ID at all: a look that is cheaper than reading.
fn names(content: &Content, id: &ModelId) -> bool {
    let Content::Bytes(bytes) = content else { return false };
    let id = id.as_str().as_bytes();
    bytes.windows(id.len()).any(|window| window == id)
}

fn unreadable(folder: &str, findings: &[Finding]) -> Sight {
    let finding = findings.iter().find(|finding| finding.severity == Severity::Error).or(findings.first());
    let why = finding.map_or_else(|| "it cannot be read".to_owned(), |finding| finding.message.clone());
    let path = match finding.map(|finding| &finding.place.target) {
        Some(crate::finding::Target::Bytes { path, .. }) => path.clone(),
        _ => folder.to_owned(),
    };
    Sight::Unreadable { path, why }
}
