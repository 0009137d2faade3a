use clap::Args;

use crate::cli::door::Door;
use crate::cli::edit::{Plain, Writing};
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::comply::{migration, tally};
use crate::ops::Candidate;
use crate::ops::comply::way;
use crate::ops::lifecycle;
use crate::report::comply::migration as report;

/// Say what becomes of mappings and exclusions in the next version of a framework
///
/// Reads what the pack of the new version says became of each requirement. What asks for the same under another number carries what was
/// decided about it; of what changed the mappings are proposed, and exclusions are not carried. With --apply that is written: signed by
/// you, beside what there is about the old version.
#[derive(Debug, Args)]
pub struct Migrate {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL")]
    about: Option<String>,
    /// The version before [default: the selected one that has a successor]
    #[arg(long, value_name = "FRAMEWORK")]
    from: Option<String>,
    /// The new version [default: the only successor]
    #[arg(long, value_name = "FRAMEWORK")]
    to: Option<String>,
    /// Write it down
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Migrate {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        if self.about.is_some() {
            self.writing.model = self.about.take();
        }
        let desk = door.desk()?;
        let read = desk.look(&Candidate::WorkingTree)?;
        let model = desk.model(&read.workspace, self.writing.model.as_deref())?;
        let way = way(model, &read.workspace.library, (self.from.as_deref(), self.to.as_deref()))?;
        let (from, to) = (&way.from.name, &way.to.name);
        if self.apply {
            return self
                .writing
                .perform(door, |stage, read| lifecycle::migrate(stage, &read.workspace.library, (from, to)));
        }
        let tally = tally(way.from, way.to, way.steps);
        let found = migration(model, way.from, way.to, way.steps);
        let body = report::migration(model, (way.from, way.to), &tally, &found);
        match self.writing.format() {
            Plain::Human => door.page(&report::page(&body))?,
            Plain::Json => door.answer("migration/1", body)?,
        }
        Ok(0)
    }
}
