//! A word more is a word that was understood: whatever is put into a sentence that is known is asked about, ends in a text that
//! takes words as they are, or is a courtesy.

use redan::model::{Kind, Model};
use redan::suggest::words::{Act, Understood, understand};
use redan::text::normal;

use super::table::Verdict;

/// What turns a sentence around, weakens it, puts it off or hangs it on something.
pub const TURNS: [&str; 36] = [
    "hardly",
    "barely",
    "scarcely",
    "no longer",
    "used to",
    "almost",
    "nearly",
    "only if",
    "in case",
    "unless",
    "never",
    "not",
    "after the audit",
    "before the release",
    "maybe next week",
    "except",
    "except for A2",
    "instead of",
    "rather than",
    "apart from A2",
    "might",
    "until Friday",
    "once approved",
    "if possible",
    "when ready",
    "soon",
    "partly",
    "at most",
    "supposedly",
    "half",
    "sometimes",
    "will",
    "should not",
    "whether or not",
    "but",
    "hopefully",
];
/// Nothing that the model speaks of.
pub const THINGS: [&str; 10] =
    ["purple", "elephant", "wooden", "guitar", "seventh", "marble", "harvest", "violet", "umbrella", "granite"];
/// These change nothing.
pub const COURTESIES: [&str; 4] = ["please", "now", "also", "just"];
/// Of these a reason is none any more.
const CONDITIONS: [&str; 6] = ["only if", "in case", "unless", "maybe next week", "if possible", "whether or not"];

/// A sentence with something put into it.
struct Put<'p> {
    before: &'p str,
    words: &'p str,
    after: &'p str,
}

impl Put<'_> {
    fn sentence(&self) -> String {
        let parts = [self.before, self.words, self.after].map(str::trim);
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }

    /// Whether the words stand where a text has begun that takes any: in quotes, behind a colon, a comma or a word that opens one.
    fn opened(&self) -> bool {
        let before = format!(" {} ", self.before.to_lowercase());
        let openers = [
            " because ",
            " since ",
            " that ",
            " who ",
            " assume ",
            " due to ",
            " says ",
            " as the",
            " now that ",
            " - ",
        ];
        before.matches('"').count() % 2 == 1
            || before.contains([':', ',', '.'])
            || openers.iter().any(|word| before.contains(word))
    }
}

/// Everything that the act says, with its texts apart.
fn parted(act: &Act) -> (String, Vec<String>) {
    let text = |field: &str| {
        matches!(field, "name" | "description" | "capability" | "rationale" | "position" | "repo" | "path")
    };
    let mut texts = Vec::new();
    let mut bare = act.clone();
    match &mut bare {
        Act::Add { sets, .. } | Act::Edit { sets, .. } => {
            let said = sets.iter_mut().filter(|(field, _)| text(field));
            said.for_each(|(_, value)| texts.push(std::mem::take(value)));
        }
        Act::Rate { reason, .. } | Act::Remove { reason, .. } => texts.push(std::mem::take(reason)),
        Act::Attest { statement, .. } => texts.push(std::mem::take(statement)),
        Act::Rename { name } | Act::Between { name, .. } => texts.push(std::mem::take(name)),
        Act::Restore { .. } | Act::Cover { .. } | Act::Status { .. } => {}
    }
    (format!("{bare:?}"), texts)
}

