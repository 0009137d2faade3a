use clap::{Args, ValueEnum};

use super::assess::version;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::assess::{Question, assessed};
use crate::ops::came::came;
use crate::report::{self, decisions};

/// List what people decided, with who answers for it and whether it still holds
///
/// `--format csv` adds how each decision came, for an audit: the commit that brought it, its author and what Git
/// says of its signature with the keys of this machine, and where the commit or the merge that landed it says so,
/// the pull request and who is named in Reviewed-by and Approved-by.
#[derive(Debug, Args)]
pub struct Decisions {
    /// The model, also as it was: `payments@v3` [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL[@VERSION]")]
    model: Option<String>,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Csv,
}

impl Decisions {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let day = door.day(self.as_of.as_deref())?;
        let (model, candidate) = version(&desk, self.model.as_deref())?;
        let question = Question { model, candidate, day };
        let body = assessed(&desk, &question, |assessment, view, _| decisions::decisions(assessment.model(), view))?;
        match self.format {
            Format::Human => door.page(&decisions::page(&body))?,
            Format::Json => door.print(&report::answer("decisions/1", body).map_err(super::check::report_failure)?)?,
            Format::Csv => {
                let came = came(&desk, &question.candidate, &body.model)?;
                door.print(&decisions::csv(&body, &came))?;
            }
        }
        Ok(0)
    }
}
