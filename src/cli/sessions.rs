use clap::Args;

use super::door::Door;
use super::edit::Plain;
use super::failure::Failure;
use super::verb::Exit;
use crate::ops::{Candidate, Trouble};
use crate::report;

/// List the conversations about a model, or replay one
///
/// `redan sessions payments`, `redan sessions payments 2`, `redan sessions payments 2 --replay`
#[derive(Debug, Args)]
pub struct Sessions {
    /// The model [default: the one around this folder, the only one, or the only one changed]
    model: Option<String>,
    /// A session by its number or its name
    #[arg(value_name = "SESSION")]
    session: Option<String>,
    /// The whole conversation, with every answer
    #[arg(long)]
    replay: bool,
    #[arg(long, value_enum, default_value_t = Plain::Human)]
    format: Plain,
}

impl Sessions {
    pub fn run(mut self, door: &mut Door) -> Result<Exit, Failure> {
        // A number by itself is a session of the only model.
        if self.session.is_none() && self.model.as_ref().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())) {
            self.session = self.model.take();
        }
        let read = door.desk()?.look(&Candidate::WorkingTree)?;
        let model = door.desk()?.model(&read.workspace, self.model.as_deref())?.clone();
        let sessions = report::sessions::sessions(&model, self.session.as_deref());
        if let (Some(asked), true) = (&self.session, sessions.sessions.is_empty()) {
            let known = model.sessions.keys().cloned().collect();
            return Err(Trouble::Unknown { what: "session", asked: asked.clone(), known }.into());
        }
        match self.format {
            Plain::Json => door.answer("sessions/1", sessions)?,
            Plain::Human if self.session.is_none() && !self.replay => door.page(&report::sessions::page(&sessions))?,
            Plain::Human => {
                for one in &sessions.sessions {
                    door.page(&report::sessions::conversation_page(one, self.replay))?;
                }
            }
        }
        Ok(0)
    }
}
