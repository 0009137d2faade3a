use std::io;
use std::path::PathBuf;

use clap::Args;

use super::clock;
use super::door::Door;
use super::edit::{Plain, breaks, done, refused};
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::generate::{From, Held, Wanted, brief, controls, generate};
use crate::ops::perform::{Answer, Order, Performed, perform};
use crate::render::{Line, Tone};
use crate::report;
use crate::suggest::{Brief, Offline};

/// Make a model from a description: components, boundaries, assets, attackers, assumptions and controls
///
/// `redan generate --from docs/payments.md`, `--from .` for the texts of a folder, `--from -` for standard input. The engine is the
/// knowledge base that is built in: no key, no network, and the same text gives the same model. Every entity says why it is there.
/// A description of a system that has a model already is refused, with the models it overlaps with. `--controls MODEL` adds to a model what is
/// missing: controls for the objectives that none covers.
#[derive(Debug, Args)]
pub struct Generate {
    /// The description: a file, a folder, or - for standard input
    #[arg(long, value_name = "PATH", required_unless_present = "controls", num_args = 1..)]
    from: Vec<String>,
    /// Instead of a new model, controls for the objectives of this one that no control covers
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["from", "name", "force", "framework"])]
    controls: Option<String>,
    /// What to call the model [default: three to five words of the description]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Hold the model against a framework: its controls carry the requirements they may meet, as proposals
    #[arg(long, value_name = "FRAMEWORK")]
    framework: Vec<String>,
    /// The target level or profile of the framework
    #[arg(long, requires = "framework")]
    level: Option<String>,
    /// Go on although a model overlaps with the description
    #[arg(long)]
    force: bool,
    /// Show the structured change, write nothing
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Generate {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        if let Some(model) = &self.controls {
            let now = door.now(&desk, None, None)?;
            let order = Order { model: Some(model.as_str()), dry_run: self.dry_run, now: &now };
            return answer(
                door,
                perform(&desk, &order, |stage, read| controls(stage, &read.workspace.library, &Offline))?,
                self.format,
            );
        }
        let sources = self.from.iter().map(|from| source(from)).collect::<Result<Vec<_>, _>>()?;
        let brief = Brief { name: self.name.clone(), ..brief(&desk, &sources)? };
        let today = clock::day(door.environment.clock);
        if self.level.is_some() && self.framework.len() > 1 {
            return Err(Failure::usage("one level is no level of several frameworks")
                .hint("set the others afterwards: redan comply select asvs@5.0.0 --level 2"));
        }
        let level = self.level.as_deref();
        let held: Vec<Held<'_>> = self.framework.iter().map(|framework| Held { framework, level }).collect();
        let engine = &Offline;
        let wanted = Wanted { engine, brief: &brief, held: &held, force: self.force, dry_run: self.dry_run, today };
        match generate(&desk, &wanted)? {
            Answer::Done(performed) if self.format == Plain::Human && !self.dry_run => self.tell(door, &performed),
            rest => answer(door, rest, self.format),
        }
    }

    /// The model as `show` prints it, and what comes next.
    fn tell(&self, door: &mut Door, performed: &Performed) -> Result<Exit, Failure> {
        let model = &performed.outcome.model;
        let mut page = report::show::page(&report::show::whole(model), None);
        page.list(performed.outcome.notes.iter().map(|note| Line::of(Tone::Warning, note.to_string())).collect());
        let files: Vec<&str> = performed.writes.iter().map(|write| write.path.as_str()).collect();
        page.text(Line::of(Tone::Added, "wrote ").and(Tone::Plain, files.join(", ")));
        let next = format!("redan show {}/A1 says why; redan assess {0}; redan coherence {0}", model.id);
        page.text(Line::of(Tone::Dim, "next: ").and(Tone::Plain, next));
        door.page(&page)?;
        Ok(0)
    }
}

fn answer(door: &mut Door, answer: Answer, format: Plain) -> Result<Exit, Failure> {
    match answer {
        Answer::Done(performed) => done(door, &performed, format),
        Answer::Refused(refusal) => Err(refused(refusal)),
        Answer::Breaks(findings) => Err(breaks(&findings)),
    }
}

#[expect(clippy::disallowed_methods, reason = "a description may come through standard input")]
fn source(from: &str) -> Result<From, Failure> {
    if from != "-" {
        return Ok(From::Path(PathBuf::from(from)));
    }
    let words = io::read_to_string(io::stdin()).map_err(|error| Failure::usage(format!("standard input: {error}")))?;
    Ok(From::Words(words))
}
