//! What a model implies, at a revision and on a day.

use jiff::civil::Date;

use super::{Candidate, Desk, Trouble};
use crate::assess::{Assessment, View, assess};
use crate::identity::Past;
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
    let asks_history = desk.repo.is_some() && Memory::alone(model).doubts();
    let past = if asks_history { desk.past(&read)? } else { Past::default() };
    let memory = Memory::new(model, &past);
    let changed = |row: crate::assess::Row<'_>| memory.changed(row);
    let view = match question.day {
        Day::Today(day) => View::on(day),
        Day::AsOf(day) => View::on(day).as_of(day),
    };
    let view = view.judged_by(&changed);
    Ok(then(&assess(model, view), view, &read.workspace))
}
