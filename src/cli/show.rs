use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::history::GitError;
use crate::model::{Id, Model};
use crate::ops::assess::{Question, assessed};
use crate::ops::{Candidate, Trouble};
use crate::report;

/// Show a model, or one entity with what hangs on it
///
/// `redan show`, `redan show payments`, `redan show A3`, `redan show payments/A3`,
/// and as it was: `redan show payments@v3`, `redan show payments@main A3`, `redan show payments@2026-10-01`,
/// `redan show payments@sha256:4f0c9a1b2d3e`. An old state has the factors of its time.
#[derive(Debug, Args)]
pub struct Show {
    /// A model (`payments`, `payments@v3`, `payments@REV`), an entity or an objective (`A3`, `payments/A3`, `CO-A1-T1`)
    #[arg(value_name = "MODEL[@VERSION]|ID")]
    what: Option<String>,
    /// An entity of that model, or one of its objectives (`CO-A1-T1`)
    id: Option<String>,
    /// Say where everything stands on this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Show {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let asked = Asked::read(self.what.as_deref(), self.id.as_deref());
        let desk = door.desk()?;
        let candidate = asked.rev.map_or(Ok(Candidate::WorkingTree), |rev| desk.at(asked.model, rev))?;
        let read = desk.look(&candidate)?;
        let model = desk.model(&read.workspace, asked.model)?;
        let version = desk.version_of(&candidate, &model.id).unwrap_or_default();
        let show = match asked.id {
            Some(id) => report::show::one(model, id).ok_or_else(|| unknown(model, id))?,
            None => report::show::whole(model),
        };
        let show = report::show::Show { version, ..show };
        let day = door.day(self.as_of.as_deref())?;
        let question = Question { model: Some(model.id.as_str()), candidate, day };
        let show = match assessed(&desk, &question, |assessment, view, _| show.clone().standing(assessment, view)) {
            Err(Trouble::Git(GitError::Incomplete { .. })) => show,
            standing => standing?,
        };
        match self.format {
            Plain::Human => door.page(&report::show::page(&show, asked.id))?,
            Plain::Json => door.print(&report::answer("show/1", show).map_err(super::check::report_failure)?)?,
        }
        super::edit::warn_unread(door, &read.workspace);
        Ok(0)
    }
}

fn unknown(model: &Model, asked: &str) -> Trouble {
    let kind = Id::parse(asked).map(|id| id.kind);
    let known = kind.into_iter().flat_map(|kind| model.of_kind(kind)).map(|entity| entity.id.to_string());
    Trouble::Unknown { what: "entity", asked: asked.to_owned(), known: known.collect() }
}

/// The question, taken apart: an upper-case ID or `model/ID` is an entity or objective, anything else a model.
struct Asked<'a> {
    model: Option<&'a str>,
    rev: Option<&'a str>,
    id: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn read(what: Option<&'a str>, id: Option<&'a str>) -> Asked<'a> {
        let (what, rev) = match what.and_then(|what| what.split_once('@')) {
            Some((what, rev)) => (Some(what).filter(|what| !what.is_empty()), Some(rev)),
            None => (what, None),
        };
        let Some(what) = what else { return Asked { model: None, rev, id } };
        let (model, last) = what.rsplit_once('/').map_or((None, what), |(model, last)| (Some(model), last));
        match last.starts_with("CO-") || Id::parse(last).is_some() {
            true => Asked { model, rev, id: Some(last) },
            false => Asked { model: Some(what), rev, id },
        }
    }
}
