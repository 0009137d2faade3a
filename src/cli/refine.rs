use clap::Args;

use super::door::Door;
use super::edit::{Writing, breaks, done, refused, warn_short};
use super::engine::{Asking, Chosen, Watched, configured, ready};
use super::failure::{Failure, Kind};
use super::verb::Exit;
use crate::model::Intent;
use crate::ops::broad::{self, Proposed};
use crate::ops::lifecycle::{Outcome, Refusal, Stage, Why};
use crate::ops::perform::{Answer, Order, perform};
use crate::ops::reading::Read;
use crate::ops::refine::{Said, plan, record};
use crate::ops::{Desk, Trouble};
use crate::suggest::words::{Halt, Stop, Understood, understand};
use crate::suggest::{Language, Speaker};

/// Change one entity of a model in plain words
///
/// `redan refine payments "Add an insider threat attacker with database access"` does what `redan add attacker` does,
/// by the same rules. What is not certain is asked back, and what is about more than one entity needs a language model, which plans it
/// where one is configured: the plan is shown before anything is written. The turn is kept in the model's sessions (docs/plain-words.md).
#[derive(Debug, Args)]
pub struct Refine {
    /// The model, which may be left out where there is one; then what is to be done
    #[arg(value_names = ["MODEL", "WORDS"], num_args = 1..=2, required = true)]
    said: Vec<String>,
    /// A newcomer that may be there already is another one
    #[arg(long)]
    distinct: bool,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    writing: Writing,
}

/// The model, where two words were given, and the sentence.
pub fn said(said: &[String]) -> (Option<&str>, &str) {
    match said {
        [model, words] => (Some(model), words),
        [words] => (None, words),
        _ => (None, ""),
    }
}

impl Refine {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        let (model, words) = said(&self.said);
        if let Some(model) = model {
            self.writing.model = Some(model.to_owned());
        }
        let words = words.to_owned();
        warn_short(door)?;
        let (mut stop, distinct) = (None, self.distinct);
        let done = self.writing.ordered(door, |desk, order| {
            let (answer, halted) = spoken(desk, order, &words, (None, distinct))?;
            stop = halted;
            Ok(answer)
        });
        match stop {
            Some(stop) => self.further(door, &words, stop),
            None => done,
        }
    }
}

impl Refine {
    /// What no grammar reads goes to the language model, where there is one.
    fn further(&self, door: &mut Door, words: &str, stop: Stop) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let Some(chosen) = for_stop(door, &desk, &self.asking, &stop)? else { return Err(stopped(stop)) };
        let now = self.writing.now(door, &desk)?;
        let order = self.writing.order(&now);
        let exchange = ready(door, &desk, &self.asking, (&chosen, self.writing.model.as_deref(), words))?;
        let watched = chosen.speaker(door, 1);
        let exchange = exchange.by(watched.as_ref().map(|watched| watched as &dyn Speaker));
        let proposed =
            broad::propose(&desk, &order, &Language { name: chosen.name.clone(), speaker: &exchange }, words);
        watched.iter().for_each(Watched::finish);
        chosen.bill(&exchange.spent()).iter().for_each(|bill| door.remark(bill));
        exchange.done()?;
        let Proposed { planned, shown } = proposed?;
        let Some(shown) = shown else {
            return Err(Failure::usage(planned.reply));
        };
        if self.writing.dry_run() || !self.asking.yes {
            done(door, &shown, self.writing.format())?;
        }
        if self.writing.dry_run() {
            return Ok(0);
        }
        self.asking.confirmed(door, "write it?", "nothing was written")?;
        let engine = chosen.name.as_str();
        let said = Said { words, intent: Intent::Refine, reply: &planned.reply, session: None, engine };
        match broad::carry_out(&desk, &order, &planned.acts, &said)? {
            Answer::Done(performed) => done(door, &performed, self.writing.format()),
            Answer::Refused(refusal) => Err(refused(refusal)),
            Answer::Breaks(findings) => Err(breaks(&findings)),
        }
    }
}

/// The language model, where the stop is one that it could go beyond and one is configured.
pub fn for_stop(door: &Door, desk: &Desk, asking: &Asking, stop: &Stop) -> Result<Option<Chosen>, Failure> {
    if !stop.beyond() {
        return Ok(None);
    }
    asking.choose(door, || configured(door, desk, None))
}

/// Understands a sentence, performs it and keeps the turn in a session, if there is one yet. A stop comes beside a refusal without words.
pub fn spoken(
    desk: &Desk,
    order: &Order<'_>,
    words: &str,
    (session, distinct): (Option<&str>, bool),
) -> Result<(Answer, Option<Stop>), Trouble> {
    let mut stop = None;
    let answer = perform(desk, order, |stage, read| {
        let act = match understand(stage.model, words) {
            Understood::Act(act) => act,
            Understood::Stop(halted) => {
                stop = Some(halted);
                return Err(Refusal { why: Why::Value, message: String::new(), hints: Vec::new() });
            }
        };
        kept(
            stage,
            read,
            plan(stage, read, &act, distinct).map_err(|refusal| insisting(refusal, stage, words))?,
            &Said { words, intent: Intent::Refine, reply: "", session, engine: "offline" },
        )
    })?;
    Ok((answer, stop))
}

/// What may be there already: the sentence says how to insist, also where it came in a conversation.
fn insisting(mut refusal: Refusal, stage: &Stage<'_>, words: &str) -> Refusal {
    if refusal.why == Why::Unsure {
        let words = words.trim().replace('"', "'");
        refusal.hints.push(format!("it is another one: redan refine {} \"{words}\" --distinct", stage.model.id));
    }
    refusal
}

fn kept(stage: &Stage<'_>, read: &Read, outcome: Outcome, said: &Said<'_>) -> Result<Outcome, Refusal> {
    if outcome.changes.is_empty() {
        return Ok(outcome);
    }
    Ok(record(stage, outcome, said, read.settings.recording))
}

/// A stop as the failure it is: asked back is wrong usage, a rule's no is a refusal, and what needs an engine says so.
pub fn stopped(stop: Stop) -> Failure {
    let kind = match stop.halt {
        Halt::Refused => Kind::Refused,
        Halt::Broad => Kind::Engine,
        Halt::Unclear | Halt::Question | Halt::Generate | Halt::General => Kind::Usage,
    };
    let mut failure = Failure { hints: stop.hints, ..Failure::new(kind, stop.message) };
    if stop.halt == Halt::Broad {
        failure.hints.extend(INSTEAD.map(str::to_owned));
    }
    failure
}

/// What there is instead.
const INSTEAD: [&str; 2] = [
    "redan refine and redan ask go on with one that redan.toml names: [engine] use = \"openai/gpt-5\" (docs/language-models.md)",
    "say it one entity at a time, or write the acts down: redan changeset FILE",
];
