use clap::Args;

use super::door::Door;
use super::failure::Failure;
use super::verb::Exit;
use crate::finding::CATALOG;
use crate::rules;
use crate::text::nearest;

/// Print the page of a rule: why it exists, what fails, what passes
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's code, as `check` prints it; all codes when left out
    rule: Option<String>,
}

impl Explain {
    pub fn run(self, door: &mut Door) -> Result<Exit, Failure> {
        let Some(rule) = self.rule else {
            for code in CATALOG {
                door.print(&format!("{:<28} {:<8} {}\n", code.name, code.severity, code.title))?;
            }
            return Ok(0);
        };
        let Some(page) = rules::page(&rule) else {
            let near = nearest(&rule, CATALOG.iter().map(|code| code.name));
            let failure = Failure::usage(format!("there is no rule `{rule}`"));
            return Err(match near {
                Some(near) => failure.hint(format!("did you mean `{near}`?")),
                None => failure.hint("all of them: redan explain"),
            });
        };
        door.print(page)?;
        Ok(0)
    }
}
