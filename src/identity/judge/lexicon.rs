//! The word lists under `data/`, read once.

use crate::text;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// What a word may do in a phrase; the sections of `data/classes.txt`, one bit each.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub(super) struct Traits(u16);

impl Traits {
    pub(super) const FILLER: Traits = Traits(1);
    pub(super) const LIGHT: Traits = Traits(1 << 1);
    pub(super) const SOFT: Traits = Traits(1 << 2);
    pub(super) const NEGATOR: Traits = Traits(1 << 3);
    pub(super) const SCOPE: Traits = Traits(1 << 4);
    pub(super) const ACTOR: Traits = Traits(1 << 5);
    pub(super) const SCOPING: Traits = Traits(1 << 6);
    pub(super) const ELABORATING: Traits = Traits(1 << 7);
    pub(super) const JOINING: Traits = Traits(1 << 8);
    pub(super) const POSTMODIFIER: Traits = Traits(1 << 9);
    pub(super) const TAIL_BOUNDARY: Traits = Traits(1 << 10);
    pub(super) const TAIL_COMPONENT: Traits = Traits(1 << 11);
    pub(super) const TAIL_ASSET: Traits = Traits(1 << 12);
    pub(super) const REFERENCE: Traits = Traits(1 << 13);
    pub(super) const BARE: Traits = Traits(1 << 14);

    const NAMES: [(&'static str, Traits); 15] = [
        ("filler", Traits::FILLER),
        ("light", Traits::LIGHT),
        ("bare", Traits::BARE),
        ("soft", Traits::SOFT),
        ("negator", Traits::NEGATOR),
        ("scope", Traits::SCOPE),
        ("actor", Traits::ACTOR),
        ("scoping", Traits::SCOPING),
        ("elaborating", Traits::ELABORATING),
        ("joining", Traits::JOINING),
        ("postmodifier", Traits::POSTMODIFIER),
        ("tail.boundary", Traits::TAIL_BOUNDARY),
        ("tail.component", Traits::TAIL_COMPONENT),
        ("tail.asset", Traits::TAIL_ASSET),
        ("reference", Traits::REFERENCE),
    ];

    /// Whether any of `other` is among these.
    pub(super) fn any(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn or(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }
}

/// A run of word keys that stands for one concept.
struct Phrase {
    rest: Vec<String>,
    concept: String,
}

pub(super) struct Lexicon {
    phrases: HashMap<String, Vec<Phrase>>,
    traits: HashMap<String, Traits>,
    /// The lines of opposites a concept stands on, each with its length.
    opposites: HashMap<String, Vec<(usize, usize)>>,
    known: HashSet<String>,
    neighbours: HashSet<String>,
}

/// The one lexicon of this version.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn read() -> Lexicon {
        let mut lexicon = Lexicon {
            phrases: HashMap::new(),
            traits: HashMap::new(),
            opposites: HashMap::new(),
            known: HashSet::new(),
            neighbours: lines(include_str!("data/neighbours.txt"))
                .flat_map(str::split_whitespace)
                .map(text::stem)
                .collect(),
        };
        let tables = [include_str!("data/acronyms.txt"), include_str!("data/synonyms.txt")];
        for line in tables.into_iter().flat_map(lines) {
            lexicon.add_synonyms(line);
        }
        for (group, line) in lines(include_str!("data/opposites.txt")).enumerate() {
            let length = line.split(',').count();
            for word in line.split(',') {
                let concept = lexicon.concept(word);
                lexicon.opposites.entry(concept).or_default().push((group, length));
            }
        }
        lexicon.add_classes(include_str!("data/classes.txt"));
        for word in lines(include_str!("data/vocabulary.txt")).flat_map(str::split_whitespace) {
            lexicon.known.insert(text::stem(word));
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        lexicon
    }

    fn add_synonyms(&mut self, line: &str) {
        let forms: Vec<Vec<String>> = line.split('=').map(keys).collect();
        let concept = forms.first().map(|form| form.join("_")).unwrap_or_default();
        for form in forms {
            self.add_phrase(form, &concept);
        }
    }

    fn add_phrase(&mut self, form: Vec<String>, concept: &str) {
        self.known.extend(form.iter().cloned());
        let mut words = form.into_iter();
        if let Some(first) = words.next() {
            let phrase = Phrase { rest: words.collect(), concept: concept.to_owned() };
            self.phrases.entry(first).or_default().push(phrase);
        }
    }

    fn add_classes(&mut self, table: &'static str) {
        let mut section = Traits::default();
        for line in lines(table) {
            let heading = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            if let Some((name, _)) = heading {
                let found = Traits::NAMES.iter().find(|(known, _)| *known == name);
                section = found.map(|(_, bit)| *bit).expect("every section has a bit, see the test");
                continue;
            }
            for word in line.split_whitespace() {
                let concept = self.concept(word);
                let traits = self.traits.entry(concept).or_default();
                *traits = traits.or(section);
            }
        }
    }

    /// The concept of a listed word or phrase; a phrase no table knows becomes a concept of its own.
    fn concept(&mut self, listed: &str) -> String {
        let form = keys(listed);
        self.known.extend(form.iter().cloned());
        if let Some((length, concept)) = self.find(&form)
            && length == form.len()
        {
            return concept.to_owned();
        }
        let own = form.join("_");
        if form.len() > 1 {
            self.add_phrase(form, &own);
        }
        own
    }

    /// The longest concept at the start of `keys`, with the number of words it takes.
    pub(super) fn find(&self, keys: &[String]) -> Option<(usize, &str)> {
        let (first, rest) = keys.split_first()?;
        let phrases = self.phrases.get(first)?;
        let fits = phrases.iter().filter(|phrase| rest.starts_with(&phrase.rest));
        let longest = fits.max_by_key(|phrase| phrase.rest.len())?;
        Some((longest.rest.len() + 1, &longest.concept))
    }

    pub(super) fn traits(&self, concept: &str) -> Traits {
        self.traits.get(concept).copied().unwrap_or_default()
    }

    /// Whether two concepts exclude each other by a line of `data/opposites.txt`.
    pub(super) fn opposed(&self, one: &str, other: &str) -> bool {
        self.lines_of_both(one, other).next().is_some()
    }

    /// Whether they are each other's very opposite (`read`, `write`), not only two of many kinds (`token`, `key`, `report` …).
    pub(super) fn contrary(&self, one: &str, other: &str) -> bool {
        self.lines_of_both(one, other).any(|length| length <= 3)
    }

    fn lines_of_both(&self, one: &str, other: &str) -> impl Iterator<Item = usize> {
        let lines = |concept| self.opposites.get(concept).map_or(&[][..], Vec::as_slice);
        let (mine, theirs) = (lines(one), if one == other { &[] } else { lines(other) });
        mine.iter().filter(|line| theirs.contains(line)).map(|(_, length)| *length)
    }

    /// Whether a word is a real word of the field or of plain English close to one.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.neighbours.contains(&text::stem(word)) || self.is_known(word)
    }

