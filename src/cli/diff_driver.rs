use std::path::{Path, PathBuf};

use clap::Args;

use super::clock;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::diff::{Blob, drive};
use crate::render::{Line, Tone};
use crate::report::diff::{Telling, page};

/// Show one file of a model in two states; Git calls this
///
/// Set up by `redan init --diff-driver`. Git's own lines: `git diff --no-ext-diff`. Exit 0 always, since Git takes
/// anything else for a crash; what goes wrong is told in the place of the difference.
#[derive(Debug, Args)]
pub struct DiffDriver {
    /// Where the file belongs
    path: String,
    /// The old content in a file, its object ID and mode, the same of the new content; a path and how like it is, after
    /// a rename
    #[arg(value_name = "FILE HEX MODE", num_args = 0..=8, allow_hyphen_values = true)]
    sides: Vec<String>,
}

impl DiffDriver {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let path = self.sides.get(6).unwrap_or(&self.path);
        let mut head = Line::of(Tone::Strong, format!("redan diff {}", self.path));
        if *path != self.path {
            head = head.and(Tone::Strong, format!(" → {path}"));
        }
        let mut told = crate::render::Page::default();
        told.text(head);
        let here = door.environment.directory.clone();
        let (old, new) = (self.side(&here, 0), self.side(&here, 3));
        match (old, new) {
            (Some(old), Some(new)) => {
                let blobs = [&old, &new].map(|(file, hex)| Blob { file, hex });
                match drive(path, blobs[0], blobs[1], clock::day(door.environment.clock)) {
                    Ok(compared) => told.blocks.extend(page(&compared, Telling::TERMINAL).blocks),
                    Err(trouble) => told.text(Line::of(Tone::Bad, format!("redan: {trouble}"))),
                }
            }
            _ => told.text(Line::of(Tone::Bad, "redan: it is in conflict, there is no pair of states to compare")),
        }
        door.page(&told)?;
        Ok(0)
    }

    fn side(&self, here: &Path, at: usize) -> Option<(PathBuf, &str)> {
        Some((here.join(self.sides.get(at)?), self.sides.get(at + 1)?.as_str()))
    }
}
