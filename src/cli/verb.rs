//! The verbs and nothing else: each is a file of its own.

use clap::Subcommand;

use super::door::Door;
use super::edit::Act;
use super::failure::Failure;
use super::{
    activity, ask, assess, changeset, chat, check, ci, coherence, comment, completions, comply, decide, decisions,
    demo, diff, diff_driver, edit, explain, fix, generate, group, history, init, leverage, lifecycle, list, log, man,
    merge_driver, next, picture, rate, ratings, redact, refine, renumber, respond, revert, schema, sessions, show,
    track, trend,
};

/// The exit code of a command that answered.
pub type Exit = u8;

macro_rules! verbs {
    ($($(#[doc = $doc:literal])* $name:ident($arguments:ty),)+) => {
        #[derive(Debug, Subcommand)]
        pub enum Verb {
            $($(#[doc = $doc])* $name($arguments),)+
        }

        impl Verb {
            pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
                match self {
                    $(Verb::$name(arguments) => arguments.run(door),)+
                }
            }
        }
    };
}

impl Verb {
    /// The act, where the verb is one of those that a changeset is made of.
    pub fn act(self) -> Result<Act, Failure> {
        match self {
            Verb::Add(add) => Ok(add.act()),
            Verb::Edit(edit) => edit.act(),
            Verb::Remove(remove) => Ok(remove.act()),
            Verb::Restore(restore) => Ok(restore.act()),
            Verb::Rate(rate) => rate.act(),
            Verb::Group(group) => Ok(group.act()),
            Verb::Cover(cover) => cover.act(),
            Verb::Remap(remap) => remap.act(),
            Verb::Status(status) => status.act(),
            _ => Err(Failure::usage("this is no edit that a changeset is made of")
                .hint("add, edit, remove, restore, rate, group, cover, remap or status")),
        }
    }
}

verbs! {
    Demo(demo::Demo),
    Init(init::Init),
    Generate(generate::Generate),
    Check(check::Check),
    Ci(ci::Ci),
    Fix(fix::Fix),
    Explain(explain::Explain),
    List(list::List),
    Show(show::Show),
    Diff(diff::Diff),
    Log(log::Log),
    Activity(activity::Activity),
    History(history::History),
    Ratings(ratings::Ratings),
    Revert(revert::Revert),
    Add(edit::add::Add),
    Edit(edit::edit::Edit),
    Remove(lifecycle::Remove),
    Restore(lifecycle::Restore),
    Rate(rate::Rate),
    Rename(lifecycle::Rename),
    Group(group::Group),
    Cover(group::Cover),
    Remap(group::Remap),
    Status(group::Status),
    Changeset(changeset::Changeset),
    Refine(refine::Refine),
    Ask(ask::Ask),
    Chat(chat::Chat),
    Sessions(sessions::Sessions),
    Assess(assess::Assess),
    Coherence(coherence::Coherence),
    Resolve(coherence::Resolve),
    Leverage(leverage::Leverage),
    DesignLeverage(leverage::DesignLeverage),
    Attest(decide::Attest),
    Accept(decide::Accept),
    NotApplicable(decide::NotApplicable),
    Decisions(decisions::Decisions),
    Confirm(decide::Confirm),
    Withdraw(decide::Withdraw),
    Revoke(decide::Revoke),
    ConvertToControl(decide::ConvertToControl),
    Track(track::Track),
    Trend(trend::Trend),
    Comply(comply::Comply),
    Redact(redact::Redact),
    Diagram(picture::Diagram),
    Matrix(picture::Matrix),
    Next(next::Next),
    Renumber(renumber::Renumber),
    Comment(comment::Comment),
    Respond(respond::Respond),
    MergeDriver(merge_driver::MergeDriver),
    DiffDriver(diff_driver::DiffDriver),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}