/// What is wrong with the act that the longer sentence came to.
fn wrong(model: &Model, base: &Act, put: &Put<'_>) -> Option<String> {
    let sentence = put.sentence();
    let Understood::Act(act) = understand(model, &sentence) else { return None };
    // `now that` opens a reason, and is another sentence.
    if put.words == "now" && put.after.trim().starts_with("that ") {
        return None;
    }
    let told = || Some(format!("{sentence}\n    {act:?}"));
    if COURTESIES.contains(&put.words) && *act == *base {
        return None;
    }
    let ((bare, texts), (old, olds)) = (parted(&act), parted(base));
    let phrase = format!(" {} ", normal(put.words));
    let (named, first) = (texts.clone(), olds.first().cloned().unwrap_or_default());
    let (texts, olds) = (joined(&texts), joined(&olds));
    let inside = format!(" {texts} ").contains(&phrase) && within(&olds, &texts);
    let thing = THINGS.contains(&put.words);
    // What is known of a newcomer follows from what it is called.
    let called = format!(" {} ", named.first().map(|text| normal(text)).unwrap_or_default());
    let known = matches!(&*act, Act::Add { kind: Kind::Attacker, .. }) && called.contains(&phrase)
        || matches!(&*act, Act::Add { .. })
            && thing
            && called.contains(&phrase)
            && within(&normal(&first), called.trim());
    // A reason that the act does not keep.
    let aside = *act == *base && [" because ", " since "].iter().any(|opener| put.before.contains(opener.trim_end()));
    let free = thing && !matches!(&*act, Act::Remove { .. } | Act::Rate { .. } | Act::Attest { .. });
    let reason = matches!(&*act, Act::Remove { .. } | Act::Rate { .. } | Act::Attest { .. }) || aside;
    let takes = free || put.opened() && !(reason && CONDITIONS.contains(&put.words)) || put.before.contains('"');
    if (takes && (bare == old && inside || known || aside)) || denied(base, &act, put.words) { None } else { told() }
}

fn joined(texts: &[String]) -> String {
    texts.iter().map(|text| normal(text)).collect::<Vec<_>>().join(" ")
}

/// Whether the words are among the others, in their order.
fn within(old: &str, new: &str) -> bool {
    let mut new = new.split(' ');
    old.split(' ').all(|word| new.any(|other| other == word))
}

/// `not`, where the act says it too.
fn denied(base: &Act, act: &Act, words: &str) -> bool {
    match (base, act) {
        (Act::Status { implemented: true, control }, Act::Status { implemented: false, control: same }) => {
            control == same && ["not", "no longer"].contains(&words)
        }
        (Act::Edit { id, sets }, Act::Edit { id: same, sets: other }) => {
            let sealed = |sets: &[(String, String)], to: &str| {
                sets.iter().all(|(field, value)| field == "sealed" && value == to)
            };
            id == same && sealed(sets, "true") && sealed(other, "false") && ["not", "no longer"].contains(&words)
        }
        _ => false,
    }
}

/// Every place in the sentence where a word may begin or end.
pub fn places(sentence: &str) -> Vec<usize> {
    let spaces = sentence.match_indices(' ').map(|(at, _)| at);
    std::iter::once(0).chain(spaces).chain([sentence.trim_end_matches(['.', '!', '?']).len()]).collect()
}

#[test]
fn a_word_more_is_asked_about() {
    let read = super::workspace();
    let model = read.workspace.models.values().next().expect("the example has a model");
    let lines: Vec<String> =
        super::all().into_iter().filter(|line| line.verdict == Verdict::Apply).map(|line| line.words).collect();
    let each = crate::tier::cases(6, 24) as usize;
    let words: Vec<&str> = TURNS.iter().chain(&THINGS).chain(&COURTESIES).copied().collect();
    let tallies = crate::tier::shared::<(u64, Vec<String>)>(lines.len() as u64, |seed, tally| {
        let at = usize::try_from(seed).unwrap_or(usize::MAX) - 1;
        let line = &lines[at];
        let Understood::Act(base) = understand(model, line) else { return };
        let places = places(line);
        let all = places.len() * words.len();
        // Another part of all that can be put in for each sentence.
        let step = (all / each.min(all)).max(1);
        for pick in (at % step..all).step_by(step) {
            let (before, after) = line.split_at(places[pick % places.len()]);
            let put = Put { before, words: words[pick / places.len()], after };
            tally.0 += 1;
            tally.1.extend(wrong(model, &base, &put));
        }
    });
    let tried: u64 = tallies.iter().map(|(tried, _)| tried).sum();
    let wrong: Vec<String> = tallies.into_iter().flat_map(|(_, wrong)| wrong).collect();
    crate::tier::say(&format!("plain words, a word more: {tried} sentences, {} wrong writes", wrong.len()));
    assert!(tried > 1_000 && wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
