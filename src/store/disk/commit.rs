//! Writing several files as one: every file is prepared beside its target, a journal says which, the
//! renames follow, the journal goes. Whoever comes after a crash finds the journal and finishes or undoes.
//!
//! Until the journal is complete nothing has changed; after that the act is done, however often it takes.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::DiskError;
use super::journal::{Entry, Journal};
use crate::store::Write;

/// Something done to the disk, in order; a crash can fall before and after each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The new content lies beside its target.
    Prepare(usize),
    /// The journal says what is going to happen.
    Record,
    /// A prepared file takes the place of its target.
    Swap(usize),
    /// The journal is gone: all is done.
    Forget,
}

/// Writes all of them or none. Nothing is written when a file is not what the edit was planned on, or when
/// a path leaves `root`. The caller holds the lock; `state` is where the journal goes.
pub fn commit(root: &Path, state: &Path, writes: &[Write]) -> Result<(), DiskError> {
    let mut act = Act::plan(root, state, writes)?;
    steps(writes.len()).iter().try_for_each(|step| act.take(step))
}

/// Finishes or undoes what an interrupted command left. The caller holds the lock.
pub fn recover(root: &Path, state: &Path) -> Result<(), DiskError> {
    let Some(journal) = Journal::load(state)? else { return Ok(()) };
    for entry in &journal.entries {
        settle(root, state, entry)?;
    }
    Journal::forget(state)
}

/// The steps of a commit of this many files.
pub(super) fn steps(files: usize) -> Vec<Step> {
    let prepare = (0..files).map(Step::Prepare);
    let swap = (0..files).map(Step::Swap);
    prepare.chain([Step::Record]).chain(swap).chain([Step::Forget]).collect()
}

/// A commit under way.
pub(super) struct Act<'a> {
    root: &'a Path,
    state: &'a Path,
    writes: &'a [Write],
    prepared: Vec<NamedTempFile>,
}

impl<'a> Act<'a> {
    /// Looks at everything before anything is touched.
    pub(super) fn plan(root: &'a Path, state: &'a Path, writes: &'a [Write]) -> Result<Act<'a>, DiskError> {
        for write in writes {
            let target = target(root, &write.path)?;
            let now = read(&target)?;
            if now != write.before {
                return Err(DiskError::Changed { path: write.path.clone() });
            }
        }
        Ok(Act { root, state, writes, prepared: Vec::new() })
    }

    pub(super) fn take(&mut self, step: &Step) -> Result<(), DiskError> {
        match step {
            Step::Prepare(at) => self.prepare(&self.writes[*at]),
            Step::Record => self.record(),
            Step::Swap(at) => self.swap(*at),
            Step::Forget => Journal::forget(self.state),
        }
    }

    fn prepare(&mut self, write: &Write) -> Result<(), DiskError> {
        let target = target(self.root, &write.path)?;
        let folder = parent(&target);
        let failed = |error: io::Error| DiskError::io("writing", &target, &error);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut file = tempfile::Builder::new().prefix(".redan-").suffix(".tmp").tempfile_in(folder).map_err(failed)?;
        file.write_all(&write.after).map_err(failed)?;
        let permissions = fs::metadata(&target).map(|metadata| metadata.permissions()).or_else(|_| fresh(file.path()));
        file.as_file().set_permissions(permissions.map_err(failed)?).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        self.prepared.push(file);
        Ok(())
    }

    fn record(&self) -> Result<(), DiskError> {
        let entry = |(write, file): (&Write, &NamedTempFile)| Entry {
            path: write.path.clone(),
            temporary: file.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            before: write.before.as_deref().map(hash),
            after: hash(&write.after),
        };
        let entries = self.writes.iter().zip(&self.prepared).map(entry).collect();
        Journal { entries }.save(self.state)
    }

    fn swap(&mut self, at: usize) -> Result<(), DiskError> {
        let target = target(self.root, &self.writes[at].path)?;
        let prepared = self.prepared[at].path();
        fs::rename(prepared, &target).map_err(|error| DiskError::io("writing", &target, &error))?;
        sync(parent(&target));
        Ok(())
    }

    /// A process that dies leaves its prepared files behind; only tests call this.
    #[cfg(test)]
    pub(super) fn die(self) {
        self.prepared.into_iter().for_each(|file| drop(file.keep()));
    }
}

/// Brings one file of an interrupted act to its state after it. The journal is complete, so all prepared
/// files were there when it was written.
fn settle(root: &Path, state: &Path, entry: &Entry) -> Result<(), DiskError> {
    let target = target(root, &entry.path)?;
    let temporary = parent(&target).join(&entry.temporary);
    let now = read(&target)?.as_deref().map(hash);
    if now.as_ref() == Some(&entry.after) {
        // Done already; the prepared file is gone by the rename, or was never needed.
        let _ = fs::remove_file(&temporary);
        return Ok(());
    }
    let prepared = read(&temporary)?.as_deref().map(hash);
    if now != entry.before || prepared.as_ref() != Some(&entry.after) {
        let journal = Journal::path(state).display().to_string();
        return Err(DiskError::Torn { path: entry.path.clone(), journal });
    }
    fs::rename(&temporary, &target).map_err(|error| DiskError::io("writing", &target, &error))?;
    sync(parent(&target));
    Ok(())
}

/// The place of a path inside the root; a path that leaves it, or goes through a link, is refused.
fn target(root: &Path, path: &str) -> Result<PathBuf, DiskError> {
    let outside = || DiskError::Outside { path: path.to_owned() };
    let mut place = root.to_path_buf();
    for part in Path::new(path).components() {
        let Component::Normal(name) = part else { return Err(outside()) };
        if name.eq_ignore_ascii_case(".git") {
            return Err(outside());
        }
        place.push(name);
        if fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.file_type().is_symlink()) {
            return Err(outside());
        }
    }
    Ok(place)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::io("reading", path, &error)),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// What the system gives a new file, which a temporary file does not have.
