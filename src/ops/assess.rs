//! What a model implies, at a revision and on a day.

use jiff::civil::Date;

use super::{Candidate, Desk, Trouble};
use crate::assess::{Assessment, View, assess};
use crate::history::GitError;
use crate::identity::Gap;
use crate::model::Model;
use crate::rules::Memory;
use crate::store::Workspace;

/// What is asked.
pub struct Question<'a> {
    /// The model, where the person named one.
    pub model: Option<&'a str>,
    pub candidate: Candidate,
    pub day: Day,
}

/// The day a question is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Today(Date),
    /// Another day: factors and decisions made later do not count.
    AsOf(Date),
}

impl Day {
    pub fn date(self) -> Date {
        match self {
            Day::Today(day) | Day::AsOf(day) => day,
        }
    }
}

/// Assesses the model of the question and hands the assessment on, with the files it was read from.
pub fn assessed<T>(
    desk: &Desk,
    question: &Question<'_>,
    then: impl FnOnce(&Assessment<'_>, View<'_>, &Workspace) -> T,
) -> Result<T, Trouble> {
    let read = desk.look(&question.candidate)?;
    let model = desk.model(&read.workspace, question.model)?;
    let words = desk.words(&[&question.candidate], &read.settings, std::iter::once(model), None)?;
    let view = match question.day {
        Day::Today(day) => View::on(day),
        Day::AsOf(day) => View::on(day).as_of(day),
    };
    let memory = Memory::new(model, &words).until(view.factors);
    if let Some((_, gap)) = memory.unknown() {
        return Err(unknown(model, gap));
    }
    let changed = |row: crate::assess::Row<'_>| memory.changed(row);
    let view = view.judged_by(&changed);
    Ok(then(&assess(model, view), view, &read.workspace))
}

/// Whether some decision or attestation still counts cannot be told from what is here of the history.
pub(super) fn unknown(model: &Model, gap: &Gap) -> Trouble {
    let why = format!("what some decisions of {} were about is not here: {}", model.id, gap.why);
    GitError::Incomplete { why, command: gap.command.clone() }.into()
}
