//! A model that keeps up with its system, whatever happens to either: numbers stay, what people wrote stays, and a second run has nothing to say.

use std::collections::{BTreeMap, BTreeSet};

use redan::model::{Entity, Id, Kind, Model, Value};
use redan::store::{self, Content, Settings, Source};

use crate::arbitrary::Dice;
use crate::scratch::Scratch;
use crate::tier::{cases, say, shared};

/// Services as compose files have them, and what they are.
const SERVICES: [(&str, &str); 8] = [
    ("web", "build: ./web\n    ports: [\"443:443\"]"),
    ("api", "build: ./api"),
    ("db", "image: postgres:16"),
    ("cache", "image: redis:7"),
    ("search", "image: getmeili/meilisearch:v1"),
    ("files", "image: minio/minio"),
    ("queue", "image: rabbitmq:3"),
    ("mail", "image: mailhog/mailhog"),
];
const SENTENCES: [&str; 8] = [
    "Visitors sign up in a web app with a password.",
    "PostgreSQL keeps their e-mail addresses.",
    "People pay by card through a payment provider.",
    "An administrator console shows every order.",
    "Pictures are uploaded and resized by a worker.",
    "An LLM assistant answers questions about orders.",
    "Invoices are sent by e-mail each month.",
    "A mobile app scans tickets at the door.",
];
const COLUMNS: [&str; 6] =
    ["email text", "password_hash text", "iban text", "birth_date date", "badge_photo bytea", "note text"];
/// What an update may add to, beside what is new.
const GROWS: [&str; 3] = ["components", "boundaries", "covers"];

/// What the system is made of, each by its place in the lists above.
struct System {
    services: BTreeSet<usize>,
    sentences: BTreeSet<usize>,
    columns: BTreeSet<usize>,
}

impl System {
    fn new(dice: &mut Dice) -> System {
        let mut some = |all: usize| (0..all).filter(|_| dice.chance(45)).collect::<BTreeSet<_>>();
        let (mut services, mut sentences, columns) = (some(SERVICES.len()), some(SENTENCES.len()), some(COLUMNS.len()));
        services.insert(0);
        sentences.insert(0);
        System { services, sentences, columns }
    }

    /// One thing comes or goes; what names the system stays.
    fn change(&mut self, dice: &mut Dice) {
        let (set, all) = match dice.below(3) {
            0 => (&mut self.services, SERVICES.len()),
            1 => (&mut self.sentences, SENTENCES.len()),
            _ => (&mut self.columns, COLUMNS.len()),
        };
        let at = 1 + dice.below(all - 1);
        if !set.remove(&at) {
            set.insert(at);
        }
    }

    fn write(&self, scratch: &Scratch) {
        let service = |at: &usize| format!("  {}:\n    {}\n", SERVICES[*at].0, SERVICES[*at].1);
        scratch.write("compose.yaml", &format!("services:\n{}", self.services.iter().map(service).collect::<String>()));
        let words: Vec<&str> = self.sentences.iter().map(|at| SENTENCES[*at]).collect();
        scratch.write("README.md", &format!("# Guest list\n\n{}\n", words.join("\n")));
        let columns: Vec<&str> = self.columns.iter().map(|at| COLUMNS[*at]).collect();
        let rows = std::iter::once("id bigint PRIMARY KEY").chain(columns).collect::<Vec<_>>().join(",\n  ");
        scratch.write("schema.sql", &format!("CREATE TABLE visitors (\n  {rows}\n);\n"));
    }
}

fn model(scratch: &Scratch) -> Model {
    let folder = scratch.sh("ls -d threat-models/*/").stdout.trim().trim_end_matches('/').to_owned();
    let file = |name: &str| {
        let path = format!("{folder}/{name}");
        Source { content: Content::Bytes(scratch.read(&path).into_bytes().into()), path }
    };
    let read = store::read(["model.toml", "controls.toml"].map(file).to_vec(), &Settings::default());
    read.models.into_values().next().unwrap()
}

