//! A conversation with a model, a line a turn. Never here: what words mean, and what they may change.

mod further;

use std::io::{self, BufRead, IsTerminal};

use clap::Args;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::clock;
use super::door::Door;
use super::edit::{act, breaks, refused};
use super::engine::Asking;
use super::failure::{Failure, Kind};
use super::refine::{spoken, stopped};
use super::verb::Exit;
use crate::model::Intent;
use crate::ops::assess::{Day, Question};
use crate::ops::perform::{Answer, Order, Performed};
use crate::ops::refine::{Said, converse, session_of};
use crate::ops::undo::{Undone, undo};
use crate::ops::{Candidate, Desk, ask, broad};
use crate::render::{Line, Page, Tone, terminal};
use crate::report;
use crate::store::Write;
use crate::suggest::words::{Stop, intent};
use further::Further;

/// Talk to a model: questions are answered, changes are shown and confirmed
///
/// A line a turn; `/undo` takes the last change back, `/help` says what else there is. What no grammar reads goes to a language model,
/// where one is configured and somebody agrees to sending it. Without a terminal the lines and the
/// answers to what is asked come from standard input. The turns are kept in the model's sessions (docs/plain-words.md).
#[derive(Debug, Args)]
pub struct Chat {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    model: Option<String>,
    #[command(flatten)]
    asking: Asking,
    /// Who speaks: an e-mail address or @handle [default: Git's author]
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// When it happens [default: GIT_AUTHOR_DATE, else now]
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
}

/// Where lines come from.
enum Input {
    Terminal(Box<DefaultEditor>),
    Piped(Box<dyn BufRead>),
}

/// A conversation that goes on.
struct Talk<'d> {
    chat: Chat,
    door: &'d mut Door,
    desk: Desk,
    model: String,
    input: Input,
    session: Option<String>,
    /// What each change wrote, the last one last.
    written: Vec<Vec<Write>>,
    further: Further,
    /// The code of the last turn that a language model failed.
    code: Exit,
}

/// What came of words that are to change something.
enum Planned {
    Shown(Box<Performed>),
    /// No grammar reads them.
    Stopped(Stop),
    /// The person was told why not.
    Told,
}

/// Who answered, where it was nobody else.
const OFFLINE: &str = "offline";
const HELP: &str = "say what is to change, or ask; /undo takes the last change back, /quit ends";

impl Chat {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let desk = door.desk()?;
        let read = desk.look(&Candidate::WorkingTree)?;
        let model = desk.model(&read.workspace, self.model.as_deref())?;
        let words = model.sessions.values().flat_map(|session| &session.turns).map(|turn| turn.words.trim().to_owned());
        let input = Input::open(words.collect())?;
        door.remark(&format!("{}: {HELP}", model.id));
        let model = model.id.to_string();
        Talk {
            chat: self,
            door,
            desk,
            model,
            input,
            session: None,
            written: Vec::new(),
            further: Further::default(),
            code: 0,
        }
        .go()
    }
}

impl Input {
    #[expect(clippy::disallowed_methods, reason = "a conversation reads standard input")]
    fn open(said: Vec<String>) -> Result<Input, Failure> {
        if !io::stdin().is_terminal() {
            return Ok(Input::Piped(Box::new(io::stdin().lock())));
        }
        let mut editor = DefaultEditor::new().map_err(|error| unreadable(&error.to_string()))?;
        for words in said.iter().filter(|words| !words.contains('\n')) {
            // Without room for one more, there is no history; the conversation goes on.
            let _ = editor.add_history_entry(words);
        }
        Ok(Input::Terminal(Box::new(editor)))
    }

    /// The next line; nothing at the end.
    fn line(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        match self {
            Input::Terminal(editor) => match editor.readline(prompt) {
                Ok(line) => Ok(Some(line)),
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                Err(error) => Err(unreadable(&error.to_string())),
            },
            Input::Piped(lines) => {
                let mut line = String::new();
                let read = lines.read_line(&mut line).map_err(|error| unreadable(&error.to_string()))?;
                Ok((read > 0).then(|| line.trim_end().to_owned()))
            }
        }
    }

    fn keep(&mut self, line: &str) {
        if let Input::Terminal(editor) = self {
            let _ = editor.add_history_entry(line);
        }
    }
}

fn unreadable(error: &str) -> Failure {
    Failure::new(Kind::Environment, format!("reading what was typed: {error}"))
}

