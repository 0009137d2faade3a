//! The book on disk, under the Git directory: what is known of the published refs is not read again.
//! An accelerator and nothing else: whatever does not fit exactly is read from history.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};
use sha2::{Digest, Sha256};

use super::book::{Book, Broken};
use super::codec::{Eye, Pen};
use super::lines::Line;
use super::spoken::{Folders, Spoken};
use super::state::{File, Head, Holding, Key, Seen, State};
use crate::history::Repo;
use crate::identity::{Breach, Told, VERSION};
use crate::model::{Factor, Id, Kind, ModelId};
use crate::store::{Traced, disk, recalled};

/// Changes with everything that a book holds or that judges it.
const FORMAT: &str = "redan history 4";

/// Length of the checksum in front.
const SUM: usize = 32;

pub(super) fn place(repo: &Repo) -> PathBuf {
    repo.state().join("history.cache")
}

fn fingerprint(roots: &[String]) -> String {
    format!("{FORMAT}\n{}\njudge {VERSION}\n{}", env!("CARGO_PKG_VERSION"), roots.join("\n"))
}

/// A book that was kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// The version that wrote it, and the roots it was read under.
    of: String,
    book: Book,
}

impl Repo {
    /// Whether a book of this version is kept.
    pub(in crate::history) fn keeps(&self, roots: &[String]) -> bool {
        load(self, roots).is_some()
    }
}

/// The book of an earlier run, if it is whole and of this version.
pub(super) fn load(repo: &Repo, roots: &[String]) -> Option<Book> {
    let kept = repo.beside.read().unwrap_or_else(|| read(&place(repo)))?;
    (kept.of == fingerprint(roots)).then_some(kept.book)
}

/// What lies there, if it is whole and of this version, whatever its roots.
pub(super) fn read(place: &Path) -> Option<Kept> {
    let bytes = disk::load(place)?;
    let (sum, body) = bytes.split_at_checked(SUM)?;
    if Sha256::digest(body)[..] != *sum {
        return None;
    }
    let mut eye = Eye { bytes: body };
    let of = eye.text()?.to_owned();
    if !of.starts_with(&fingerprint(&[])) {
        return None;
    }
    let book = Shelf::default().book(&mut eye)?;
    eye.bytes.is_empty().then_some(Kept { of, book })
}

/// Keeps a book at its place. A cache that cannot be written is done without.
pub(super) fn keep(place: &Path, roots: &[String], book: &Book) {
    let mut pen = Pen::default();
    pen.bytes.resize(SUM, 0);
    pen.text(&fingerprint(roots));
    Writer::new(book).book(&mut pen, book);
    let sum = Sha256::digest(&pen.bytes[SUM..]);
    pen.bytes[..SUM].copy_from_slice(&sum);
    let _ = disk::replace(place, &pen.bytes);
}

/// Tellings and paths are written once and then by number.
struct Writer<'b> {
    told: HashMap<(Id, &'b str), usize>,
    paths: HashMap<&'b str, usize>,
    /// The same by where they lie: most are met again, and their words are long.
    met: FxHashMap<*const Told, usize>,
    trodden: FxHashMap<*const u8, usize>,
}

