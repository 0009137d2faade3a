//! The way to a language model: which one, by whose word, what it is sent and what that costs; said before anything leaves.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::ci::event::{self, Base};
use super::door::Door;
use super::failure::{Failure, Kind};
use crate::ops::exchange::{Exchange, Keeping, Spent, recorded_by};
use crate::ops::{Candidate, Desk};
use crate::remote::{Answer, Dialect, Host, LanguageModel, Patience, Prompt, RemoteError, Token};
use crate::store::{Engine, Price, Service, Which};
use crate::suggest::{Estimate, Speaker, of_model};

/// Variables of the environment that hold keys, read once; which of them is used, redan.toml says.
#[derive(Debug, Clone, Default)]
pub struct Keys(BTreeMap<String, Token>);

impl Keys {
    pub fn from(variables: impl Iterator<Item = (String, String)>) -> Keys {
        let keys =
            variables.filter(|(name, value)| (name.ends_with("_KEY") || name.ends_with("_TOKEN")) && !value.is_empty());
        Keys(keys.map(|(name, value)| (name, Token::new(&value))).collect())
    }
}

/// Which engine answers.
#[derive(Debug, Clone, Default, Args)]
pub struct Asking {
    /// Who proposes: offline, or a language model such as openai/gpt-5, anthropic/…, github/… [default: as redan.toml says, else offline]
    #[arg(long, value_name = "ENGINE")]
    engine: Option<String>,
    /// Write every exchange with the language model into this folder, which is new or empty
    #[arg(long, value_name = "DIR", conflicts_with = "replay")]
    record: Option<PathBuf>,
    /// Take the language model's answers from such a folder, and ask nobody
    #[arg(long, value_name = "DIR")]
    replay: Option<PathBuf>,
    /// Do not ask before something is sent to a language model, or before what it plans is written
    #[arg(long)]
    pub yes: bool,
}

/// What redan.toml says of engines. Whoever opens a pull request writes the redan.toml of its checkout, and could have a key, or what a
/// model says, sent to a server of theirs: in a run for a pull request the base has the word. `base` is what is known of it
/// already; else the workflow's event names it. Nobody is asked where the event is about a pull request and names no base, and where the
/// base is not here that is trouble, unless nothing would be asked anyway.
pub fn configured(door: &Door, desk: &Desk, base: Option<Base>) -> Result<Engine, Failure> {
    let here = || Ok(desk.settings(&Candidate::WorkingTree)?.engine);
    let base = match base {
        Some(base) => base,
        None => event::base(&door.environment.runner.described()?),
    };
    match base {
        Base::None => here(),
        Base::Unknown => Ok(Engine::default()),
        Base::At(base) if desk.repo.as_ref().is_none_or(|repo| !repo.holds(&base)) => {
            match desk.settings(&Candidate::WorkingTree)?.engine {
                none if none == Engine::default() => Ok(none),
                _ => Err(Failure::new(
                    Kind::History,
                    "which engine is asked says the base of this pull request, which is not here",
                )
                .hint(format!("bring it: git fetch --depth=1 origin {base}"))
                .hint("or do without: --engine offline")),
            }
        }
        Base::At(base) => Ok(desk.settings(&Candidate::Revision(base))?.engine),
    }
}

/// A language model that was chosen.
pub struct Chosen {
    pub name: String,
    /// Absent where records answer.
    host: Option<LanguageModel>,
    /// The variable that holds its key.
    key: Option<String>,
    price: Option<Price>,
    pub keeping: Keeping,
}

impl Asking {
    /// Whether anything was said about a language model.
    pub fn said(&self) -> bool {
        self.yes || self.engine.is_some() || self.record.is_some() || self.replay.is_some()
    }

    /// The language model, or nothing where the knowledge base answers.
    pub fn choose(
        &self,
        door: &Door,
        settings: impl FnOnce() -> Result<Engine, Failure>,
    ) -> Result<Option<Chosen>, Failure> {
        let here = |folder: &PathBuf| door.environment.directory.join(folder);
        let keeping = Keeping { record: self.record.as_ref().map(here), replay: self.replay.as_ref().map(here) };
        let (which, settings) = match self.engine.as_deref() {
            Some("offline") => (None, Engine::default()),
            Some(name) => (Some(Which::parse(name).ok_or_else(|| unknown(name))?), settings()?),
            None => settings().map(|settings| (settings.which.clone(), settings))?,
        };
        if let Some(folder) = &keeping.replay {
            let name = which.map_or_else(|| recorded_by(folder), |which| Ok(which.name()))?;
            return Ok(Some(Chosen { name, host: None, key: None, price: None, keeping }));
        }
        match which {
            Some(which) => self.open(door, &settings, &which, keeping).map(Some),
            None if keeping.record.is_some() => {
                Err(Failure::usage("the built-in engine has no exchanges to record").hint(NAME_ONE))
            }
            None => Ok(None),
        }
    }

