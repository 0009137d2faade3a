//! Bringing a publisher's file into the workspace as a pack.

use std::path::{Path, PathBuf};

use crate::comply::{Levels, Library, Name, Origin, Pack, Step, flaws};
use crate::ops::{Candidate, Desk, Trouble};
use crate::store::{self, Asked, Fault, Imported, Write, disk};

/// What is asked.
pub struct Bringing<'a> {
    /// The file, relative to where the person stands.
    pub file: &'a Path,
    /// What the framework is to be called, where the file does not say.
    pub name: Option<Name>,
    pub licence: Option<&'a str>,
    /// The framework that a profile belongs to.
    pub into: Option<&'a str>,
    /// The file that looks back, where the file says what became of the requirements of the version before.
    pub back: Option<&'a Path>,
    pub dry_run: bool,
}

/// What came of it.
pub struct Brought {
    pub pack: Pack,
    /// What was added to it: a profile, or what became of an earlier version.
    pub added: Option<String>,
    pub folder: String,
    pub writes: Vec<Write>,
}

/// Reads a file and writes the pack, its notice and the lock; or says why not, and writes nothing.
pub fn bring(desk: &Desk, bringing: &Bringing<'_>) -> Result<Result<Brought, Vec<Fault>>, Trouble> {
    let bytes = match read(desk, bringing.file)? {
        Ok(bytes) => bytes,
        Err(faults) => return Ok(Err(faults)),
    };
    let back = match bringing.back.map(|back| self::read(desk, back)).transpose()? {
        Some(Err(faults)) => return Ok(Err(faults)),
        back => back.and_then(Result::ok),
    };
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let glance = desk.glance(&Candidate::WorkingTree)?;
    let library = &glance.workspace.library;
    let mut file = bringing.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if disk::is_folder(&desk.here.join(bringing.file)) {
        file.push_str(".yaml");
    }
    let asked = Asked { file: &file, bytes: &bytes, name: bringing.name.clone(), licence: bringing.licence };
    let taken = match &back {
        Some(back) => {
            with_map(library, &bytes, back).map(|(pack, from)| (pack, Some(format!("what became of {from}"))))
        }
        None => match store::import(&asked, library) {
            Err(faults) => Err(faults),
            Ok(Imported::Pack(pack)) => Ok((keeping(library, *pack), None)),
            Ok(Imported::Profile { set, ids, .. }) => {
                with_profile(library, bringing.into, (&set, ids))?.map(|pack| (pack, Some(format!("profile {set}"))))
            }
        },
    };
    let (pack, added) = match taken {
        Ok(taken) => taken,
        Err(faults) => return Ok(Err(faults)),
    };
    let root = glance.settings.nursery().unwrap_or("threat-models");
    let folder = format!("{}/frameworks/{}", root.trim_end_matches('/'), pack.name.folder());
    let mut library = library.clone();
    library.import(pack.clone(), folder.clone());
    let mut files: Vec<(String, String)> =
        store::pack_files(&pack).into_iter().map(|(name, text)| (format!("{folder}/{name}"), text)).collect();
    let lock = store::lock_path(root);
    let held = disk::source(&desk.root, &lock)?.map(|source| source.text());
    files.push((lock, store::lock_of(&pack.name, &library, (root, held.as_deref()))));
    let mut writes = Vec::new();
    for (path, text) in files {
        let before = disk::source(&desk.root, &path)?.map(|source| source.text().into_bytes());
        if before.as_deref() != Some(text.as_bytes()) {
            writes.push(Write { path, before, after: text.into_bytes() });
        }
    }
    if !bringing.dry_run {
        disk::commit(&desk.root, &desk.state(), &writes)?;
    }
    Ok(Ok(Brought { pack, added, folder, writes }))
}