impl<'b> Writer<'b> {
    fn new(book: &Book) -> Writer<'b> {
        let entities: usize = book.states.iter().map(|state| state.entities.len()).sum();
        Writer {
            told: HashMap::with_capacity(entities),
            paths: HashMap::new(),
            met: FxHashMap::with_capacity_and_hasher(entities, FxBuildHasher),
            trodden: FxHashMap::default(),
        }
    }

    fn book(&mut self, pen: &mut Pen, book: &'b Book) {
        pen.list(book.models.iter(), |pen, model| pen.text(model.as_str()));
        pen.list(book.lines.iter(), line);
        pen.list(book.states.iter(), |pen, state| self.state(pen, state));
        pen.list(book.folders.0.iter(), |pen, (folder, models)| {
            pen.text(folder);
            pen.list(models.iter(), |pen, model| pen.text(model.as_str()));
        });
        pen.list(book.spoken.values(), |pen, spoken| pen.list(spoken.iter(), |pen, spoken| self.spoken(pen, spoken)));
        pen.list(book.births.iter(), |pen, birth| {
            key(pen, birth.0);
            pen.number(birth.1);
        });
        pen.list(book.breaks.iter(), |pen, broken| self.broken(pen, broken));
        pen.list(book.unread.iter(), |pen, (seen, why)| {
            self.seen(pen, seen);
            pen.text(why);
        });
        pen.number(book.commits);
        pen.list(book.pointing.iter(), |pen, (name, tip)| {
            pen.text(name);
            pen.oid(*tip);
        });
        pen.list(book.former.iter(), |pen, root| pen.text(root));
    }

    fn state(&mut self, pen: &mut Pen, state: &'b State) {
        pen.list(state.files.iter(), |pen, (path, file)| {
            self.path(pen, path);
            pen.maybe(file.model, |pen, model| pen.number(model as usize));
            pen.list(file.holds.iter(), |pen, traced| {
                pen.number(traced.line as usize);
                self.told(pen, &traced.told);
            });
        });
        pen.list(state.folders.iter(), |pen, (folder, model)| {
            pen.text(folder);
            pen.number(*model as usize);
        });
        pen.list(state.entities.iter(), |pen, (own, holding)| {
            key(pen, *own);
            pen.number(holding.files as usize);
            pen.maybe(holding.last.as_ref(), |pen, told| self.told(pen, told));
            self.seen(pen, &holding.at);
            step(pen, holding.first);
            pen.list(holding.broken.iter(), |pen, nth| pen.number(*nth));
            pen.list(holding.shelf.iter(), |pen, (factor, told)| {
                pen.number(Factor::OF_ASSET.iter().position(|known| known == factor).unwrap_or_default());
                self.told(pen, told);
            });
        });
        pen.list(state.models.iter(), |pen, (model, head)| {
            pen.number(*model as usize);
            pen.number(head.files as usize);
            self.seen(pen, &head.at);
            step(pen, head.first);
        });
    }

    fn spoken(&mut self, pen: &mut Pen, spoken: &'b Spoken) {
        key(pen, spoken.key);
        self.told(pen, &spoken.told);
        self.seen(pen, &spoken.at);
        step(pen, spoken.published);
    }

    fn broken(&mut self, pen: &mut Pen, broken: &'b Broken) {
        pen.number(breach(broken.breach));
        pen.number(broken.line);
        key(pen, broken.key);
        self.told(pen, &broken.from);
        self.told(pen, &broken.to);
        pen.text(&broken.why);
        self.seen(pen, &broken.at);
        self.seen(pen, &broken.before);
        pen.flag(broken.mended);
    }

    fn seen(&mut self, pen: &mut Pen, seen: &'b Seen) {
        pen.oid(seen.commit);
        self.path(pen, &seen.path);
        pen.number(seen.line as usize);
    }

    fn path(&mut self, pen: &mut Pen, path: &'b Arc<str>) {
        let next = self.paths.len();
        let number = *self.trodden.entry(path.as_ptr()).or_insert_with(|| *self.paths.entry(path).or_insert(next));
        pen.number(number);
        if number == next {
            pen.text(path);
        }
    }

    fn told(&mut self, pen: &mut Pen, told: &'b Arc<Told>) {
        let next = self.told.len();
        let told_as = (told.id, &*told.text);
        let number = *self.met.entry(Arc::as_ptr(told)).or_insert_with(|| *self.told.entry(told_as).or_insert(next));
        pen.number(number);
        if number == next {
            id(pen, told.id);
            pen.text(&told.text);
            pen.text(&told.identity);
            pen.flag(told.sound);
        }
    }
}

fn line(pen: &mut Pen, line: &Line) {
    pen.text(&line.name);
    pen.oid(line.tip);
    pen.maybe(line.base, |pen, base| step(pen, (base.0, base.1)));
    pen.number(line.length as usize);
    pen.flag(line.tagged);
    pen.list(line.turns.iter(), |pen, (merge, parent)| {
        pen.oid(*merge);
        pen.oid(*parent);
    });
    pen.list(line.heard.iter(), |pen, id| pen.oid(*id));
}

fn key(pen: &mut Pen, key: Key) {
    pen.number(key.0 as usize);
    id(pen, key.1);
}

fn id(pen: &mut Pen, id: Id) {
    pen.number(Kind::ALL.iter().position(|kind| *kind == id.kind).unwrap_or_default());
    pen.number(id.number().unwrap_or_default() as usize);
}

fn step(pen: &mut Pen, (line, pos): (usize, u32)) {
    pen.number(line);
    pen.number(pos as usize);
}

const BREACHES: [Breach; 7] = [
    Breach::Rewritten,
    Breach::Reused,
    Breach::Collided,
    Breach::ModelReused,
    Breach::Tombstone,
    Breach::Rating,
    Breach::Rows,
];

fn breach(breach: Breach) -> usize {
    BREACHES.iter().position(|known| *known == breach).unwrap_or_default()
}

/// Tellings and paths by number.
#[derive(Default)]
struct Shelf {
    told: Vec<Arc<Told>>,
    paths: Vec<Arc<str>>,
}

