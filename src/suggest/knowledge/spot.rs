//! Kinds that a text names: longest term first, whole words, singular or plural, and not where the text says that they are not there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::deny::{denied, denied_after};
use super::outer::{Shut, outside, shut};
use super::{Knowledge, Theme};
use crate::text::{Pause, singular, words};

/// A row that terms lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Component(&'static str),
    Asset(&'static str),
    Attacker(&'static str),
    /// What texts deny as a whole: `no accounts`. It brings nothing, and takes away what hangs on it.
    Lack(&'static str),
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
    /// Somebody else runs it: the text says so, or names their product.
    pub outside: bool,
    /// The text says that it is not reached from outside.
    pub closed: bool,
    /// The sentence it stands in, counted through the text.
    pub sentence: usize,
}

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// In the order of the text.
    pub hits: Vec<Hit>,
    /// Where it says of the whole system that it is not reached from outside: the words and the line.
    pub closed: Option<(String, usize)>,
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
    /// What shares none of these does not reach it.
    pub apart: bool,
    /// Whether it answers to the outside, where the file says so.
    pub exposed: Option<bool>,
    /// Somebody else runs it.
    pub outside: bool,
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
            apart: false,
            exposed: None,
            outside: false,
            vague: false,
        }
    }
}

/// Terms by their first word.
pub type Terms = HashMap<String, Vec<Term>>;

/// A term without its first word.
#[derive(Debug)]
pub struct Term {
    rest: Vec<String>,
    subject: Subject,
    /// It means this only in a text about something: the position of a [`Theme`].
    theme: Option<usize>,
}

/// The index of every term.
pub(super) fn terms(all: &Knowledge) -> Terms {
    let mut index = Terms::new();
    let components = all.components.iter().map(|kind| (&kind.terms, kind.key, Subject::Component(kind.key)));
    let assets = all.assets.iter().map(|kind| (&kind.terms, kind.key, Subject::Asset(kind.key)));
    let attackers = all.attackers.iter().map(|kind| (&kind.terms, kind.key, Subject::Attacker(kind.key)));
    let lacks = all.lacks.iter().map(|lack| (&lack.terms, lack.key, Subject::Lack(lack.key)));
    for (terms, key, subject) in components.chain(assets).chain(attackers).chain(lacks) {
        for term in terms {
            let theme = all.theme(key, term);
            let mut words = words(&joined(term)).into_iter().map(|word| word.text);
            if let Some(first) = words.next() {
                index.entry(first).or_default().push(Term { rest: words.collect(), subject, theme });
            }
        }
    }
    // The longest first; of one length all count.
    index.values_mut().for_each(|rows| rows.sort_by_key(|term| std::cmp::Reverse(term.rest.len())));
    index
}

/// A word of the text.
pub(super) struct Token {
    pub raw: String,
    /// From 1.
    line: usize,
    /// Bytes of its row.
    at: Range<usize>,
    /// A capital here means nothing: it begins a sentence, or stands in a heading.
    opens: bool,
    pub before: Pause,
}

impl Token {
    fn is(&self, word: &str) -> bool {
        self.raw == word || singular(&self.raw) == word
    }
}

impl Knowledge {
    /// Every place of `text` that names a kind, in the order of the text.
    pub fn spot(&self, text: &str) -> Vec<Hit> {
        self.listen(text).hits
    }

