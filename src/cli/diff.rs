use std::path::Path;

use clap::{Args, ValueEnum};

use super::clock;
use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::difference::Compared;
use crate::ops::Trouble;
use crate::ops::diff::{Asked, Question, diff, files, pair};
use crate::report;
use crate::report::diff::{LIMIT, Telling};

/// Compare two states of the models: what changed, and what follows from it
///
/// `redan diff` (HEAD and the working tree), `redan diff main`, `redan diff main..topic`, `redan diff main...topic` (as a
/// pull request does), `redan diff payments@v3`, `redan diff payments@v3 payments@v5`,
/// `redan diff payments --from v3 --to v5`, `redan diff --staged`, `redan diff --no-index old/model.toml model.toml`.
/// Exit 0 whatever differs.
#[derive(Debug, Args)]
pub struct Diff {
    /// Revisions or `MODEL@VERSION`; the second is the working tree unless given. With --from or --to: the model
    #[arg(value_name = "FROM|FROM..TO|MODEL@VERSION", num_args = 0..=2)]
    states: Vec<String>,
    /// Only these models
    #[arg(short, long, value_name = "MODEL")]
    model: Vec<String>,
    /// From this version, digest, day or revision of the model
    #[arg(long, value_name = "VERSION", conflicts_with = "no_index")]
    from: Option<String>,
    /// To this one instead of the working tree
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["no_index", "staged"])]
    to: Option<String>,
    /// To what is staged instead of the working tree
    #[arg(long, visible_alias = "cached", conflicts_with = "no_index")]
    staged: bool,
    /// Compare two files or folders, wherever they are
    #[arg(long, conflicts_with = "model")]
    no_index: bool,
    /// The day that statuses on both sides are of [default: today]
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    format: Shape,
}

/// How a comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Human,
    /// The body of a comment, 60,000 characters at most
    Markdown,
    /// One file, nothing loaded from elsewhere
    Html,
    Json,
}

impl Diff {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let compared = self.compare(door)?;
        match self.format {
            Shape::Human => door.page(&report::diff::page(&compared, Telling::TERMINAL))?,
            Shape::Markdown => door.print(&report::diff::comment(&compared, LIMIT))?,
            Shape::Html => door.print(&report::diff::document(&compared))?,
            Shape::Json => {
                let text = report::answer("diff/1", report::diff::diff(&compared));
                door.print(&text.map_err(super::check::report_failure)?)?;
            }
        }
        Ok(0)
    }

    fn compare(&self, door: &Door) -> Result<Compared, Failure> {
        let day = |day: &String| Ok::<_, Failure>(clock::day(clock::parse(day)?));
        let as_of = self.as_of.as_ref().map_or(Ok(clock::day(door.environment.clock)), day)?;
        if self.no_index {
            let [from, to] = self.states.as_slice() else {
                return Err(Failure::usage("--no-index takes two files or folders"));
            };
            let place = |path: &String| door.environment.directory.join(Path::new(path));
            return Ok(files(&place(from), &place(to), as_of)?);
        }
        let desk = door.desk()?;
        let asked = Asked {
            words: &self.states,
            from: self.from.as_deref(),
            to: self.to.as_deref(),
            staged: self.staged.then(|| door.environment.index.clone()),
            models: &self.model,
        };
        let pair = pair(&desk, &asked).map_err(|trouble| self.hinted(trouble))?;
        let models: Vec<String> = self.model.iter().chain(&pair.model).cloned().collect();
        Ok(diff(&desk, &Question { pair, models: &models, as_of })?)
    }

    /// A word that Git does not know may be meant as a model.
    fn hinted(&self, trouble: Trouble) -> Failure {
        let revision = matches!(&trouble, Trouble::Git(crate::history::GitError::Revision { .. }));
        let failure = Failure::from(trouble);
        match self.states.first().filter(|_| revision) {
            Some(word) => failure.hint(format!("a model is named with -m: redan diff -m {word}")),
            None => failure,
        }
    }
}