#[cfg(unix)]
fn fresh(path: &Path) -> io::Result<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_mode(0o644);
    Ok(permissions)
}

#[cfg(not(unix))]
fn fresh(path: &Path) -> io::Result<fs::Permissions> {
    fs::metadata(path).map(|metadata| metadata.permissions())
}

/// Makes renames in a folder last; where folders cannot be synced the rename itself has to do.
fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two files to change and one to make, as a workspace would.
    fn stage() -> (tempfile::TempDir, PathBuf, Vec<Write>) {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        fs::create_dir_all(folder.path().join("m")).unwrap();
        fs::write(folder.path().join("m/a.toml"), "old a").unwrap();
        fs::write(folder.path().join("m/b.toml"), "old b").unwrap();
        let write = |path: &str, before: Option<&str>, after: &str| Write {
            path: path.to_owned(),
            before: before.map(|text| text.as_bytes().to_vec()),
            after: after.as_bytes().to_vec(),
        };
        let writes = vec![
            write("m/a.toml", Some("old a"), "new a"),
            write("m/b.toml", Some("old b"), "new b"),
            write("m/decisions/c.toml", None, "new c"),
        ];
        (folder, state, writes)
    }

    fn state_of(root: &Path, writes: &[Write]) -> Vec<Option<Vec<u8>>> {
        writes.iter().map(|write| read(&root.join(&write.path)).unwrap()).collect()
    }

    #[test]
    fn a_crash_after_any_step_leaves_the_old_or_the_new_state() {
        let all = steps(3).len();
        let mut seen = [0, 0];
        for survived in 0..=all {
            let (folder, state, writes) = stage();
            let root = folder.path();
            let mut act = Act::plan(root, &state, &writes).unwrap();
            for step in &steps(writes.len())[..survived] {
                act.take(step).unwrap();
            }
            act.die();
            recover(root, &state).unwrap();
            let now = state_of(root, &writes);
            let old: Vec<_> = writes.iter().map(|write| write.before.clone()).collect();
            let new: Vec<_> = writes.iter().map(|write| Some(write.after.clone())).collect();
            assert!(now == old || now == new, "after {survived} of {all} steps: {now:?}");
            seen[usize::from(now == new)] += 1;
            assert!(!Journal::path(&state).exists());
            commit_again(root, &state, &now);
        }
        assert!(seen[0] > 0 && seen[1] > 0, "both states were reached: {seen:?}");
    }

    /// Whatever the crash left, the next command works.
    fn commit_again(root: &Path, state: &Path, now: &[Option<Vec<u8>>]) {
        let next = Write { path: "m/a.toml".to_owned(), before: now[0].clone(), after: b"next".to_vec() };
        commit(root, state, &[next]).unwrap();
        assert_eq!(fs::read(root.join("m/a.toml")).unwrap(), b"next");
    }

    #[test]
    fn an_edit_made_after_the_crash_is_not_overwritten() {
        let (folder, state, writes) = stage();
        let mut act = Act::plan(folder.path(), &state, &writes).unwrap();
        for step in &steps(3)[..5] {
            act.take(step).unwrap();
        }
        act.die();
        fs::write(folder.path().join("m/b.toml"), "by hand").unwrap();
        let error = recover(folder.path(), &state).unwrap_err();
        assert!(matches!(&error, DiskError::Torn { path, .. } if path == "m/b.toml"), "{error}");
        assert_eq!(fs::read(folder.path().join("m/b.toml")).unwrap(), b"by hand");
    }

    #[test]
    fn a_file_that_changed_since_the_plan_stops_everything() {
        let (folder, state, writes) = stage();
        fs::write(folder.path().join("m/b.toml"), "by hand").unwrap();
        let error = commit(folder.path(), &state, &writes).unwrap_err();
        assert_eq!(error, DiskError::Changed { path: "m/b.toml".to_owned() });
        assert_eq!(fs::read(folder.path().join("m/a.toml")).unwrap(), b"old a");
        assert!(!folder.path().join("m/decisions").exists());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_outside_or_through_links() {
        let (folder, state, _) = stage();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("link")).unwrap();
        for path in ["../x.toml", "/etc/x.toml", "link/x.toml", ".git/config", "m/../../x.toml"] {
            let write = Write { path: path.to_owned(), before: None, after: Vec::new() };
            let error = commit(folder.path(), &state, &[write]).unwrap_err();
            assert_eq!(error, DiskError::Outside { path: path.to_owned() });
        }
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, state, writes) = stage();
        let path = folder.path().join("m/a.toml");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        commit(folder.path(), &state, &writes).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
