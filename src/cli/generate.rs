use std::io;
use std::path::PathBuf;

use clap::Args;

use super::ci::event::{self, Base};
use super::clock;
use super::door::Door;
use super::edit::{Plain, breaks, done, refused};
use super::engine::{Asking, Chosen, Watched, configured};
use super::failure::Failure;
use super::propose::{Proposing, Subject};
use super::verb::Exit;
use crate::ops::exchange::Exchange;
use crate::ops::generate::{
    From, Held, Wanted, brief, controls, generate, holdable, made_from, overlaps, take, update,
};
use crate::ops::lifecycle::Stage;
use crate::ops::perform::{Answer, Order, Performed, perform};
use crate::ops::reading::Read;
use crate::ops::{Candidate, Desk, Trouble};
use crate::render::{Line, Tone};
use crate::report;
use crate::suggest::{Brief, Engine, Language, Offline, Speaker, estimate, of_model};

/// Make a model from a description: components, boundaries, assets, attackers, assumptions and controls
///
/// `redan generate --from docs/payments.md`, `--from .` for the texts of a folder, `--from -` for standard input. The engine is the
/// knowledge base that is built in: no key, no network, and the same text gives the same model. Every entity says why it is there.
/// A description of a system that has a model already is refused, with the models it overlaps with. `--controls MODEL` adds to a model what is
/// missing: controls for the objectives that none covers. `--update MODEL` reads the sources again and proposes what is new and what is gone;
/// what people wrote stays, and doing it twice changes nothing. `--pr` is for workflows: the change is put to people on GitHub, the next time as an
/// update of the model that came of the first (docs/generation.md).
#[derive(Debug, Args)]
pub struct Generate {
    /// The description: a file, a folder, or - for standard input
    #[arg(long, value_name = "PATH", required_unless_present = "controls", num_args = 1..)]
    from: Vec<String>,
    /// Instead of a new model, controls for the objectives of this one that no control covers
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["from", "name", "force", "framework"])]
    controls: Option<String>,
    /// Instead of a new model, bring this one up to date: what is new in the sources comes in, what is gone goes
    #[arg(long, value_name = "MODEL", num_args = 0..=1, conflicts_with_all = ["name", "force", "framework"])]
    update: Option<Option<String>>,
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
    #[command(flatten)]
    proposing: Proposing,
    #[command(flatten)]
    asking: Asking,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Generate {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        if self.proposing.pr.is_some() && !self.dry_run {
            let subject = Subject { from: self.from.join(", "), controls: self.controls.clone(), format: self.format };
            return self.proposing.put(door, &subject, |door, desk, base| self.answer(door, desk, base));
        }
        let desk = door.desk()?;
        // A trial for a pull request that only its number names asks nobody who the checkout names.
        let unknown = || event::base(&door.environment.runner.described().unwrap_or_default()) == Base::None;
        let base = self.proposing.pr.flatten().filter(|_| unknown()).map(|_| Base::Unknown);
        match self.answer(door, &desk, base)? {
            None => Ok(0),
            Some(Answer::Done(performed)) if self.format == Plain::Human && !self.dry_run && self.fresh() => {
                self.tell(door, &performed)
            }
            Some(Answer::Done(performed)) => done(door, &performed, self.format),
            Some(Answer::Refused(refusal)) => Err(refused(refusal)),
            Some(Answer::Breaks(findings)) => Err(breaks(&findings)),
        }
    }

    /// Whether a new model was asked for.
    fn fresh(&self) -> bool {
        self.controls.is_none() && self.update.is_none()
    }

    /// Does what was asked for; nothing where a dry run was to say only what it would come to. `base` is the commit of the pull
    /// request it is for.
    fn answer(&self, door: &mut Door, desk: &Desk, base: Option<Base>) -> Result<Option<Answer>, Failure> {
        if let Some(model) = &self.controls {
            let now = door.now(desk, None, None)?;
            let order = Order { model: Some(model.as_str()), dry_run: self.dry_run, now: &now };
            if let Some(chosen) = self.asking.choose(door, || configured(door, desk, base))? {
                return self.more(door, desk, &order, &chosen).map(Some);
            }
            let plan = |stage: &Stage<'_>, read: &Read| controls(stage, &read.workspace.library, &Offline);
            return Ok(Some(perform(desk, &order, plan)?));
        }
        let sources = self.from.iter().map(|from| source(from)).collect::<Result<Vec<_>, _>>()?;
        let brief = Brief { name: self.name.clone(), ..brief(desk, &sources)? };
        // The next proposal from the same source is about the model that came of the first.
        let grown = match self.proposing.pr.is_some() && self.fresh() {
            true => made_from(desk, &brief)?.map(|model| Some(model.to_string())),
            false => None,
        };
        if let Some(model) = self.update.as_ref().or(grown.as_ref()) {
            let now = door.now(desk, None, None)?;
            let order = Order { model: model.as_deref(), dry_run: self.dry_run, now: &now };
            let plan = |stage: &Stage<'_>, read: &Read| update(stage, &read.workspace.library, &Offline, &brief);
            return Ok(Some(perform(desk, &order, plan)?));
        }
        if self.level.is_some() && self.framework.len() > 1 {
            return Err(Failure::usage("one level is no level of several frameworks")
                .hint("set the others afterwards: redan comply select asvs@5.0.0 --level 2"));
        }
        holdable(desk, &self.held())?;
        match self.asking.choose(door, || configured(door, desk, base))? {
            None => self.make(door, desk, &brief, &Offline).map(Some),
            Some(chosen) => self.ask(door, desk, &brief, &chosen),
        }
    }

    fn held(&self) -> Vec<Held<'_>> {
        let level = self.level.as_deref();
        self.framework.iter().map(|framework| Held { framework, level }).collect()
    }

    fn make(&self, door: &Door, desk: &Desk, brief: &Brief, engine: &dyn Engine) -> Result<Answer, Failure> {
        let today = clock::day(door.environment.clock);
        let held = self.held();
        Ok(generate(desk, &Wanted { engine, brief, held: &held, force: self.force, dry_run: self.dry_run, today })?)
    }

    /// Has a language model propose; nothing where a dry run was to say only what that would come to.
    fn ask(&self, door: &mut Door, desk: &Desk, brief: &Brief, chosen: &Chosen) -> Result<Option<Answer>, Failure> {
        if let Some(refusal) = overlaps(desk, brief)?.filter(|_| !self.force) {
            return Err(refused(refusal));
        }
        let (what, about) = (texts(brief), estimate(brief));
        if let Some(told) = chosen.told(&what, &about).filter(|_| self.dry_run && !self.asking.yes) {
            door.print(&format!("{told}\nnothing was sent; with --yes as well, it is asked and nothing is written\n"))?;
            return Ok(None);
        }
        self.asking.agreed(door, chosen, &what, &about)?;
        let watched = chosen.speaker(door, about.requests);
        let speaker = watched.as_ref().map(|watched| watched as &dyn Speaker);
        let exchange = Exchange::open(&chosen.name, speaker, &chosen.keeping)?.resuming(desk, brief);
        let made = self.make(door, desk, brief, &Language { name: chosen.name.clone(), speaker: &exchange });
        let spent = exchange.spent();
        watched.iter().for_each(Watched::finish);
        chosen.bill(&spent).iter().for_each(|bill| door.remark(bill));
        let made = made?;
        exchange.done()?;
        Ok(Some(made))
    }

    /// Has a language model propose controls for what has none.
    fn more(&self, door: &mut Door, desk: &Desk, order: &Order<'_>, chosen: &Chosen) -> Result<Answer, Failure> {
        let read = desk.look(&Candidate::WorkingTree)?;
        let model = desk.model(&read.workspace, order.model)?;
        let what = format!("the model {} ({} entities)", model.id, model.entities.len());
        self.asking.agreed(door, chosen, &what, &of_model(model))?;
        let watched = chosen.speaker(door, 1);
        let speaker = watched.as_ref().map(|watched| watched as &dyn Speaker);
        let exchange = Exchange::open(&chosen.name, speaker, &chosen.keeping)?;
        let proposed = Language { name: chosen.name.clone(), speaker: &exchange }.controls(model);
        watched.iter().for_each(Watched::finish);
        chosen.bill(&exchange.spent()).iter().for_each(|bill| door.remark(bill));
        exchange.done()?;
        let proposed = proposed.map_err(Trouble::Engine)?;
        Ok(perform(desk, order, |stage, read| take(stage, &read.workspace.library, &chosen.name, proposed))?)
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

/// What would leave: `docs/a.md and docs/b.md (1204 words)`.
fn texts(brief: &Brief) -> String {
    let words: usize = brief.texts.iter().map(|text| text.content.split_whitespace().count()).sum();
    let paths: Vec<&str> = brief.texts.iter().map(|text| text.path.as_str()).collect();
    match paths.as_slice() {
        few if few.len() <= 3 => format!("{} ({words} words)", few.join(", ")),
        [first, .., last] => format!("{first} … {last} ({} files, {words} words)", paths.len()),
        _ => String::new(),
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