/// Something that a person does by hand; the entity where it is taken out.
fn by_hand(scratch: &Scratch, dice: &mut Dice, turn: usize) -> Option<Id> {
    let model = model(scratch);
    let live = |kind: Kind| model.of_kind(kind).filter(|one| one.live()).map(|one| one.id).collect::<Vec<_>>();
    let kind = *dice.pick(&Kind::ALL);
    let (any, asset, attacker) = (live(kind), live(Kind::Asset), live(Kind::Attacker));
    if any.is_empty() || asset.is_empty() || attacker.len() < 2 {
        return None;
    }
    let (any, asset, attacker) = (dice.pick(&any).to_string(), dice.pick(&asset).to_string(), *dice.pick(&attacker));
    let gone = attacker.to_string();
    let rationale = format!("rationale=Seen by hand on turn {turn}");
    let reason = format!("turn {turn}");
    let (arguments, removed): (Vec<&str>, Option<Id>) = match dice.below(4) {
        0 => (
            vec![
                "rate",
                &asset,
                "--set",
                *dice.pick(&["blast_radius=isolated", "regulatory=legal"]),
                "--reason",
                &reason,
            ],
            None,
        ),
        1 => (vec!["remove", &gone, "--reason", "there is no way in"], Some(attacker)),
        _ => (vec!["edit", &any, "--set", &rationale], None),
    };
    // What the rules refuse, as an equal rating, is no edit.
    let done = scratch.redan(&arguments).code == 0;
    removed.filter(|_| done)
}

/// Everything that an update may not touch.
fn kept(entity: &Entity) -> BTreeMap<String, Value> {
    let mut table =
        entity.table().into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<BTreeMap<_, _>>();
    for name in GROWS.iter().chain(&["removed"]) {
        table.remove(*name);
    }
    table
}

/// The items of a set that may only grow.
fn items(entity: &Entity, name: &str) -> BTreeSet<String> {
    let Some(value) = entity.value(name) else { return BTreeSet::new() };
    match value.as_list() {
        Some(list) => list.iter().map(ToString::to_string).collect(),
        None => BTreeSet::new(),
    }
}

fn hold(seed: u64, turn: usize, (before, after): (&Model, &Model), removed: &BTreeSet<Id>) {
    assert_eq!(before.id, after.id);
    for (id, old) in &before.entities {
        let new = after.entities.get(id).unwrap_or_else(|| panic!("seed {seed}, turn {turn}: {id} is gone"));
        assert_eq!(kept(old), kept(new), "seed {seed}, turn {turn}: {id} was rewritten");
        for name in ["components", "boundaries"] {
            assert!(items(old, name).is_subset(&items(new, name)), "seed {seed}, turn {turn}: {id} lost {name}");
        }
        if removed.contains(id) {
            assert_eq!(old, new, "seed {seed}, turn {turn}: {id} was removed by hand");
        }
    }
}

#[test]
fn an_update_renumbers_nothing_and_keeps_what_people_wrote() {
    let count = cases(4, 40);
    let tallies: Vec<(u32, u32)> = shared(u64::from(count), one_life);
    let (turns, changed): (u32, u32) = tallies.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    say(&format!("updated {count} models {turns} times, {changed} times with something to say"));
    assert!(changed * 4 > turns, "{changed} of {turns}");
}

fn one_life(seed: u64, tally: &mut (u32, u32)) {
    let mut dice = Dice::new(seed);
    let scratch = Scratch::new();
    let mut system = System::new(&mut dice);
    system.write(&scratch);
    scratch.commit("Begin");
    let made = scratch.redan(&["generate", "--from", ".", "--name", "Guest list"]);
    assert_eq!(made.code, 0, "seed {seed}: {}", made.stderr);
    scratch.commit("A model");
    let mut removed = BTreeSet::new();
    for turn in 0..3 {
        removed.extend(by_hand(&scratch, &mut dice, turn));
        scratch.sh("git add -A; git commit -qm hand || true");
        system.change(&mut dice);
        system.write(&scratch);
        let before = model(&scratch);
        let run = scratch.redan(&["generate", "--update", "--from", "."]);
        assert_eq!(run.code, 0, "seed {seed}, turn {turn}: {}{}", run.stdout, run.stderr);
        let after = model(&scratch);
        hold(seed, turn, (&before, &after), &removed);
        *tally = (tally.0 + 1, tally.1 + u32::from(before != after));
        let again = scratch.redan(&["generate", "--update", "--from", "."]);
        assert_eq!(again.code, 0, "seed {seed}, turn {turn}: {}", again.stderr);
        assert!(again.stdout.trim_end().ends_with("nothing to write"), "seed {seed}, turn {turn}: {}", again.stdout);
        assert_eq!(model(&scratch), after, "seed {seed}, turn {turn}");
        let check = scratch.redan(&["check", "--history", "off"]);
        assert_eq!(check.code, 0, "seed {seed}, turn {turn}: {}", check.stdout);
        scratch.sh("git add -A; git commit -qm update || true");
    }
}
