use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::log::Asked;
use crate::ops::ratings::{ratings, subject};
use crate::report;

/// Walk the risk of an objective, or the rating of an asset or attacker, through the versions
///
/// Each version shows how it stood when the version came to be; each revision, who changed which factor,
/// from what to what, why, and on which version.
#[derive(Debug, Args)]
pub struct Ratings {
    /// CO-A1-T1, A1, T1, or one of them with its model before it: payments/A1
    id: String,
    /// The model, where it is not clear: by default the one around this folder, the only one, or the only one changed
    #[arg(short, long, value_name = "MODEL")]
    model: Option<String>,
    /// Look from this revision instead of HEAD and the working tree
    #[arg(long = "ref", value_name = "REV")]
    reference: Option<String>,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Ratings {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let (model, id) = match self.id.rsplit_once('/') {
            Some((model, id)) => (Some(model), id),
            None => (self.model.as_deref(), self.id.as_str()),
        };
        let subject = subject(id).ok_or_else(|| {
            Failure::usage(format!("`{id}` has no rating"))
                .hint("write an asset A1, an attacker T1 or an objective CO-A1-T1")
        })?;
        let found = ratings(&door.desk()?, Asked { model, reference: self.reference.as_deref() }, subject)?;
        let ratings = report::ratings::ratings(&found.model, &found.log, &found.track);
        match self.format {
            Plain::Human => door.page(&report::ratings::page(&ratings))?,
            Plain::Json => door.print(&report::answer("ratings/1", ratings).map_err(super::check::report_failure)?)?,
        }
        Ok(0)
    }
}
