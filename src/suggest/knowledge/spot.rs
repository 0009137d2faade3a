//! Kinds that a text names: longest term first, whole words, singular or plural, and not where the text says that they are not there.

use std::collections::HashMap;
use std::ops::Range;

use super::Knowledge;
use crate::text::{Pause, singular, words};

/// A row that terms lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Component(&'static str),
    Asset(&'static str),
    Attacker(&'static str),
}

/// A place of a text that names a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub subject: Subject,
    /// As the text has them; a capital letter that only begins a sentence is made small, so capitals mean a name.
    pub words: String,
    /// From 1.
    pub line: usize,
    /// The text says that it is not there: `no payments are handled`.
    pub denied: bool,
}

/// Something that a text or a file names, with what else is known of it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub subject: Subject,
    /// The words or the key that name it.
    pub words: String,
    /// As rationales name it.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// What the source itself calls it: the name of a service, of a table.
    pub name: Option<String>,
    /// Where its code lives, `owner/name`; empty while unknown.
    pub repo: String,
    /// The folder within that repository.
    pub folder: String,
    /// The structure of a file says it, no sentence.
    pub structure: bool,
    /// Networks, namespaces, subnets that it lies in, as the file calls them.
    pub places: Vec<String>,
    /// Whether it answers to the outside, where the file says so.
    pub exposed: Option<bool>,
    /// The subject is what such a thing mostly is; nothing names its kind.
    pub vague: bool,
}

impl Mention {
    /// A mention of which nothing is known yet but what it is about.
    pub fn of(subject: Subject) -> Mention {
        let text = String::new;
        Mention {
            subject,
            words: text(),
            path: text(),
            line: 1,
            name: None,
            repo: text(),
            folder: text(),
            structure: false,
            places: Vec::new(),
            exposed: None,
            vague: false,
        }
    }
}

/// Terms by their first word: the rest of the words, and what they lead to.
pub type Terms = HashMap<String, Vec<(Vec<String>, Subject)>>;

/// The index of every term.
pub(super) fn terms(all: &Knowledge) -> Terms {
    let mut index = Terms::new();
    let components = all.components.iter().map(|kind| (&kind.terms, Subject::Component(kind.key)));
    let assets = all.assets.iter().map(|kind| (&kind.terms, Subject::Asset(kind.key)));
    let attackers = all.attackers.iter().map(|kind| (&kind.terms, Subject::Attacker(kind.key)));
    for (terms, subject) in components.chain(assets).chain(attackers) {
        for term in terms {
            let mut all = words(&joined(term)).into_iter().map(|word| word.text);
            if let Some(first) = all.next() {
                index.entry(first).or_default().push((all.collect(), subject));
            }
        }
    }
    // The longest first; of one length all count.
    index.values_mut().for_each(|rows| rows.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len())));
    index
}

/// A word of the text.
struct Token {
    raw: String,
    /// From 1.
    line: usize,
    /// Bytes of its row.
    at: Range<usize>,
    /// A capital here means nothing: it begins a sentence, or stands in a heading.
    opens: bool,
    before: Pause,
}

impl Token {
    fn is(&self, word: &str) -> bool {
        self.raw == word || singular(&self.raw) == word
    }
}

impl Knowledge {
    /// Every place of `text` that names a kind, in the order of the text.
    pub fn spot(&self, text: &str) -> Vec<Hit> {
        let rows: Vec<&str> = text.lines().collect();
        let tokens = tokens(&rows);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (length, subjects) = self.longest(&tokens[at..]);
            let run = &tokens[at..at + length];
            if !run.is_empty() {
                let (words, denied) = (spelled(&rows, run), denied(&tokens, at, at + length));
                let hit = |subject| Hit { subject, words: words.clone(), line: tokens[at].line, denied };
                hits.extend(subjects.into_iter().map(hit));
            }
            at += length.max(1);
        }
        hits
    }

    /// The longest term that starts here: how many words it has, and everything it leads to.
    fn longest(&self, tokens: &[Token]) -> (usize, Vec<Subject>) {
        let first = &tokens[0].raw;
        let single = singular(first);
        let keys = [Some(first.as_str()), Some(single.as_ref()).filter(|single| single != first)];
        let rows = keys.into_iter().flatten().filter_map(|key| self.terms.get(key)).flatten();
        let fits = |rest: &Vec<String>| {
            let next = tokens[1..].iter().take(rest.len());
            let whole = tokens.len() > rest.len() && next.clone().all(|token| token.before < Pause::Comma);
            whole && next.zip(rest).all(|(token, word)| token.is(word))
        };
        let fitting: Vec<_> = rows.filter(|(rest, _)| fits(rest)).collect();
        let Some(longest) = fitting.iter().map(|(rest, _)| rest.len()).max() else { return (0, Vec::new()) };
        let subjects = fitting.into_iter().filter(|(rest, _)| rest.len() == longest);
        (longest + 1, subjects.map(|(_, subject)| *subject).collect())
    }
}

