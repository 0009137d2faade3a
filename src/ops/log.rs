//! The versions of a model, seen from a commit.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Desk, Trouble};
use crate::history::{Commit, GitError, Line, Log, Named, Repo, Runs, Sight};
use crate::model::{Model, ModelId};
use crate::store::{Settings, Workspace};

/// Which model, and from where.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// None = the model that is clear from the place.
    pub model: Option<&'a str>,
    /// None = HEAD, and what the working tree adds.
    pub reference: Option<&'a str>,
}

/// What every question about a line begins with.
pub struct View {
    pub settings: Settings,
    /// The models of today.
    pub workspace: Workspace,
    /// None before the first commit.
    pub tip: Option<Commit>,
    pub trunk: Option<Commit>,
    /// The commits whose versions have plain numbers; none = all of them.
    published: Option<BTreeSet<String>>,
    /// The working tree counts.
    draft: bool,
}

/// The versions of one model.
pub struct Answer {
    pub model: ModelId,
    pub name: String,
    pub log: Log,
}

/// Lists the versions of a model.
pub fn log(desk: &Desk, asked: Asked<'_>) -> Result<Answer, Trouble> {
    let view = desk.view(asked.reference)?;
    let id = desk.subject(&view, asked.model)?;
    let log = view.log(desk, &id)?;
    if log.versions.is_empty() && log.draft.is_none() {
        let known = view.workspace.models.keys().map(ModelId::to_string).collect();
        return Err(Trouble::UnknownModel { asked: id.to_string(), known });
    }
    let name = view.workspace.models.get(&id).map_or_else(|| id.to_string(), |model| model.head.name.clone());
    Ok(Answer { model: id, name, log })
}

impl Desk {
    /// The state whose settings and names a question uses: the working tree, or HEAD where there is none.
    pub fn today(&self) -> Result<Candidate, Trouble> {
        match self.repo()?.root() {
            Err(GitError::Bare) => Ok(Candidate::Revision("HEAD".to_owned())),
            _ => Ok(Candidate::WorkingTree),
        }
    }

    /// Looks at the line of a revision, or of HEAD.
    pub fn view(&self, reference: Option<&str>) -> Result<View, Trouble> {
        let repo = self.repo()?;
        let today = self.today()?;
        let settings = self.settings(&today)?;
        let workspace = self.read(&today, &settings)?;
        let tip = match reference {
            Some(name) => Some(repo.commit(name)?),
            None => repo.parents()?.into_iter().next(),
        };
        let published = published(repo, self.named(&settings))?;
        let known = tip.as_ref().is_none_or(|tip| published.iter().any(|published| published.id == tip.id));
        let commits = match known || published.is_empty() {
            true => None,
            false => Some(repo.touching(&published, &settings)?),
        };
        let trunk = published.into_iter().next();
        let draft = reference.is_none() && today == Candidate::WorkingTree;
        Ok(View { settings, workspace, tip, trunk, published: commits, draft })
    }

    /// The model a question is about; one that is only in history is known by its ID.
    pub fn subject(&self, view: &View, asked: Option<&str>) -> Result<ModelId, Trouble> {
        match self.model(&view.workspace, asked) {
            Ok(model) => Ok(model.id.clone()),
            Err(Trouble::UnknownModel { asked, known }) => {
                ModelId::parse(&asked).ok_or(Trouble::UnknownModel { asked, known })
            }
            Err(Trouble::WhichModel { known }) if known.is_empty() => Err(self.no_model(&view.settings)),
            Err(trouble) => Err(trouble),
        }
    }

    /// What people call a state of a model: `v7`, `v8 (uncommitted)`.
    pub fn version_of(&self, candidate: &Candidate, model: &ModelId) -> Result<Option<String>, Trouble> {
        let view = match candidate {
            Candidate::WorkingTree => self.view(None)?,
            Candidate::Revision(name) => self.view(Some(name))?,
            Candidate::Index(_) | Candidate::Merge { .. } => return Ok(None),
        };
        Ok(view.log(self, model)?.name())
    }

    /// The same for every model of the state.
    pub fn versions_of(&self, candidate: &Candidate) -> Result<BTreeMap<ModelId, String>, Trouble> {
        let view = match candidate {
            Candidate::WorkingTree => self.view(None)?,
            Candidate::Revision(name) => self.view(Some(name))?,
            Candidate::Index(_) | Candidate::Merge { .. } => return Ok(BTreeMap::new()),
        };
        let logs = view.logs(self, None)?;
        Ok(logs.into_iter().filter_map(|(id, log)| Some((id, log.name()?))).collect())
    }
}

impl View {
    /// The versions of one model; none when it was never there.
    pub fn log(&self, desk: &Desk, id: &ModelId) -> Result<Log, Trouble> {
        Ok(self.logs(desk, Some(id))?.remove(id).unwrap_or_default())
    }

    fn logs(&self, desk: &Desk, only: Option<&ModelId>) -> Result<BTreeMap<ModelId, Log>, Trouble> {
        let mut runs: BTreeMap<ModelId, Runs> = BTreeMap::new();
        let mut last: BTreeMap<ModelId, Model> = BTreeMap::new();
        if let Some(tip) = &self.tip {
            let line = Line { tip, settings: &self.settings, model: only };
            desk.repo()?.follow(&line, |step| {
                runs.entry(step.model.clone()).or_default().see(step);
                match step.now {
                    Sight::Read(model) => drop(last.insert(step.model.clone(), Model::clone(model))),
                    Sight::Gone => drop(last.remove(step.model)),
                    Sight::Unreadable { .. } => {}
                }
            })?;
        }
        let mine = self.workspace.models.keys().filter(|id| only.is_none_or(|only| only == *id));
        mine.for_each(|id| {
            runs.entry(id.clone()).or_default();
        });
        let numbered = runs.into_iter().map(|(id, runs)| {
            let log = self.numbered(&id, runs, last.get(&id));
            (id, log)
        });
        Ok(numbered.collect())
    }

    /// Numbers the versions of a model and adds what the working tree has; `before` is the tip's state.
    pub fn numbered(&self, id: &ModelId, runs: Runs, before: Option<&Model>) -> Log {
        let log = Log::number(runs, self.published.as_ref());
        let log = Log { tip: self.tip.clone(), trunk: self.trunk.clone(), ..log };
        match self.here(id) {
            Some(model) => log.with_draft(before, model),
            None => log,
        }
    }

    /// The model in the working tree, where that counts and could be read.
    pub fn here(&self, id: &ModelId) -> Option<&Model> {
        let readable = self.draft && !self.workspace.lossy.contains(id);
        self.workspace.models.get(id).filter(|_| readable)
    }
}

/// The branches whose versions have plain numbers, the default one first; none where nobody can say.
fn published(repo: &Repo, named: Named<'_>) -> Result<Vec<Commit>, Trouble> {
    let found = match repo.published(named) {
        Err(GitError::Unpublished) => Vec::new(),
        found => found?,
    };
    let branches = found.into_iter().filter(|published| !published.tag);
    Ok(branches.map(|published| Commit { name: published.name, id: published.commit }).collect())
}
