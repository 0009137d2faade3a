use clap::Args;

use crate::cli::clock;
use crate::cli::door::Door;
use crate::cli::edit::Writing;
use crate::cli::failure::Failure;
use crate::cli::verb::Exit;
use crate::model::{Atom, Excuse, When};
use crate::ops::lifecycle::{self, Excusing};

/// Hold a model against a framework, or against another level of it
///
/// `redan comply select payments asvs@5.0.0 --level 2`
#[derive(Debug, Args)]
pub struct Select {
    /// The framework, with the model before it where that is not clear
    #[arg(value_name = "[MODEL] FRAMEWORK", num_args = 1..=2, required = true)]
    what: Vec<String>,
    /// The target level or profile
    #[arg(long)]
    level: Option<String>,
    /// No longer hold the model against it; mappings and exclusions stay
    #[arg(long, conflicts_with = "level")]
    off: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Select {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        let framework = self.what.pop().unwrap_or_default();
        if let Some(model) = self.what.pop() {
            self.writing.model = Some(model);
        }
        let (level, off) = (self.level, self.off);
        self.writing.perform(door, |stage, read| match off {
            true => lifecycle::deselect(stage, &framework),
            false => lifecycle::select(stage, &read.workspace.library, &framework, level.as_deref()),
        })
    }
}

/// Take requirements out, with a reason, an owner and a day of review
///
/// A `*` stands for the rest of the number. The same number again renews the exclusion: what is not said stays as it was, only the
/// approval has to be given anew. With --when the exclusion rests on something about the model, and ends the day the model contradicts it:
///
/// `redan comply exclude 'asvs@5.0.0:V17.*' --reason not-applicable --why "no audio, no video" --owner ada@example.org
/// --review-by 2027-05-01 --when "no component where name has webrtc"`
#[derive(Debug, Args)]
pub struct Exclude {
    /// The requirement, or a number that ends with `*`
    #[arg(value_name = "REQUIREMENT")]
    req: String,
    /// Why: not-applicable, inherited, compensating, risk-accepted, inherently-met, out-of-scope
    #[arg(long, value_parser = reason)]
    reason: Option<Excuse>,
    /// The reason in words
    #[arg(long)]
    why: Option<String>,
    /// Who answers for it
    #[arg(long, value_name = "WHO")]
    owner: Option<String>,
    /// The last day it holds without a review
    #[arg(long, value_name = "DATE")]
    review_by: String,
    /// Who approved it
    #[arg(long, value_name = "WHO")]
    approved_by: Option<String>,
    /// What it rests on, checked on every run: `no|some|every KIND where …`
    #[arg(long, value_name = "CONDITION")]
    when: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Exclude {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let excusing = Excusing {
            reason: self.reason,
            why: self.why.as_deref(),
            owner: self.owner.as_deref(),
            approved_by: self.approved_by.as_deref(),
            when: self.when.as_deref(),
            review_by: When::Day(clock::day(clock::parse(&self.review_by)?)),
        };
        self.writing
            .perform(door, |stage, read| lifecycle::exclude(stage, &read.workspace.library, &self.req, &excusing))
    }
}

/// Take an exclusion back: what it was about is asked for again
#[derive(Debug, Args)]
pub struct Include {
    /// The exclusion, as it is written
    #[arg(value_name = "REQUIREMENT")]
    req: String,
    #[command(flatten)]
    writing: Writing,
}

impl Include {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.writing.perform(door, |stage, read| lifecycle::include(stage, &read.workspace.library, &self.req))
    }
}

fn reason(text: &str) -> Result<Excuse, String> {
    Excuse::parse(text).ok_or_else(|| format!("it is one of {}", Excuse::WORDS.join(", ")))
}
