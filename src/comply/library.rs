//! Every pack there is for a workspace: the built-in ones, and what was imported.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{Alias, Clause, Name, Pack, Reference, Step};
use crate::text::nearest;

/// Packs by name. An imported one shadows the built-in one of the same name.
#[derive(Debug, Clone, Default)]
pub struct Library {
    shelves: BTreeMap<Name, Vec<Shelved>>,
    lost: BTreeMap<Name, Lost>,
}

/// A pack that a lock names and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub name: Name,
    /// As the lock has it: `sha256:` and hex digits.
    pub digest: String,
    /// The path of the lock, relative to the repository.
    pub lock: String,
}

impl Lost {
    /// What tells that it was there.
    pub fn witness(&self) -> String {
        format!("{} names it, as {}", self.lock, self.digest)
    }

    /// The command that brings it in once more.
    pub fn again(&self) -> String {
        format!("import the publisher's file again: redan comply import FILE --as {}", self.name)
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the pack {} was locked, and is not there", self.name)
    }
}

/// A pack with where it came from.
#[derive(Debug, Clone)]
pub struct Shelved {
    pub origin: Origin,
    held: Held,
}

/// Where a pack comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    BuiltIn,
    /// The folder it lies in, relative to the repository.
    Imported(String),
}

#[derive(Debug, Clone)]
enum Held {
    Ready(Arc<Pack>),
    /// Read when somebody asks.
    Later(fn() -> &'static Pack),
}

impl Shelved {
    pub fn pack(&self) -> &Pack {
        match &self.held {
            Held::Ready(pack) => pack,
            Held::Later(read) => read(),
        }
    }
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// It is no reference at all, in no spelling that a pack knows.
    Spelling,
    /// No pack of this name is here; the nearest name.
    Framework(Option<Name>),
    /// The pack has no such number; the nearest.
    Requirement(Option<String>),
}

impl Library {
    /// Adds a built-in pack, which is read when it is asked for.
    pub fn offer(&mut self, name: Name, read: fn() -> &'static Pack) {
        let shelved = Shelved { origin: Origin::BuiltIn, held: Held::Later(read) };
        self.shelves.entry(name).or_default().push(shelved);
    }

    /// Adds an imported pack before the built-in one of its name, and in place of an imported one.
    pub fn import(&mut self, pack: Pack, folder: impl Into<String>) {
        let shelf = self.shelves.entry(pack.name.clone()).or_default();
        shelf.retain(|shelved| shelved.origin == Origin::BuiltIn);
        let pack = match shelf.first() {
            Some(before) => remembering(pack, before.pack()),
            None => pack,
        };
        let origin = Origin::Imported(folder.into());
        shelf.insert(0, Shelved { origin, held: Held::Ready(Arc::new(pack)) });
    }

    /// Notes that a pack was locked and is not there.
    pub fn miss(&mut self, lost: Lost) {
        self.lost.insert(lost.name.clone(), lost);
    }

    /// Every pack that was locked and is not there.
    pub fn all_lost(&self) -> impl Iterator<Item = &Lost> {
        self.lost.values()
    }

    /// The locked pack that is not there and that was meant: `house@1`, or `house` where one of that name is lost.
    pub fn lost(&self, said: &str) -> Option<&Lost> {
        let lower = said.to_lowercase();
        let mut meant = self.lost.values().filter(|lost| lost.name.id == lower || lost.name.to_string() == lower);
        meant.next().filter(|_| meant.next().is_none())
    }

    pub fn pack(&self, name: &Name) -> Option<&Pack> {
        self.shelved(name).map(Shelved::pack)
    }

    /// The pack that counts for a name.
    pub fn shelved(&self, name: &Name) -> Option<&Shelved> {
        self.shelves.get(name).and_then(|shelf| shelf.first())
    }

    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.shelves.keys()
    }

    /// Every pack, shadowed ones too: name, pack, and whether it counts.
    pub fn all(&self) -> impl Iterator<Item = (&Name, &Shelved, bool)> {
        self.shelves
            .iter()
            .flat_map(|(name, shelf)| shelf.iter().enumerate().map(move |(at, shelved)| (name, shelved, at == 0)))
    }

