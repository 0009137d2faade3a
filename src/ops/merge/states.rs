//! The three versions as models: with the sibling files, where it is known which commits they come from.

use std::collections::{BTreeMap, BTreeSet};

use super::source;
use crate::history::{Commit, Named, Trio};
use crate::merge::Three;
use crate::model::Model;
use crate::ops::{Desk, Trouble};
use crate::store::{self, Content, Settings, Source, Workspace, Write};

/// One version of a model's folder.
pub(super) struct State {
    pub(super) model: Model,
    pub(super) workspace: Workspace,
}

pub(super) struct States {
    /// The file being merged, relative to the repository, and within the model's folder.
    pub(super) path: String,
    pub(super) name: String,
    pub(super) settings: Settings,
    /// Whether the siblings are known.
    pub(super) whole: bool,
    /// `None` when the model is new on both sides.
    pub(super) base: Option<State>,
    nothing: Model,
    pub(super) ours: State,
    pub(super) theirs: State,
    pub(super) published: Vec<State>,
    /// Where one commit is applied or undone: the published states that ours descends from.
    pub(super) owed: Option<Vec<State>>,
}

/// The files that Git merges with this driver.
const DRIVEN: [&str; 4] = ["model.toml", "controls.toml", "compliance.toml", "tickets.toml"];

impl States {
    /// The states, or why they cannot be worked with.
    pub(super) fn read(desk: &Desk, trio: &Trio<'_>) -> Result<Result<States, String>, Trouble> {
        let Some((folder, name)) = trio.path.rsplit_once('/').filter(|(_, name)| DRIVEN.contains(name)) else {
            return Ok(Err(format!("{} is no file of a model", trio.path)));
        };
        let Some((root, _)) = folder.rsplit_once('/') else {
            return Ok(Err(format!("{folder} is no folder of a model: it stands under no root")));
        };
        let repo = desk.repo()?;
        let sides = repo.sides(trio);
        let files = |commit: Option<&Commit>, bytes: &[u8]| -> Result<Vec<Source>, Trouble> {
            let mut files = match commit {
                Some(commit) => repo.files_at(commit, &[folder.to_owned()])?,
                None => alone(folder, name),
            };
            files.retain(|file| file.path != trio.path);
            if !bytes.is_empty() {
                files.push(source(trio.path, bytes));
            }
            Ok(files)
        };
        let whole = sides.as_ref();
        let settings = Settings { models: vec![root.to_owned()], ..Settings::default() };
        let read = |files: Vec<Source>| State::read(files, &settings, folder);
        let ours = read(files(whole.map(|sides| &sides.ours), trio.ours)?);
        let theirs = read(files(whole.map(|sides| &sides.theirs), trio.theirs)?);
        let base = match whole {
            Some(sides) => sides.base.as_ref().map(|base| files(Some(base), trio.base)).transpose()?,
            None => Some(files(None, trio.base)?).filter(|_| !trio.base.is_empty()),
        };
        let base =
            base.filter(|files| files.iter().any(|file| file.path.ends_with("/model.toml"))).map(read).transpose();
        let mut published = Vec::new();
        for tip in whole.map(|_| repo.published_tips(Named::default())).transpose()?.unwrap_or_default() {
            let files = repo.files_at(&tip, &[folder.to_owned()])?;
            published.extend(State::read(files, &settings, folder).ok());
        }
        let mut owed = None;
        if let Some(sides) = whole.filter(|sides| sides.picked) {
            let commits = repo.owed(std::slice::from_ref(&sides.ours), Named::default())?;
            let files = commits.iter().map(|commit| repo.files_at(commit, &[folder.to_owned()]));
            let states = files.map(|files| Ok(State::read(files?, &settings, folder).ok()));
            owed = Some(states.collect::<Result<Vec<_>, Trouble>>()?.into_iter().flatten().collect());
        }
        let states = (|| {
            let (ours, theirs, base) = (ours?, theirs?, base?);
            let nothing = Model { id: ours.model.id.clone(), ..Model::default() };
            let (path, name, whole) = (trio.path.to_owned(), name.to_owned(), whole.is_some());
            Ok(States { path, name, whole, settings: settings.clone(), base, nothing, ours, theirs, published, owed })
        })();
        Ok(states)
    }

    pub(super) fn three(&self) -> Three<'_> {
        let base = self.base.as_ref().map_or(&self.nothing, |base| &base.model);
        Three { base, ours: &self.ours.model, theirs: &self.theirs.model }
    }

    /// The folder once Git is done: files that only one side changed are taken as they are, the others as we
    /// write them.
    pub(super) fn after(&self, written: &[Write]) -> Result<State, Vec<String>> {
        let sources = |state: Option<&State>| state.map(|state| state.workspace.sources.clone()).unwrap_or_default();
        let (base, ours, theirs) =
            (sources(self.base.as_ref()), sources(Some(&self.ours)), sources(Some(&self.theirs)));
        let paths: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        let mut files = Vec::new();
        for path in paths {
            let ways = [base.get(path), ours.get(path), theirs.get(path)].map(|file| file.map(|file| &file.content));
            let ours = || {
                let write = written.iter().find(|write| write.path == *path);
                write.map(|write| Content::Bytes(write.after.clone().into())).or(ways[1].cloned())
            };
            let content = match ways {
                [was, our, their] if *path != self.path && was == our => their.cloned(),
                [was, our, their] if *path != self.path && (was == their || our == their) => our.cloned(),
                _ => ours(),
            };
            files.extend(content.map(|content| Source { path: path.clone(), content }));
        }
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        State::read(files, &self.settings, folder).map_err(|why| vec![why])
    }
}

/// What makes a folder a model when nothing is known but one file of it.
fn alone(folder: &str, name: &str) -> Vec<Source> {
    match name {
        "model.toml" => Vec::new(),
        _ => vec![source(&format!("{folder}/model.toml"), b"format = 1\nid = \"m\"\nname = \"m\"\n")],
    }
}

impl State {
    fn read(files: Vec<Source>, settings: &Settings, folder: &str) -> Result<State, String> {
        let workspace = store::read(files, settings);
        let model =
            workspace.folders.iter().find(|(_, own)| *own == folder).and_then(|(id, _)| workspace.models.get(id));
        let Some(model) = model.cloned() else { return Err(format!("{folder} holds no model")) };
        match workspace.lossy.contains(&model.id) {
            true => Err(format!("a file of {folder} has mistakes: redan check tells which")),
            false => Ok(State { model, workspace }),
        }
    }

    /// The state with its files written anew.
    pub(super) fn with(&self, writes: &[Write], settings: &Settings) -> Workspace {
        let mut sources: BTreeMap<String, Source> = self.workspace.sources.clone();
        for write in writes {
            sources.insert(write.path.clone(), source(&write.path, &write.after));
        }
        store::read(sources.into_values().collect(), settings)
    }

    pub(super) fn bytes(&self, path: &str) -> Vec<u8> {
        match self.workspace.sources.get(path).map(|source| &source.content) {
            Some(Content::Bytes(bytes)) => bytes.to_vec(),
            _ => Vec::new(),
        }
    }
}
