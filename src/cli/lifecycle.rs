use clap::Args;

use super::door::Door;
use super::edit::{Act, Writing};
use super::failure::Failure;
use super::verb::Exit;
use crate::model::Id;
use crate::ops::lifecycle;
use crate::ops::reading::split_entity;

/// Remove an entity, or retire a whole model; its ID stays for ever
///
/// The table stays in the file with `removed = { at, by, reason }`; objectives become tombstones and come back
/// with `redan restore`.
#[derive(Debug, Args)]
pub struct Remove {
    /// `A1`, `payments/A1`, or a model
    what: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// What took its place: `A4`, or `other-model/A3`
    #[arg(long, value_name = "ID")]
    replaced_by: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

impl Remove {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act().perform(door)
    }

    pub fn act(mut self) -> Act {
        let id = aim(&self.what, &mut self.writing);
        let (reason, replaced_by) = (self.reason, self.replaced_by);
        self.writing.act(move |stage, _| match id {
            Some(id) => lifecycle::remove(stage, id, &reason, replaced_by.as_deref()),
            None => lifecycle::remove_model(stage, &reason, replaced_by.as_deref()),
        })
    }
}

/// Restore a removed entity or a retired model, with its objectives and controls
#[derive(Debug, Args)]
pub struct Restore {
    /// `A1`, `payments/A1`, or a model
    what: String,
    #[command(flatten)]
    writing: Writing,
}

impl Restore {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        self.act().perform(door)
    }

    pub fn act(mut self) -> Act {
        let id = aim(&self.what, &mut self.writing);
        self.writing.act(move |stage, _| match id {
            Some(id) => lifecycle::restore(stage, id),
            None => lifecycle::restore_model(stage),
        })
    }
}

/// Rename a model; its ID and its versions stay
#[derive(Debug, Args)]
pub struct Rename {
    /// The model
    #[arg(value_name = "MODEL")]
    what: String,
    /// The new name, unique here whatever the case
    name: String,
    #[command(flatten)]
    writing: Writing,
}

impl Rename {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        self.writing.model = Some(self.what);
        let name = self.name;
        self.writing.perform(door, |stage, read| {
            let others = read.workspace.models.values().filter(|model| model.id != stage.model.id);
            let others: Vec<_> = others.collect();
            lifecycle::rename(stage, &name, &others)
        })
    }
}

/// The entity that was named, with its model put where the command looks for it; none = a whole model.
fn aim(what: &str, writing: &mut Writing) -> Option<Id> {
    match split_entity(what) {
        Some((model, id)) => {
            writing.model = model.map(str::to_owned).or(writing.model.take());
            Some(id)
        }
        None => {
            writing.model = Some(what.to_owned());
            None
        }
    }
}

/// The entity that was named; anything else is a wrong word.
pub fn entity(what: &str, writing: &mut Writing) -> Result<Id, Failure> {
    let Some((model, id)) = split_entity(what) else {
        let hint = "IDs are upper case without leading zeros: A1, T2, TB3, CMP4, AS5, C6, or MODEL/A1";
        return Err(Failure::usage(format!("`{what}` is not the ID of an entity")).hint(hint));
    };
    if let (Some(model), Some(said)) = (model, writing.model.as_deref())
        && model != said
    {
        return Err(Failure::usage(format!("`{what}` is of {model}, and -m says {said}: which of the two?")));
    }
    writing.model = model.map(str::to_owned).or(writing.model.take());
    Ok(id)
}
