//! Finding the model, or the entity, that a question is about.

use std::path::Path;

use super::{Candidate, Desk, Trouble};
use crate::model::{Id, Model, ModelId};
use crate::store::{Settings, Source, Workspace};

/// A state that was read, with the settings it was read by.
pub struct Read {
    pub settings: Settings,
    pub workspace: Workspace,
}

impl Read {
    /// Whether there is no trace of a model.
    pub fn nothing(&self) -> bool {
        self.workspace.models.is_empty() && self.workspace.findings.is_empty()
    }
}

impl Desk {
    /// Reads the working tree, which may hold no model yet.
    pub fn look_or_nothing(&self) -> Result<Workspace, Trouble> {
        self.read(&Candidate::WorkingTree, &self.settings(&Candidate::WorkingTree)?)
    }

    /// Reads a state; no model at all is trouble.
    pub fn look(&self, candidate: &Candidate) -> Result<Read, Trouble> {
        let read = self.glance(candidate)?;
        if read.nothing() {
            return Err(self.no_model(&read.settings));
        }
        Ok(read)
    }

    /// Says that there is no model, and where else one could be.
    pub(super) fn no_model(&self, settings: &Settings) -> Trouble {
        Trouble::NoModel { roots: settings.models.clone(), apart: self.submodules(settings).unwrap_or_default() }
    }

    /// Submodules where models are looked for.
    pub(super) fn submodules(&self, settings: &Settings) -> Result<Vec<String>, Trouble> {
        let found = self.repo.as_ref().map(|repo| repo.submodules(&settings.models)).transpose()?;
        Ok(found.unwrap_or_default())
    }

    /// Reads a state, for questions that make sense of an empty one.
    pub fn glance(&self, candidate: &Candidate) -> Result<Read, Trouble> {
        let settings = self.settings(candidate)?;
        let workspace = self.read(candidate, &settings)?;
        Ok(Read { settings, workspace })
    }

    /// The model a question is about: the one named, else the one around the current folder, else the only
    /// one, else the only one that differs from HEAD.
    pub fn model<'w>(&self, workspace: &'w Workspace, asked: Option<&str>) -> Result<&'w Model, Trouble> {
        match asked {
            Some(asked) => named(workspace, asked),
            None => self.implied(workspace),
        }
    }

    fn implied<'w>(&self, workspace: &'w Workspace) -> Result<&'w Model, Trouble> {
        let around = |folder: &String| self.here.starts_with(self.root.join(Path::new(folder)));
        if let Some((id, _)) = workspace.folders.iter().find(|(_, folder)| around(folder)) {
            return named(workspace, id.as_str());
        }
        let mut active = workspace.models.values().filter(|model| !model.retired());
        match (active.next(), active.next()) {
            (Some(only), None) => Ok(only),
            (None, _) if workspace.models.len() == 1 => named(workspace, &known(workspace)[0]),
            _ => match self.changed(workspace).as_slice() {
                [only] => named(workspace, only.as_str()),
                _ => Err(Trouble::WhichModel { known: known(workspace) }),
            },
        }
    }

    /// The models with a file that HEAD has otherwise; none where HEAD cannot tell.
    fn changed<'w>(&self, workspace: &'w Workspace) -> Vec<&'w ModelId> {
        let folders: Vec<String> = workspace.folders.values().cloned().collect();
        let head = self.repo.as_ref().and_then(|repo| repo.files_at(&repo.commit("HEAD").ok()?, &folders).ok());
        let Some(head) = head else { return Vec::new() };
        let differs = |folder: &String| {
            let before = head.iter().filter(|source| within(folder, &source.path)).map(contents);
            !before.eq(workspace.sources.values().filter(|source| within(folder, &source.path)).map(contents))
        };
        workspace.folders.iter().filter(|(_, folder)| differs(folder)).map(|(id, _)| id).collect()
    }
}

/// A model by its ID, or by its name whatever the case.
pub fn named<'w>(workspace: &'w Workspace, asked: &str) -> Result<&'w Model, Trouble> {
    let by_id = ModelId::parse(asked).and_then(|id| workspace.models.get(&id));
    let by_name = || workspace.models.values().find(|model| model.head.name.eq_ignore_ascii_case(asked));
    by_id.or_else(by_name).ok_or_else(|| Trouble::UnknownModel { asked: asked.to_owned(), known: known(workspace) })
}

/// An entity as people name it: `A3`, or `payment-gateway-api/A3`.
pub fn split_entity(text: &str) -> Option<(Option<&str>, Id)> {
    match text.rsplit_once('/') {
        Some((model, id)) => Id::parse(id).map(|id| (Some(model), id)),
        None => Id::parse(text).map(|id| (None, id)),
    }
}

fn known(workspace: &Workspace) -> Vec<String> {
    workspace.models.keys().map(ModelId::to_string).collect()
}

fn within(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A file as it counts here: how its lines end is the working tree's affair.
fn contents(source: &Source) -> (&str, String) {
    (&source.path, source.text().replace('\r', ""))
}
