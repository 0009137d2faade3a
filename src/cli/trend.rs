use clap::Args;

use super::assess::version;
use super::clock;
use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::Candidate;
use crate::ops::log::Asked;
use crate::ops::trend::{Question, trend};
use crate::report::trend as report;

/// Show how the objectives of a model stood, version by version
///
/// Each version as it was left, on the day of its last commit; the newest today.
#[derive(Debug, Args)]
pub struct Trend {
    /// The model, also as seen from a state of it: `payments@v3` [default: the one around this folder, the only one,
    /// or the only one changed]
    #[arg(value_name = "MODEL[@VERSION]")]
    model: Option<String>,
    /// Look from this revision instead of HEAD and the working tree
    #[arg(long = "ref", value_name = "REV")]
    reference: Option<String>,
    /// How many versions, the newest
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    last: u16,
    /// Assess the newest as of this day instead of today
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Trend {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let today = match &self.as_of {
            Some(day) => clock::parse(day)?,
            None => door.environment.clock,
        };
        let (model, candidate) = version(&desk, self.model.as_deref())?;
        let reference = match (candidate, self.reference) {
            (Candidate::Revision(_), Some(_)) => {
                return Err(Failure::usage("a state is named once: MODEL@VERSION, or --ref"));
            }
            (Candidate::Revision(commit), None) => Some(commit),
            (_, reference) => reference,
        };
        let about = Asked { model, reference: reference.as_deref() };
        let found = trend(&desk, Question { about, last: usize::from(self.last), today: clock::day(today) })?;
        let told = found.points.iter().map(|point| report::Told {
            version: &point.version,
            commit: point.commit.as_ref(),
            on: point.day.to_string(),
            tally: &point.tally,
        });
        let subject = (&found.model, found.name.as_str());
        let answer = report::trend(subject, (found.tip.as_ref(), found.trunk.as_ref()), told, found.older);
        match self.format {
            Plain::Human => door.page(&report::page(&answer))?,
            Plain::Json => {
                door.print(&crate::report::answer("trend/1", answer).map_err(super::check::report_failure)?)?;
            }
        }
        Ok(0)
    }
}
