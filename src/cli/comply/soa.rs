use clap::{Args, ValueEnum};

use super::gaps::Aim;
use crate::cli::door::Door;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::ops::Candidate;
use crate::ops::assess::Question;
use crate::ops::comply::covered;
use crate::render::{html, markdown};
use crate::report::comply::{gaps, soa};

/// Print a statement of applicability: every requirement, whether it applies, why, and what is done about it
#[derive(Debug, Args)]
pub struct Soa {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL")]
    model: Option<String>,
    #[command(flatten)]
    aim: Aim,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Csv,
    Html,
}

impl Soa {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let day = door.day(self.as_of.as_deref())?;
        let question = Question { model: self.model.as_deref(), candidate: Candidate::WorkingTree, day };
        let day = day.date().to_string();
        let statements = covered(&desk, &question, &self.aim.asked(), |looked| {
            let gaps = |coverage| gaps::gaps(looked.model, looked.library, coverage, (&day, Vec::new()));
            looked.coverages.iter().map(gaps).collect::<Vec<_>>()
        })?;
        for statement in &statements {
            let text = match self.format {
                Format::Markdown => markdown(&soa::page(statement)),
                Format::Csv => soa::table(statement),
                Format::Html => html("Statement of applicability", &soa::page(statement)),
            };
            door.print(&text)?;
        }
        Ok(0)
    }
}