impl Talk<'_> {
    fn go(mut self) -> Result<Exit, Failure> {
        while let Some(line) = self.input.line("> ")? {
            let words = line.trim();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            self.input.keep(words);
            if matches!(self.input, Input::Piped(_)) {
                self.say(Line::of(Tone::Dim, format!("> {words}")))?;
            }
            match words {
                "/quit" | "/exit" | "/q" => break,
                "/help" | "/?" => self.say(Line::plain(HELP))?,
                "/undo" => self.undo()?,
                _ if words.starts_with('/') => self.say(Line::plain(format!("there is no `{words}`: {HELP}")))?,
                _ => self.turn(words)?,
            }
        }
        self.further.end(self.door)?;
        Ok(self.code)
    }

    fn say(&mut self, line: Line) -> Result<(), Failure> {
        let mut page = Page::default();
        page.text(line);
        self.door.page(&page)
    }

    /// Trouble with one turn is told, and the conversation goes on.
    fn tell(&mut self, failure: &Failure) -> Result<(), Failure> {
        self.door.print(&failure.to_string())
    }

    fn turn(&mut self, words: &str) -> Result<(), Failure> {
        match intent(words) {
            Intent::Query => self.question(words),
            _ => self.change(words),
        }
    }

    fn question(&mut self, words: &str) -> Result<(), Failure> {
        let day = Day::Today(clock::day(self.door.environment.clock));
        let model = self.model.clone();
        let question = Question { model: Some(&model), candidate: Candidate::WorkingTree, day };
        match ask::answer(&self.desk, &question, words)? {
            ask::Answer::Stop(stop) => {
                if !self.further.could(self.door, &self.desk, &self.chat.asking, &stop)? {
                    return self.tell(&stopped(stop));
                }
                if !self.sent(words)? {
                    return self.tell(&stopped(stop));
                }
                let desk = &self.desk;
                match self.further.ask(self.door, |language| broad::answer(desk, &question, language, words)) {
                    Ok(told) => self.told(words, &told, true),
                    Err(failure) => self.failed(&failure),
                }
            }
            ask::Answer::Told(told) => self.told(words, &told, false),
        }
    }

    fn told(&mut self, words: &str, told: &report::ask::Ask, further: bool) -> Result<(), Failure> {
        let page = report::ask::page(told);
        self.door.page(&page)?;
        let ids: Vec<&str> = told.found.iter().map(|item| item.id.as_str()).collect();
        let reply = if ids.is_empty() { terminal(&page) } else { format!("{} {}", told.answer, ids.join(", ")) };
        let engine = if further { self.further.name().to_owned() } else { OFFLINE.to_owned() };
        self.kept(words, Intent::Query, (&reply, &engine))
    }

    /// A language model that is away or useless ends no conversation; the code of the program tells of it.
    fn failed(&mut self, failure: &Failure) -> Result<(), Failure> {
        if matches!(failure.kind, Kind::Engine | Kind::Reply) {
            self.code = failure.kind as Exit;
        }
        self.tell(failure)
    }

    /// Says what would be sent, and whether it may be.
    fn sent(&mut self, words: &str) -> Result<bool, Failure> {
        let Some(told) = self.further.told(&self.desk, &self.model, words)? else { return Ok(true) };
        if self.chat.asking.yes || self.further.always {
            self.door.remark(&told);
            return Ok(true);
        }
        self.say(Line::plain(told))?;
        let answer = self.reply("send it? [y/N, a for all of this conversation] ")?;
        self.further.always = matches!(answer.as_str(), "a" | "all");
        let agreed = self.further.always || matches!(answer.as_str(), "y" | "yes");
        if !agreed {
            self.say(Line::of(Tone::Dim, "nothing was sent"))?;
        }
        Ok(agreed)
    }

    /// Keeps a turn that changed nothing, with what was answered and by whom.
    fn kept(&mut self, words: &str, intent: Intent, (reply, engine): (&str, &str)) -> Result<(), Failure> {
        let now = self.door.now(&self.desk, self.chat.by.as_deref(), self.chat.at.as_deref())?;
        let order = Order { model: Some(&self.model), dry_run: false, now: &now };
        let said = Said { words, intent, reply, session: self.session.as_deref(), engine };
        if let Answer::Done(performed) = converse(&self.desk, &order, &said)? {
            self.session = session_of(&performed.outcome).map(str::to_owned).or(self.session.take());
        }
        Ok(())
    }

    fn change(&mut self, words: &str) -> Result<(), Failure> {
        match self.perform(words, true)? {
            Planned::Shown(shown) => {
                if self.confirmed(&shown)?
                    && let Planned::Shown(done) = self.perform(words, false)?
                {
                    self.wrote(*done)?;
                }
                Ok(())
            }
            Planned::Stopped(stop) if self.further.could(self.door, &self.desk, &self.chat.asking, &stop)? => {
                if self.sent(words)? { self.broad(words) } else { self.tell(&stopped(stop)) }
            }
            Planned::Stopped(stop) => self.tell(&stopped(stop)),
            Planned::Told => Ok(()),
        }
    }

    /// Has the language model plan, shows what that would change, and writes it when somebody agrees.
    fn broad(&mut self, words: &str) -> Result<(), Failure> {
        let now = self.door.now(&self.desk, self.chat.by.as_deref(), self.chat.at.as_deref())?;
        let (desk, model) = (&self.desk, self.model.clone());
        let order = Order { model: Some(&model), dry_run: false, now: &now };
        let came = self.further.ask(self.door, |language| broad::propose(desk, &order, language, words));
        let broad::Proposed { planned, shown } = match came {
            Ok(proposed) => proposed,
            Err(failure) => return self.failed(&failure),
        };
        let engine = self.further.name().to_owned();
        let Some(shown) = shown else {
            self.say(Line::plain(&planned.reply))?;
            return self.kept(words, Intent::Refine, (&planned.reply, &engine));
        };
        self.say(Line::plain(&planned.reply))?;
        if !self.confirmed(&shown)? {
            return Ok(());
        }
        let (session, reply) = (self.session.clone(), planned.reply.as_str());
        let said = Said { words, intent: Intent::Refine, reply, session: session.as_deref(), engine: &engine };
        match broad::carry_out(&self.desk, &order, &planned.acts, &said)? {
            Answer::Done(done) => self.wrote(*done),
            Answer::Refused(refusal) => self.tell(&refused(refusal)),
            Answer::Breaks(findings) => self.tell(&breaks(&findings)),
        }
    }

    /// Shows a change, and asks whether it is meant.
    fn confirmed(&mut self, shown: &Performed) -> Result<bool, Failure> {
        self.door.page(&report::act::page(&act(shown)))?;
        if shown.outcome.changes.is_empty() {
            return Ok(false);
        }
        let agreed = self.chat.asking.yes || matches!(self.reply("write it? [y/N] ")?.as_str(), "y" | "yes");
        if !agreed {
            self.say(Line::of(Tone::Dim, "left as it was"))?;
        }
        Ok(agreed)
    }

    fn wrote(&mut self, done: Performed) -> Result<(), Failure> {
        self.session = session_of(&done.outcome).map(str::to_owned).or(self.session.take());
        let model: Vec<Write> = done.writes.into_iter().filter(|write| !write.path.contains("/sessions/")).collect();
        self.say(Line::of(Tone::Good, format!("wrote {}", paths(&model))))?;
        self.written.push(model);
        Ok(())
    }

    /// The answer to something that is asked back, in small letters.
    fn reply(&mut self, question: &str) -> Result<String, Failure> {
        let answer = self.input.line(question)?.unwrap_or_default();
        if matches!(self.input, Input::Piped(_)) {
            self.say(Line::of(Tone::Dim, format!("{question}{}", answer.trim())))?;
        }
        Ok(answer.trim().to_lowercase())
    }

    /// Plans a change, or performs it.
    fn perform(&mut self, words: &str, dry_run: bool) -> Result<Planned, Failure> {
        let now = self.door.now(&self.desk, self.chat.by.as_deref(), self.chat.at.as_deref())?;
        let order = Order { model: Some(&self.model), dry_run, now: &now };
        let told = match spoken(&self.desk, &order, words, (self.session.as_deref(), false))? {
            (_, Some(stop)) => return Ok(Planned::Stopped(stop)),
            (Answer::Done(performed), None) => return Ok(Planned::Shown(performed)),
            (Answer::Refused(refusal), None) => refused(refusal),
            (Answer::Breaks(findings), None) => breaks(&findings),
        };
        self.tell(&told)?;
        Ok(Planned::Told)
    }

    fn undo(&mut self) -> Result<(), Failure> {
        let Some(writes) = self.written.last() else {
            return self.say(Line::plain("nothing was changed in this conversation"));
        };
        match undo(&self.desk, writes, clock::day(self.door.environment.clock))? {
            Undone::Done(files) => {
                self.written.pop();
                let reply = format!("took back the last change: {}", files.join(", "));
                self.say(Line::of(Tone::Good, &reply))?;
                self.kept("/undo", Intent::General, (&reply, OFFLINE))
            }
            Undone::Touched(path) => {
                self.say(Line::of(Tone::Bad, format!("{path} was changed since: nothing was taken back")))
            }
            Undone::Breaks(findings) => self.tell(&breaks(&findings)),
        }
    }
}

fn paths(writes: &[Write]) -> String {
    writes.iter().map(|write| write.path.as_str()).collect::<Vec<_>>().join(", ")
}
