//! Bringing a publisher's file into the workspace as a pack.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::comply::{Levels, Library, Name, Origin, Pack, Stamp, Step, flaws};
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
    /// What it took the place of, where that was imported too.
    pub replaced: Option<Replaced>,
    pub folder: String,
    pub writes: Vec<Write>,
}

/// How a pack differs from the one before it, in numbers that are active.
#[derive(Debug, PartialEq, Eq)]
pub struct Replaced {
    pub before: usize,
    pub new: usize,
    pub gone: usize,
    /// There before and now, with other words.
    pub reworded: usize,
}

impl Replaced {
    fn of(before: &Pack, now: &Pack) -> Replaced {
        let stamps = |pack: &Pack| -> BTreeMap<String, String> {
            pack.active().map(|clause| (clause.id.clone(), Stamp::of(clause).to_string())).collect()
        };
        let (was, is) = (stamps(before), stamps(now));
        let other = |(id, stamp): &(&String, &String)| was.get(*id).is_some_and(|before| before != *stamp);
        Replaced {
            before: was.len(),
            new: is.keys().filter(|id| !was.contains_key(*id)).count(),
            gone: was.keys().filter(|id| !is.contains_key(*id)).count(),
            reworded: is.iter().filter(other).count(),
        }
    }
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
            Ok(Imported::Pack(pack)) => keeping(library, *pack).map(|pack| (pack, None)),
            Ok(Imported::Profile { set, ids, .. }) => {
                with_profile(library, bringing.into, (&set, ids))?.map(|pack| (pack, Some(format!("profile {set}"))))
            }
        },
    };
    let (pack, added) = match taken {
        Ok(taken) => taken,
        Err(faults) => return Ok(Err(faults)),
    };
    let (root, folder) = home(library, &pack.name, glance.settings.nursery().unwrap_or("threat-models"));
    let replaced = library.shelved(&pack.name).filter(|one| one.origin != Origin::BuiltIn && added.is_none());
    let replaced = replaced.map(|before| Replaced::of(before.pack(), &pack));
    let mut files: Vec<(String, String)> =
        store::pack_files(&pack).into_iter().map(|(name, text)| (format!("{folder}/{name}"), text)).collect();
    let by_hand = disk::source(&desk.root, &format!("{folder}/requirements.toml"))?.is_some();
    if let Some(fault) = unwritable(library, (&pack.name, &folder), by_hand).or_else(|| unreadable(&files)) {
        return Ok(Err(vec![fault]));
    }
    let mut library = library.clone();
    library.import(pack.clone(), folder.clone());
    let root = root.as_str();
    let lock = store::lock_path(root);
    let held = disk::source(&desk.root, &lock)?.map(|source| source.text());
    files.push((lock, store::lock_of(&pack.name, &library, (root, held.as_deref()))));
    let writes = self::writes(desk, files)?;
    if !bringing.dry_run {
        disk::commit(&desk.root, &desk.state(), &writes)?;
    }
    Ok(Ok(Brought { pack, added, replaced, folder, writes }))
}

/// What has to be written for the files to say that.
fn writes(desk: &Desk, files: Vec<(String, String)>) -> Result<Vec<Write>, Trouble> {
    let mut writes = Vec::new();
    for (path, text) in files {
        let before = disk::source(&desk.root, &path)?.map(|source| source.text().into_bytes());
        if before.as_deref() != Some(text.as_bytes()) {
            writes.push(Write { path, before, after: text.into_bytes() });
        }
    }
    Ok(writes)
}

/// The root of models and the folder that a pack lies in, or is to lie in.
fn home(library: &Library, name: &Name, nursery: &str) -> (String, String) {
    let root = nursery.trim_end_matches('/');
    match library.shelved(name).map(|shelved| &shelved.origin) {
        Some(Origin::Imported(folder)) => {
            (folder.rsplit_once("/frameworks/").map_or(root, |(root, _)| root).to_owned(), folder.clone())
        }
        _ => (root.to_owned(), format!("{root}/frameworks/{}", name.folder())),
    }
}

/// Why a pack cannot be written into a folder: an import takes the place of what an import wrote, and of nothing else.
fn unwritable(library: &Library, (name, folder): (&Name, &str), by_hand: bool) -> Option<Fault> {
    let lies = |origin: &Origin| matches!(origin, Origin::Imported(other) if other == folder);
    let other = library.all().find(|(other, shelved, _)| *other != name && lies(&shelved.origin));
    let why = match other {
        Some((other, ..)) => format!("holds {other}, which is another pack: move that to a folder of its own"),
        None if by_hand => {
            "is written by hand (requirements.toml): change it there, or move it away before the file takes its place"
                .to_owned()
        }
        None => return None,
    };
    Some(Fault { line: None, message: format!("{folder} {why}") })
}

/// A file that redan would not read again.
fn unreadable(files: &[(String, String)]) -> Option<Fault> {
    let (path, text) = files.iter().find(|(_, text)| text.len() > store::MAX_BYTES)?;
    let message = format!(
        "{path} would have {} bytes; redan reads files of up to 8 MiB ({} bytes)",
        text.len(),
        store::MAX_BYTES
    );
    Some(Fault { line: None, message })
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

/// A framework that is imported anew keeps what was added to it: profiles, and what became of earlier versions. Where that leads
/// to a number that the file has no longer, nothing is taken in.
fn keeping(library: &Library, mut pack: Pack) -> Result<Pack, Vec<Fault>> {
    let before = library.shelved(&pack.name).filter(|shelved| shelved.origin != Origin::BuiltIn);
    if let Some(before) = before {
        let maps = before.pack().maps.clone();
        let lost = |step: &&Step| step.to.as_ref().is_some_and(|to| pack.clause(to).is_none());
        let told = |(from, steps): (&Name, &Vec<Step>)| {
            let lost: Vec<&Step> = steps.iter().filter(lost).collect();
            let first = lost.first()?.line();
            let message = match lost.len() {
                1 => format!(
                    "the step {first} in maps/{from}.jsonl leads to a number that it does not have: take it out first"
                ),
                many => format!(
                    "{many} of the steps in maps/{from}.jsonl lead to numbers that it does not have, as {first} does: take them out first"
                ),
            };
            Some(Fault { line: None, message })
        };
        let faults: Vec<Fault> = maps.iter().filter_map(told).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        pack.maps = maps;
    }
    if let (Levels::None, Some(Levels::Sets(sets))) = (&pack.levels, before.map(|shelved| &shelved.pack().levels)) {
        let mut sets = sets.clone();
        sets.values_mut().for_each(|ids| ids.retain(|id| pack.clause(id).is_some()));
        pack.levels = Levels::Sets(sets);
    }
    Ok(pack)
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