impl Shelf {
    fn book(&mut self, eye: &mut Eye<'_>) -> Option<Book> {
        let mut book = Book::default();
        for model in eye.list::<_, Vec<ModelId>>(|eye| ModelId::parse(eye.text()?))? {
            book.number(&model);
        }
        book.lines = eye.list(Eye::line)?;
        book.states = eye.exactly(|eye| self.state(eye))?;
        let folder = |eye: &mut Eye<'_>| Some((eye.text()?.to_owned(), eye.list(|eye| ModelId::parse(eye.text()?))?));
        book.folders = Folders(eye.list(folder)?);
        let spoken = eye.exactly(|eye| eye.exactly(|eye| self.spoken(eye)))?;
        book.spoken = spoken.into_iter().filter_map(|list| Some((list.first()?.key, list))).collect();
        book.births = eye.list(|eye| Some((eye.key()?, eye.number()?)))?;
        book.breaks = eye.list(|eye| self.broken(eye))?;
        book.unread = eye.list(|eye| Some((self.seen(eye)?, eye.text()?.to_owned())))?;
        book.commits = eye.number()?;
        book.pointing = eye.list(|eye| Some((eye.text()?.to_owned(), eye.oid()?)))?;
        book.former = eye.list(|eye| eye.text().map(str::to_owned))?;
        let fits = book.lines.len() == book.states.len();
        fits.then_some(book)
    }

    fn state(&mut self, eye: &mut Eye<'_>) -> Option<State> {
        let files = eye.list(|eye| {
            let path = self.path(eye)?;
            let model = eye.maybe(Eye::small)?;
            let holds = eye.exactly(|eye| {
                let line = eye.small()?;
                let told = self.told(eye)?;
                Some(Traced { id: told.id, line, told })
            })?;
            Some((path, File { model, holds: Arc::new(holds) }))
        })?;
        let folders = eye.list(|eye| Some((eye.text()?.to_owned(), eye.small()?)))?;
        let entities = eye.list(|eye| {
            let key = eye.key()?;
            let files = eye.small()?;
            let last = eye.maybe(|eye| self.told(eye))?;
            let (at, first) = (self.seen(eye)?, eye.step()?);
            let broken = eye.exactly(Eye::number)?;
            let shelf = eye.exactly(|eye| Some((*Factor::OF_ASSET.get(eye.number()?)?, self.told(eye)?)))?;
            Some((key, Holding { files, last, at, first, broken, shelf }))
        })?;
        let models = eye.list(|eye| {
            let (model, files) = (eye.small()?, eye.small()?);
            Some((model, Head { files, at: self.seen(eye)?, first: eye.step()? }))
        })?;
        Some(State { files, folders, entities, models })
    }

    fn spoken(&mut self, eye: &mut Eye<'_>) -> Option<Spoken> {
        Some(Spoken { key: eye.key()?, told: self.told(eye)?, at: self.seen(eye)?, published: eye.step()? })
    }

    fn broken(&mut self, eye: &mut Eye<'_>) -> Option<Broken> {
        Some(Broken {
            breach: *BREACHES.get(eye.number()?)?,
            line: eye.number()?,
            key: eye.key()?,
            from: self.told(eye)?,
            to: self.told(eye)?,
            why: eye.text()?.to_owned(),
            at: self.seen(eye)?,
            before: self.seen(eye)?,
            mended: eye.flag()?,
        })
    }

    fn seen(&mut self, eye: &mut Eye<'_>) -> Option<Seen> {
        Some(Seen { commit: eye.oid()?, path: self.path(eye)?, line: eye.small()? })
    }

    fn path(&mut self, eye: &mut Eye<'_>) -> Option<Arc<str>> {
        let number = eye.number()?;
        if number == self.paths.len() {
            self.paths.push(Arc::from(eye.text()?));
        }
        self.paths.get(number).cloned()
    }

    fn told(&mut self, eye: &mut Eye<'_>) -> Option<Arc<Told>> {
        let number = eye.number()?;
        if number == self.told.len() {
            let told = recalled(eye.id()?, eye.text()?, eye.text()?, eye.flag()?);
            self.told.push(Arc::new(told));
        }
        self.told.get(number).cloned()
    }
}

impl Eye<'_> {
    fn line(&mut self) -> Option<Line> {
        Some(Line {
            name: self.text()?.to_owned(),
            tip: self.oid()?,
            base: self.maybe(Eye::step)?,
            length: self.small()?,
            tagged: self.flag()?,
            turns: self.list(|eye| Some((eye.oid()?, eye.oid()?)))?,
            heard: self.list(Eye::oid)?,
        })
    }

    fn key(&mut self) -> Option<Key> {
        Some((self.small()?, self.id()?))
    }

    fn id(&mut self) -> Option<Id> {
        Some(Id::new(*Kind::ALL.get(self.number()?)?, self.small()?))
    }

    fn step(&mut self) -> Option<(usize, u32)> {
        Some((self.number()?, self.small()?))
    }
}
