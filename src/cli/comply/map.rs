use clap::{Args, ValueEnum};

use super::{rerank, review};
use crate::cli::clock;
use crate::cli::door::Door;
use crate::cli::edit::{Plain, Writing};
use crate::cli::engine::Asking;
use crate::cli::failure::Failure;
use crate::cli::lifecycle::entity;
use crate::cli::verb::Exit;
use crate::model::{Cover, MappingState};
use crate::ops::Candidate;
use crate::ops::comply::{Asked, DEEPEST, Measure, chosen, proposals, propose, regain};
use crate::ops::lifecycle::{self, Ruled};
use crate::report::comply::mapping;

/// How much of a requirement a control meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Much {
    Full,
    Part,
}

impl From<Much> for Cover {
    fn from(much: Much) -> Cover {
        match much {
            Much::Full => Cover::Full,
            Much::Part => Cover::Part,
        }
    }
}

/// Propose which requirements the controls of a model meet, from their words; without a network or a language model, unless asked
///
/// Prints proposals with their grounds. With --auto they are written as proposed; nothing counts until somebody accepts
/// it: `redan comply accept C1 asvs@5.0.0:V6.2.1`. What was rejected is not proposed again until the requirement has
/// other words. The same files give the same bytes everywhere.
///
/// With --rerank a language model reads each control and orders what was found for it, or leaves it out; it can bring nothing in
/// (docs/language-models.md).
#[derive(Debug, Args)]
pub struct Map {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    #[arg(value_name = "MODEL")]
    about: Option<String>,
    /// Write the proposals down
    #[arg(long)]
    auto: bool,
    /// The framework [default: the only one that the model selects]
    #[arg(long, value_name = "FRAMEWORK")]
    framework: Option<String>,
    /// Another level or profile than the selected one
    #[arg(long)]
    level: Option<String>,
    /// Requirements for a control, at most
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// The least score of a match by words, in thousandths
    #[arg(long, value_name = "SCORE", default_value_t = 80)]
    min_score: u32,
    /// Also propose what is covered already
    #[arg(long)]
    covered: bool,
    /// Have the language model of redan.toml, or of --engine, choose among the 25 likeliest requirements of each control
    #[arg(long)]
    rerank: bool,
    #[command(flatten)]
    asking: Asking,
    /// Decide about each in the terminal: accept, part, reject, skip, quit
    #[arg(long, conflicts_with = "auto")]
    interactive: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Map {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        if self.about.is_some() {
            self.writing.model = self.about.take();
        }
        let desk = door.desk()?;
        let read = desk.look(&Candidate::WorkingTree)?;
        let model = desk.model(&read.workspace, self.writing.model.as_deref())?;
        let asked = Asked { framework: self.framework.as_deref(), level: self.level.as_deref(), whole: true };
        let library = &read.workspace.library;
        let frameworks = chosen(model, library, &asked).map_err(|trouble| regain(&desk, trouble))?;
        let [one] = frameworks.as_slice() else {
            let names: Vec<String> = frameworks.iter().map(|one| one.pack.name.to_string()).collect();
            return Err(Failure::usage("the model selects several frameworks")
                .hint(format!("say which with --framework: {}", names.join(", "))));
        };
        if !self.rerank && self.asking.said() {
            return Err(Failure::usage("a language model is asked only with --rerank"));
        }
        let (most, least) = if self.rerank { (DEEPEST, 0) } else { (self.top, self.min_score) };
        let measure = Measure { most, least, covered: self.covered };
        let today = clock::day(door.environment.clock);
        let mut suggested = propose((&read.workspace.models, model), library, one, &measure, today);
        if self.rerank {
            let about = (one.pack.name.to_string(), model, self.top);
            suggested = rerank::reranked(door, (&self.asking, &desk), &about, suggested)?;
        }
        if self.interactive {
            let answers = review::ask(door, model, &one.pack.name, &suggested)?;
            return match answers.is_empty() {
                true => Ok(0),
                false => self
                    .writing
                    .perform(door, |stage, read| lifecycle::decide(stage, &read.workspace.library, &answers)),
            };
        }
        if self.auto {
            let rows = proposals(&one.pack.name, &suggested);
            return self.writing.perform(door, |stage, read| lifecycle::propose(stage, &read.workspace.library, &rows));
        }
        let name = one.pack.name.to_string();
        let by_control = suggested.iter().map(|one| (one.control, one.all()));
        let body = mapping::mapping(model, (&name, one.level), by_control);
        match self.writing.format() {
            Plain::Human => door.page(&mapping::page(&body))?,
            Plain::Json => door.answer("mapping/1", body)?,
        }
        Ok(0)
    }
}

/// Accept that a control meets requirements: all that is proposed for it, or those named
#[derive(Debug, Args)]
pub struct Accept {
    #[command(flatten)]
    deciding: Deciding,
    /// How much of each is met [default: as it was proposed, else all]
    #[arg(long, value_enum)]
    cover: Option<Much>,
}

/// Reject that a control meets requirements: it is kept, and not proposed again until the requirement has other words
#[derive(Debug, Args)]
pub struct Reject {
    #[command(flatten)]
    deciding: Deciding,
}

/// Take mappings of a control out altogether
#[derive(Debug, Args)]
pub struct Unmap {
    #[command(flatten)]
    deciding: Deciding,
}

#[derive(Debug, Args)]
struct Deciding {
    /// The control: `C1` or `payments/C1`
    control: String,
    /// Requirements, in any known spelling
    #[arg(value_name = "REQUIREMENT")]
    requirements: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Accept {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.deciding.rule(door, Ruled { state: MappingState::Accepted, cover: self.cover.map(Cover::from) })
    }
}

impl Reject {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.deciding.rule(door, Ruled { state: MappingState::Rejected, cover: None })
    }
}

impl Unmap {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let Deciding { control, requirements, mut writing } = self.deciding;
        let control = entity(&control, &mut writing)?;
        if requirements.is_empty() {
            return Err(Failure::usage("say which requirements"));
        }
        writing.perform(door, |stage, read| lifecycle::unmap(stage, &read.workspace.library, control, &requirements))
    }
}

impl Deciding {
    fn rule(self, door: &mut Door, ruled: Ruled) -> Result<Exit, Failure> {
        let Deciding { control, requirements, mut writing } = self;
        let control = entity(&control, &mut writing)?;
        writing.perform(door, |stage, read| {
            lifecycle::map(stage, &read.workspace.library, control, (&requirements, ruled))
        })
    }
}