    /// What `text` names, and whether it is closed to the outside.
    pub fn listen(&self, text: &str) -> Said {
        let rows: Vec<&str> = text.lines().collect();
        let tokens = tokens(&rows);
        let themes = self.themes(tokens.iter().map(|token| singular(&token.raw)));
        let (denies, shuts) = (denied(&tokens), shut(&tokens));
        let counted = tokens.iter().scan(0, |count, token| {
            *count += usize::from(token.before == Pause::Stop);
            Some(*count)
        });
        let sentences: Vec<usize> = counted.collect();
        let mut said = Said::default();
        let mut about_parts = vec![false; shuts.len()];
        for (run, subject) in self.runs(&tokens, &themes) {
            let component = matches!(subject, Subject::Component(_));
            let denied = denies[run.start] || denied_after(&tokens[run.end..]);
            let shut = shuts.iter().position(|one| component && !denied && one.about.contains(&run.start));
            shut.into_iter().for_each(|at| about_parts[at] = true);
            said.hits.push(Hit {
                subject,
                words: spelled(&rows, &tokens[run.clone()]),
                line: tokens[run.start].line,
                denied,
                outside: self.foreign(subject)
                    && (self.product(subject, &tokens[run.clone()]) || outside(&tokens, run.start, run.end)),
                closed: shut.is_some(),
                sentence: sentences[run.start],
            });
        }
        let mut whole = shuts.iter().zip(about_parts).filter(|(shut, parts)| shut.whole && !parts);
        said.closed = whole.next().map(|(Shut { words, .. }, _)| {
            let words = words.clone();
            (spelled(&rows, &tokens[words.clone()]), tokens[words.start].line)
        });
        said
    }

    /// Every run of words that is a term, with each subject it leads to.
    fn runs(&self, tokens: &[Token], themes: &[bool]) -> Vec<(Range<usize>, Subject)> {
        let mut runs = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (length, subjects) = self.longest(&tokens[at..], themes);
            runs.extend(subjects.into_iter().map(|subject| (at..at + length, subject)));
            at += length.max(1);
        }
        runs
    }

    /// Whether a kind may be run by somebody else: what is built, held in hand or governs is ours whoever made it.
    fn foreign(&self, subject: Subject) -> bool {
        let Subject::Component(key) = subject else { return false };
        self.component(key).is_some_and(|kind| !["build", "client", "device", "control"].contains(&kind.zone))
    }

    /// Whether a run of words is the name of somebody's product.
    fn product(&self, subject: Subject, run: &[Token]) -> bool {
        let Subject::Component(key) = subject else { return false };
        let name = run.iter().map(|token| token.raw.as_str()).collect::<Vec<_>>().join(" ");
        self.component(key).is_some_and(|kind| kind.outside.contains(&name.as_str()))
    }

    /// By theme: whether a text with these words, singular and small, is about it.
    pub fn themes<'w>(&self, words: impl Iterator<Item = Cow<'w, str>>) -> Vec<bool> {
        let mut about = vec![false; self.themes.len()];
        for word in words {
            for at in self.themed.get(word.as_ref()).into_iter().flatten() {
                about[*at] = true;
            }
        }
        about
    }

    /// The theme that a text has to be about for the term to mean this kind.
    pub fn theme(&self, kind: &str, term: &str) -> Option<usize> {
        let holds = |theme: &Theme| theme.terms.get(kind).is_some_and(|terms| terms.contains(&term));
        self.themes.iter().position(holds)
    }

    /// The longest term that starts here: how many words it has, and everything it leads to.
    fn longest(&self, tokens: &[Token], about: &[bool]) -> (usize, Vec<Subject>) {
        let first = &tokens[0].raw;
        let single = singular(first);
        let keys = [Some(first.as_str()), Some(single.as_ref()).filter(|single| single != first)];
        let rows = keys.into_iter().flatten().filter_map(|key| self.terms.get(key)).flatten();
        let fits = |term: &&Term| {
            let next = tokens[1..].iter().take(term.rest.len());
            let whole = tokens.len() > term.rest.len() && next.clone().all(|token| token.before < Pause::Comma);
            whole && next.zip(&term.rest).all(|(token, word)| token.is(word)) && term.theme.is_none_or(|at| about[at])
        };
        let fitting: Vec<&Term> = rows.filter(fits).collect();
        let Some(longest) = fitting.iter().map(|term| term.rest.len()).max() else { return (0, Vec::new()) };
        let subjects = fitting.into_iter().filter(|term| term.rest.len() == longest);
        (longest + 1, subjects.map(|term| term.subject).collect())
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
