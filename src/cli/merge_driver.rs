use std::path::{Path, PathBuf};

use clap::Args;

use super::clock;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::history::Trio;
use crate::ops::merge::{Driven, drive};
use crate::ops::{Desk, Trouble};
use crate::store::disk;

/// Merge a file of a model entity by entity; Git calls this
///
/// Set up by `redan init --merge-driver`. Exit 0: merged. Exit 1: a person has to decide, the file is as Git
/// leaves it, with conflict markers, and stderr says why.
#[derive(Debug, Args)]
pub struct MergeDriver {
    /// `%O`: the file both sides grew from
    base: String,
    /// `%A`: our file, which becomes the merged one
    ours: String,
    /// `%B`: their file
    theirs: String,
    /// `%L`: length of conflict markers
    size: u32,
    /// `%P`: where the file belongs
    path: String,
    /// `%Y`: what Git calls their side
    #[arg(default_value = "")]
    label: String,
}

impl MergeDriver {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let here = door.environment.directory.clone();
        let place = |name: &String| -> PathBuf { here.join(name) };
        let read = |name: &String| disk::load(&place(name)).unwrap_or_default();
        let (base, ours, theirs) = (read(&self.base), read(&self.ours), read(&self.theirs));
        let trio = Trio {
            path: &self.path,
            base: &base,
            ours: &ours,
            theirs: &theirs,
            label: &self.label,
            merging: &door.environment.merging,
        };
        let why = match drive(&desk, &trio, clock::day(door.environment.clock)) {
            Ok(Driven::Merged { text, notes }) => {
                disk::replace(&place(&self.ours), &text).map_err(Trouble::Disk)?;
                notes.iter().for_each(|note| door.remark(&format!("redan: {}: {note}", self.path)));
                return Ok(0);
            }
            Ok(Driven::Undecided(why)) => why,
            Err(trouble) => vec![trouble.to_string()],
        };
        self.mark(&desk, &here, &ours)?;
        why.iter().for_each(|why| door.remark(&format!("redan: {}: {why}", self.path)));
        Ok(1)
    }

    /// Leaves the file as Git leaves a conflict. Where line by line nothing collides, everything in which the two
    /// sides differ does: a file without markers would be taken for merged.
    fn mark(&self, desk: &Desk, here: &Path, ours: &[u8]) -> Result<(), Failure> {
        let files = [&self.ours, &self.base, &self.theirs].map(String::as_str);
        let merge = || desk.repo()?.merge_file(here, self.size, files).map_err(Trouble::Git);
        merge()?;
        if !self.marked(&disk::load(&here.join(&self.ours)).unwrap_or_default()) {
            disk::replace(&here.join(&self.ours), ours).map_err(Trouble::Disk)?;
            disk::replace(&here.join(&self.base), b"").map_err(Trouble::Disk)?;
            merge()?;
        }
        Ok(())
    }

    fn marked(&self, text: &[u8]) -> bool {
        let opening = vec![b'<'; self.size as usize];
        text.split(|byte| *byte == b'\n').any(|line| line.starts_with(&opening))
    }
}