    /// What a version says became of the requirements of another; the built-in pack is asked when the one that shadows
    /// it does not say.
    pub fn succession(&self, from: &Name, to: &Name) -> Option<&[Step]> {
        let shelf = self.shelves.get(to)?;
        shelf.iter().find_map(|shelved| shelved.pack().maps.get(from)).map(Vec::as_slice)
    }

    /// The versions that say what became of the requirements of this one.
    pub fn successors(&self, from: &Name) -> Vec<&Name> {
        self.names().filter(|to| to.id == from.id && self.succession(from, to).is_some()).collect()
    }

    /// The framework that was meant: `asvs@5.0.0`, or `asvs` where there is one version of it only.
    pub fn meant(&self, said: &str) -> Result<&Name, Option<Name>> {
        if let Some((name, _)) = Name::parse(said).and_then(|name| self.shelves.get_key_value(&name)) {
            return Ok(name);
        }
        let lower = said.to_lowercase();
        let mut versions = self.names().filter(|name| name.id == lower || name.to_string() == lower);
        if let (Some(only), None) = (versions.next(), versions.next()) {
            return Ok(only);
        }
        let known: Vec<String> = self.names().map(Name::to_string).collect();
        Err(nearest(&lower, known.iter().map(String::as_str)).and_then(Name::parse))
    }

    /// The clause of a reference as files write it.
    pub fn clause(&self, reference: &Reference) -> Result<(&Pack, &Clause), Unknown> {
        let Some(pack) = self.pack(&reference.framework) else {
            return Err(Unknown::Framework(self.meant(&reference.framework.to_string()).err().flatten()));
        };
        let near = || {
            let close = pack.meant(&reference.id).map(|clause| clause.id.clone());
            let ids = pack.clauses().iter().map(|clause| clause.id.as_str());
            close.or_else(|| nearest(&reference.id, ids).map(str::to_owned))
        };
        pack.clause(&reference.id).map(|clause| (pack, clause)).ok_or_else(|| Unknown::Requirement(near()))
    }

    /// What people may have meant by a text: the spelling of files, a number in another case, or a spelling
    /// that a pack knows. Two packs that both know it give nothing.
    pub fn resolve(&self, text: &str) -> Result<Reference, Unknown> {
        let parsed = Reference::parse(text.trim());
        let found = text.trim().split_once(':').and_then(|(framework, id)| {
            let (name, pack) = self.meant(framework).ok().and_then(|name| self.named(name))?;
            pack.meant(id).map(|clause| Reference { framework: name.clone(), id: clause.id.clone() })
        });
        if let Some(found) = found {
            return Ok(found);
        }
        let mut spelled = self.spelled(text);
        match (spelled.pop(), spelled.is_empty(), parsed) {
            (Some(only), true, _) => Ok(only),
            (_, _, Some(reference)) => Err(self.clause(&reference).err().unwrap_or(Unknown::Spelling)),
            _ => Err(Unknown::Spelling),
        }
    }

    fn named<'l>(&'l self, name: &'l Name) -> Option<(&'l Name, &'l Pack)> {
        self.pack(name).map(|pack| (name, pack))
    }

    fn spelled(&self, text: &str) -> Vec<Reference> {
        let packs = self.names().filter_map(|name| self.named(name));
        let read = |(name, pack): (&Name, &Pack)| {
            let id = pack.aliases.iter().find_map(|alias| Alias::compile(alias).ok()?.read(text).map(str::to_owned))?;
            pack.meant(&id).map(|clause| Reference { framework: name.clone(), id: clause.id.clone() })
        };
        packs.filter_map(read).collect()
    }
}

/// A pack with the titles of the one it takes the place of, so that what was decided about those is still told apart.
fn remembering(pack: Pack, before: &Pack) -> Pack {
    let once = |clause: &Clause| before.clause(&clause.id).map(|known| known.title.clone()).unwrap_or_default();
    let clauses = pack.clauses().iter().map(|clause| Clause { once: once(clause), ..clause.clone() }).collect();
    pack.with(clauses)
}
