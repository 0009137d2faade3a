//! What is said to a language model and what it answers: kept for a run that goes on, for tests and for whoever has to show it later.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Desk, Trouble};
use crate::remote::{Answer, Prompt, RemoteError, Turn};
use crate::store::{DiskError, disk};
use crate::suggest::{Brief, Speaker, hide};
use crate::text::slug;

/// Requests that were really made, and what they came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    pub requests: u64,
    pub input: u64,
    pub output: u64,
    /// The server counted tokens.
    pub counted: bool,
    /// Answers of an interrupted run that were used again.
    pub resumed: u64,
}

/// Where exchanges are kept and come from.
#[derive(Debug, Clone, Default)]
pub struct Keeping {
    /// Every exchange is written here, a file each.
    pub record: Option<PathBuf>,
    /// Answers come from here and from nowhere else.
    pub replay: Option<PathBuf>,
}

/// A language model with a memory.
pub struct Exchange<'a> {
    /// `openai/<model>`
    engine: String,
    speaker: Option<&'a dyn Speaker>,
    record: Option<PathBuf>,
    replay: Option<RefCell<Records>>,
    /// What an interrupted run settled, and this one will have.
    resume: Option<PathBuf>,
    spent: Cell<Spent>,
    trouble: RefCell<Option<DiskError>>,
}

type Records = BTreeMap<String, VecDeque<Answer>>;

impl<'a> Exchange<'a> {
    /// Asks `speaker`, or the records where `keeping` names some.
    pub fn open(engine: &str, speaker: Option<&'a dyn Speaker>, keeping: &Keeping) -> Result<Exchange<'a>, Trouble> {
        if let Some(record) = &keeping.record {
            disk::Scratch::at(record)?;
        }
        let replay = keeping.replay.as_deref().map(|folder| Ok::<_, Trouble>(RefCell::new(records(folder)?)));
        Ok(Exchange {
            engine: engine.to_owned(),
            speaker,
            record: keeping.record.clone(),
            replay: replay.transpose()?,
            resume: None,
            spent: Cell::default(),
            trouble: RefCell::default(),
        })
    }

    /// The same for work that is long enough to be interrupted: what a run settled is under the Git directory until it is written.
    #[must_use]
    pub fn resuming(mut self, desk: &Desk, brief: &Brief) -> Exchange<'a> {
        let mut texts: Vec<&str> = vec![&self.engine];
        texts.extend(brief.texts.iter().flat_map(|text| [text.path.as_str(), text.content.as_str()]));
        let name = digest(&json!(texts));
        self.resume = self.replay.is_none().then(|| desk.state().join("engine").join(name));
        self
    }

    /// The same with somebody to ask.
    #[must_use]
    pub fn by(mut self, speaker: Option<&'a dyn Speaker>) -> Exchange<'a> {
        self.speaker = speaker;
        self
    }

    /// The same with nobody to ask, until the next question.
    #[must_use]
    pub fn alone(self) -> Exchange<'static> {
        let Exchange { engine, record, replay, resume, spent, trouble, .. } = self;
        Exchange { engine, speaker: None, record, replay, resume, spent, trouble }
    }

    pub fn spent(&self) -> Spent {
        self.spent.get()
    }

    /// Nothing of this run is needed any more, unless it was stopped by somebody else.
    pub fn done(self) -> Result<(), Trouble> {
        self.resume.iter().for_each(|folder| disk::forget(folder));
        self.trouble.into_inner().map_or(Ok(()), |error| Err(Trouble::Disk(error)))
    }

    fn keep(&self, place: &Path, prompt: &Prompt, answer: &Answer) {
        let text = format!("{:#}\n", told(&self.engine, prompt, answer));
        if let Err(error) = disk::replace(place, text.as_bytes()) {
            self.trouble.borrow_mut().get_or_insert(error);
        }
    }

    fn settled_before(&self, prompt: &Prompt) -> Option<Answer> {
        let place = self.place(prompt)?;
        let value: Value = serde_json::from_slice(&disk::load(&place)?).ok()?;
        answered(&value)
    }

    fn place(&self, prompt: &Prompt) -> Option<PathBuf> {
        Some(self.resume.as_ref()?.join(format!("{}.json", key(&self.engine, prompt))))
    }

