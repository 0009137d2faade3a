//! From where an assessment looks: the day that is asked about, and who says what has changed since.

use jiff::civil::Date;

use crate::model::{Attestation, Decision, Entity, When};

/// A row that remembers what it was about.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// An attestation of this assumption.
    Attestation(&'a Entity, &'a Attestation),
    /// A decision, by file name.
    Decision(&'a str, &'a Decision),
}

/// The day and the eyes of an assessment. Nothing in this room reads a clock.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Expiries and review days are compared with this day; the last valid day still counts.
    pub today: Date,
    /// Factors in force at the end of this moment; `None` = now, with revisions that bear no date.
    pub factors: Option<When>,
    /// Whether what the row was decided about has become something else since.
    pub changed: &'a dyn Fn(Row<'_>) -> bool,
}

impl View<'static> {
    /// Today, with every row taken at its word.
    pub fn on(today: Date) -> View<'static> {
        View { today, factors: None, changed: &|_| false }
    }
}

impl<'a> View<'a> {
    /// The same model on another day: what was revised or decided later does not count.
    #[must_use]
    pub fn as_of(self, day: Date) -> View<'a> {
        View { today: day, factors: Some(When::Day(day)), ..self }
    }

    #[must_use]
    pub fn judged_by<'b>(self, changed: &'b dyn Fn(Row<'_>) -> bool) -> View<'b> {
        View { today: self.today, factors: self.factors, changed }
    }
}