    fn open(&self, door: &Door, settings: &Engine, which: &Which, keeping: Keeping) -> Result<Chosen, Failure> {
        // What is written for one service is no use for another, and its key nobody else's business.
        let own = settings.which.as_ref().is_none_or(|configured| configured.service == which.service);
        let settings = if own { settings.clone() } else { Engine::default() };
        let (url, usual) = usual(which.service);
        let key = settings.key.or_else(|| settings.url.is_none().then(|| usual.to_owned()));
        let url = settings.url.unwrap_or_else(|| url.to_owned());
        if let Some(name) = key.as_deref().filter(|name| ["GITHUB_TOKEN", "GH_TOKEN"].contains(name)) {
            own_host(name, &url)?;
        }
        let missing = |name: &String| {
            Failure::new(Kind::Engine, format!("there is no key for {} in {name}", which.name()))
                .hint(format!("set it in the environment: export {name}=…"))
                .hint("or do without: --engine offline")
        };
        let token = key.as_ref().map(|name| door.environment.keys.0.get(name).cloned().ok_or_else(|| missing(name)));
        let patience = Patience {
            timeout: Duration::from_secs(u64::from(settings.timeout.unwrap_or(300))),
            tries: settings.tries.unwrap_or(4),
            ..Patience::default()
        };
        let host = LanguageModel::open(Host {
            dialect: if which.service == Service::Anthropic { Dialect::Anthropic } else { Dialect::OpenAi },
            url,
            model: which.model.clone(),
            token: token.transpose()?,
            stream: settings.stream.unwrap_or(true),
            proxies: door.environment.github.proxies.clone(),
            patience,
        })?;
        Ok(Chosen { name: which.name(), host: Some(host), key, price: settings.price, keeping })
    }

    /// Says where what goes and what it will come to, and asks whether to go on. Nothing is sent while this is not so.
    pub fn agreed(&self, door: &mut Door, chosen: &Chosen, what: &str, estimate: &Estimate) -> Result<(), Failure> {
        let Some(told) = chosen.told(what, estimate) else { return Ok(()) };
        door.remark(&told);
        self.confirmed(door, "send it?", "nothing was sent").map_err(|failure| failure.hint(OFFLINE))
    }

    /// Asks a person whether to go on, unless that was said already.
    pub fn confirmed(&self, door: &mut Door, question: &str, left: &str) -> Result<(), Failure> {
        if self.yes || (door.progress && confirmed(door, question)?) {
            return Ok(());
        }
        Err(Failure::usage(left).hint("to go on without being asked: --yes"))
    }
}

impl Chosen {
    /// Where what goes, and what it will come to; nothing where records answer.
    pub fn told(&self, what: &str, estimate: &Estimate) -> Option<String> {
        let host = self.host.as_ref()?;
        let key =
            self.key.as_ref().map_or_else(|| "without a key".to_owned(), |name| format!("with the key in {name}"));
        let Estimate { requests, input, output } = *estimate;
        let cost = self.price.map(|price| format!(", about {}", money(price, input, output))).unwrap_or_default();
        Some(format!(
            "{} at {} is sent {what}, {key}\nabout {requests} request(s), {} tokens in and {} out{cost}",
            self.name,
            host.url(),
            grouped(input),
            grouped(output),
        ))
    }

    /// Who is asked, as one who shows how far it is.
    pub fn speaker(&self, door: &Door, about: u64) -> Option<Watched<'_>> {
        Some(Watched { host: self.host.as_ref()?, bar: door.progress.then(|| bar(about)) })
    }

    /// What it came to; nothing where nobody was asked.
    pub fn bill(&self, spent: &Spent) -> Option<String> {
        let Spent { requests, input, output, counted, resumed } = *spent;
        if requests + resumed == 0 {
            return None;
        }
        let again =
            if resumed > 0 { format!(", and {resumed} answer(s) of an interrupted run") } else { String::new() };
        if !counted {
            return Some(format!("{requests} request(s) to {}{again}", self.name));
        }
        let cost = self.price.map(|price| format!(", {}", money(price, input, output))).unwrap_or_default();
        let (input, output) = (grouped(input), grouped(output));
        Some(format!("{requests} request(s) to {}, {input} tokens in and {output} out{cost}{again}", self.name))
    }
}

