//! Where the reader is, and how it says what is wrong there.

use std::ops::Range;

use super::file::{File, Report};
use super::legal::Doc;
use super::words::shown;
use crate::change::Subject;
use crate::finding::{Code, Finding, Fix, Place};
use crate::model::ModelId;

/// The way from a subject's table to the value that is being read.
pub(super) struct Walk<'f> {
    pub file: &'f File<'f>,
    pub doc: Doc,
    /// `None` = the model is left out, so its places are bytes.
    pub model: Option<&'f ModelId>,
    pub subject: Subject,
    pub trail: Vec<Hop<'f>>,
    pub report: Report,
    /// Fields that misspelled keys of the subject most likely are, so that those are not missed as well.
    pub meant: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Hop<'f> {
    Key(&'f str),
    Row(usize),
}

/// What at the end of the trail a finding is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot<'s> {
    /// The value there.
    Value,
    /// A key in the table there.
    Name(&'s str),
    /// An element of the list there.
    Item(&'s str),
}

impl<'f> Walk<'f> {
    pub fn new(file: &'f File<'f>, doc: Doc, model: Option<&'f ModelId>, subject: Subject, report: Report) -> Walk<'f> {
        Walk { file, doc, model, subject, trail: Vec::with_capacity(8), report, meant: Vec::new() }
    }

    pub fn place(&self, spot: Spot<'_>, span: &Range<usize>) -> Place {
        let Some(model) = self.model else { return self.file.place(span) };
        let place = self.trail.iter().fold(Place::of(model, self.subject.clone()), |place, hop| match hop {
            Hop::Key(key) => place.key(*key),
            Hop::Row(row) => place.row(*row),
        });
        match spot {
            Spot::Value => place,
            Spot::Name(key) => place.name(key),
            Spot::Item(item) => place.item(item),
        }
    }

    /// Reports something that did not make it into the model.
    pub fn lose(&mut self, code: &'static Code, spot: Spot<'_>, span: &Range<usize>, say: impl FnOnce(&Self) -> Said) {
        self.report.lost = true;
        self.warn(code, spot, span, say);
    }

    /// Reports something that is in the model all the same. The words are only made when they will be read.
    pub fn warn(&mut self, code: &'static Code, spot: Spot<'_>, span: &Range<usize>, say: impl FnOnce(&Self) -> Said) {
        if self.file.damaged(span.start) {
            return;
        }
        if self.report.full() {
            return self.report.skip();
        }
        let Said { message, help, fix } = say(self);
        let mut finding = Finding::new(code, self.place(spot, span), message);
        (finding.help, finding.fix) = (help, fix);
        self.report.add(span.start, finding);
    }

    /// The subject as sentences name it.
    pub fn who(&self) -> String {
        match &self.subject {
            Subject::Head => "the model".to_owned(),
            Subject::Compliance => "compliance.toml".to_owned(),
            Subject::Tickets => "tickets.toml".to_owned(),
            Subject::Entity(id) => id.to_string(),
            Subject::Decision(_) => "the decision".to_owned(),
            Subject::Session(_) => "the session".to_owned(),
        }
    }

    /// The value at the end of the trail as sentences name it: `` `blast_radius` of A1 ``.
    pub fn what(&self) -> String {
        match self.field() {
            Some(key) => format!("`{}` of {}", shown(key), self.who()),
            None => self.who(),
        }
    }

    /// Whether this is the value of a field, or one of its rows.
    pub fn under(&self, key: &str) -> bool {
        self.field() == Some(key)
    }

    fn field(&self) -> Option<&str> {
        self.trail.iter().rev().find_map(|hop| match hop {
            Hop::Key(key) => Some(*key),
            Hop::Row(_) => None,
        })
    }
}

/// The words of a finding.
#[derive(Debug)]
pub(super) struct Said {
    message: String,
    help: Option<String>,
    fix: Option<Fix>,
}

impl Said {
    pub fn new(message: impl Into<String>) -> Said {
        Said { message: message.into(), help: None, fix: None }
    }

    pub fn help(mut self, help: impl Into<String>) -> Said {
        self.help = Some(help.into());
        self
    }

    pub fn fix(mut self, fix: Option<Fix>) -> Said {
        self.fix = fix;
        self
    }
}

/// The plain repair: these bytes become this text.
pub(super) fn replace(walk: &Walk<'_>, title: impl Into<String>, span: &Range<usize>, text: impl Into<String>) -> Fix {
    Fix::patch(title, vec![walk.file.patch(span, text)])
}
