//! Where a model stands to the frameworks it selects, or to one that is named.

use super::propose::neighbours;
use super::remediate::{Remedies, remedies};
use crate::assess::{Assessment, View};
use crate::comply::{Coverage, Eyes, Library, Name, Origin, Pack, Target, coverage, refuted};
use crate::model::Model;
use crate::ops::assess::{Question, assessed};
use crate::ops::{Candidate, Desk, Trouble};
use crate::store::Settings;

/// What is asked about the frameworks of a model.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The framework; `None` = every selected one.
    pub framework: Option<&'a str>,
    /// Another level or profile than the selected one.
    pub level: Option<&'a str>,
    /// Also what only the organisation can meet.
    pub whole: bool,
}

/// A framework with the level that is asked for.
pub struct Chosen<'l> {
    pub pack: &'l Pack,
    pub level: Option<&'l str>,
}

/// What a question about coverage looks at.
pub struct Looked<'a> {
    pub model: &'a Model,
    pub library: &'a Library,
    pub coverages: Vec<Coverage<'a>>,
    pub settings: &'a Settings,
}

/// Assesses the model of the question, looks where it stands, and hands that on.
pub fn covered<T>(
    desk: &Desk,
    question: &Question<'_>,
    asked: &Asked<'_>,
    then: impl FnOnce(&Looked<'_>) -> T,
) -> Result<T, Trouble> {
    let settings = desk.settings(&question.candidate)?;
    assessed(desk, question, |assessment, view, workspace| {
        let (model, library) = (assessment.model(), &workspace.library);
        let chosen = chosen(model, library, asked).map_err(|trouble| regain(desk, trouble))?;
        let coverages = chosen.iter().map(|one| of(assessment, view, one, asked.whole)).collect();
        Ok(then(&Looked { model, library, coverages, settings: &settings }))
    })?
}

/// The same, with what would close the gaps of each.
pub fn remedied<T>(
    desk: &Desk,
    question: &Question<'_>,
    asked: &Asked<'_>,
    then: impl FnOnce(&Looked<'_>, &[Remedies]) -> T,
) -> Result<T, Trouble> {
    let settings = desk.settings(&question.candidate)?;
    assessed(desk, question, |assessment, view, workspace| {
        let (model, library) = (assessment.model(), &workspace.library);
        let chosen = chosen(model, library, asked).map_err(|trouble| regain(desk, trouble))?;
        let coverages: Vec<Coverage<'_>> = chosen.iter().map(|one| of(assessment, view, one, asked.whole)).collect();
        let near = |pack: &Pack| neighbours(&workspace.models, &pack.name);
        let remedies: Vec<Remedies> =
            coverages.iter().map(|coverage| remedies((assessment, view), (library, coverage), &near)).collect();
        Ok(then(&Looked { model, library, coverages, settings: &settings }, &remedies))
    })?
}

/// Where an assessed model stands to one framework.
pub fn of<'m>(assessment: &Assessment<'m>, view: View<'_>, chosen: &Chosen<'m>, whole: bool) -> Coverage<'m> {
    let broken = refuted(assessment, view);
    let eyes = Eyes {
        today: view.today,
        holds: &|control| assessment.hold(control).is_some_and(crate::assess::Hold::counts),
        refuted: &|row| broken.contains_key(&row),
    };
    coverage(assessment.model(), &Target { pack: chosen.pack, level: chosen.level, whole }, &eyes)
}

/// Trouble about a pack that is gone, with where HEAD still has it.
pub fn regain(desk: &Desk, trouble: Trouble) -> Trouble {
    let Trouble::Lost { lost, .. } = trouble else { return trouble };
    let read = desk.glance(&Candidate::Revision("HEAD".to_owned())).ok();
    let kept = read.and_then(|read| match &read.workspace.library.shelved(&lost.name)?.origin {
        Origin::Imported(folder) => Some(folder.clone()),
        Origin::BuiltIn => None,
    });
    Trouble::Lost { lost, kept }
}

/// The framework that is named, else every selected one.
pub fn chosen<'l>(model: &'l Model, library: &'l Library, asked: &Asked<'_>) -> Result<Vec<Chosen<'l>>, Trouble> {
    let selected: Vec<&str> = model.compliance.frameworks.keys().map(String::as_str).collect();
    let names = match asked.framework {
        Some(one) => vec![one],
        None if selected.is_empty() => return Err(Trouble::NoFramework { model: model.id.to_string() }),
        None => selected,
    };
    names.into_iter().map(|name| one(model, library, (name, asked.level))).collect()
}

fn one<'l>(model: &'l Model, library: &'l Library, (said, level): (&str, Option<&str>)) -> Result<Chosen<'l>, Trouble> {
    // A short name means the selected version where there is one.
    let mut versions = model.compliance.frameworks.keys().filter(|key| key.split('@').next() == Some(said));
    let said = match (versions.next(), versions.next()) {
        (Some(only), None) => only,
        _ => said,
    };
    let unknown = || match library.lost(said) {
        Some(lost) => Trouble::Lost { lost: Box::new(lost.clone()), kept: None },
        None => Trouble::Unknown {
            what: "framework",
            asked: said.to_owned(),
            known: library.names().map(Name::to_string).collect(),
        },
    };
    let name = library.meant(said).map_err(|_| unknown())?;
    let pack = library.pack(name).ok_or_else(unknown)?;
    let selected = model.compliance.frameworks.get(&name.to_string()).map(|selection| selection.level.as_str());
    let level = level.or(selected).filter(|level| !level.is_empty());
    let unknown = |level: &str| Trouble::Unknown {
        what: "level",
        asked: level.to_owned(),
        known: pack.levels.names().into_iter().map(str::to_owned).collect(),
    };
    let level = level.map(|level| pack.level(level).ok_or_else(|| unknown(level))).transpose()?;
    Ok(Chosen { pack, level })
}
