use super::signed;
use crate::history::versions::follow::{Blobs, Follow};
use crate::history::versions::raw::{Entry, Held};
use crate::history::versions::{Line, Sight};
use crate::history::{Commit, GitError};
use crate::model::ModelId;
use crate::store::{Content, Settings};
use git2::Oid;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Contents by a number that stands for their hash.
#[derive(Default)]
struct Shelf {
    texts: RefCell<BTreeMap<Oid, String>>,
}

impl Shelf {
    fn hold(&self, text: &str) -> Held {
        let blob = Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).unwrap();
        self.texts.borrow_mut().insert(blob, text.to_owned());
        Held { mode: 0o100_644, blob }
    }
}

impl Blobs for &Shelf {
    fn content(&self, held: Held) -> Result<Content, GitError> {
        Ok(Content::Bytes(self.texts.borrow()[&held.blob].clone().into_bytes().into()))
    }
}

/// Commits as lists of paths with their new text; an empty text takes the file away.
fn walk(commits: &[&[(&str, &str)]], only: Option<&str>) -> Vec<String> {
    let shelf = Shelf::default();
    let (settings, tip) = (Settings::default(), Commit { name: "HEAD".to_owned(), id: String::new() });
    let only = only.and_then(ModelId::parse);
    let mut follow = Follow::new(Line { tip: &tip, settings: &settings, model: only.as_ref() }, &shelf);
    let mut seen = Vec::new();
    for (number, files) in commits.iter().enumerate() {
        let held = |text: &str| (!text.is_empty()).then(|| shelf.hold(text));
        let files = files.iter().map(|(path, text)| (format!("threat-models/{path}"), held(text))).collect();
        let entry = Entry { signed: signed(number + 1), files };
        let visit = |step: &super::Step<'_>| {
            let state = match step.now {
                Sight::Read(model) => format!("{} entities", model.entities.len()),
                Sight::Unreadable { .. } => "unreadable".to_owned(),
                Sight::Gone => "gone".to_owned(),
            };
            let new = if step.before.is_none() { "new " } else { "" };
            let decided: String = step.decided.iter().map(|(name, _)| format!(" {name}")).collect();
            seen.push(format!("{}: {} {new}{state}{decided}", number + 1, step.model));
        };
        follow.take(entry, visit).unwrap();
    }
    seen
}

fn head(id: &str, more: &str) -> String {
    format!("format = 1\nid = \"{id}\"\nname = \"{id}\"\n{more}")
}

const DECISION: &str = "format = 1\nkind = \"risk_accepted\"\nreason = \"r\"\n";

#[test]
fn a_model_that_moves_is_the_same() {
    let (one, two) = (head("pay", ""), head("pay", "[assets.A1]\nname = \"a\"\n"));
    let commits: [&[(&str, &str)]; 4] = [
        &[("pay/model.toml", &one), ("pay/decisions/d.toml", DECISION), ("frameworks/x.toml", "x")],
        &[
            ("pay/model.toml", ""),
            ("pay/decisions/d.toml", ""),
            ("billing/model.toml", &two),
            ("billing/decisions/d.toml", DECISION),
        ],
        &[("billing/decisions/e.toml", DECISION)],
        &[("billing/controls.toml", "[controls.C1]\ndescription = \"c\"\n")],
    ];
    let wanted = ["1: pay new 0 entities d", "2: pay 1 entities", "3: pay 1 entities e", "4: pay 2 entities"];
    assert_eq!(walk(&commits, Some("pay")), wanted);
    assert_eq!(walk(&commits, None), wanted);
    assert_eq!(walk(&commits, Some("other")), Vec::<String>::new());
}

#[test]
fn a_copy_is_not_the_model() {
    let one = head("pay", "");
    let edited = head("pay", "[assets.A1]\nname = \"a\"\n");
    let commits: [&[(&str, &str)]; 4] = [
        &[("pay/model.toml", &one)],
        &[("a-copy/model.toml", &edited)],
        &[("pay/model.toml", &edited), ("a-copy/model.toml", &one)],
        &[("pay/model.toml", "")],
    ];
    assert_eq!(walk(&commits, Some("pay")), ["1: pay new 0 entities", "3: pay 1 entities", "4: pay gone"]);
}

#[test]
fn a_folder_may_become_another_model() {
    let (pay, bill) = (head("pay", ""), head("bill", ""));
    let commits: [&[(&str, &str)]; 3] = [
        &[("x/model.toml", &pay)],
        &[("x/model.toml", &bill), ("y/model.toml", &pay)],
        &[("y/model.toml", &bill.replace("bill", "till"))],
    ];
    assert_eq!(walk(&commits, Some("pay")), ["1: pay new 0 entities", "2: pay 0 entities", "3: pay gone"]);
    let all = walk(&commits, None);
    assert!(all.contains(&"2: bill new 0 entities".to_owned()) && all.contains(&"3: pay gone".to_owned()), "{all:?}");
}

#[test]
fn what_cannot_be_read_is_still_the_folders() {
    let (good, bad) = (head("pay", ""), head("pay", "[assets.A1\n"));
    let commits: [&[(&str, &str)]; 4] = [
        &[("pay/model.toml", &good)],
        &[("pay/model.toml", "\u{0}")],
        &[("pay/model.toml", &bad)],
        &[("pay/model.toml", &good)],
    ];
    let wanted = ["1: pay new 0 entities", "2: pay unreadable", "3: pay unreadable", "4: pay 0 entities"];
    assert_eq!(walk(&commits, Some("pay")), wanted);
}
