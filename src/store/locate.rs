//! Places become bytes, lines and columns, by parsing the file once more when somebody asks.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::read::{columns, whole};
use super::tree::{Node, tree};
use super::{Content, Source, Spot, Workspace};
use crate::change::Subject;
use crate::finding::{Place, Target};
use crate::model::{Kind, ModelId};

/// Resolves places of one workspace; parses each file at most once.
#[derive(Debug)]
pub struct Locator<'w> {
    workspace: &'w Workspace,
    files: RefCell<BTreeMap<&'w str, Rc<Parsed>>>,
}

#[derive(Debug)]
struct Parsed {
    tree: Option<Node>,
    /// Where lines start.
    lines: Vec<usize>,
}

impl Workspace {
    /// Where a place is now. A step that leads nowhere gives the place before it; `None` when the file is not here.
    pub fn locate(&self, place: &Place) -> Option<Spot> {
        self.locator().locate(place)
    }

    /// For many places at once.
    pub fn locator(&self) -> Locator<'_> {
        Locator { workspace: self, files: RefCell::new(BTreeMap::new()) }
    }
}

impl<'w> Locator<'w> {
    /// As [`Workspace::locate`].
    pub fn locate(&self, place: &Place) -> Option<Spot> {
        match &place.target {
            Target::Bytes { path, span } => {
                let source = self.workspace.sources.get(path)?;
                Some(spot(source, &self.parsed(source).lines, span))
            }
            Target::Model { model, subject } => self.symbolic(model, subject, place),
        }
    }

    fn symbolic(&self, model: &ModelId, subject: &Subject, place: &Place) -> Option<Spot> {
        let folder = self.workspace.folders.get(model)?;
        let found = files(folder, subject).into_iter().filter_map(|path| {
            let source = self.workspace.sources.get(&path)?;
            let parsed = self.parsed(source);
            let span = resolve(parsed.tree.as_ref(), subject, place, bytes(source));
            Some((source, parsed, span))
        });
        let found: Vec<_> = found.collect();
        let (source, parsed, span) = found.iter().find(|(_, _, span)| span.is_some()).or(found.first())?;
        Some(spot(source, &parsed.lines, span.as_ref().unwrap_or(&(0..0))))
    }

    fn parsed(&self, source: &'w Source) -> Rc<Parsed> {
        let mut files = self.files.borrow_mut();
        let make = || {
            let newlines = bytes(source).iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            let lines = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
            Rc::new(Parsed { tree: tree(source), lines })
        };
        Rc::clone(files.entry(&source.path).or_insert_with(make))
    }
}

/// Files a subject may stand in, the likeliest first.
fn files(folder: &str, subject: &Subject) -> Vec<String> {
    let (model, controls) = (format!("{folder}/model.toml"), format!("{folder}/controls.toml"));
    match subject {
        Subject::Head => vec![model],
        Subject::Entity(id) if id.kind == Kind::Control => vec![controls, model],
        Subject::Entity(_) => vec![model, controls],
        Subject::Compliance => vec![format!("{folder}/compliance.toml"), model],
        Subject::Decision(name) => vec![format!("{folder}/decisions/{name}.toml"), model],
        Subject::Session(name) => vec![format!("{folder}/sessions/{name}.toml"), model],
        Subject::Tickets => vec![format!("{folder}/tickets.toml"), model],
    }
}

fn resolve(tree: Option<&Node>, subject: &Subject, place: &Place, bytes: &[u8]) -> Option<Range<usize>> {
    let tree = tree?;
    match subject {
        Subject::Entity(id) => {
            let entity = tree.get(id.kind.table())?.get(&id.to_string())?;
            let inner = Some(&place.steps[..]).filter(|steps| !steps.is_empty());
            Some(inner.and_then(|steps| entity.follow(steps, bytes)).unwrap_or_else(|| entity.span.clone()))
        }
        _ => {
            let inner = Some(&place.steps[..]).filter(|steps| !steps.is_empty());
            let found = inner.and_then(|steps| tree.follow(steps, bytes));
            let id = tree.get("id").filter(|_| *subject == Subject::Head);
            Some(found.or_else(|| id.map(Node::whole)).unwrap_or_else(|| tree.first()))
        }
    }
}

fn bytes(source: &Source) -> &[u8] {
    match &source.content {
        Content::Bytes(bytes) => bytes,
        _ => &[],
    }
}

impl Source {
    /// Lines and columns of bytes of this file. Spans beyond its end are cut.
    pub fn spot(&self, span: &Range<usize>) -> Spot {
        let newlines = bytes(self).iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let lines: Vec<usize> = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        spot(self, &lines, span)
    }
}

fn spot(source: &Source, lines: &[usize], span: &Range<usize>) -> Spot {
    let bytes = bytes(source);
    let start = span.start.min(bytes.len());
    let end = span.end.clamp(start, bytes.len());
    let (line, column) = position(bytes, lines, start);
    let (end_line, end_column) = position(bytes, lines, end);
    Spot { path: source.path.clone(), line, column, end_line, end_column, span: start..end }
}

fn position(bytes: &[u8], lines: &[usize], at: usize) -> (u32, u32) {
    let line = lines.partition_point(|&start| start <= at) - 1;
    (whole(line), whole(columns(&bytes[lines[line]..at], lines[line])))
}
