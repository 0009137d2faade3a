use clap::Args;

use super::{Act, Writing, judge};
use crate::cli::door::Door;
use crate::cli::engine::Asking;
use crate::cli::failure::Failure;
use crate::cli::lifecycle::entity;
use crate::cli::verb::Exit;
use crate::ops::lifecycle;

/// Edit fields of an entity; its identity stays
///
/// Names and descriptions may be reworded; words that describe another thing are refused, since the ID would
/// change its meaning. Factors change by `redan rate`.
#[derive(Debug, Args)]
pub struct Edit {
    /// `A1` or `payments/A1`
    id: String,
    /// A field and its new value; an empty value clears it: name="Refund queue", properties=C,I, components=CMP1
    #[arg(long = "set", value_name = "FIELD=VALUE", required_unless_present = "renamed_because")]
    sets: Vec<String>,
    /// Overrule the identity judge: why it is still the same thing; recorded in the file
    #[arg(long, value_name = "REASON")]
    renamed_because: Option<String>,
    /// Where the identity judge cannot tell, ask the language model of redan.toml, or of --engine; what it says is recorded in the file
    #[arg(long, conflicts_with = "renamed_because")]
    ask_judge: bool,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    writing: Writing,
}

impl Edit {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        if self.ask_judge {
            let id = entity(&self.id, &mut self.writing)?;
            return judge::judged(door, (&self.asking, &self.writing), id, &self.sets);
        }
        self.act()?.perform(door)
    }

    /// As one of several acts it asks nobody.
    pub fn act(mut self) -> Result<Act, Failure> {
        if self.ask_judge || self.asking.said() {
            return Err(Failure::usage("a language model is asked only with --ask-judge, and in no changeset"));
        }
        let id = entity(&self.id, &mut self.writing)?;
        let (words, because) = (self.sets, self.renamed_because);
        Ok(self.writing.act(move |stage, _| {
            let sets = lifecycle::parse_sets(stage.model, id.kind, &words)?;
            lifecycle::edit(stage, id, &sets, because.as_deref())
        }))
    }
}
