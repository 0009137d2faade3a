//! Rating factors and the properties of assets.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};

use super::lower::{Held, Name};
use super::near::near;
use super::walk::{Hop, Said, Spot, Walk, replace};
use super::words::shown;
use crate::finding::{Fix, codes};
use crate::model::{Atom, Factor, Property, Shape, Value};

impl<'f> Walk<'f> {
    /// `["C", "I"]`: they matter, nobody rated them.
    pub(super) fn letters(&mut self, items: &'f DeArray<'f>) -> Value {
        let mut list = Vec::with_capacity(items.len());
        for held in items {
            match held.get_ref() {
                DeValue::String(text) if Property::parse(text).is_some() => list.push(Value::text(text.as_ref())),
                DeValue::String(text) => {
                    let span = held.span();
                    self.lose(&codes::FACTOR_VALUE, Spot::Item(text), &span, |walk| {
                        let fix = property(text)
                            .map(|word| replace(walk, format!("write {word}"), &span, format!("\"{word}\"")));
                        Said::new(format!("`{}` is no security property", shown(text))).help(LETTERS).fix(fix)
                    });
                }
                _ => {
                    let text = self.file.text.get(held.span()).unwrap_or_default();
                    self.misfit(Shape::Line, held, Spot::Item(text));
                }
            }
        }
        Value::List(list)
    }

    /// Factor = level. In `properties` an empty level is a property that nobody rated.
    pub(super) fn levels(&mut self, factors: &'static [Factor], table: &'f DeTable<'f>, unrated: bool) -> Value {
        let mut levels = BTreeMap::new();
        for (key, held) in table {
            let Some(factor) = Factor::of(factors, key.get_ref()) else {
                self.no_factor(factors, key, held);
                continue;
            };
            self.trail.push(Hop::Key(factor.name()));
            match held.get_ref() {
                DeValue::String(level) if factor.level(level).is_some() || (unrated && level.is_empty()) => {
                    levels.insert(factor.name().to_owned(), Value::text(level.as_ref()));
                }
                DeValue::String(level) => self.no_level(factor, level, key, held),
                _ => {
                    self.misfit(Shape::Line, held, Spot::Value);
                }
            }
            self.trail.pop();
        }
        Value::Table(levels)
    }

    fn no_factor(&mut self, factors: &'static [Factor], key: &'f Name<'f>, held: &'f Held<'f>) {
        if self.misplaced(key, held) {
            return;
        }
        let name = key.get_ref().as_ref();
        self.lose(&codes::FACTOR_VALUE, Spot::Name(name), &key.span(), |walk| {
            let said = Said::new(format!("`{}` is no factor of {}", shown(name), walk.what()));
            let names = || factors.iter().map(|factor| factor.name());
            let list = format!("factors here: {}", names().collect::<Vec<_>>().join(", "));
            let meant = property(name).filter(|word| names().any(|name| name == *word));
            let meant =
                meant.map(|word| (word, true)).or_else(|| near(name, names()).map(|near| (near.word, near.sure)));
            match (home(name), meant) {
                (Some(home), _) => said.help(format!("it belongs to `{home}`")),
                (None, Some((word, sure))) => {
                    let fix = if sure { walk.respell(key, held, word) } else { None };
                    said.help(format!("did you mean `{word}`? {list}")).fix(fix)
                }
                (None, None) => said.help(list),
            }
        });
    }

    fn no_level(&mut self, factor: Factor, level: &str, key: &Name<'_>, held: &Held<'_>) {
        let span = held.span();
        self.lose(&codes::FACTOR_VALUE, Spot::Value, &span, |walk| {
            let said = Said::new(format!("{} cannot be `{}`", walk.what(), shown(level)));
            let names = || factor.levels().iter().map(|level| level.name);
            let list = format!("it is one of: {}", names().collect::<Vec<_>>().join(", "));
            let absent = level.is_empty() || ["none", "no", "n/a", "-"].iter().any(|no| level.eq_ignore_ascii_case(no));
            if absent && Property::parse(factor.name()).is_some() {
                let base = walk.trail.iter().all(|hop| !matches!(hop, Hop::Row(_)));
                let fix = if base { leave_out(walk, &key.span(), &span) } else { None };
                return said.help("an unlisted property is none: leave it out").fix(fix);
            }
            match near(level, names()) {
                Some(near) => {
                    let title = format!("write `{}`", near.word);
                    let fix = near.sure.then(|| replace(walk, title, &span, format!("\"{}\"", near.word)));
                    said.help(format!("did you mean `{}`? {list}", near.word)).fix(fix)
                }
                None => said.help(list),
            }
        });
    }
}

const LETTERS: &str = "properties are C confidentiality, I integrity, A availability, U usage";

/// The letter of a property that is spelled out or in lower case.
fn property(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let named = |p: &&Property| p.meaning() == lower || p.word().eq_ignore_ascii_case(text);
    Property::ALL.iter().find(named).map(|property| property.word())
}

/// The table a factor belongs to that stands in another one.
fn home(name: &str) -> Option<&'static str> {
    match () {
        () if Property::parse(name).is_some() => Some("properties"),
        () if Factor::of(&Factor::IMPACT, name).is_some() => Some("impact"),
        () if Factor::of(&Factor::LIKELIHOOD, name).is_some() => Some("likelihood"),
        () => None,
    }
}

/// Takes `key = value` out of braces, with one comma.
fn leave_out(walk: &Walk<'_>, key: &Range<usize>, value: &Range<usize>) -> Option<Fix> {
    let text = walk.file.text;
    let before = text[..key.start].trim_end();
    let after = &text[value.end..];
    let rest = after.trim_start();
    let span = match (before.chars().next_back()?, rest.chars().next()?) {
        ('{' | ',', ',') => {
            let rest = &rest[1..];
            let skip = rest.len() - rest.trim_start_matches(' ').len();
            key.start..text.len() - rest.len() + skip
        }
        (',', '}') => before.len() - 1..value.end,
        ('{', '}') => key.start..value.end,
        _ => return None,
    };
    Some(replace(walk, "leave it out", &span, ""))
}
