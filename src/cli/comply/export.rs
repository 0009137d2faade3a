use clap::{Args, ValueEnum};

use super::gaps::Aim;
use super::soa::several;
use crate::cli::door::Door;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::model::Model;
use crate::ops::Candidate;
use crate::ops::assess::Question;
use crate::ops::comply::covered;
use crate::render::markdown;
use crate::report::comply::{export, gaps, soa};

/// Print where a model stands to a framework in a format of other programs
///
/// The licence and the attribution of the framework stand in every one of them. The same state and day give the same bytes.
#[derive(Debug, Args)]
pub struct Export {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL")]
    model: Option<String>,
    /// What to print
    #[arg(long = "to", value_enum)]
    format: Format,
    #[command(flatten)]
    aim: Aim,
    /// Ask as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// OSCAL 1.1.2: which component meets what
    OscalComponentDefinition,
    /// OSCAL 1.1.2: where every requirement stands
    OscalAssessmentResults,
    /// CycloneDX 1.6 attestation
    Cyclonedx,
    /// The statement of applicability as comma-separated values
    Csv,
    /// The statement of applicability as a page
    Markdown,
    /// gaps/1
    Json,
}

impl Export {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let day = door.day(self.as_of.as_deref())?;
        let question = Question { model: self.model.as_deref(), candidate: Candidate::WorkingTree, day };
        let day = day.date().to_string();
        let text = covered(&desk, &question, &self.aim.asked(), |looked| {
            let [only] = looked.coverages.as_slice() else {
                let names: Vec<String> = looked.coverages.iter().map(|one| one.framework.to_string()).collect();
                return Err(several(names.iter().map(String::as_str)));
            };
            let body = gaps::gaps(looked.model, looked.library, only, (&day, Vec::new()));
            self.text(looked.model, body).map_err(crate::cli::check::report_failure)
        })??;
        door.print(&text)?;
        Ok(0)
    }

    fn text(&self, model: &Model, body: gaps::Gaps) -> Result<String, serde_json::Error> {
        let pretty = |value: serde_json::Value| serde_json::to_string_pretty(&value).map(|text| text + "\n");
        match self.format {
            Format::OscalComponentDefinition => pretty(export::component_definition(model, &body)),
            Format::OscalAssessmentResults => pretty(export::results(model, &body)),
            Format::Cyclonedx => pretty(export::cyclonedx(model, &body)),
            Format::Csv => Ok(soa::table(&[body])),
            Format::Markdown => Ok(markdown(&soa::page(&[body]))),
            Format::Json => crate::report::answer("gaps/1", body),
        }
    }
}
