//! Sentences about the payment example: what becomes of each, and that nothing else does.

mod asked;
mod effect;
mod inserted;
mod table;

use std::collections::BTreeSet;

use redan::assess::query::Query;
use redan::model::{Intent, Model, When};
use redan::ops::lifecycle::{Now, Stage};
use redan::ops::reading::Read;
use redan::ops::refine::plan;
use redan::store::{Content, Settings, Source, read};
use redan::suggest::words::{Asking, Halt, Understood, ask, intent, understand};

use crate::schema::generated::read as text_of;
use table::{Line, Verdict};

fn workspace() -> Read {
    let folder = "examples/payment-api/threat-models/payment-gateway-api";
    let files = ["model.toml", "controls.toml"].map(|name| Source {
        path: format!("threat-models/payment-gateway-api/{name}"),
        content: Content::Bytes(text_of(&format!("{folder}/{name}")).into_bytes().into()),
    });
    let settings = Settings::default();
    Read { workspace: read(files.to_vec(), &settings), settings }
}

/// What became of the words, and what the model is after them.
fn done(read: &Read, model: &Model, words: &str) -> (Verdict, String, Option<Model>) {
    if intent(words) == Intent::Query {
        return (Verdict::Answer, String::new(), None);
    }
    let act = match understand(model, words) {
        Understood::Act(act) => act,
        Understood::Stop(stop) => {
            let verdict = match stop.halt {
                Halt::Refused => Verdict::Refuse,
                Halt::Broad | Halt::Generate => Verdict::Engine,
                Halt::Question => Verdict::Answer,
                Halt::Unclear | Halt::General => Verdict::Ask,
            };
            return (verdict, stop.message, None);
        }
    };
    let at = "2026-11-20".parse::<When>().unwrap();
    let now = Now { at, today: at.day(), by: "ada@example.org".to_owned() };
    let stage = Stage {
        model,
        published: &[model],
        taken: &BTreeSet::new(),
        now: &now,
        unfinished: false,
        words: &Default::default(),
    };
    match plan(&stage, read, &act, false) {
        Ok(outcome) if outcome.changes.is_empty() => (Verdict::Ask, "nothing changes".to_owned(), None),
        Ok(outcome) => (Verdict::Apply, format!("{act:?}"), Some(outcome.model)),
        Err(refusal) => (Verdict::Refuse, refusal.message, None),
    }
}

/// How a table went.
#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
    told: Vec<String>,
    wrong_writes: Vec<String>,
}

fn score(lines: &[Line]) -> Score {
    let read = workspace();
    let model = read.workspace.models.values().next().expect("the example has a model").clone();
    let mut score = Score::default();
    for line in lines {
        let (verdict, what, after) = done(&read, &model, &line.words);
        let wrong = match (&after, line.verdict) {
            (Some(after), Verdict::Apply) => effect::check(&model, after, &line.effect).err(),
            _ if verdict == line.verdict => None,
            _ => Some(format!("{verdict} instead of {}", line.verdict)),
        };
        score.all += 1;
        score.right += usize::from(wrong.is_none());
        if let Some(wrong) = wrong {
            let told = format!("{}: {}\n    {wrong}: {what}", line.number, line.words);
            if after.is_some() {
                score.wrong_writes.push(told.clone());
            }
            score.told.push(told);
        }
    }
    score
}

fn lines() -> Vec<Line> {
    table::read(include_str!("instructions.tsv"))
}

#[test]
fn instructions_do_what_they_say() {
    let lines = lines();
    let (acts, stops): (Vec<Line>, Vec<Line>) = lines
        .into_iter()
        .filter(|line| line.verdict != Verdict::Answer)
        .partition(|line| line.verdict == Verdict::Apply);
    assert!(acts.len() >= 200 && stops.len() >= 60, "{} and {}", acts.len(), stops.len());
    let (done, stopped) = (score(&acts), score(&stops));
    crate::tier::say(&format!(
        "plain words: {} of {} instructions right, {} of {} stopped rightly, {} wrong writes",
        done.right,
        done.all,
        stopped.right,
        stopped.all,
        done.wrong_writes.len() + stopped.wrong_writes.len(),
    ));
    let told: Vec<String> = [done.told, stopped.told].concat();
    told.iter().for_each(|told| crate::tier::say(&format!("  not right: {told}")));
    let writes: Vec<String> = [done.wrong_writes, stopped.wrong_writes].concat();
    assert!(writes.is_empty(), "wrong writes\n{}", writes.join("\n"));
    assert!(done.right * 100 >= done.all * 95 && stopped.right * 100 >= stopped.all * 95, "{}", told.join("\n"));
}

/// Written before the grammar was tried on them; docs/plain-words.md tells how many it knew at first sight.
#[test]
fn sentences_of_other_hands() {
    let score = score(&table::read(include_str!("heldout.tsv")));
    crate::tier::say(&format!("plain words, other hands: {} of {} right", score.right, score.all));
    assert!(score.wrong_writes.is_empty(), "wrong writes\n{}", score.wrong_writes.join("\n"));
    assert!(score.right * 100 >= score.all * 95, "{}", score.told.join("\n"));
}

/// Sixty of a stranger, written before the readers were looked at.
#[test]
fn sentences_of_a_stranger() {
    let score = score(&table::read(include_str!("strangers.tsv")));
    crate::tier::say(&format!("plain words, a stranger: {} of {} right", score.right, score.all));
    assert!(score.wrong_writes.is_empty(), "wrong writes\n{}", score.wrong_writes.join("\n"));
    assert!(score.right * 100 >= score.all * 95, "{}", score.told.join("\n"));
}

/// Every sentence that is held.
fn all() -> Vec<Line> {
    let tables = [include_str!("instructions.tsv"), include_str!("heldout.tsv"), include_str!("strangers.tsv")];
    tables.iter().flat_map(|text| table::read(text)).collect()
}

#[test]
fn questions_become_queries() {
    let read = workspace();
    let model = read.workspace.models.values().next().expect("the example has a model");
    let questions = lines().into_iter().filter(|line| line.verdict == Verdict::Answer);
    let wrong = questions.filter_map(|line| {
        let told = match ask(model, &line.words) {
            Ok(Asking::Select { query, row, .. }) => match Query::read(&query, Some(row)) {
                Ok(_) => return None,
                Err(wrong) => format!("{query}: {}", wrong.message),
            },
            Ok(_) => return None,
            Err(stop) => stop.message,
        };
        Some(format!("{}: {}\n    {told}", line.number, line.words))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
