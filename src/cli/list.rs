use clap::{Args, ValueEnum};

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::assess::query::{Query, Row, Scope, Wrong, select};
use crate::model::Kind;
use crate::ops::Candidate;
use crate::ops::assess::{Question, assessed};
use crate::ops::reading::named;
use crate::report;

/// List the models here, or what is in one of them
///
/// `redan list`, `redan list payments --of attackers`,
/// `redan list payments --where 'asset.properties has U and tier >= high'` (docs/plain-words.md)
#[derive(Debug, Args)]
pub struct List {
    /// List this model only, or look into it when --of or --where is given; also at a commit: `payments@REV`
    #[arg(value_name = "MODEL[@REV]")]
    model: Option<String>,
    /// List the entities or objectives of a model of which this is true
    #[arg(long = "where", value_name = "QUERY")]
    query: Option<String>,
    /// What to list; without it the fields of the query say so
    #[arg(long, value_enum, value_name = "KIND")]
    of: Option<Of>,
    /// Look into the model as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// List the models of this revision
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

/// What a model has.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    Assets,
    Attackers,
    Components,
    Boundaries,
    Assumptions,
    Controls,
    Objectives,
}

impl List {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        match self.query.is_some() || self.of.is_some() {
            true => self.look(door),
            false => self.models(door),
        }
    }

    fn named(&self) -> (Option<&str>, Option<&str>) {
        let (model, rev) = match self.model.as_deref().map(|model| model.split_once('@').unwrap_or((model, ""))) {
            None => (None, ""),
            Some((model, rev)) => (Some(model), rev),
        };
        (model.filter(|model| !model.is_empty()), Some(rev).filter(|rev| !rev.is_empty()).or(self.rev.as_deref()))
    }

    fn candidate(&self) -> Candidate {
        self.named().1.map_or(Candidate::WorkingTree, |rev| Candidate::Revision(rev.to_owned()))
    }

    fn models(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let candidate = self.candidate();
        let read = desk.look(&candidate)?;
        // What history cannot say here is left out: the list itself needs none.
        let versions = desk.versions_of(&candidate).unwrap_or_default();
        let mut list = report::list::list(&read.workspace.models, &read.workspace.folders, &versions);
        if let Some(model) = self.named().0 {
            let id = named(&read.workspace, model)?.id.to_string();
            list.models.retain(|listed| listed.id == id);
        }
        match self.format {
            Plain::Human => door.page(&report::list::page(&list))?,
            Plain::Json => door.print(&report::answer("list/1", list).map_err(super::check::report_failure)?)?,
        }
        super::edit::warn_unread(door, &read.workspace);
        Ok(0)
    }

    fn look(self, door: &mut Door) -> Result<Exit, Failure> {
        let text = self.query.as_deref().unwrap_or_default();
        let query = Query::read(text, self.of.map(Of::row)).map_err(|wrong| misread(text, wrong))?;
        let day = door.day(self.as_of.as_deref())?;
        let date = day.date().to_string();
        let question = Question { model: self.named().0, candidate: self.candidate(), day };
        let found = assessed(&door.desk()?, &question, |assessment, view, _| {
            let scope = Scope::new(assessment, view);
            report::found::found(&scope, &query, (text, &date), &select(&scope, &query))
        })?;
        match self.format {
            Plain::Human => door.page(&report::found::page(&found))?,
            Plain::Json => door.answer("found/1", found)?,
        }
        Ok(0)
    }
}

impl Of {
    fn row(self) -> Row {
        match self {
            Of::Assets => Row::Entity(Kind::Asset),
            Of::Attackers => Row::Entity(Kind::Attacker),
            Of::Components => Row::Entity(Kind::Component),
            Of::Boundaries => Row::Entity(Kind::Boundary),
            Of::Assumptions => Row::Entity(Kind::Assumption),
            Of::Controls => Row::Entity(Kind::Control),
            Of::Objectives => Row::Objective,
        }
    }
}

/// The place in the query, with a mark under it.
fn misread(text: &str, wrong: Wrong) -> Failure {
    let width = |text: &str| text.chars().count();
    let before = width(&text[..wrong.at.start]);
    let mark = "^".repeat(width(&text[wrong.at]).max(1));
    let mut failure = Failure::usage(wrong.message);
    failure.details.push(format!("  {}\n  {}{mark}\n", text.replace(['\n', '\t'], " "), " ".repeat(before)));
    failure.hints.extend(wrong.hint);
    failure
}