const NAME_ONE: &str = "name a language model: --engine openai/gpt-5, or [engine] use = \"openai/gpt-5\" in redan.toml";
const OFFLINE: &str = "to do without a language model: --engine offline";

fn unknown(name: &str) -> Failure {
    Failure::usage(format!("there is no engine `{name}`"))
        .hint("offline, or a service with its model: openai/gpt-5, anthropic/…, github/openai/gpt-4.1")
}

/// Where a service is, and the variable that usually holds its key.
fn usual(service: Service) -> (&'static str, &'static str) {
    match service {
        Service::OpenAi => ("https://api.openai.com/v1", "OPENAI_API_KEY"),
        Service::Anthropic => ("https://api.anthropic.com", "ANTHROPIC_API_KEY"),
        Service::Github => ("https://models.github.ai/inference", "GITHUB_TOKEN"),
    }
}

/// The token of a workflow may write to repositories: whatever redan.toml says, it goes to GitHub only.
fn own_host(name: &str, url: &str) -> Result<(), Failure> {
    if url == "https://models.github.ai" || url.starts_with("https://models.github.ai/") {
        return Ok(());
    }
    Err(Failure::usage(format!("{name} is sent to GitHub Models only, and `{url}` is something else"))
        .hint("name another variable in redan.toml: [engine] key = \"OPENAI_API_KEY\""))
}

/// Everything before one question about a model is sent: what that is, agreed to, with a memory. Who is asked comes later.
pub fn ready<'a>(
    door: &mut Door,
    desk: &Desk,
    asking: &Asking,
    (chosen, model, words): (&Chosen, Option<&str>, &str),
) -> Result<Exchange<'a>, Failure> {
    let read = desk.look(&Candidate::WorkingTree)?;
    let model = desk.model(&read.workspace, model)?;
    let what = format!("the model {} ({} entities) and “{}”", model.id, model.entities.len(), words.trim());
    asking.agreed(door, chosen, &what, &of_model(model))?;
    Ok(Exchange::open(&chosen.name, None, &chosen.keeping)?)
}

#[expect(clippy::disallowed_methods, reason = "the question is answered on standard input")]
fn confirmed(door: &mut Door, question: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    door.remark(&format!("{question} [y/N]"));
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::new(Kind::Environment, format!("standard input: {error}")))?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// A language model that shows on a terminal what it is asked for.
pub struct Watched<'a> {
    host: &'a LanguageModel,
    bar: Option<ProgressBar>,
}

impl Speaker for Watched<'_> {
    fn say(&self, prompt: &Prompt) -> Result<Answer, RemoteError> {
        if let Some(bar) = &self.bar {
            bar.set_message(prompt.step.clone());
        }
        let answer = self.host.say(prompt);
        self.bar.iter().for_each(|bar| bar.inc(1));
        answer
    }
}

impl Watched<'_> {
    /// Takes away what it showed.
    pub fn finish(&self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}

fn bar(about: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} request {pos} of about {len}: {msg} ({elapsed})");
    let bar = ProgressBar::new(about).with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// `0.21 at the price in redan.toml`
fn money(price: Price, input: u64, output: u64) -> String {
    let millionths =
        (u128::from(price.input) * u128::from(input) + u128::from(price.output) * u128::from(output)) / 1_000_000;
    let cents = millionths.div_ceil(10_000);
    format!("{}.{:02} at the price in redan.toml", cents / 100, cents % 100)
}

/// `21,000`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_money_read_well() {
        assert_eq!(["7", "1000", "1234567"].map(|text| grouped(text.parse().unwrap())), ["7", "1,000", "1,234,567"]);
        let price = Price { input: 1_250_000, output: 10_000_000 };
        assert_eq!(money(price, 30_000, 17_000), "0.21 at the price in redan.toml");
        assert_eq!(money(price, 1, 0), "0.01 at the price in redan.toml");
        assert_eq!(money(Price::default(), 1, 1), "0.00 at the price in redan.toml");
    }

    #[test]
    fn the_token_of_a_workflow_goes_to_github_only() {
        assert!(own_host("GITHUB_TOKEN", "https://models.github.ai/inference").is_ok());
        for url in [
            "https://models.github.ai.evil.example/",
            "https://evil.example/models.github.ai",
            "http://models.github.ai/",
        ] {
            assert!(own_host("GITHUB_TOKEN", url).is_err(), "{url}");
        }
    }
}
