//! Questions: what is read out of each, and that no word of one is passed over.

use redan::assess::query::Query;
use redan::model::Model;
use redan::suggest::words::{Asking, ask};
use redan::text::normal;

use super::inserted::{COURTESIES, THINGS, TURNS, places};

struct Question {
    /// A part of the question as it is understood; nothing where it has to be asked back.
    part: Option<&'static str>,
    words: &'static str,
}

fn questions() -> Vec<Question> {
    let rows = include_str!("questions.tsv").lines().filter(|row| !row.starts_with('#') && !row.is_empty());
    rows.map(|row| {
        let (part, words) = row.split_once('\t').expect("two cells");
        Question { part: (part != "-").then_some(part), words }
    })
    .collect()
}

/// What is wrong with what was read: another question, or a filter that is none.
fn wrong(model: &Model, question: &Question) -> Option<String> {
    let asked = ask(model, question.words);
    let told = format!("{}\n    {asked:?}", question.words);
    let fits = match (&asked, question.part) {
        (Err(_), None) => true,
        (Ok(asking), Some(part)) => format!("{asking:?}").contains(part),
        _ => false,
    };
    let filter = match &asked {
        Ok(Asking::Select { query, row, .. } | Asking::Whether { query, row, .. }) => {
            Query::read(&query.replace("$year", "2026"), Some(*row)).err().map(|wrong| wrong.message)
        }
        _ => None,
    };
    match (fits, filter) {
        (true, None) => None,
        (_, filter) => Some(format!("{told} {}", filter.unwrap_or_default())),
    }
}

#[test]
fn newcomers_are_answered() {
    let read = super::workspace();
    let model = read.workspace.models.values().next().expect("the example has a model");
    let all = questions();
    let wrong: Vec<String> = all.iter().filter_map(|question| wrong(model, question)).collect();
    let answered = all.iter().take(40).filter(|question| ask(model, question.words).is_ok()).count();
    crate::tier::say(&format!("questions of a newcomer: {answered} of 40 answered"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A word more is in the filter, is a courtesy, or is asked about.
#[test]
fn no_word_of_a_question_is_passed_over() {
    let read = super::workspace();
    let model = read.workspace.models.values().next().expect("the example has a model");
    let words: Vec<&str> = TURNS.iter().chain(&THINGS).chain(&COURTESIES).copied().collect();
    let each = crate::tier::cases(12, 40) as usize;
    let known: Vec<Question> = questions().into_iter().filter(|question| question.part.is_some()).collect();
    let tallies = crate::tier::shared::<(u64, Vec<String>)>(known.len() as u64, |seed, tally| {
        let at = usize::try_from(seed).unwrap_or(usize::MAX) - 1;
        let question = &known[at];
        let Ok(base) = ask(model, question.words) else { return };
        let places = places(question.words);
        let all = places.len() * words.len();
        let step = (all / each.min(all)).max(1);
        for pick in (at % step..all).step_by(step) {
            let (before, after) = question.words.split_at(places[pick % places.len()]);
            let more = words[pick / places.len()];
            let sentence = format!("{} {more} {}", before.trim(), after.trim());
            tally.0 += 1;
            let Ok(asking) = ask(model, &sentence) else { continue };
            let polite = COURTESIES.contains(&more) && asking == base;
            let inside = normal(&format!("{asking:?}")).contains(&normal(more)) && !TURNS.contains(&more);
            // `not` is what a filter can say.
            let denied = more == "not"
                && format!("{asking:?}").matches("not (").count() > format!("{base:?}").matches("not (").count();
            if !polite && !inside && !denied {
                tally.1.push(format!("{sentence}\n    {asking:?}"));
            }
        }
    });
    let tried: u64 = tallies.iter().map(|(tried, _)| tried).sum();
    let wrong: Vec<String> = tallies.into_iter().flat_map(|(_, wrong)| wrong).collect();
    crate::tier::say(&format!("questions, a word more: {tried} sentences, {} answered by halves", wrong.len()));
    assert!(tried > 500 && wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
