//! Repositories of every kind, made with the real Git: what can be read gives the same ledger, what cannot says so.

use redan::history::{Named, Question, Reader, Repo};
use redan::identity::Ledger;
use std::path::{Path, PathBuf};

use super::audit::{equal, plain};
use super::complete::remote;
use crate::scratch::{Output, Scratch};
use crate::tier::say;

/// The answer by one reader, for a place and a branch of it.
fn ask(path: &Path, reader: Reader) -> Ledger {
    let repo = Repo::discover(path).expect("a repository");
    let published = repo.published(Named::default()).expect("a branch");
    let parents = [repo.commit("HEAD").expect("a commit")];
    let roots = ["tm".to_owned()];
    let question = Question {
        roots: &roots,
        settings: "redan.toml",
        published: &published,
        parents: &parents,
        stood: &[],
        reader,
        cache: true,
    };
    repo.audit(&question).expect("an answer")
}

const READERS: [Reader; 3] = [Reader::Program, Reader::Library, Reader::Sooner];

fn shell(scratch: &Scratch, line: &str) -> Output {
    let output = scratch.sh(line);
    assert_eq!(output.code, 0, "{line}\n{}", output.stderr);
    output
}

fn beside(scratch: &Scratch, name: &str) -> PathBuf {
    scratch.path().join("..").join(name)
}

/// Two published lines, two reuses.
fn whole(scratch: &Scratch, path: &Path, of: &str) {
    let wanted = ask(scratch.path(), Reader::Library);
    assert_eq!((wanted.published.len(), wanted.breaks.len()), (2, 2));
    for reader in READERS {
        let ledger = ask(path, reader);
        assert!(ledger.complete(), "{of} by {reader:?}: {:?}", ledger.gaps);
        equal(&plain(&ledger), &plain(&wanted), &format!("{of} by {reader:?}"));
    }
}

#[test]
fn clones_of_every_kind_are_read_alike() {
    let scratch = remote();
    let kinds = [
        ("bare", "git clone -q --bare . ../bare"),
        ("mirror", "git clone -q --mirror . ../mirror"),
        ("alternates", "git clone -q --shared . ../alternates"),
        ("reference", "git clone -q --reference . file://$PWD ../reference"),
        ("worktree", "git worktree add -q ../worktree topic"),
        ("bundle", "git bundle create -q ../b --all 2>/dev/null && git clone -q ../b ../bundle"),
        ("sparse", "git clone -q --sparse . ../sparse && git -C ../sparse sparse-checkout set --sparse-index src"),
        ("packed", "git clone -q . ../packed && git -C ../packed gc -q && git -C ../packed pack-refs --all"),
        ("detached", "git clone -q . ../detached && git -C ../detached checkout -q --detach"),
    ];
    for (name, line) in kinds {
        shell(&scratch, line);
        whole(&scratch, &beside(&scratch, name), name);
    }
}

#[test]
fn replaced_objects_are_looked_past_and_told() {
    let scratch = remote();
    shell(&scratch, "git clone -q . ../plain && git clone -q . ../clone");
    // Hides the middle of main: the published commit without its asset.
    shell(&scratch, "cd ../clone && git replace $(git rev-parse main~1) $(git rev-parse main~3)");
    assert_ne!(shell(&scratch, "cd ../clone && git rev-list --count main").stdout, "4\n");
    whole(&scratch, &beside(&scratch, "clone"), "replaced");
    let ledger = ask(&beside(&scratch, "clone"), Reader::Program);
    assert!(ledger.notes.iter().any(|note| note.why.contains("1 replaced object")), "{:?}", ledger.notes);
    assert_eq!(ask(&beside(&scratch, "plain"), Reader::Program).notes, []);
}

#[test]
fn grafts_leave_the_answer_incomplete_until_they_are_converted() {
    let scratch = remote();
    shell(&scratch, "git clone -q . ../clone && cd ../clone && git rev-parse main~1 > .git/info/grafts");
    let path = beside(&scratch, "clone");
    for reader in READERS {
        let ledger = ask(&path, reader);
        let gap = ledger.gaps.iter().find(|gap| gap.why.contains("grafts")).expect("a gap");
        assert_eq!(gap.command, "git replace --convert-graft-file");
    }
    shell(&scratch, "cd ../clone && git replace --convert-graft-file 2>/dev/null");
    whole(&scratch, &path, "converted");
}

