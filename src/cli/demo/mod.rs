//! The whole story in a scratch repository made on the spot: every command below is run by the code that
//! runs it for everybody, on a repository made by Git.

mod stage;
mod story;

use std::path::PathBuf;

use clap::Args;

use super::door::Door;
use super::failure::{Failure, Kind};
use super::verb::Exit;
use crate::store::disk;
use stage::Stage;

/// Watch redan work: a scratch repository, a model, edits, removals, a reuse that is caught
#[derive(Debug, Args)]
pub struct Demo {
    /// Make the repository in this folder and keep it
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Demo {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let here = door.environment.directory.clone();
        let scratch = match &self.keep {
            Some(folder) => disk::Scratch::at(&here.join(folder)),
            None => disk::Scratch::temporary(),
        };
        let scratch = scratch.map_err(|error| Failure::from(crate::ops::Trouble::Disk(error)))?;
        let mut stage = Stage::new(door, scratch.path().to_path_buf());
        story::tell(&mut stage)?;
        if stage.surprises() > 0 {
            let message = format!("{} step(s) of the demo did not end as they should", stage.surprises());
            return Err(Failure::new(Kind::Environment, message));
        }
        if let Some(folder) = self.keep {
            door.print(&format!(
                "\nThe repository is in {}: look around with git log, redan list, redan check.\n",
                folder.display()
            ))?;
        }
        Ok(0)
    }
}
