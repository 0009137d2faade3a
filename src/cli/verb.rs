//! The verbs and nothing else: each is a file of its own.

use clap::Subcommand;

use super::door::Door;
use super::failure::Failure;
use super::{
    activity, assess, check, ci, coherence, comment, completions, decide, decisions, demo, diff, diff_driver, edit,
    explain, fix, group, init, leverage, lifecycle, list, log, man, merge_driver, next, picture, rate, ratings, redact,
    renumber, respond, revert, schema, show,
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

verbs! {
    Demo(demo::Demo),
    Init(init::Init),
    Check(check::Check),
    Ci(ci::Ci),
    Fix(fix::Fix),
    Explain(explain::Explain),
    List(list::List),
    Show(show::Show),
    Diff(diff::Diff),
    Log(log::Log),
    Activity(activity::Activity),
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