    fn replayed(&self, prompt: &Prompt, records: &RefCell<Records>) -> Result<Answer, RemoteError> {
        let mut records = records.borrow_mut();
        let answers = records.get_mut(&key(&self.engine, prompt)).filter(|answers| !answers.is_empty());
        let missing = || RemoteError::Conflict {
            what: format!("asking the record for {}", prompt.step),
            message: "it holds no answer to this: the texts, the engine or this program are not those of the record"
                .to_owned(),
        };
        answers.and_then(VecDeque::pop_front).ok_or_else(missing)
    }

    fn count(&self, change: impl FnOnce(&mut Spent)) {
        let mut spent = self.spent.get();
        change(&mut spent);
        self.spent.set(spent);
    }
}

impl Speaker for Exchange<'_> {
    fn say(&self, prompt: &Prompt) -> Result<Answer, RemoteError> {
        if let Some(records) = &self.replay {
            return self.replayed(prompt, records);
        }
        let before = self.settled_before(prompt);
        let answer = match (&before, self.speaker) {
            (Some(answer), _) => answer.clone(),
            (None, Some(speaker)) => speaker.say(prompt)?,
            (None, None) => return Err(RemoteError::Settings { message: "there is nobody to ask".to_owned() }),
        };
        self.count(|spent| match before {
            Some(_) => spent.resumed += 1,
            None => {
                spent.requests += 1;
                let (input, output) = answer.tokens.unwrap_or_default();
                (spent.input, spent.output) = (spent.input + input, spent.output + output);
                spent.counted |= answer.tokens.is_some();
            }
        });
        if let Some(folder) = &self.record {
            let number = self.spent.get().requests + self.spent.get().resumed;
            let name = format!("{number:02}-{}-{}.json", slug(&prompt.step), key(&self.engine, prompt));
            self.keep(&folder.join(name), prompt, &answer);
        }
        Ok(answer)
    }

    fn settled(&self, prompt: &Prompt, answer: &Answer) {
        if let Some(place) = self.place(prompt) {
            self.keep(&place, prompt, answer);
        }
    }
}

/// The engine that made the records of a folder.
pub fn recorded_by(folder: &Path) -> Result<String, Trouble> {
    let first = values(folder)?.into_iter().next();
    let name = first.and_then(|value| value["engine"].as_str().map(str::to_owned));
    name.ok_or_else(|| nothing(folder))
}

fn nothing(folder: &Path) -> Trouble {
    Trouble::Unknown { what: "record of exchanges in", asked: folder.display().to_string(), known: Vec::new() }
}

fn values(folder: &Path) -> Result<Vec<Value>, Trouble> {
    let files = disk::texts(folder, |name| name.ends_with(".json"))?;
    Ok(files.iter().filter_map(|file| serde_json::from_str(&file.text()).ok()).collect())
}

fn records(folder: &Path) -> Result<Records, Trouble> {
    let mut records = Records::new();
    for value in values(folder)? {
        let prompt = value["prompt"].as_object().map(|_| digest(&json!([value["engine"], value["prompt"]])));
        if let (Some(key), Some(answer)) = (prompt, answered(&value)) {
            records.entry(key).or_default().push_back(answer);
        }
    }
    if records.is_empty() { Err(nothing(folder)) } else { Ok(records) }
}

fn answered(value: &Value) -> Option<Answer> {
    let answer = &value["answer"];
    let tokens = answer["input_tokens"].as_u64().zip(answer["output_tokens"].as_u64());
    Some(Answer { text: answer["text"].as_str()?.to_owned(), cut: answer["cut"] == true, tokens })
}

/// An exchange for a file. What looks like a secret is in no prompt, and is taken out of a reply here.
fn told(engine: &str, prompt: &Prompt, answer: &Answer) -> Value {
    let (input, output) = answer.tokens.unzip();
    json!({
        "schema": "exchange/1",
        "engine": engine,
        "prompt": said(prompt),
        "answer": { "text": hide(&answer.text).0, "cut": answer.cut, "input_tokens": input, "output_tokens": output },
    })
}

fn said(prompt: &Prompt) -> Value {
    let turn = |turn: &Turn| json!({ "by": if turn.ours { "redan" } else { "model" }, "text": hide(&turn.text).0 });
    let turns: Vec<Value> = prompt.turns.iter().map(turn).collect();
    json!({ "step": prompt.step, "system": prompt.system, "turns": turns, "schema": prompt.schema, "most": prompt.most })
}

fn key(engine: &str, prompt: &Prompt) -> String {
    digest(&json!([engine, said(prompt)]))
}

/// 12 hex digits.
fn digest(value: &Value) -> String {
    let digest = Sha256::digest(value.to_string().as_bytes());
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
