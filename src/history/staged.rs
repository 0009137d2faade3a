//! What is staged. The `git` program lists it: it reads a large index several times sooner than libgit2, which proves
//! the checksum of the whole first, and any kind of index. Where there is no program, libgit2 does.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use git2::{Index, IndexEntry, Oid};

use super::program::reading;
use super::{GitError, Repo};
use crate::store::{Content, Source, belongs, disk, on_the_way};

const INTENT_TO_ADD: u16 = 1 << 13;
const LINK: u32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;
/// The id of a file without a byte. `git add --intent-to-add` promises a file under it, and stages nothing.
const EMPTY: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

/// An entry of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    path: String,
    mode: u32,
    id: Oid,
    /// 0, or the side of a conflict.
    stage: u16,
}

/// What was listed a moment ago, for the next question.
#[derive(Debug)]
pub(super) struct Listed {
    index: Option<PathBuf>,
    places: Vec<String>,
    entries: Vec<Entry>,
}

impl Repo {
    /// One file as staged. `index` names another index file than the repository's own, as Git does for hooks of
    /// partial commits. Roots that will be asked for next are listed in the same breath.
    pub fn staged_file(&self, index: Option<&Path>, path: &str, next: &[String]) -> Result<Option<Source>, GitError> {
        let listed = self.listed(index, places(next).chain([path.to_owned()]).collect())?;
        let found = listed.entries.iter().find(|entry| entry.path == path).map(|entry| self.entry_source(entry));
        self.listed.replace(Some(listed));
        found.transpose()
    }

    /// Every TOML file and every link under the roots as staged.
    pub fn staged(&self, index: Option<&Path>, roots: &[String]) -> Result<Vec<Source>, GitError> {
        let wanted: Vec<String> = places(roots).collect();
        let fits = |listed: &Listed| {
            listed.index.as_deref() == index && wanted.iter().all(|place| listed.places.contains(place))
        };
        // Asked once more, it may be another index by then.
        let listed = match self.listed.take().filter(fits) {
            Some(listed) => listed,
            None => self.listed(index, wanted)?,
        };
        self.under(&listed.entries, roots)
    }

    /// TOML files under the roots that a sparse checkout leaves out of the working tree: not there, and not
    /// deleted.
    pub fn skipped(&self, roots: &[String]) -> Result<Vec<Source>, GitError> {
        const SKIP_WORKTREE: u16 = 1 << 14;
        if self.configured("core.sparsecheckout").as_deref() != Some("true") {
            return Ok(Vec::new());
        }
        let all = self.git.index().map_err(|error| failed(&error))?;
        let left_out = all.iter().filter(|entry| entry.flags_extended & SKIP_WORKTREE != 0);
        self.under(&left_out.filter_map(|entry| known(&entry)).collect::<Vec<Entry>>(), roots)
    }

    /// Submodules where models are looked for: repositories of their own, each with its own history.
    pub fn submodules(&self, roots: &[String]) -> Result<Vec<String>, GitError> {
        let named = |root: &Path| disk::exists(&root.join(".gitmodules"));
        if !self.git.workdir().is_some_and(named) {
            return Ok(Vec::new());
        }
        let modules = self.git.index().map_err(|error| failed(&error))?;
        let paths = modules.iter().filter(|entry| entry.mode == SUBMODULE);
        let paths = paths.filter_map(|entry| String::from_utf8(entry.path).ok());
        Ok(paths.filter(|path| on_the_way(roots, path)).collect())
    }

    /// Every TOML file and every link under the roots, and the file `also`, of an index that was made by a merge.
    pub(super) fn indexed(&self, index: &Index, roots: &[String], also: &str) -> Result<Vec<Source>, GitError> {
        // One file is looked up; an index may hold a hundred thousand others.
        let one = || (0..=3).filter_map(|stage| index.get_path(Path::new(also), stage));
        let all: Box<dyn Iterator<Item = IndexEntry>> =
            if roots.is_empty() { Box::new(one()) } else { Box::new(index.iter()) };
        let entries: Vec<Entry> = all.filter_map(|entry| known(&entry)).collect();
        let mut found = self.under(&entries, roots)?;
        if !belongs(roots, also) {
            let other = entries.iter().filter(|entry| entry.path == also).map(|entry| self.entry_source(entry));
            found.extend(other.collect::<Result<Vec<Source>, GitError>>()?);
        }
        Ok(found)
    }

    fn under(&self, entries: &[Entry], roots: &[String]) -> Result<Vec<Source>, GitError> {
        let wanted =
            |entry: &&Entry| belongs(roots, &entry.path) || (entry.mode == LINK && on_the_way(roots, &entry.path));
        entries.iter().filter(wanted).map(|entry| self.entry_source(entry)).collect()
    }