#[test]
fn damage_is_told_and_never_taken_for_absence() {
    for (what, revision) in
        [("a version of a model", "main~3:tm/pay/model.toml"), ("a folder", "main~3:tm"), ("a commit", "main~2")]
    {
        for line in ["rm -f", "truncate -s 20", "printf damaged >"] {
            let scratch = remote();
            let id = shell(&scratch, &format!("git rev-parse {revision}")).stdout.trim().to_owned();
            let file = format!(".git/objects/{}/{}", &id[..2], &id[2..]);
            shell(&scratch, &format!("chmod u+w {file} && {line} {file}"));
            // libgit2 1.9 never comes back from a commit that was cut off; other objects are looked at first.
            let hangs = line.starts_with("truncate") && what == "a commit";
            for reader in if hangs { &READERS[..1] } else { &READERS } {
                let reader = *reader;
                let repo = Repo::discover(scratch.path()).expect("a repository");
                let published = repo.published(Named::default()).expect("a branch");
                let parents = [repo.commit("HEAD").expect("a commit")];
                let roots = ["tm".to_owned()];
                let question = Question {
                    roots: &roots,
                    settings: "redan.toml",
                    published: &published,
                    parents: &parents,
                    stood: &[],
                    reader,
                    cache: true,
                };
                let of = format!("{what}, {line}, by {reader:?}");
                let ledger = repo.audit(&question).unwrap_or_else(|error| panic!("{of}: {error}"));
                assert!(!ledger.complete(), "{of}");
                assert!(ledger.gaps.iter().any(|gap| gap.command == "git fsck --full"), "{of}: {:?}", ledger.gaps);
            }
        }
    }
}

/// A repository with a published model of one asset, edited in three commits that the cache does not know yet.
fn edited() -> Scratch {
    let scratch = Scratch::new();
    let edit = |name: &str| {
        let head = format!("format = 1\nid = \"pay\"\nname = \"{name}\"\ndescription = \"d\"\n");
        let asset = "\n[assets.A1]\nname = \"Ledger\"\ndescription = \"d\"\nproperties = [\"C\"]\n";
        scratch.write("threat-models/pay/model.toml", &format!("{head}{asset}"));
        scratch.write("src/x", name);
        scratch.commit(name);
    };
    edit("Pay");
    assert_eq!(scratch.redan(&["check", "--history", "full", "--rev", "HEAD"]).code, 1);
    ["Pay 1", "Pay 2", "Pay 3"].into_iter().for_each(edit);
    scratch
}

/// The newest commits are read without the program where that is sooner, and so are the states that are compared.
#[test]
fn damage_is_told_where_the_program_reads_nothing() {
    for (revision, said) in [
        ("HEAD:threat-models/pay/model.toml", "reading a file of a commit: object"),
        ("HEAD~2:threat-models/pay/model.toml", "git fsck --full"),
        ("HEAD~2:threat-models", "git fsck --full"),
        ("HEAD:threat-models", "reading a folder of a commit: object"),
    ] {
        let scratch = edited();
        let id = shell(&scratch, &format!("git rev-parse {revision}")).stdout.trim().to_owned();
        let file = format!(".git/objects/{}/{}", &id[..2], &id[2..]);
        shell(&scratch, &format!("chmod u+w {file} && truncate -s 20 {file}"));
        let output = scratch.redan(&["check", "--history", "full", "--rev", "HEAD"]);
        let text = format!("{}{}", output.stdout, output.stderr);
        assert!([1, 4, 5].contains(&output.code) && text.contains(said), "{revision}: {}\n{text}", output.code);
    }
}

#[test]
fn an_index_of_any_kind_is_read() {
    let scratch = edited();
    let model = scratch.read("threat-models/pay/model.toml").replace("Ledger", "Ledger of payments");
    scratch.write("threat-models/pay/model.toml", &model);
    shell(&scratch, "git add . && printf broken > threat-models/pay/model.toml");
    let wanted = scratch.redan(&["check", "--staged"]);
    assert!(wanted.stdout.contains("Ledger of payments"), "{}", wanted.stdout);
    for (kind, line) in [
        ("of version 4", "git update-index --index-version 4"),
        ("with a checksum of zeros", "git -c index.skipHash=true update-index --force-write-index"),
        ("split in two", "git update-index --split-index && touch src/y && git add src/y"),
        ("of a sparse checkout", "git sparse-checkout set --cone --sparse-index threat-models 2>/dev/null"),
    ] {
        shell(&scratch, line);
        let output = scratch.redan(&["check", "--staged"]);
        assert_eq!((output.code, &output.stdout), (wanted.code, &wanted.stdout), "{kind}: {}", output.stderr);
    }
}

