//! One folder's files become one model.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use toml::de::DeValue;

use super::file::{File, Report};
use super::group::Folder;
use super::legal::{Doc, Legal};
use super::salvage::{Salvaged, salvage};
use super::syntax::parse;
use super::text::text;
use super::top;
use super::walk::{Said, Spot, Walk};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Decision, Head, Model, ModelId, Record, Session};
use crate::store::{Content, Source};

/// What a folder gave.
pub(super) struct Outcome {
    pub model: Model,
    /// Another folder had the ID first; every place is in bytes.
    pub left_out: bool,
    pub salvaged: Salvaged,
    pub lossy: bool,
}

/// IDs with the place that claims each.
pub(super) type Claims = BTreeMap<ModelId, Place>;

struct Reader<'r> {
    model: Model,
    left_out: bool,
    salvaged: Salvaged,
    lossy: bool,
    findings: &'r mut Vec<Finding>,
}

pub(super) fn read(folder: &Folder<'_>, claims: &mut Claims, findings: &mut Vec<Finding>) -> Outcome {
    let model = Model::default();
    let mut reader = Reader { model, left_out: false, salvaged: Salvaged::new(), lossy: false, findings };
    reader.head(folder, claims);
    reader.controls(folder);
    reader.others(folder);
    let Reader { model, left_out, mut salvaged, lossy, .. } = reader;
    salvaged.retain(|id| !model.entities.contains_key(id));
    Outcome { model, left_out, salvaged, lossy }
}

impl Reader<'_> {
    /// Parses a file and hands it on; whatever keeps it from being read is a finding and a loss.
    fn open(&mut self, source: &Source, read: impl FnOnce(&mut Self, &File<'_>, Report) -> Report) -> bool {
        let raw = match text(source) {
            Ok(raw) => raw,
            Err(finding) => {
                self.findings.push(*finding);
                self.lose(source);
                return false;
            }
        };
        let (spare, mut report) = (OnceCell::new(), Report::default());
        let file = parse(raw, &spare, &mut report);
        let read_it = file.is_some();
        if let Some(file) = file {
            if !file.damage.is_empty() {
                salvage(raw.text.as_bytes(), &mut self.salvaged);
            }
            report = read(self, &file, report);
        } else {
            self.lose(source);
        }
        self.lossy |= report.lost;
        report.finish(&source.path, self.findings);
        read_it
    }

    fn lose(&mut self, source: &Source) {
        self.lossy = true;
        if let Content::Bytes(bytes) = &source.content {
            salvage(bytes, &mut self.salvaged);
        }
    }

    fn head(&mut self, folder: &Folder<'_>, claims: &mut Claims) {
        let read = self.open(folder.model, |reader, file, mut report| {
            let id = top::model_id(file, folder.path, &mut report);
            reader.claim(id.id, file.place(&id.span), claims);
            reader.top(file, report)
        });
        if !read {
            let id = top::guess(folder);
            self.claim(id, Place::bytes(&folder.model.path, 0..0), claims);
        }
    }

    fn claim(&mut self, id: ModelId, place: Place, claims: &mut Claims) {
        if let Some(first) = claims.get(&id) {
            let message = format!("the model ID {id} is taken: two folders cannot be one model");
            let finding = Finding::new(&codes::MODEL_ID_CLASH, place, message).also(first.clone(), "taken here");
            let help = "a folder copied from another model needs an `id` of its own; an ID is set once and never moves";
            self.findings.push(finding.help(help));
            self.left_out = true;
        } else {
            claims.insert(id.clone(), place);
        }
        self.model.id = id;
    }

    fn top(&mut self, file: &File<'_>, report: Report) -> Report {
        let id = self.model.id.clone();
        let known = (!self.left_out).then_some(&id);
        let mut walk = Walk::new(file, Doc::Model, known, Subject::Head, report);
        if !walk.format(true) {
            salvage(file.text.as_bytes(), &mut self.salvaged);
            return walk.report;
        }
        let mut head = Head::default();
        walk.fields(Legal::Top(Doc::Model), &file.root, &mut |field, value| head.set(field.name, Some(&value)));
        if !file.root.contains_key("name") && !walk.meant.contains(&"name") && file.damage.is_empty() {
            walk.warn(&codes::KEY_MISSING, Spot::Value, &walk.start(), |_| Said::new("the model has no `name`"));
        }
        self.model.head = head;
        walk.entities(&mut self.model, &mut self.salvaged);
        walk.report
    }

    fn controls(&mut self, folder: &Folder<'_>) {
        let Some(source) = folder.controls else { return };
        self.open(source, |reader, file, report| {
            let id = reader.model.id.clone();
            let known = (!reader.left_out).then_some(&id);
            let mut walk = Walk::new(file, Doc::Controls, known, Subject::Head, report);
            let mut readable = true;
            walk.apart(|walk| {
                readable = walk.format(false);
                if readable {
                    walk.fields(Legal::Top(Doc::Controls), &walk.file.root, &mut |_, _| true);
                }
            });
            if readable {
                walk.entities(&mut reader.model, &mut reader.salvaged);
            } else {
                salvage(file.text.as_bytes(), &mut reader.salvaged);
            }
            walk.report
        });
    }

    fn others(&mut self, folder: &Folder<'_>) {
        if let Some(source) = folder.compliance {
            self.model.compliance = self.record(source, Doc::Compliance, Subject::Compliance).unwrap_or_default();
        }
        if let Some(source) = folder.tickets {
            self.model.tickets = self.record(source, Doc::Tickets, Subject::Tickets).unwrap_or_default();
        }
        for &(name, source) in &folder.decisions {
            if let Some(decision) = self.record::<Decision>(source, Doc::Decision, Subject::Decision(name.to_owned())) {
                self.model.decisions.insert(name.to_owned(), decision);
            }
        }
        for &(name, source) in &folder.sessions {
            if let Some(session) = self.record::<Session>(source, Doc::Session, Subject::Session(name.to_owned())) {
                self.model.sessions.insert(name.to_owned(), session);
            }
        }
    }

    /// A file that is one record from top to bottom.
    fn record<R: Record>(&mut self, source: &Source, doc: Doc, subject: Subject) -> Option<R> {
        let mut found = None;
        self.open(source, |reader, file, report| {
            let id = reader.model.id.clone();
            let known = (!reader.left_out).then_some(&id);
            let mut walk = Walk::new(file, doc, known, subject, report);
            if !walk.format(false) {
                return walk.report;
            }
            let mut record = R::default();
            walk.fields(Legal::Top(doc), &file.root, &mut |field, value| record.set(field.name, Some(&value)));
            let kind = file.root.get("kind").is_some_and(|kind| matches!(kind.get_ref(), DeValue::String(_)));
            if doc == Doc::Decision && !kind && !walk.meant.contains(&"kind") && file.damage.is_empty() {
                walk.warn(&codes::KEY_MISSING, Spot::Value, &walk.start(), |_| Said::new("the decision has no `kind`"));
            }
            found = Some(record);
            walk.report
        });
        found
    }
}
