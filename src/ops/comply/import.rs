//! Bringing a publisher's file into the workspace as a pack.

use std::path::{Path, PathBuf};

use crate::comply::{Levels, Library, Name, Origin, Pack};
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
    pub dry_run: bool,
}

/// What came of it.
pub struct Brought {
    pub pack: Pack,
    /// The profile that was added to it.
    pub profile: Option<String>,
    pub folder: String,
    pub writes: Vec<Write>,
}

/// Reads a file and writes the pack, its notice and the lock; or says why not, and writes nothing.
pub fn bring(desk: &Desk, bringing: &Bringing<'_>) -> Result<Result<Brought, Vec<Fault>>, Trouble> {
    let path: PathBuf = desk.here.join(bringing.file);
    let bytes = match disk::foreign(&path, store::LARGEST)? {
        Ok(bytes) => bytes,
        Err(size) => {
            let message = format!("it has {size} bytes; up to {} are read", store::LARGEST);
            return Ok(Err(vec![Fault { line: None, message }]));
        }
    };
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let read = desk.glance(&Candidate::WorkingTree)?;
    let library = &read.workspace.library;
    let file = bringing.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let asked = Asked { file: &file, bytes: &bytes, name: bringing.name.clone(), licence: bringing.licence };
    let (pack, profile) = match store::import(&asked, library) {
        Err(faults) => return Ok(Err(faults)),
        Ok(Imported::Pack(pack)) => (keeping_profiles(library, *pack), None),
        Ok(Imported::Profile { set, ids, .. }) => match with_profile(library, bringing.into, (&set, ids))? {
            Ok(pack) => (pack, Some(set)),
            Err(faults) => return Ok(Err(faults)),
        },
    };
    let root = read.settings.nursery().unwrap_or("threat-models");
    let folder = format!("{}/frameworks/{}", root.trim_end_matches('/'), pack.name.folder());
    let mut library = library.clone();
    library.import(pack.clone(), folder.clone());
    let mut files: Vec<(String, String)> =
        store::pack_files(&pack).into_iter().map(|(name, text)| (format!("{folder}/{name}"), text)).collect();
    files.push((store::lock_path(root), store::lock_text(&library, root)));
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
    Ok(Ok(Brought { pack, profile, folder, writes }))
}

/// A catalogue that is imported anew keeps the profiles that were added to it.
fn keeping_profiles(library: &Library, mut pack: Pack) -> Pack {
    let before = library.shelved(&pack.name).filter(|shelved| shelved.origin != Origin::BuiltIn);
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
