//! The laws of the writer, over files of every layout: what is read after an edit is what the edit
//! says, lines of other things stay byte for byte, and no comment is lost.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::dice::Dice;
use super::scribe::{self, Written};
use super::*;
use crate::change::{Act, apply, diff};
use crate::model::{Kind, Model};
use crate::store::Write;

/// A model, its files, and how their lines end.
struct Story {
    model: Model,
    files: BTreeMap<String, Vec<Written>>,
    eol: &'static str,
    mark: &'static str,
    open: bool,
}

impl Story {
    fn new(dice: &mut Dice) -> Story {
        let model = dice.model();
        let files = scribe::files(dice, &model).into_iter();
        let files = files.map(|(name, lines)| (format!("threat-models/shop/{name}"), lines)).collect();
        let (eol, mark) = (*dice.one(&["\n", "\r\n"]), *dice.one(&["", "", "\u{feff}"]));
        Story { model, files, eol, mark, open: dice.chance(30) }
    }

    fn texts(&self) -> Vec<(&str, String)> {
        let text = |lines: &[Written]| {
            let lines: Vec<&str> = lines.iter().map(|written| written.line.as_str()).collect();
            let end = if self.open { "" } else { self.eol };
            format!("{}{}{end}", self.mark, lines.join(self.eol))
        };
        self.files.iter().map(|(path, lines)| (path.as_str(), text(lines))).collect()
    }
}

fn read_back(story: &Story, writes: &[Write]) -> Model {
    let mut texts: BTreeMap<&str, String> = story.texts().into_iter().collect();
    for write in writes {
        texts.insert(&write.path, String::from_utf8(write.after.clone()).expect("text"));
    }
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let mut read = workspace(&files);
    read.models.remove(&shop()).expect("the model is still there")
}

fn planned(story: &Story, changes: &[Change]) -> Result<Vec<Write>, Refused> {
    let texts = story.texts();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let workspace = workspace(&files);
    assert_eq!(workspace.models[&shop()], story.model, "the scribe wrote what it was told");
    plan(&workspace, "threat-models", changes)
}

fn comments(text: &str) -> BTreeSet<&str> {
    text.match_indices("# comment ").map(|(at, _)| text[at..].split(" [x]").next().expect("a number")).collect()
}

/// Lines of others come back in their order, and every comment comes back.
fn untouched(story: &Story, writes: &[Write], owners: &BTreeSet<String>) {
    for write in writes {
        let after = String::from_utf8(write.after.clone()).expect("text");
        let Some(lines) = story.files.get(&write.path) else { continue };
        let mut now = after.trim_start_matches('\u{feff}').split('\n').map(|line| line.trim_end_matches('\r'));
        for line in lines.iter().filter(|line| !owners.contains(&line.owner)) {
            let same = |now: &str| now == line.line;
            assert!(now.any(same), "{:?} of {:?} is gone from\n{after}", line.line, line.owner);
        }
        let before = story.texts().into_iter().find(|(path, _)| *path == write.path).expect("written").1;
        let lost: Vec<_> = comments(&before).difference(&comments(&after)).copied().collect();
        assert!(lost.is_empty(), "{lost:?} lost\n{before}\n----\n{after}");
        let marked = story.eol == "\r\n" && before.contains('\n');
        let ends = if marked { after.matches('\n').count() } else { 0 };
        assert_eq!(after.matches("\r\n").count(), ends, "line ends of\n{after}");
        assert_eq!(after.starts_with('\u{feff}'), !story.mark.is_empty());
    }
}

fn owner(subject: &Subject) -> String {
    match subject {
        Subject::Entity(id) => id.to_string(),
        _ => "head".to_owned(),
    }
}

#[expect(clippy::disallowed_methods, reason = "the environment says how thorough tests are")]
fn cases() -> ProptestConfig {
    let full = std::env::var("REDAN_CASES").is_ok_and(|tier| tier == "full");
    ProptestConfig { cases: if full { 10_000 } else { 256 }, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_is_planned_reads_as_what_is_applied(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let story = Story::new(&mut dice);
        let changes = diff(&story.model, &dice.later(&story.model));
        let mut want = story.model.clone();
        apply(&mut want, &changes).expect("a diff applies");
        let writes = planned(&story, &changes).expect("planned");
        prop_assert_eq!(read_back(&story, &writes), want);
        untouched(&story, &writes, &changes.iter().map(|change| owner(&change.subject)).collect());
        prop_assert_eq!(writes.is_empty(), changes.is_empty());
    }

    #[test]
    fn one_change_touches_one_thing(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let story = Story::new(&mut dice);
        let changes = diff(&story.model, &dice.later(&story.model));
        if changes.is_empty() {
            return Ok(());
        }
        let change = dice.one(&changes).clone();
        let rows = matches!(change.act, Act::Push { .. });
        let change = match changes.iter().find(|first| rows && first.subject == change.subject) {
            Some(first) => first.clone(),
            None => change,
        };
        let mut want = story.model.clone();
        apply(&mut want, std::slice::from_ref(&change)).expect("it applies");
        let writes = planned(&story, std::slice::from_ref(&change)).expect("planned");
        prop_assert_eq!(writes.len(), 1);
        prop_assert_eq!(read_back(&story, &writes), want);
        untouched(&story, &writes, &BTreeSet::from([owner(&change.subject)]));
    }

    #[test]
    fn a_renumbered_model_reads_renumbered(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let story = Story::new(&mut dice);
        let ids: Vec<_> = story.model.entities.keys().copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let from = *dice.one(&ids);
        let change = change(Subject::Entity(from), Act::Renumber { to: Id::new(from.kind, 99) });
        let mut want = story.model.clone();
        apply(&mut want, std::slice::from_ref(&change)).expect("it applies");
        let writes = planned(&story, &[change]).expect("planned");
        prop_assert_eq!(read_back(&story, &writes), want);
        for write in &writes {
            let before = String::from_utf8(write.before.clone().expect("there")).expect("text");
            let after = String::from_utf8(write.after.clone()).expect("text");
            let back = after.replace(&format!("{}99", from.kind.prefix()), &from.to_string());
            prop_assert_eq!(back, before);
        }
    }
}

#[test]
fn every_kind_is_told_apart_by_the_scribe() {
    let mut dice = Dice::new(7);
    let seen: BTreeSet<Kind> =
        (0..20).flat_map(|_| Story::new(&mut dice).model.entities.into_keys()).map(|id| id.kind).collect();
    assert_eq!(seen.len(), Kind::ALL.len());
}