    /// Whether a word is among the words the lists spell out.
    pub(super) fn is_known(&self, word: &str) -> bool {
        self.known.contains(&text::stem(word))
    }
}

fn keys(phrase: &str) -> Vec<String> {
    text::words(phrase).iter().map(|word| text::stem(&word.text)).collect()
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_large_and_say_nothing_twice() {
        let tables = [include_str!("data/acronyms.txt"), include_str!("data/synonyms.txt")];
        let mut seen: HashMap<Vec<String>, &str> = HashMap::new();
        for line in tables.into_iter().flat_map(lines) {
            let forms: HashSet<Vec<String>> = line.split('=').map(keys).collect();
            assert!(forms.len() > 1, "nothing is gained by: {line}");
            for form in forms {
                let before = seen.insert(form.clone(), line);
                assert_eq!(before, None, "{form:?} stands on two lines");
            }
        }
        assert!(lines(tables[0]).count() >= 150);
    }

    #[test]
    fn every_section_is_known_and_used() {
        let headings: Vec<&str> = lines(include_str!("data/classes.txt"))
            .filter_map(|line| line.strip_prefix('[')?.split(']').next())
            .collect();
        let names: Vec<&str> = Traits::NAMES.iter().map(|(name, _)| *name).collect();
        assert_eq!(headings, names);
    }

    #[test]
    fn synonyms_share_a_concept_and_opposites_never_do() {
        let find = |words: &str| lexicon().find(&keys(words)).map(|(_, concept)| concept.to_owned());
        assert_eq!(find("OpenID Connect"), find("OIDC"));
        assert_ne!(find("password"), find("credential"));
        assert_eq!(lexicon().find(&keys("password")).map(|(n, _)| n), Some(1));
        assert!(!lexicon().opposed("token", "token"));
        assert!(lexicon().contrary("import", "export"));
        assert!(lexicon().opposed("token", "report") && !lexicon().contrary("token", "report"));
    }
}