/// The bytes of a file outside; of a folder, its YAML files as one.
fn read(desk: &Desk, file: &Path) -> Result<Result<Vec<u8>, Vec<Fault>>, Trouble> {
    let path: PathBuf = desk.here.join(file);
    if disk::is_folder(&path) {
        let files = disk::texts(&path, |name| name.ends_with(".yaml") || name.ends_with(".yml"))?;
        let texts: Vec<String> = files.iter().map(|source| source.text()).collect();
        return Ok(Ok(texts.join("\n---\n").into_bytes()));
    }
    Ok(disk::foreign(&path, store::LARGEST)?.map_err(|size| {
        let message = format!("it has {size} bytes; up to {} are read", store::LARGEST);
        vec![Fault { line: None, message }]
    }))
}

/// The imported pack of the later version with what became of the earlier one, and the name of that.
fn with_map(library: &Library, forward: &[u8], back: &[u8]) -> Result<(Pack, Name), Vec<Fault>> {
    let fault = |message: String| vec![Fault { line: None, message }];
    let text = |bytes| str::from_utf8(bytes).map_err(|_| fault("it is no UTF-8 text".to_owned()));
    let (from, to, steps) = store::succession(text(forward)?, text(back)?)?;
    let shelved = library.shelved(&to).filter(|shelved| shelved.origin != Origin::BuiltIn);
    let missing = || fault(format!("import the publisher's {to} first: what became of {from} is written beside it"));
    let mut pack = shelved.ok_or_else(missing)?.pack().clone();
    pack.maps.insert(from.clone(), steps);
    match flaws(&pack) {
        told if told.is_empty() => Ok((pack, from)),
        told => Err(told.into_iter().map(|flaw| Fault { line: None, message: flaw.message }).collect()),
    }
}

/// A framework that is imported anew keeps what was added to it: profiles, and what became of earlier versions.
fn keeping(library: &Library, mut pack: Pack) -> Pack {
    let before = library.shelved(&pack.name).filter(|shelved| shelved.origin != Origin::BuiltIn);
    if let Some(before) = before {
        let mut maps = before.pack().maps.clone();
        let leads = |step: &Step| step.to.as_ref().is_none_or(|to| pack.clause(to).is_some());
        maps.values_mut().for_each(|steps| steps.retain(leads));
        pack.maps = maps;
    }
    if let (Levels::None, Some(Levels::Sets(sets))) = (&pack.levels, before.map(|shelved| &shelved.pack().levels)) {
        let mut sets = sets.clone();
        sets.values_mut().for_each(|ids| ids.retain(|id| pack.clause(id).is_some()));
        pack.levels = Levels::Sets(sets);
    }
    pack
}

/// The pack with one more profile. Every number of it has to be there.
fn with_profile(
    library: &Library,
    into: Option<&str>,
    (set, ids): (&str, std::collections::BTreeSet<String>),
) -> Result<Result<Pack, Vec<Fault>>, Trouble> {
    let fault = |message: String| Ok(Err(vec![Fault { line: None, message }]));
    let Some(into) = into else {
        return fault("it is a profile: say which framework it belongs to, as in --into sp800-53@5.0.1".to_owned());
    };
    let known = || library.names().map(Name::to_string).collect();
    let unknown = || Trouble::Unknown { what: "framework", asked: into.to_owned(), known: known() };
    let name = library.meant(into).map_err(|_| unknown())?;
    let shelved = library.shelved(name).filter(|shelved| shelved.origin != Origin::BuiltIn);
    let Some(shelved) = shelved else {
        return fault(format!("{name} is built in; import the publisher's catalogue first, and the profile into that"));
    };
    let mut pack = shelved.pack().clone();
    let missing: Vec<&String> = ids.iter().filter(|id| pack.clause(id).is_none()).collect();
    if !missing.is_empty() {
        let few: Vec<&str> = missing.iter().take(5).map(|id| id.as_str()).collect();
        return fault(format!("{} of its numbers are not in {name}: {} …", missing.len(), few.join(", ")));
    }
    let mut sets = match pack.levels {
        Levels::Sets(sets) => sets,
        Levels::None => Default::default(),
        Levels::Minimum(_) => return fault(format!("{name} has levels of its own, and no profiles")),
    };
    sets.insert(set.to_owned(), ids);
    pack.levels = Levels::Sets(sets);
    Ok(Ok(pack))
}