    fn entry_source(&self, entry: &Entry) -> Result<Source, GitError> {
        let content = match entry.mode {
            _ if entry.stage > 0 => Content::Unreadable("it is in conflict: resolve it, then git add it".to_owned()),
            LINK => Content::Symlink,
            SUBMODULE => Content::Folder,
            _ => self.blob(entry.id)?,
        };
        Ok(Source { path: entry.path.clone(), content })
    }

    fn listed(&self, index: Option<&Path>, places: Vec<String>) -> Result<Listed, GitError> {
        let told = self.git.workdir().and_then(|root| told(self.git.path(), (root, index), &places));
        let entries = match told {
            Some(entries) => entries,
            None => self.opened(index)?.iter().filter_map(|entry| known(&entry)).collect(),
        };
        Ok(Listed { index: index.map(Path::to_path_buf), places, entries })
    }

    fn opened(&self, index: Option<&Path>) -> Result<Index, GitError> {
        // Git names the repository's own index to its hooks too; it may be large, and is read once.
        let own = disk::real(&self.git.path().join("index")).ok();
        match index.filter(|path| disk::real(path).ok() != own) {
            Some(path) => Index::open(path).map_err(|error| failed(&error)),
            None => {
                let mut index = self.git.index().map_err(|error| failed(&error))?;
                // Only where it changed since it was opened.
                index.read(false).map_err(|error| failed(&error))?;
                Ok(index)
            }
        }
    }
}

fn failed(error: &git2::Error) -> GitError {
    GitError::other("reading the index", error)
}

/// Where everything lies that has to do with the roots: what leads to one may be a link.
fn places(roots: &[String]) -> impl Iterator<Item = String> {
    roots.iter().map(|root| root.split('/').next().unwrap_or(root)).map(|first| match first.contains('*') {
        true => ".".to_owned(),
        false => first.to_owned(),
    })
}

/// What the program lists. Nothing where it cannot, or where it leaves open whether a file is there.
fn told(git_dir: &Path, (root, index): (&Path, Option<&Path>), places: &[String]) -> Option<Vec<Entry>> {
    let mut command = reading(git_dir);
    command.current_dir(root).env("GIT_WORK_TREE", root).envs(index.map(|index| ("GIT_INDEX_FILE", index)));
    command.args(["ls-files", "--stage", "--full-name", "-z", "--"]).args(places);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut printed = Vec::new();
    let read = child.stdout.take().map(|mut stdout| stdout.read_to_end(&mut printed));
    let ended = child.wait().is_ok_and(|status| status.success());
    let entries = printed.split(|&byte| byte == 0).filter(|line| !line.is_empty());
    let entries: Vec<Entry> =
        entries.map(entry).collect::<Option<Vec<Option<Entry>>>>()?.into_iter().flatten().collect();
    let open = Oid::from_str(EMPTY).is_ok_and(|empty| entries.iter().any(|entry| entry.id == empty));
    (ended && read.is_some_and(|read| read.is_ok()) && !open).then_some(entries)
}

/// `100644 4f0c… 0\tpath`; a path that is no text is nobody's.
fn entry(line: &[u8]) -> Option<Option<Entry>> {
    let tab = line.iter().position(|&byte| byte == b'\t')?;
    let mut words = str::from_utf8(&line[..tab]).ok()?.split(' ');
    let (mode, id, stage) = (words.next()?, words.next()?, words.next()?);
    let (mode, id, stage) = (u32::from_str_radix(mode, 8).ok()?, Oid::from_str(id).ok()?, stage.parse().ok()?);
    let path = String::from_utf8(line[tab + 1..].to_vec()).ok();
    Some(path.map(|path| Entry { path, mode, id, stage }))
}

/// An entry of libgit2's. `git add --intent-to-add` promises a file and stages nothing of it.
fn known(entry: &IndexEntry) -> Option<Entry> {
    let path = str::from_utf8(&entry.path).ok().filter(|_| entry.flags_extended & INTENT_TO_ADD == 0)?;
    Some(Entry { path: path.to_owned(), mode: entry.mode, id: entry.id, stage: (entry.flags >> 12) & 3 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_entry() {
        let id = "1111111111111111111111111111111111111111";
        let read = entry(format!("100644 {id} 2\ttm/a b/model.toml").as_bytes()).flatten().unwrap();
        assert_eq!((read.path.as_str(), read.mode, read.stage), ("tm/a b/model.toml", 0o100_644, 2));
        assert_eq!(
            entry(format!("100644 {id} 0\t").as_bytes().iter().copied().chain([0xff]).collect::<Vec<u8>>().as_slice()),
            Some(None)
        );
        assert_eq!(entry(b"100644 x 0\ta"), None);
        assert_eq!(entry(b"anything"), None);
    }

    #[test]
    fn a_place_is_where_a_root_begins() {
        let roots = ["threat-models", "services/*/tm", "*/tm"].map(str::to_owned);
        assert_eq!(places(&roots).collect::<Vec<_>>(), ["threat-models", "services", "."]);
    }
}
