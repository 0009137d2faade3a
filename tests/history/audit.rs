//! The audit says what the oracle says.

use super::dag::{dag, import};
use super::oracle::{Answer, answer};
use crate::tier::{cases, say};
use redan::history::{Named, Question, Reader, Repo};
use redan::identity::{Breach, Ledger, Published};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

pub fn init(path: &Path) {
    let done = Command::new("git").arg("init").arg("--quiet").arg("-b").arg("main").arg(path).status();
    assert!(done.expect("git is there").success());
}

/// The ledger in the words of the oracle.
pub fn plain(ledger: &Ledger) -> Answer {
    let mut answer = Answer::default();
    let words = |entity: &redan::model::Entity| {
        entity.identity().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\u{1f}")
    };
    for (model, account) in &ledger.models {
        answer.models.extend(account.owed.is_some().then(|| model.to_string()));
        for (id, known) in &account.entities {
            let name = format!("{model}/{id}");
            answer.spoken.extend(known.meanings.iter().map(|meaning| (name.clone(), words(&meaning.entity))));
            if let Some(owed) = &known.owed {
                answer.owed.insert(name, (owed.entity.as_deref().map(words), owed.present));
            }
        }
    }
    for broken in &ledger.breaks {
        let name = broken.id.map_or_else(|| broken.model.to_string(), |id| format!("{}/{id}", broken.model));
        answer.breaks.insert((broken.breach, name, words(&broken.from), words(&broken.to), String::new()));
    }
    answer
}

fn ask(path: &Path, published: &[Published], reader: Reader) -> Ledger {
    let repo = Repo::discover(path).expect("a repository");
    let parents = [repo.commit("main").expect("a branch")];
    let roots = ["tm".to_owned(), "old".to_owned()];
    repo.audit(&Question { roots: &roots, published, parents: &parents, reader }).expect("an answer")
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
    let count = cases(60, 2000);
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
            let ledger = ask(folder.path(), &published, reader);
            assert!(ledger.complete(), "{:?}", ledger.gaps);
            equal(&plain(&ledger), &wanted, &format!("seed {} by {reader:?}", seed + 1));
        }
        commits += dag.commits;
        wanted.breaks.iter().for_each(|broken| *breaks.entry(broken.0).or_default() += 1);
    }
    say(&format!("audited {count} random histories, {commits} commits, breaks {breaks:?}"));
    let kinds = [Breach::Rewritten, Breach::Reused, Breach::Collided, Breach::ModelReused, Breach::Tombstone, Breach::Rating];
    assert!(kinds.iter().all(|kind| breaks.contains_key(kind)), "the histories break too little to show anything");
}
