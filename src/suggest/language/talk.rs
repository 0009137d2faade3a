//! One step of the conversation: a prompt, a reply, what is wrong with it told back, a few times and no more.

use serde_json::Value;

use super::ground::Ground;
use super::prompts::SYSTEM;
use super::{Speaker, schema};
use crate::remote::{Prompt, RemoteError, Turn};
use crate::suggest::EngineError;

/// Replies to one step, at most.
const TRIES: usize = 3;
/// The longest reply, in tokens.
const MOST: u32 = 16_000;
/// Faults of one reply that are told back or listed.
const FAULTS: usize = 12;
/// The longest reply that is repeated to the model, in bytes: whoever wrote more was not talking to us.
const REPEATED: usize = 200_000;

/// What is asked, and how a reply becomes something of ours.
pub struct Step<'a, T> {
    /// A word or two: `assets`, `controls 2`.
    pub name: String,
    /// What to do, with what is known so far.
    pub task: String,
    pub schema: Value,
    /// Takes a reply that fits the schema.
    pub take: Take<'a, T>,
}

type Take<'a, T> = Box<dyn Fn(&Value) -> Taken<T> + 'a>;

/// What could be made of a reply.
pub struct Taken<T> {
    /// Nothing where it was not enough.
    pub value: Option<T>,
    /// What of it was refused and why, in words for the model and for people.
    pub faults: Vec<String>,
    /// What a person should know, which is nothing to mend.
    pub notes: Vec<String>,
}

/// A conversation about one brief.
pub struct Talk<'a> {
    speaker: &'a dyn Speaker,
    ground: &'a Ground,
}

impl<'a> Talk<'a> {
    pub fn new(speaker: &'a dyn Speaker, ground: &'a Ground) -> Talk<'a> {
        Talk { speaker, ground }
    }

    /// What the step comes to. Of replies with faults the one with the fewest counts in the end, without what was refused.
    pub fn settle<T>(&self, notes: &mut Vec<String>, step: &Step<'_, T>) -> Result<T, EngineError> {
        let asked = self.prompt(step);
        let mut prompt = asked.clone();
        let mut best: Option<Taken<T>> = None;
        let mut last = Vec::new();
        for _ in 0..TRIES {
            let (text, taken) = match self.speaker.say(&prompt) {
                Ok(answer) => {
                    let taken = read(step, &answer.text, answer.cut);
                    if taken.value.is_some() && taken.faults.is_empty() {
                        self.speaker.settled(&asked, &answer);
                    }
                    (answer.text, taken)
                }
                Err(RemoteError::Unreadable { message, .. }) => (String::new(), fault(message)),
                Err(error) => return Err(EngineError::Unheard(error)),
            };
            if taken.value.is_some() && taken.faults.is_empty() {
                best = Some(taken);
                break;
            }
            last.clone_from(&taken.faults);
            mend(&mut prompt, text, &taken.faults);
            let better = best.as_ref().is_none_or(|best| taken.faults.len() < best.faults.len());
            if taken.value.is_some() && better {
                best = Some(taken);
            }
        }
        let Some(Taken { value: Some(value), faults, notes: told }) = best else {
            return Err(EngineError::Unusable { step: step.name.clone(), faults: few(&last) });
        };
        notes.extend(told);
        notes.extend(few(&faults).into_iter().map(|fault| format!("refused from the reply ({}): {fault}", step.name)));
        Ok(value)
    }

    fn prompt<T>(&self, step: &Step<'_, T>) -> Prompt {
        let text = format!("{}\n\n{}", step.task.trim_end(), self.ground.fenced());
        Prompt {
            step: step.name.clone(),
            system: SYSTEM.replace("{mark}", self.ground.fence.mark()),
            turns: vec![Turn { ours: true, text }],
            schema: step.schema.clone(),
            most: MOST,
        }
    }
}

/// Reads the JSON of a reply and takes it.
fn read<T>(step: &Step<'_, T>, text: &str, cut: bool) -> Taken<T> {
    if cut {
        return fault("the reply was cut off, since it was too long: say less".to_owned());
    }
    let value = match schema::json(text) {
        Ok(value) => value,
        Err(error) => return fault(format!("the reply is no JSON object: {error}")),
    };
    let faults = schema::faults(&value, &step.schema);
    if !faults.is_empty() {
        return Taken { value: None, faults, notes: Vec::new() };
    }
    (step.take)(&value)
}

fn fault<T>(message: String) -> Taken<T> {
    Taken { value: None, faults: vec![message], notes: Vec::new() }
}

/// Tells what was wrong. Where nothing came, the same is asked again.
fn mend(prompt: &mut Prompt, reply: String, faults: &[String]) {
    if reply.is_empty() || reply.len() > REPEATED {
        return;
    }
    prompt.turns.truncate(1);
    prompt.turns.push(Turn { ours: false, text: reply });
    let listed: Vec<String> = few(faults).iter().map(|fault| format!("- {fault}")).collect();
    let text =
        format!("This reply cannot be taken as it is:\n{}\nSend the whole reply again, put right.", listed.join("\n"));
    prompt.turns.push(Turn { ours: true, text });
}

fn few(faults: &[String]) -> Vec<String> {
    let mut few: Vec<String> = faults.iter().take(FAULTS).cloned().collect();
    if faults.len() > FAULTS {
        few.push(format!("and {} more like these", faults.len() - FAULTS));
    }
    few
}
