//! What an exclusion rests on: `no component where name has webrtc`. Checked on every run, so that the exclusion
//! ends the day the model contradicts it.

use std::collections::BTreeMap;

use crate::assess::query::{Hit, Query, Row, Scope, Wrong, select};
use crate::assess::{Assessment, View};

/// A condition over a model.
#[derive(Debug, Clone)]
pub struct Condition {
    how: How,
    query: Query,
    all: Query,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    No,
    Some,
    Every,
}

/// How a model contradicts a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// It is no condition.
    Unread(Wrong),
    /// These contradict it: what must not be there, or what must be so and is not.
    By(Vec<Hit>),
    /// What must be there is not.
    Nothing,
}

impl Condition {
    /// `no KIND where QUERY`, `some …` or `every …`; without `where` every live one of the kind is meant.
    pub fn read(text: &str) -> Result<Condition, Wrong> {
        let wrong = |at: std::ops::Range<usize>, message: String| {
            let hint = "write no, some or every, a kind, and what is true of it: no component where name has webrtc";
            Wrong { message, at, hint: Some(hint.to_owned()) }
        };
        let lead = text.len() - text.trim_start().len();
        let mut words = text.trim_start().splitn(3, char::is_whitespace);
        let (first, kind, rest) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        let how = match first.to_lowercase().as_str() {
            "no" => How::No,
            "some" | "any" => How::Some,
            "every" | "all" => How::Every,
            _ => return Err(wrong(lead..lead + first.len(), format!("`{first}` is not how a condition begins"))),
        };
        let at = text.len() - rest.len();
        let row = Row::parse(kind).ok_or_else(|| {
            let start = lead + first.len() + 1;
            wrong(start..(start + kind.len()).min(text.len()), format!("`{kind}` is no kind of thing"))
        })?;
        let query = match rest.trim_start().strip_prefix("where ") {
            Some(query) => query,
            None if rest.trim().is_empty() => "",
            None => return Err(wrong(at..text.len(), "`where` is missing".to_owned())),
        };
        let start = text.len() - query.len();
        let read = |text: &str| Query::read(text, Some(row));
        let query = read(query).map_err(|wrong| Wrong { at: wrong.at.start + start..wrong.at.end + start, ..wrong })?;
        Ok(Condition { how, query, all: read("")? })
    }

    /// What of the model contradicts it; nothing when it holds.
    pub fn broken(&self, scope: &Scope<'_, '_>) -> Option<Broken> {
        let found = select(scope, &self.query);
        match self.how {
            How::No if found.is_empty() => None,
            How::No => Some(Broken::By(found)),
            How::Some => found.is_empty().then_some(Broken::Nothing),
            How::Every => {
                let mut others = select(scope, &self.all);
                others.retain(|hit| !found.contains(hit));
                (!others.is_empty()).then_some(Broken::By(others))
            }
        }
    }
}

/// Exclusions, by row, whose condition the model contradicts, or that rest on nothing readable.
pub fn refuted(assessment: &Assessment<'_>, view: View<'_>) -> BTreeMap<usize, Broken> {
    let exclusions = &assessment.model().compliance.exclusions;
    let mut scope = None;
    let mut broken = BTreeMap::new();
    for (row, exclusion) in exclusions.iter().enumerate().filter(|(_, one)| !one.when.trim().is_empty()) {
        let found = match Condition::read(&exclusion.when) {
            Ok(condition) => condition.broken(scope.get_or_insert_with(|| Scope::new(assessment, view))),
            Err(wrong) => Some(Broken::Unread(wrong)),
        };
        broken.extend(found.map(|found| (row, found)));
    }
    broken
}