#[test]
fn a_broken_commit_graph_changes_no_answer() {
    let scratch = remote();
    let graph = ".git/objects/info/commit-graph";
    shell(&scratch, "git commit-graph write --reachable --changed-paths 2>/dev/null");
    whole(&scratch, scratch.path(), "a commit-graph");
    let good = std::fs::read(scratch.path().join(graph)).expect("a graph");
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("cut off", good[..good.len() / 2].to_vec()),
        ("garbage", b"not a commit-graph at all, whatever its name".to_vec()),
        ("of a later format", [&good[..4], &[99], &good[5..]].concat()),
    ] {
        shell(&scratch, &format!("rm -f {graph}; rm -rf .git/redan"));
        std::fs::write(scratch.path().join(graph), bytes).expect("written");
        whole_or_told(&scratch, name);
    }
}

/// Some damage Git itself refuses to read past; then the answer says so.
fn whole_or_told(scratch: &Scratch, of: &str) {
    for reader in READERS {
        let ledger = ask(scratch.path(), reader);
        let told = ledger.gaps.iter().any(|gap| gap.why.contains("commit-graph"));
        assert!(told || (ledger.complete() && ledger.breaks.len() == 2), "{of} by {reader:?}: {:?}", ledger.gaps);
    }
}

/// The line of Git's complaint that says what to do about it.
fn advice(text: &str) -> String {
    let line = text.lines().find_map(|line| Some(&line[line.find("git config --global --add safe.directory")?..]));
    line.unwrap_or_else(|| panic!("no advice in\n{text}")).to_owned()
}

#[test]
fn a_repository_of_somebody_else_is_refused_in_gits_words() {
    let scratch = remote();
    if scratch.sh("test \"$(id -u)\" = 0 && command -v setpriv").code != 0 {
        say("skipped 1: only root can give a repository away, with setpriv");
        return;
    }
    let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    for (owner, by) in [("65534:65534", ""), ("0:0", nobody)] {
        shell(&scratch, &format!("chmod 755 .. && chown -R {owner} ."));
        let git = scratch.sh(&format!("{by} git status"));
        assert_eq!(git.code, 128, "{}", git.stderr);
        for verb in ["check", "check --history full", "list", "history audit", "add asset --name x"] {
            let output = scratch.sh(&format!("{by} redan {verb}"));
            assert_eq!(output.code, 5, "{verb}: {}{}", output.stdout, output.stderr);
            assert!(output.stderr.contains("is not owned by current user"), "{}", output.stderr);
            assert_eq!(advice(&output.stderr), advice(&git.stderr));
        }
        assert!(!scratch.path().join(".git/redan").exists(), "nothing is written there");
    }
    shell(&scratch, "chown -R 65534:65534 . && printf '[safe]\\n\\tdirectory = %s\\n' \"$PWD\" > \"$HOME/.gitconfig\"");
    let output = scratch.redan(&["list"]);
    assert!(output.code == 3 && output.stderr.contains("no threat model"), "it is read: {}", output.stderr);
}

#[test]
fn formats_that_cannot_be_read_yet_are_named() {
    for (name, flag) in [("SHA-256", "--object-format=sha256"), ("reftable", "--ref-format=reftable")] {
        let scratch = Scratch::without_git();
        if scratch.sh(&format!("git init -q {flag} . 2>/dev/null")).code != 0 {
            say(&format!("skipped 1: this Git makes no {name} repository"));
            continue;
        }
        shell(&scratch, "mkdir tm && touch tm/x && git add . && git commit -q -m x");
        for line in [&["check"][..], &["list"], &["check", "--staged"]] {
            let output = scratch.redan(line);
            assert_eq!(output.code, 5, "{name}: {}{}", output.stdout, output.stderr);
            assert!(output.stderr.contains("is not supported yet"), "{name}: {}", output.stderr);
            assert!(output.stderr.contains("--history off"), "{name}: {}", output.stderr);
        }
        assert!(!scratch.path().join(".git/redan").exists(), "nothing is written there");
    }
}
