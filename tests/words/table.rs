//! The table of sentences: a verdict, an effect and the words, a line each.

use std::fmt;

/// What has to become of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Done offline, to one entity.
    Apply,
    /// Asked back.
    Ask,
    /// A rule says no.
    Refuse,
    /// It needs a language model.
    Engine,
    /// It is a question; nothing changes.
    Answer,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: usize,
    pub verdict: Verdict,
    pub effect: String,
    pub words: String,
}

pub fn read(text: &str) -> Vec<Line> {
    let rows = text.lines().enumerate().filter(|(_, row)| !row.starts_with('#') && !row.trim().is_empty());
    rows.map(|(at, row)| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [verdict, effect, words] = cells.as_slice() else { panic!("line {}: three cells: {row}", at + 1) };
        let verdict = Verdict::parse(verdict).unwrap_or_else(|| panic!("line {}: {verdict}", at + 1));
        Line { number: at + 1, verdict, effect: (*effect).to_owned(), words: (*words).to_owned() }
    })
    .collect()
}

impl Verdict {
    fn parse(word: &str) -> Option<Verdict> {
        let all = [Verdict::Apply, Verdict::Ask, Verdict::Refuse, Verdict::Engine, Verdict::Answer];
        all.into_iter().find(|verdict| verdict.to_string() == word)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Apply => "apply",
            Verdict::Ask => "ask",
            Verdict::Refuse => "refuse",
            Verdict::Engine => "engine",
            Verdict::Answer => "answer",
        })
    }
}
