use clap::Args;

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::model::Kind;
use crate::ops::{Candidate, lifecycle};

/// Print the next free ID of a kind
#[derive(Debug, Args)]
pub struct Next {
    /// asset, attacker, boundary, component, assumption or control
    #[arg(value_parser = kind)]
    kind: Kind,
    /// The model, where it is not clear
    #[arg(short, long, value_name = "MODEL")]
    model: Option<String>,
}

fn kind(text: &str) -> Result<Kind, String> {
    let nouns = Kind::ALL.map(Kind::noun);
    let found = Kind::ALL.into_iter().find(|kind| kind.noun() == text);
    found.ok_or_else(|| format!("kinds are {}", nouns.join(", ")))
}

impl Next {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        super::edit::warn_short(door)?;
        let desk = door.desk()?;
        let read = desk.look(&Candidate::WorkingTree)?;
        let model = desk.model(&read.workspace, self.model.as_deref())?;
        let past = desk.past(&read)?;
        let published: Vec<_> = past.bases.iter().filter_map(|base| base.models.get(&model.id)).collect();
        let taken = desk.taken(&read, &past, model)?;
        let now = door.now(&desk, Some("@nobody"), None)?;
        let (published, taken, words) = (&published[..], &taken, &past.words);
        let stage = lifecycle::Stage { model, published, taken, words, now: &now, unfinished: false };
        let id = lifecycle::next_id(&stage, self.kind).map_err(super::edit::refused)?;
        door.print(&format!("{id}\n"))?;
        Ok(0)
    }
}
