use clap::{Args, ValueEnum};

use super::assess::version;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::assess::{Question, assessed};
use crate::report::{diagram, matrix};

/// Draw boundaries, components, assets and attackers
///
/// Mermaid is what GitHub draws inside a block marked `mermaid`; SVG is a picture of its own:
/// `redan diagram --format svg > model.svg`
#[derive(Debug, Args)]
pub struct Diagram {
    /// The model, also as it was: `payments@v3` [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL[@VERSION]")]
    model: Option<String>,
    #[arg(long, value_enum, default_value_t = Drawing::Mermaid)]
    format: Drawing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Drawing {
    Mermaid,
    Svg,
}

impl Diagram {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let (asked, candidate) = version(&desk, self.model.as_deref())?;
        let read = desk.look(&candidate)?;
        let model = desk.model(&read.workspace, asked)?;
        door.print(&match self.format {
            Drawing::Mermaid => diagram::mermaid(model),
            Drawing::Svg => diagram::svg(model),
        })?;
        Ok(0)
    }
}

/// Show assets × attackers, each objective by its tier and status
#[derive(Debug, Args)]
pub struct Matrix {
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
    Markdown,
    Svg,
}

impl Matrix {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let day = door.day(self.as_of.as_deref())?;
        let (model, candidate) = version(&desk, self.model.as_deref())?;
        let question = Question { model, candidate, day };
        let day = question.day.date().to_string();
        let (page, text) = assessed(&desk, &question, |assessment, _, _| match self.format {
            Format::Human => (Some(matrix::page(assessment, &day)), None),
            Format::Markdown => (None, Some(matrix::markdown(assessment, &day))),
            Format::Svg => (None, Some(matrix::svg(assessment, &day))),
        })?;
        page.iter().try_for_each(|page| door.page(page))?;
        text.iter().try_for_each(|text| door.print(text))?;
        Ok(0)
    }
}
