use clap::Args;

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::{report, store};

/// Print a JSON Schema: of a file (`model`, `controls` …) or of an answer (`check-1` …)
#[derive(Debug, Args)]
pub struct Schema {
    /// Which one; their names when left out
    name: Option<String>,
}

impl Schema {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let files = store::schemas().into_iter();
        let answers = report::schemas().into_iter().map(|(name, schema)| (name, schema.to_value()));
        let all: Vec<_> = files.chain(answers).collect();
        let Some(name) = self.name else {
            for (name, _) in all {
                door.print(&format!("{name}\n"))?;
            }
            return Ok(0);
        };
        let names: Vec<_> = all.iter().map(|(name, _)| *name).collect();
        let found = all.iter().find(|(known, _)| *known == name);
        let (_, schema) = found.ok_or_else(|| {
            Failure::usage(format!("there is no schema `{name}`")).hint(format!("there are: {}", names.join(", ")))
        })?;
        door.print(&store::schema_text(schema))?;
        Ok(0)
    }
}
