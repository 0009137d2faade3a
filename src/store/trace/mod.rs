//! Old versions of model files, read for their IDs alone: cheap enough for every version there ever was,
//! and never an error. A table is parsed once however many versions of the file repeat it.

mod entity;
mod header;
mod starts;
mod whole;

use std::collections::HashMap;
use std::sync::Arc;

use crate::identity::Told;
use crate::model::{Id, ModelId};

/// What one version of a file says.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// The model whose head this file is.
    pub model: Option<ModelId>,
    /// The head says that the whole model is retired.
    pub retired: bool,
    /// In the order of their IDs, each once. Unnumbered and misspelt IDs are nobody's.
    pub entities: Vec<Traced>,
    /// Why the version cannot be read as a whole; then `entities` is what could be salvaged.
    pub flaw: Option<String>,
}

/// One entity of one version.
#[derive(Debug, Clone)]
pub struct Traced {
    pub id: Id,
    /// Line of its first header, from 1.
    pub line: u32,
    /// Shared by all versions that repeat it letter by letter.
    pub told: Arc<Told>,
}

/// Largest file that is read; the bound of the format.
const LARGEST: usize = 8 << 20;

/// Reads versions and remembers tables.
#[derive(Debug, Default)]
pub struct Tracer {
    told: HashMap<Id, Tellings>,
    heads: HashMap<Box<str>, header::Head>,
    starts: starts::Starts,
}

/// Everything that was told of the entities with one ID, whatever their model.
#[derive(Debug, Default)]
struct Tellings {
    /// Mostly what is told again: versions come one after the other.
    last: Option<Arc<Told>>,
    all: HashMap<Box<str>, Arc<Told>>,
}

impl Tracer {
    /// Reads one version of a file.
    pub fn trace(&mut self, bytes: &[u8]) -> Trace {
        if let Some(flaw) = unreadable(bytes) {
            return Trace { flaw: Some(flaw), ..Trace::default() };
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match str::from_utf8(bytes) {
            Ok(text) => self.text(text),
            Err(error) => {
                let mut trace = self.text(&String::from_utf8_lossy(bytes));
                trace.flaw = Some(format!("byte {} is not UTF-8", error.valid_up_to()));
                trace
            }
        }
    }

    fn text(&mut self, text: &str) -> Trace {
        let outline = header::outline(text, &mut self.starts);
        let head = self.head(&text[..outline.head]);
        if !outline.plain || head.nested {
            return whole::trace(self, text);
        }
        let mut entities: Vec<Traced> = outline.tables.into_iter().map(|table| self.table(text, &table)).collect();
        entities.sort_by_key(|traced| traced.id);
        let broken = entities.iter().find(|traced| !traced.told.sound);
        let flaw = outline.open.or_else(|| broken.map(|traced| format!("the table of {} is broken", traced.id)));
        let flaw = flaw.or_else(|| head.flaw.clone());
        Trace { model: head.model, retired: head.retired, entities, flaw }
    }

    fn head(&mut self, text: &str) -> header::Head {
        if let Some(head) = self.heads.get(text) {
            return head.clone();
        }
        let head = header::head(text);
        self.heads.insert(text.into(), head.clone());
        head
    }

    fn table(&mut self, text: &str, table: &header::Table) -> Traced {
        let joined;
        let own = match &table.spans[..] {
            [span] => &text[span.clone()],
            spans => {
                joined = spans.iter().map(|span| &text[span.clone()]).collect::<Vec<_>>().concat();
                &joined
            }
        };
        Traced { id: table.id, line: table.line, told: self.tell(table.id, own) }
    }

    /// Reads the TOML of one entity, unless it was read before.
    pub fn tell(&mut self, id: Id, text: &str) -> Arc<Told> {
        let known = self.told.entry(id).or_default();
        if let Some(told) = known.last.as_ref().filter(|told| *told.text == *text) {
            return Arc::clone(told);
        }
        let told = known.all.get(text).cloned().unwrap_or_else(|| {
            let told = Arc::new(Told::new(id, text, entity::read));
            known.all.insert(text.into(), Arc::clone(&told));
            told
        });
        known.last = Some(Arc::clone(&told));
        told
    }
}

/// Takes over a table that was read in an earlier run.
pub fn recalled(id: Id, text: &str, identity: &str, sound: bool) -> Told {
    Told::recalled((id, text), identity, sound, entity::read)
}

/// What is no TOML at all, in words.
fn unreadable(bytes: &[u8]) -> Option<String> {
    if bytes.len() > LARGEST {
        return Some(format!("{} bytes are more than the {LARGEST} that are read", bytes.len()));
    }
    if bytes.starts_with(b"version https://git-lfs") {
        return Some("a pointer to a large file (Git LFS), not the file".to_owned());
    }
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    wide.then(|| "UTF-16, not UTF-8".to_owned())
}

#[cfg(test)]
mod tests;
