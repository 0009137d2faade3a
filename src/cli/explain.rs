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
        door.print(page(&rule)?)?;
        Ok(0)
    }
}

/// The page of a rule that a person named.
pub fn page(rule: &str) -> Result<&'static str, Failure> {
    rules::page(rule).ok_or_else(|| {
        let failure = Failure::usage(format!("there is no rule `{rule}`"));
        match nearest(rule, CATALOG.iter().map(|code| code.name)) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("all of them: redan explain"),
        }
    })
}
