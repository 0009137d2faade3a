//! The merge driver, called by the real `git merge`, `git rebase` and `git cherry-pick`.

use redan::model::{Entity, Kind, Model};
use redan::store::{self, Content, Settings, Source, Workspace, plan};

use super::grow::{covered, grown, holdings};
use crate::arbitrary::Dice;
use crate::scratch::{Output, Scratch};
use crate::tier::{cases, say, shared};
use std::collections::BTreeSet;

const FOLDER: &str = "threat-models/link-shortener";
const FILES: [&str; 2] = ["model.toml", "controls.toml"];

/// A repository with the example, a comment above each of its tables, and the driver set up.
fn repository() -> Scratch {
    let scratch = Scratch::new();
    let made = scratch.redan(&["init", "--merge-driver"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    // A removal on one side may lose a mitigation of the other: that is for the reviewer of the merge.
    scratch.write("redan.toml", "[rules]\nmitigation_lost = \"info\"\n");
    for name in FILES {
        let text = std::fs::read_to_string(format!("{}/examples/small/{FOLDER}/{name}", env!("CARGO_MANIFEST_DIR")));
        let text = text.unwrap();
        let noted = text.lines().map(|line| match line.starts_with('[') {
            true => format!("# about {}\n{line}\n", line.trim_matches(['[', ']'])),
            false => format!("{line}\n"),
        });
        scratch.write(&format!("{FOLDER}/{name}"), &noted.collect::<String>());
    }
    scratch.commit("Begin");
    scratch
}

fn workspace(scratch: &Scratch) -> Workspace {
    let file = |name: &str| Source {
        path: format!("{FOLDER}/{name}"),
        content: Content::Bytes(scratch.read(&format!("{FOLDER}/{name}")).into_bytes().into()),
    };
    store::read(FILES.map(file).to_vec(), &Settings::default())
}

fn model(scratch: &Scratch) -> Model {
    workspace(scratch).models.into_values().next().unwrap()
}

/// Writes a state as the commands do.
fn write(scratch: &Scratch, state: &Model) {
    let before = workspace(scratch);
    let changes = redan::change::diff(&model(scratch), state);
    for write in plan(&before, "", &changes).unwrap() {
        scratch.write(&write.path, &String::from_utf8(write.after).unwrap());
    }
}

/// Two branches off one commit; `false` when one of them is that commit.
fn part(scratch: &Scratch, dice: &mut Dice) -> Option<(Model, Model)> {
    let base = model(scratch);
    let (ours, theirs) = (grown(dice, &base, "ours"), grown(dice, &base, "theirs"));
    if ours == base || theirs == base {
        return None;
    }
    scratch.ok(&["switch", "-qc", "feature"]).unwrap();
    write(scratch, &theirs);
    remark(scratch, dice, REMARKS[1]);
    scratch.commit("Theirs");
    scratch.ok(&["switch", "-q", "main"]).unwrap();
    write(scratch, &ours);
    remark(scratch, dice, REMARKS[0]);
    scratch.commit("Ours");
    Some((ours, theirs))
}

/// What each side says in a comment.
const REMARKS: [&str; 2] = ["# ours: see the minutes", "# theirs: see the ticket"];

/// Puts a comment above some table, or behind some line.
fn remark(scratch: &Scratch, dice: &mut Dice, words: &str) {
    let path = format!("{FOLDER}/model.toml");
    let text = scratch.read(&path);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let tables: Vec<usize> = (0..lines.len()).filter(|&nth| lines[nth].starts_with('[')).collect();
    let &table = dice.pick(&tables);
    match dice.pick(&[true, false]) {
        true => lines.insert(table, words.to_owned()),
        false => lines[table].push_str(&format!(" {words}")),
    }
    scratch.write(&path, &(lines.join("\n") + "\n"));
}

const WAYS: [&str; 5] = [
    "git merge -q -m merged feature",
    "git switch -q feature && git merge -q -m merged main",
    "git switch -q feature && git rebase -q main",
    "git cherry-pick feature",
    "git switch -q feature && git cherry-pick main",
];

/// What became of the merges, and the repository they were made in.
#[derive(Default)]
struct Tally {
    scratch: Option<Scratch>,
    clean: u32,
    asked: u32,
    told_apart: u32,
}

/// Back to the first commit, whatever was under way.
const AGAIN: &str = "for way in merge rebase cherry-pick; do git $way --abort 2>/dev/null; done; \
    git checkout -qf --detach refs/keep/base && git branch -qf main refs/keep/base && git checkout -q main; \
    git branch -qD feature 2>/dev/null; git status --porcelain";

#[test]
fn git_merges_models_or_asks() {
    let count = cases(16, 600);
    let tallies = shared(u64::from(count), one_merge);
    let sum = |of: fn(&Tally) -> u32| tallies.iter().map(of).sum::<u32>();
    let (clean, asked, apart) = (sum(|t| t.clean), sum(|t| t.asked), sum(|t| t.told_apart));
    say(&format!("merged {clean} of {count} pairs of branches by Git, asked about {asked}, told IDs apart in {apart}"));
    assert!(clean > count / 3 && clean > asked, "{clean} merged, {asked} asked");
    assert!(apart > 0, "no seed has a collision");
}

fn one_merge(seed: u64, tally: &mut Tally) {
    let mut dice = Dice::new(seed);
    let scratch = tally.scratch.get_or_insert_with(|| {
        let scratch = repository();
        scratch.ok(&["update-ref", "refs/keep/base", "HEAD"]).unwrap();
        scratch
    });
    assert_eq!(scratch.sh(AGAIN).stdout, "", "seed {seed}: the last one left something");
    let base = model(scratch);
    let Some((ours, theirs)) = part(scratch, &mut dice) else { return };
    let notes: Vec<String> = notes(scratch);
    let way = *dice.pick(&WAYS);
    let output = scratch.sh(way);
    if output.code != 0 && output.stderr.contains("is now empty") {
        // The other side says all of it already.
        return;
    }
    if output.code != 0 {
        tally.asked += 1;
        return asks(scratch, &output, &format!("seed {seed}: {way}"));
    }
    tally.clean += 1;
    tally.told_apart += u32::from(output.stderr.contains("both sides added"));
    let checked = scratch.redan(&["check"]);
    let said = format!("{}{}", checked.stdout, output.stderr);
    assert_eq!(checked.code, 0, "seed {seed}: {way}\n{said}\n{}", scratch.read(&format!("{FOLDER}/model.toml")));
    let merged = model(scratch);
    survives(&merged, [&base, &ours, &theirs], &format!("seed {seed}: {way}"));
    let after = self::notes(scratch);
    notes.iter().for_each(|note| assert!(after.contains(note), "seed {seed}: {way}: {note} is lost"));
    let text = scratch.read(&format!("{FOLDER}/model.toml"));
    REMARKS.iter().for_each(|words| assert!(text.contains(words), "seed {seed}: {way}: {words} is lost\n{text}"));
}

/// A merge that stopped left markers in every file it could not decide, and words that say why.
fn asks(scratch: &Scratch, output: &Output, of: &str) {
    let unmerged = scratch.git(&["diff", "--name-only", "--diff-filter=U"]).stdout;
    assert!(!unmerged.is_empty(), "{of}\n{}{}", output.stdout, output.stderr);
    assert!(output.stderr.contains("redan: "), "{of}: nobody says why\n{}", output.stderr);
    for path in unmerged.lines() {
        let text = scratch.read(path);
        assert!(text.contains("<<<<<<<") && text.contains(">>>>>>>"), "{of}: no markers in {path}\n{text}");
    }
    assert_eq!(scratch.redan(&["check"]).code, 1, "{of}: markers pass");
}

/// Everything either side has is there, under one ID that means one thing.
fn survives(merged: &Model, [base, ours, theirs]: [&Model; 3], of: &str) {
    let (held, covers) = (holdings(merged), covered(merged));
    for side in [ours, theirs] {
        holdings(side).iter().for_each(|holding| assert!(held.contains(holding), "{of}: {holding} of {held:#?}"));
        covered(side).iter().for_each(|one| assert!(covers.contains(one), "{of}: {one} of {covers:#?}"));
    }
    let rows = |model: &Model| holdings(model).iter().filter(|line| line.starts_with("revision ")).count();
    let mut all: Vec<String> = [ours, theirs].into_iter().flat_map(holdings).collect();
    all.retain(|line| line.starts_with("revision "));
    all.sort();
    all.dedup();
    assert_eq!(rows(merged), all.len(), "{of}: revisions are not the union");
    for (id, entity) in &base.entities {
        assert_eq!(merged.entities[id].identity(), entity.identity(), "{of}: {id} means something else");
    }
    // Both may have added one thing under two numbers; nobody's thing became another one.
    let known: BTreeSet<_> = [ours, theirs].iter().flat_map(|side| side.entities.values()).map(meaning).collect();
    merged
        .entities
        .values()
        .for_each(|entity| assert!(known.contains(&meaning(entity)), "{of}: {entity:?} is nobody's"));
}

fn meaning(entity: &Entity) -> (Kind, Vec<String>) {
    (entity.id.kind, entity.identity().into_iter().map(|(_, words)| words).collect())
}

fn notes(scratch: &Scratch) -> Vec<String> {
    let lines = |name| scratch.read(&format!("{FOLDER}/{name}")).lines().map(str::to_owned).collect::<Vec<_>>();
    FILES.into_iter().flat_map(lines).filter(|line| line.starts_with("# about")).collect()
}

fn asset(name: &str, description: &str) -> String {
    format!(
        "\n# kept with {name}\n[assets.A3]\nname = \"{name}\"\ndescription = \"{description}\"\nproperties = {{ C = \"high\" }}\nimpact = {{ blast_radius = \"isolated\", recoverability = \"trivial\", regulatory = \"none\" }}\n"
    )
}

fn append(scratch: &Scratch, name: &str, text: &str) {
    let path = format!("{FOLDER}/{name}");
    scratch.write(&path, &(scratch.read(&path) + text));
}

/// Both branches add A3; on `feature` something refers to it from `place`.
fn collided(place: &str, reference: &str) -> Scratch {
    let scratch = repository();
    scratch.ok(&["switch", "-qc", "feature"]).unwrap();
    append(&scratch, "model.toml", &asset("Refund queue", "Payments that wait to be sent back"));
    append(&scratch, place, reference);
    scratch.commit("Add the refund queue");
    scratch.ok(&["switch", "-q", "main"]).unwrap();
    append(&scratch, "model.toml", &asset("Audit trail", "Who changed which record"));
    scratch.commit("Add the audit trail");
    scratch
}

const COVER: &str = "\n[controls.C4]\ndescription = \"Refunds need a second pair of eyes\"\nstatus = \"implemented\"\n\n[controls.C4.covers.1]\nA3 = [\"T1\"]\n";

#[test]
fn a_reference_that_git_would_take_as_it_is_stops_the_merge() {
    let scratch = collided("controls.toml", COVER);
    let output = scratch.sh("git merge -q -m merged feature");
    assert_eq!(output.code, 1, "{}", output.stdout);
    assert!(output.stderr.contains("redan renumber"), "{}", output.stderr);
    assert!(scratch.read(&format!("{FOLDER}/model.toml")).contains("<<<<<<<"), "conflict markers as usual");
    scratch.ok(&["merge", "--abort"]).unwrap();
    scratch.ok(&["switch", "-q", "feature"]).unwrap();
    assert_eq!(scratch.redan(&["renumber", "A3"]).code, 0);
    scratch.commit("Make room");
    let output = scratch.sh("git merge -q -m merged main");
    assert_eq!(output.code, 0, "{}", output.stderr);
    let covered = covered(&model(&scratch));
    assert!(covered.iter().any(|line| line.contains("second pair of eyes: Refund queue")), "{covered:?}");
    assert_eq!(scratch.redan(&["check"]).code, 0);
}

#[test]
fn a_decision_about_the_other_entity_stops_the_merge() {
    let decision = "format = 1\nkind = \"risk_accepted\"\nobjectives = { A3 = [\"T1\"] }\nowner = \"ada@example.org\"\nby = \"ada@example.org\"\nat = 2026-01-01\nreason = \"pilot\"\nreview_by = 2027-01-01\n";
    let scratch = collided("decisions/2026-01-01-accept-0a0a.toml", decision);
    assert_eq!(scratch.sh("git merge -q -m merged feature").code, 1);
    let safe = scratch.sh("git merge --abort; git switch -q feature; git merge -q -m merged main");
    assert_eq!(safe.code, 1, "the published one stays, so ours would move");
}

#[test]
fn without_the_commits_nothing_is_told_apart() {
    let scratch = collided("model.toml", "");
    for (revision, name) in [("main~", "base"), ("main", "ours"), ("feature", "theirs")] {
        let text = scratch.ok(&["show", &format!("{revision}:{FOLDER}/model.toml")]).unwrap();
        scratch.write(name, &text);
    }
    let path = format!("{FOLDER}/model.toml");
    let output = scratch.redan(&["merge-driver", "base", "ours", "theirs", "9", &path]);
    assert_eq!(output.code, 1);
    assert!(output.stderr.contains("the commits behind the files are not known"), "{}", output.stderr);
    assert!(scratch.read("ours").contains("<<<<<<<<< ours\n"), "{}", scratch.read("ours"));
}

/// Line by line the two sides do not touch; as a model they say two things of A3.
#[test]
fn lines_that_merge_and_meanings_that_do_not_leave_markers() {
    let scratch = repository();
    let base = scratch.read(&format!("{FOLDER}/model.toml"));
    let table = |name: &str| format!("[assets.A3]\nname = \"{name}\"\nproperties = [\"C\"]\n\n");
    let above = |header: &str, name: &str| base.replace(header, &format!("{}{header}", table(name)));
    scratch.write("base", &base);
    scratch.write("ours", &above("# about assets.A1\n", "Customer photographs"));
    scratch.write("theirs", &above("# about attackers.T1\n", "Holiday calendar"));
    let output = scratch.redan(&["merge-driver", "base", "ours", "theirs", "7", &format!("{FOLDER}/model.toml")]);
    assert_eq!(output.code, 1, "{}", output.stderr);
    let marked = scratch.read("ours");
    assert!(marked.contains("<<<<<<< ours\n") && marked.contains(">>>>>>> theirs\n"), "{marked}");
    assert!(["Customer photographs", "Holiday calendar", "Click counts"].iter().all(|name| marked.contains(name)));
}

#[test]
fn crossed_merges_have_no_single_base_and_still_merge() {
    let scratch = collided("model.toml", "");
    scratch.ok(&["branch", "old"]).unwrap();
    assert_eq!(scratch.sh("git merge -q -m one feature").code, 0);
    assert_eq!(scratch.sh("git switch -q feature && git merge -q -m two old").code, 0);
    let rated = scratch.redan(&["rate", "A1", "--set", "blast_radius=cascading", "--reason", "two"]);
    assert_eq!(rated.code, 0, "{}", rated.stderr);
    scratch.commit("Rate");
    let output = scratch.sh("git merge -q -m crossed main");
    let titles: Vec<String> = model(&scratch).assets().map(|(entity, _)| entity.title().to_owned()).collect();
    match output.code {
        0 => assert!(titles.contains(&"Refund queue".to_owned()) && titles.contains(&"Audit trail".to_owned())),
        code => assert_eq!(code, 1, "{}", output.stderr),
    }
}

#[test]
fn both_rate_and_one_removes() {
    let scratch = repository();
    scratch.ok(&["switch", "-qc", "feature"]).unwrap();
    let run = |line: &[&str]| {
        let output = scratch.redan(line);
        assert_eq!(output.code, 0, "{}", output.stderr);
    };
    run(&["rate", "A1", "--set", "blast_radius=cascading", "--reason", "theirs", "--at", "2026-02-01"]);
    run(&["rate", "A2", "--set", "blast_radius=cascading", "--reason", "counts tell tales", "--at", "2026-02-02"]);
    scratch.commit("Rate");
    scratch.ok(&["switch", "-q", "main"]).unwrap();
    run(&["rate", "A1", "--set", "regulatory=legal", "--reason", "ours", "--at", "2026-02-03"]);
    run(&["remove", "A2", "--reason", "nobody counts any more"]);
    scratch.commit("Remove");
    let output = scratch.sh("git merge -q -m merged feature");
    assert_eq!(output.code, 0, "{}", output.stderr);
    let merged = model(&scratch);
    let rows: Vec<String> = holdings(&merged).into_iter().filter(|line| line.starts_with("revision")).collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[0].contains("theirs") && rows[1].contains("ours"), "in the order of time: {rows:?}");
    assert!(holdings(&merged).contains(&"tombstone of asset Click counts".to_owned()));
    assert_eq!(scratch.redan(&["check"]).code, 0);
}