/// The words of a text with their lines. A blank line, a heading and an item of a list end a sentence.
fn tokens(rows: &[&str]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut pause = Pause::Stop;
    for (line, row) in (1..).zip(rows) {
        let bare = row.trim();
        if bare.is_empty() || bare.starts_with(['#', '-', '*', '|', '>']) {
            pause = Pause::Stop;
        }
        let mut from = 0;
        for word in words(&joined(row)) {
            let before = word.before.max(pause);
            pause = Pause::None;
            let at = place(row, from, &word.text);
            from = at.end;
            let opens = before == Pause::Stop || bare.starts_with('#');
            tokens.push(Token { raw: word.text, line, at, opens, before });
        }
        pause = pause.max(ending(bare));
    }
    tokens
}

/// Where the row has a word, at or after a place; an empty range when it is spelled otherwise there.
fn place(row: &str, from: usize, word: &str) -> Range<usize> {
    let same = |at: &usize| row.get(*at..*at + word.len()).is_some_and(|piece| piece.eq_ignore_ascii_case(word));
    let found = row[from..].char_indices().map(|(at, _)| from + at).find(same);
    found.map_or(from..from, |at| at..at + word.len())
}

/// The words of a run as the text has them.
fn spelled(rows: &[&str], run: &[Token]) -> String {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let small = |token: &Token| {
        let piece = &rows[token.line - 1][token.at.clone()];
        let inner = piece.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
        if piece.is_empty() || (token.opens && !inner) { token.raw.clone() } else { piece.to_owned() }
    };
    let whole = run.iter().all(|token| token.line == first.line && !token.at.is_empty() && !token.opens);
    match whole {
        true => rows[first.line - 1][first.at.start..last.at.end].to_owned(),
        false => run.iter().map(small).collect::<Vec<_>>().join(" "),
    }
}

/// A dot within a word ends no sentence: `crates.io` is one thing.
fn joined(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let inner = |at: usize| all.get(at).is_some_and(|c| c.is_alphanumeric());
    let kept = |(at, c): (usize, &char)| if *c == '.' && at > 0 && inner(at - 1) && inner(at + 1) { '-' } else { *c };
    all.iter().enumerate().map(kept).collect()
}

fn ending(row: &str) -> Pause {
    match row.chars().next_back() {
        _ if row.starts_with('#') => Pause::Stop,
        Some('.' | ';' | '!' | '?') => Pause::Stop,
        Some(',' | ':') => Pause::Comma,
        _ => Pause::None,
    }
}

const DENIES: &[&str] = &["no", "not", "never", "without", "neither", "nor", "none"];
/// After these a denial no longer holds: `never see card numbers except in the vault`.
const LIFTS: &[&str] = &["except", "but", "unless", "only", "until", "other", "than"];
const BE: &[&str] = &["is", "are", "was", "were", "do", "does", "will", "be", "has", "have"];
const TAKEN: &[&str] = &[
    "used",
    "handled",
    "processed",
    "stored",
    "kept",
    "needed",
    "part",
    "involved",
    "supported",
    "scope",
    "planned",
    "there",
];

/// Whether the words from `start` to `end` are said not to be there.
fn denied(tokens: &[Token], start: usize, end: usize) -> bool {
    let mut before = Vec::new();
    for at in (0..start).rev().take(6) {
        if tokens[at + 1].before >= Pause::Comma {
            break;
        }
        before.push(tokens[at].raw.as_str());
    }
    let nearest = before.iter().position(|word| DENIES.contains(word) || LIFTS.contains(word));
    nearest.is_some_and(|at| DENIES.contains(&before[at])) || denied_after(&tokens[end..])
}

/// `… are not part of it`, `… is out of scope`.
fn denied_after(rest: &[Token]) -> bool {
    let clause = rest.iter().take_while(|token| token.before < Pause::Comma).take(6);
    let clause: Vec<&str> = clause.map(|token| token.raw.as_str()).collect();
    match clause.as_slice() {
        [be, "not" | "never", rest @ ..] if BE.contains(be) => rest.iter().take(3).any(|word| TAKEN.contains(word)),
        [be, "out", "of", "scope", ..] => BE.contains(be),
        _ => false,
    }
}
