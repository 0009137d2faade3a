//! The audit says what the oracle says.

use super::dag::{dag, import};
use super::oracle::{Answer, answer};
use crate::tier::{cases, say};
use redan::history::{Named, Question, Reader, Repo};
use redan::identity::{Breach, Ledger, Published, Told};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

pub fn init(path: &Path) {
    let done = Command::new("git").arg("init").arg("--quiet").arg("-b").arg("main").arg(path).status();
    assert!(done.expect("git is there").success());
}

/// The ledger in the words of the oracle.
pub fn plain(ledger: &Ledger) -> Answer {
    let mut answer = Answer::default();
    let words = |told: &Arc<Told>| told.identity.to_string();
    for (model, account) in &ledger.models {
        answer.models.extend(account.owed.is_some().then(|| model.to_string()));
        for (id, known) in &account.entities {
            let name = format!("{model}/{id}");
            answer.spoken.extend(known.meanings.iter().map(|meaning| (name.clone(), words(&meaning.told))));
            if let Some(owed) = &known.owed {
                answer.owed.insert(name, (owed.told.as_ref().map(words), owed.present));
            }
        }
    }
    for broken in &ledger.breaks {
        let name = broken.id.map_or_else(|| broken.model.to_string(), |id| format!("{}/{id}", broken.model));
        answer.breaks.insert((broken.breach, name, words(&broken.from), words(&broken.to), String::new()));
    }
    answer
}

fn ask(path: &Path, published: &[Published], reader: Reader, cache: bool) -> Ledger {
    let repo = Repo::discover(path).expect("a repository");
    let parents = [repo.commit("main").expect("a branch")];
    let roots = ["tm".to_owned(), "old".to_owned()];
    repo.audit(&Question { roots: &roots, published, parents: &parents, reader, cache }).expect("an answer")
}

/// Shows what one of them has alone.
pub fn equal(got: &Answer, wanted: &Answer, of: &str) {
    let spoken: Vec<_> = got.spoken.symmetric_difference(&wanted.spoken).collect();
    let models: Vec<_> = got.models.symmetric_difference(&wanted.models).collect();
    let owed = |a: &Answer, b: &Answer| -> Vec<String> {
        a.owed.iter().filter(|(key, owed)| b.owed.get(*key) != Some(owed)).map(|row| format!("{row:?}")).collect()
    };
    let more: Vec<_> = got.breaks.difference(&wanted.breaks).collect();
    let less: Vec<_> = wanted.breaks.difference(&got.breaks).collect();
    let shown = format!(
        "spoken {spoken:?}\nmodels {models:?}\nowed {:?} for {:?}\ntoo much {more:?}\nmissing {less:?}",
        owed(got, wanted),
        owed(wanted, got)
    );
    assert!(got == wanted, "{of}\n{shown}");
}

#[test]
fn the_audit_finds_what_a_plain_reading_finds() {
    // The first history on which the two disagree is seed 163: an entity named in a folder that changes hands.
    let count = cases(60, 160);
    let mut commits = 0;
    let mut breaks: BTreeMap<Breach, u32> = BTreeMap::new();
    for seed in 0..u64::from(count) {
        let dag = dag(seed + 1);
        let folder = tempfile::tempdir().expect("a folder");
        init(folder.path());
        import(folder.path(), &dag.stream);
        let repo = Repo::discover(folder.path()).expect("a repository");
        let published = repo.published(Named::default()).expect("a branch");
        let parents = vec![repo.commit("main").expect("a branch").id];
        let wanted = answer(folder.path(), &published, &parents);
        for reader in [Reader::Program, Reader::Library] {
            let ledger = ask(folder.path(), &published, reader, false);
            assert!(ledger.complete(), "{:?}", ledger.gaps);
            equal(&plain(&ledger), &wanted, &format!("seed {} by {reader:?}", seed + 1));
        }
        commits += dag.commits;
        wanted.breaks.iter().for_each(|broken| *breaks.entry(broken.0).or_default() += 1);
    }
    say(&format!("audited {count} random histories, {commits} commits, breaks {breaks:?}"));
    let all =
        [Breach::Rewritten, Breach::Reused, Breach::Collided, Breach::Tombstone, Breach::Rating, Breach::ModelReused];
    let kinds = if count < 1000 { &all[..3] } else { &all[..] };
    assert!(kinds.iter().all(|kind| breaks.contains_key(kind)), "the histories break too little to show anything");
}

fn git(path: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").arg("-C").arg(path).args(arguments).output().expect("git is there");
    assert!(done.status.success(), "git {arguments:?}\n{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

fn published(path: &Path) -> Vec<Published> {
    Repo::discover(path).expect("a repository").published(Named::default()).expect("a branch")
}

/// With and without a cache, in this state of the repository.
fn agree(path: &Path, of: &str) -> Ledger {
    let refs = published(path);
    let plainly = ask(path, &refs, Reader::Program, false);
    let kept = ask(path, &refs, Reader::Program, true);
    equal(&plain(&kept), &plain(&plainly), of);
    assert_eq!(kept.commits, plainly.commits, "{of}");
    kept
}

#[test]
fn a_cache_changes_nothing() {
    let count = cases(40, 60);
    let mut other: Option<Vec<u8>> = None;
    for seed in 0..u64::from(count) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        init(path);
        import(path, &dag(seed + 5000).stream);
        let cache = path.join(".git/redan/history.cache");
        let seed = format!("seed {}", seed + 5000);
        let tips: Vec<String> = ["main", "release/1", "release/2"].map(|name| format!("refs/heads/{name}")).to_vec();
        let there = |name: &&String| Repo::discover(path).expect("a repository").commit(name).is_ok();
        let ends: Vec<(String, String)> =
            tips.iter().filter(there).map(|name| (name.clone(), git(path, &["rev-parse", name]))).collect();
        // From far back to the end, by steps along each branch.
        for back in [9, 5, 2, 1, 0] {
            for (name, end) in &ends {
                let chain = git(path, &["rev-list", "--first-parent", "-n", "12", end]);
                let ids: Vec<&str> = chain.lines().collect();
                git(path, &["update-ref", name, ids[back.min(ids.len() - 1)]]);
            }
            agree(path, &format!("{seed}, {back} back"));
        }
        agree(path, &format!("{seed}, again"));
        let whole = std::fs::read(&cache).expect("a cache");
        for at in [0, 40, whole.len() / 2, whole.len() - 1] {
            let mut broken = whole.clone();
            broken[at] ^= 1;
            std::fs::write(&cache, &broken).expect("written");
            agree(path, &format!("{seed}, byte {at} wrong"));
        }
        std::fs::write(&cache, &whole[..whole.len() / 3]).expect("written");
        agree(path, &format!("{seed}, cut off"));
        std::fs::write(&cache, other.replace(whole).unwrap_or_default()).expect("written");
        agree(path, &format!("{seed}, of another repository"));
        // History is rewritten under the cache.
        git(path, &["update-ref", "refs/heads/main", "refs/heads/topic"]);
        agree(path, &format!("{seed}, moved by force"));
    }
    say(&format!("audited {count} random histories with caches of twelve kinds"));
}
