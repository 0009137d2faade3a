use clap::{Args, ValueEnum};

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use super::{check, clock};
use crate::ops::activity::{Asked, Entry, activity};
use crate::render::atom;
use crate::report::activity as report;

/// Tell what happened to the models, commit by commit, the newest first
#[derive(Debug, Args)]
pub struct Activity {
    /// The model; all when none is named
    model: Option<String>,
    /// Only since this day or moment, by the time of the commit
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only what happened to this: A1, CO-A1-T1, payments/A1
    #[arg(long, value_name = "ID")]
    entity: Option<String>,
    /// Only commits of authors whose name or address holds this
    #[arg(long, value_name = "WHO")]
    author: Option<String>,
    /// Look from this revision instead of HEAD
    #[arg(long = "ref", value_name = "REV")]
    reference: Option<String>,
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    format: Shape,
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Human,
    /// One object, `activity/1`
    Json,
    /// One object a line
    Jsonl,
    /// A feed for readers (RFC 4287)
    Atom,
}

impl Activity {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let asked = Asked {
            model: self.model.as_deref(),
            reference: self.reference.as_deref(),
            entity: self.entity.as_deref(),
            author: self.author.as_deref(),
            since: self.since.as_deref().map(clock::parse).transpose()?,
        };
        let found = activity(&door.desk()?, &asked)?;
        let events = found.entries.iter().map(|Entry { model, event, signed }| report::happened(model, event, signed));
        let feed = report::activity(found.model.as_ref(), (found.tip.as_ref(), found.origin.as_deref()), events);
        match self.format {
            Shape::Human => door.page(&report::page(&feed))?,
            Shape::Json => door.print(&crate::report::answer("activity/1", feed).map_err(check::report_failure)?)?,
            Shape::Jsonl => door.print(&report::lines(&feed).map_err(check::report_failure)?)?,
            Shape::Atom => door.print(&atom(&report::feed(&feed)))?,
        }
        Ok(0)
    }
}
