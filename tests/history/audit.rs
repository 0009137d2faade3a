//! The audit says what the oracle says.

use super::dag::{Dice, dag, import};
use super::oracle::{Answer, answer};
use crate::tier::{cases, say, shared};
use redan::history::{Named, Question, Reader, Repo, Stand};
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

fn ask(path: &Path, asked: (&[Published], &str), reader: Reader, cache: bool) -> Ledger {
    ask_told(path, asked, &[], (reader, cache))
}

fn ask_told(
    path: &Path,
    (published, from): (&[Published], &str),
    stood: &[Stand],
    (reader, cache): (Reader, bool),
) -> Ledger {
    let repo = Repo::discover(path).expect("a repository");
    let parents = [repo.commit(from).expect("a branch")];
    let roots = ["tm".to_owned(), "old".to_owned()];
    repo.audit(&Question { roots: &roots, settings: "redan.toml", published, parents: &parents, stood, reader, cache })
        .expect("an answer")
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

/// Breaks that were found, and the commits they were found in.
#[derive(Default)]
struct Tally {
    commits: usize,
    breaks: BTreeMap<Breach, u32>,
    /// The cache of the history before.
    cache: Option<Vec<u8>>,
}

/// One random history by both readers, from the published branch or from another one, and by the cache of
/// an earlier state, which is then damaged.
fn audited(seed: u64, tally: &mut Tally) {
    let dag = dag(seed);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    init(path);
    import(path, &dag.stream);
    let repo = Repo::discover(path).expect("a repository");
    let refs = published(path);
    let from = if seed.is_multiple_of(3) { "topic" } else { "main" };
    let parents = [repo.commit(from).expect("a branch").id];
    let mut stood = stood(path, &refs, seed);
    let wanted = answer(path, &refs, &parents, &stood);
    for reader in [Reader::Program, Reader::Library] {
        let ledger = ask_told(path, (&refs, from), &stood, (reader, false));
        assert!(ledger.complete(), "{:?}", ledger.gaps);
        equal(&plain(&ledger), &wanted, &format!("seed {seed} by {reader:?}"));
    }
    let earlier = earlier(&repo, &refs, seed);
    ask_told(path, (&earlier, from), &stood, (Reader::Library, true));
    let reader = [Reader::Program, Reader::Library, Reader::Sooner][seed as usize % 3];
    let carried = ask_told(path, (&refs, from), &stood, (reader, true));
    // What the cache was made of was published too, and is remembered.
    let told = stood.clone();
    let stand = |published: &Published| Stand { name: published.name.clone(), commit: published.commit.clone() };
    stood.extend(refs.iter().chain(&earlier).map(stand));
    let wanted = answer(path, &refs, &parents, &stood);
    equal(&plain(&carried), &wanted, &format!("seed {seed} carried on by {reader:?}"));
    tally.cache = Some(damage(path, seed, &tally.cache));
    let again = ask_told(path, (&refs, from), &told, (Reader::Library, true));
    equal(&plain(&again), &wanted, &format!("seed {seed} with a damaged cache"));
    tally.commits += dag.commits;
    wanted.breaks.iter().for_each(|broken| *tally.breaks.entry(broken.0).or_default() += 1);
}

/// Commits that some refs may have stood at, of half the histories: on the line of their first parents, or beside it.
fn stood(path: &Path, refs: &[Published], seed: u64) -> Vec<Stand> {
    let mut dice = Dice::new(seed ^ 0x57d0);
    let mut found = Vec::new();
    for published in refs.iter().filter(|published| !published.tag) {
        let below = git(path, &["rev-list", "--topo-order", &published.commit]);
        let below: Vec<&str> = below.lines().collect();
        let count = if dice.one_in(2) { dice.below(4) } else { 0 };
        let pick = |_| Stand { name: published.name.clone(), commit: below[dice.below(below.len())].to_owned() };
        found.extend((0..count).map(pick));
    }
    found
}

/// The published refs as they may have been before: each some first parents back, or not there yet.
fn earlier(repo: &Repo, refs: &[Published], seed: u64) -> Vec<Published> {
    let mut dice = Dice::new(seed ^ 0x5eed);
    let back = |(nth, published): (usize, &Published)| {
        let steps = dice.below(6);
        let name = format!("{}~{steps}", published.commit);
        let commit = if published.tag { published.commit.clone() } else { repo.commit(&name).ok()?.id };
        (nth == 0 || !dice.one_in(5)).then(|| Published { commit, ..published.clone() })
    };
    refs.iter().enumerate().filter_map(back).collect()
}

/// Does something to the cache, and gives back what it was.
fn damage(path: &Path, seed: u64, foreign: &Option<Vec<u8>>) -> Vec<u8> {
    let mut dice = Dice::new(seed ^ 0xdead);
    let cache = path.join(".git/redan/history.cache");
    let whole = std::fs::read(&cache).expect("a cache");
    let mut bytes = whole.clone();
    match dice.below(5) {
        0 => bytes[dice.below(whole.len())] ^= 1 << dice.below(8),
        1 => bytes.truncate(dice.below(whole.len())),
        2 => bytes.extend_from_slice(b"more"),
        3 => bytes.clear(),
        _ => bytes = foreign.clone().unwrap_or_default(),
    }
    std::fs::write(&cache, bytes).expect("written");
    whole
}

#[test]
fn the_audit_finds_what_a_plain_reading_finds() {
    let count = cases(60, 2000);
    let tallies = shared(u64::from(count), audited);
    let commits: usize = tallies.iter().map(|tally| tally.commits).sum();
    let mut breaks: BTreeMap<Breach, u32> = BTreeMap::new();
    for (breach, count) in tallies.into_iter().flat_map(|tally| tally.breaks) {
        *breaks.entry(breach).or_default() += count;
    }
    say(&format!("audited {count} random histories, {commits} commits, breaks {breaks:?}"));
    let all = [
        Breach::Rewritten,
        Breach::Reused,
        Breach::Collided,
        Breach::Tombstone,
        Breach::Rating,
        Breach::Rows,
        Breach::ModelReused,
    ];
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
    let plainly = ask(path, (&refs, "main"), Reader::Program, false);
    let kept = ask(path, (&refs, "main"), Reader::Sooner, true);
    equal(&plain(&kept), &plain(&plainly), of);
    assert_eq!(kept.commits, plainly.commits, "{of}");
    kept
}

#[test]
fn a_cache_changes_nothing() {
    let count = cases(8, 60);
    shared(u64::from(count), |seed, _: &mut ()| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        init(path);
        import(path, &dag(seed + 5000).stream);
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
        together(path, &seed);
        // History is rewritten under the cache.
        git(path, &["update-ref", "refs/heads/main", "refs/heads/topic"]);
        agree(path, &format!("{seed}, moved by force"));
    });
    say(&format!("audited {count} random histories step by step with one cache"));
}

/// Several audits at once, while somebody else puts the cache away and damages it.
fn together(path: &Path, of: &str) {
    let refs = published(path);
    let wanted = plain(&ask(path, (&refs, "main"), Reader::Library, false));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let ledger = ask(path, (&refs, "main"), Reader::Library, true);
                equal(&plain(&ledger), &wanted, &format!("{of}, together"));
            });
        }
        scope.spawn(|| drop(std::fs::write(path.join(".git/redan/history.cache"), b"torn")));
    });
}
