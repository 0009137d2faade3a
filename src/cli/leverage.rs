use clap::Args;

use super::assess::Asking;
use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::assess::assessed;
use crate::report::{self, leverage};

/// Rank the controls that are missing by the objectives each would close, and say in which order to build them
#[derive(Debug, Args)]
pub struct Leverage {
    #[command(flatten)]
    asking: Asking,
}

impl Leverage {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let question = self.asking.question(door, &desk)?;
        let day = question.day.date().to_string();
        let body = assessed(&desk, &question, |assessment, _, _| leverage::leverage(assessment, &day))?;
        match self.asking.format {
            Plain::Human => door.page(&leverage::page(&body))?,
            Plain::Json => door.print(&report::answer("leverage/1", body).map_err(super::check::report_failure)?)?,
        }
        Ok(0)
    }
}

/// Rank assets and attackers by the critical and high objectives at risk that would go if they were designed away
#[derive(Debug, Args)]
pub struct DesignLeverage {
    #[command(flatten)]
    asking: Asking,
}

impl DesignLeverage {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let question = self.asking.question(door, &desk)?;
        let day = question.day.date().to_string();
        let body = assessed(&desk, &question, |assessment, _, _| leverage::design(assessment, &day))?;
        match self.asking.format {
            Plain::Human => door.page(&leverage::design_page(&body))?,
            Plain::Json => {
                let text = report::answer("design-leverage/1", body).map_err(super::check::report_failure)?;
                door.print(&text)?;
            }
        }
        Ok(0)
    }
}
