use clap::{Args, ValueEnum};

use super::gaps::Aim;
use crate::cli::door::Door;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::model::Model;
use crate::ops::Candidate;
use crate::ops::assess::Question;
use crate::ops::comply::covered;
use crate::render::{html, markdown};
use crate::report::comply::{export, gaps, soa};

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
    /// OSCAL 1.1.2 assessment results, as `redan comply export` prints them
    Oscal,
}

impl Soa {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let day = door.day(self.as_of.as_deref())?;
        let question = Question { model: self.model.as_deref(), candidate: Candidate::WorkingTree, day };
        let day = day.date().to_string();
        let text = covered(&desk, &question, &self.aim.asked(), |looked| {
            let gaps = |coverage| gaps::gaps(looked.model, looked.library, coverage, (&day, Vec::new()));
            self.text(looked.model, &looked.coverages.iter().map(gaps).collect::<Vec<_>>())
        })??;
        door.print(&text)?;
        Ok(0)
    }

    fn text(&self, model: &Model, statements: &[gaps::Gaps]) -> Result<String, Failure> {
        Ok(match (self.format, statements) {
            (Format::Markdown, all) => markdown(&soa::page(all)),
            (Format::Csv, all) => soa::table(all),
            (Format::Html, all) => html("Statement of applicability", &soa::page(all)),
            (Format::Oscal, [only]) => {
                let text = serde_json::to_string_pretty(&export::results(model, only));
                text.map_err(crate::cli::check::report_failure)? + "\n"
            }
            (Format::Oscal, all) => return Err(several(all.iter().map(|one| one.framework.as_str()))),
        })
    }
}

/// One document of other programs is about one framework.
pub fn several<'n>(names: impl Iterator<Item = &'n str>) -> Failure {
    let names: Vec<&str> = names.collect();
    Failure::usage("the model selects several frameworks")
        .hint(format!("say which with --framework: {}", names.join(", ")))
}
